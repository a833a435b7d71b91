"""After sending: the receipt. The address behind its QR code is the public site's (``portal.views.receipts``)."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from jitasa.activities import rules
from jitasa.activities.models import Activity
from jitasa.activities.selectors.receipts import receipt_code, receipt_url
from jitasa.activities.views.record_page import records
from jitasa.documents.qr import svg
from jitasa.organizations.middleware import ViewerRequest
from jitasa.thai.digits import to_arabic


@login_required
@require_GET
def sent(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Number, QR code, and the one-page report to send on."""
    activity = get_object_or_404(records(request.viewer), uuid=uuid)
    code = receipt_code(activity)
    drawn = mark_safe(svg(receipt_url(code))) if code else ""  # noqa: S308 (drawn by us from our own address)
    context = {
        "activity": activity,
        "qr": drawn,
        "code": code,
        "may_record": rules.may_record(request.viewer),
    }
    return render(request, "activities/sent.html", context)


@login_required
@require_GET
def receipt(request: ViewerRequest, number: str) -> HttpResponse:
    """The record with this number, for whoever may see it; Thai digits are read too."""
    found = Activity.objects.visible_to(request.viewer).filter(number=to_arabic(number)).exclude(number="")
    activity = found.first()
    if activity is None:
        raise Http404
    return redirect("activities:detail", activity.uuid)
