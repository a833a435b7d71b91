"""A record that waited on a device is kept or sent; a program asks (docs/adr/0067)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.activities.choices import Status
from jitasa.activities.forms import RecordForm
from jitasa.activities.models import Activity
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services import content
from jitasa.activities.services.save_draft import EditConflict
from jitasa.activities.values import ActivityValues, as_json
from jitasa.activities.views import record
from jitasa.activities.views import record_page as page
from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Conflict, Forbidden, Refusal


@require_POST
def send(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Take the fields of the recording form with ``action`` save or submit; the same again is the same answer.

    200 ``{"revision", "status", "number", "sent", "url"}``; 401 signed out; 403 ``other_person`` when the record was
    typed by somebody else; 409 when somebody changed it meanwhile, 422 when it has to be mended: both with ``error``,
    ``code`` and ``url``, where to see it. What is refused is kept by the device.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("ท่านออกจากระบบแล้ว เข้าสู่ระบบแล้วรายการจะส่งต่อเอง")}, status=401)
    if request.POST.get("writer") != str(request.user.pk):
        words = _("รายการนี้เป็นของผู้ใช้คนอื่นในเครื่องนี้ ผู้นั้นต้องเข้าสู่ระบบเอง")
        return JsonResponse({"error": words, "code": "other_person"}, status=403)
    now = timezone.now()
    try:
        activity = page.find_record(request.viewer, uuid)
        office, seen = page.office_of(request.viewer, activity), page.seen(activity)
    except Forbidden as refusal:
        return _refused(uuid, refusal, 403)
    form = page.make_form(office=office, activity=activity, now=now, data=request.POST, parts=seen.parts)
    if not form.is_valid():
        return _to_mend(uuid, form)
    values = form.values(page.typed_photos(request.POST, seen))
    sends = request.POST.get("action") == "submit"
    try:
        saved = record.save_or_send(request, uuid, request.POST, values, now, seen=seen, sends=sends)
    except Forbidden as refusal:
        return _refused(uuid, refusal, 403)
    except Conflict as refusal:
        awaits = _awaits(uuid, values) if sends else None
        return _done(awaits, sent=True) if awaits is not None else _refused(uuid, refusal, 409)
    except Refusal as refusal:
        form.put(refusal.fields)
        return _to_mend(uuid, form, refusal.message)
    if saved.problems or saved.twins:
        form.put(saved.problems)
        words = _("ในระบบมีรายการที่เหมือนรายการนี้อยู่แล้ว เปิดดูแล้วเลือกว่าเป็นคนละกิจกรรมหรือไม่")
        return _to_mend(uuid, form, words if saved.twins else "", revision=saved.activity.revision)
    return _done(saved.activity, sent=sends)


def _awaits(uuid: UUID, values: ActivityValues) -> Activity | None:
    """The record, if just this waits for its approver: it was asked for by an earlier sending."""
    row = Activity.objects.filter(uuid=uuid, status=Status.AWAITING).first()
    same = row is not None and as_json(values_of(row)) == as_json(content.cleaned(values))
    return row if same else None


def _done(row: Activity, *, sent: bool) -> JsonResponse:
    url = reverse("activities:sent" if sent else "activities:edit", args=[row.uuid])
    answer = {"revision": row.revision, "status": row.status, "number": row.number, "sent": sent, "url": url}
    return JsonResponse(answer)


def _refused(uuid: UUID, refusal: Refusal, status: int) -> JsonResponse:
    there = "edit" if isinstance(refusal, EditConflict) else "detail"
    answer = {
        "error": refusal.message,
        "code": refusal.code,
        "url": reverse(f"activities:{there}", args=[uuid]),
    }
    return JsonResponse(answer, status=status)


def _to_mend(uuid: UUID, form: RecordForm, words: str = "", *, revision: int | None = None) -> JsonResponse:
    """What is missing or wrong, in words, the first of it first."""
    lines = [
        {"anchor": where, "label": label, "words": text} for where, label, text in page.error_lines(form)
    ]
    error = words or (lines[0]["words"] if lines else _("รายการนี้ยังไม่ครบ เปิดแล้วดูว่าขาดอะไร"))
    answer: dict[str, Any] = {"error": error, "code": "mend", "lines": lines, "revision": revision}
    return JsonResponse(answer | {"url": reverse("activities:edit", args=[uuid])}, status=422)
