"""A guest asks for a picture to be taken down or blurred, and reads the answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jitasa.activities.models import ActivityPhoto
from jitasa.activities.selectors.public import cleared_photos
from jitasa.organizations.viewer import Viewer
from jitasa.portal import rules
from jitasa.portal.forms import TakedownForm
from jitasa.portal.models import TakedownRequest
from jitasa.portal.services.request_takedown import hash_of, request_takedown, token_of
from jitasa.problems import Refusal
from jitasa.ui.limits import rate_limited
from jitasa.ui.public_pages import in_both_languages


@in_both_languages
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def takedown(request: HttpRequest, pk: int) -> HttpResponse:
    """The form about one public picture. A picture that is not public gets a kind page and 404."""
    uses = cleared_photos().select_related("photo", "activity__organization")
    use = uses.filter(pk=pk).first()
    if request.method != "POST":
        return _gone(request) if use is None else _form(request, use, TakedownForm())
    form = TakedownForm(request.POST)
    if not form.is_valid():
        return _gone(request) if use is None else _form(request, use, form, 400)
    key = form.key_given
    known = TakedownRequest.objects.filter(key=key).exists()  # the same form again is no new request
    if not known and rate_limited(request, "takedown", most=rules.MOST_AN_HOUR, seconds=rules.HOUR):
        form.add_error(
            None, _("มีคำขอจากเครือข่ายของท่านมากเกินไป รอหนึ่งชั่วโมงแล้วส่งใหม่ หรือโทรศัพท์ถึงหน่วยงานเจ้าของกิจกรรม")
        )
        return _gone(request) if use is None else _form(request, use, form, 429)
    actor = Viewer(address=request.META.get("REMOTE_ADDR", ""))
    try:
        row = request_takedown(actor=actor, picture_id=pk, asked=form.asked(), key=key, now=timezone.now())
    except Refusal as refusal:
        if use is None or refusal.code == "gone":
            return _gone(request)
        for name, texts in (refusal.fields or {"": [refusal.message]}).items():
            for text in texts:
                form.add_error("cells" if name == "areas" else name or None, text)
        return _form(request, use, form, refusal.status)
    return redirect("portal:takedown_answer", token=token_of(row.key, row.token_hash))


def _form(request: HttpRequest, use: ActivityPhoto, form: TakedownForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "use": use,
        "erased_after": rules.ERASED_AFTER.days,
        "answer_within": rules.ANSWER_WITHIN.days,
    }
    response = render(request, "portal/takedown.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(rules.HOUR)
    response["X-Robots-Tag"] = "noindex"
    return response


def _gone(request: HttpRequest) -> HttpResponse:
    """The same words for a picture that never was public and for one taken down: nothing is told."""
    return render(request, "portal/takedown_gone.html", status=404)


@in_both_languages
@never_cache
@require_safe
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The asker's private page: what was asked, the register number, what came of it."""
    rows = TakedownRequest.objects.select_related("organization", "activity", "photo", "answered_for")
    row = rows.filter(token_hash=hash_of(token)).first()
    if row is None:
        raise Http404(_("ไม่มีคำขอตามลิงก์นี้ ตรวจว่าคัดลอกลิงก์มาครบ"))
    context = {
        "row": row,
        "link": request.build_absolute_uri(reverse("portal:takedown_answer", args=[token])),
        "erased_after": rules.ERASED_AFTER.days,
        "answer_within": rules.ANSWER_WITHIN.days,
    }
    response = render(request, "portal/takedown_answer.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
