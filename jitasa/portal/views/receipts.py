"""Is this paper true? Anybody may ask with the code of a receipt; nothing private is answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.receipt_code import read_code
from jitasa.activities.selectors.receipts import Standing, check_receipt
from jitasa.organizations.middleware import ViewerRequest
from jitasa.ui.limits import rate_limited, wait_a_minute
from jitasa.ui.public_pages import in_both_languages

MOST_A_MINUTE = 30  # forty bits hold far longer than that
MARKS = {  # icon and tone
    Standing.VALID: ("check", "ok"),
    Standing.CHANGED: ("clock", "warn"),
    Standing.CORRECTING: ("edit", "warn"),
    Standing.WITHDRAWN: ("alert", "bad"),
}


@in_both_languages
@never_cache
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """The box for a code; ``?code=`` leads to its own address."""
    code = request.GET.get("code", "").strip()[:60]
    if code:
        return redirect("receipt", code.replace("/", "-"))
    return render(request, "portal/receipt.html", {})


@in_both_languages
@never_cache
@require_safe
def receipt(request: ViewerRequest, code: str) -> HttpResponse:
    """What the paper with this code is worth. 404 for a code that no paper carries.

    A number alone leads whoever may see the record to it (papers printed before codes had letters).
    """
    if rate_limited(request, "receipt", most=MOST_A_MINUTE):
        return wait_a_minute(_("ตรวจใบรับจากเครือข่ายนี้ถี่เกินไป รอ 1 นาทีแล้วลองใหม่"))
    read = read_code(code)
    own = _own_record(request, read[0]) if read else ""
    if own and read and not read[1]:
        return redirect(own)
    checked = check_receipt(code)
    shown = {
        "code": code[:60],
        "number_only": bool(read and not read[1]),
        "own": own,
        "checked": checked,
        "mark": MARKS[checked.standing] if checked else None,
        "is_public": checked is not None and checked.activity.status == Status.ACCEPTED,
    }
    return render(request, "portal/receipt.html", shown, status=200 if checked else 404)


def _own_record(request: ViewerRequest, number: str) -> str:
    """The address of the record, for an officer who may see it."""
    if request.viewer.user is None:
        return ""
    found = Activity.objects.visible_to(request.viewer).filter(number=number).first()
    return reverse("activities:detail", args=[found.uuid]) if found else ""
