"""The recording page: one form, saved as it is typed, sent when it is complete."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from uuid6 import uuid7

from jitasa.activities import rules
from jitasa.activities.choices import Status
from jitasa.activities.copying import copied
from jitasa.activities.forms import RecordForm
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.selectors.invitations import answerable, first_values
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.save_draft import EditConflict, Saved, Seen, save_draft
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.activities.views import conflict, kept
from jitasa.activities.views import record_page as page
from jitasa.occasions.models import Occasion
from jitasa.organizations.middleware import ViewerRequest
from jitasa.photos.services.receive import receive
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.dates import today
from jitasa.ui.reading import identifier, uuid_or_none, whole_number
from jitasa.ui.request_guard import too_large


@login_required
@require_GET
def new(request: ViewerRequest) -> HttpResponse:
    """A record gets its UUID before its first letter, so that a page opened again finds it."""
    if not rules.may_record(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("activities:edit", args=[uuid7()]) + query)


@login_required
@require_GET
def copy(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """A new record that begins as a copy of an earlier one."""
    get_object_or_404(Activity.objects.visible_to(request.viewer), uuid=uuid)
    return redirect(f"{reverse('activities:new')}?copy={uuid}")


@require_http_methods(["GET", "POST"])
@gzip_page  # a fifth of its weight; its safety token is masked anew each time, and the length is blurred
def edit(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Show the form, take the form."""
    if not request.user.is_authenticated:
        if request.method == "POST" and not kept.keep(request, uuid):
            return too_large(request, kept.MOST_BYTES, signed_out=True)
        return redirect_to_login(request.path)
    activity = page.find_record(request.viewer, uuid)
    if activity is not None and not rules.may_edit(request.viewer, activity):
        if request.method == "POST":
            return _answer_to_repeat(request, activity)
        messages.info(request, _("รายการนี้แก้ไขไม่ได้ในสถานะ “%s”") % activity.get_status_display())
        return redirect("activities:detail", uuid)
    return _post(request, uuid, activity) if request.method == "POST" else _get(request, uuid, activity)


def _answer_to_repeat(request: ViewerRequest, activity: Activity) -> HttpResponse:
    """The form of a record that is already sent came again: the same receipt."""
    if activity.status in (Status.SUBMITTED, Status.ACCEPTED) and request.POST.get("action") == "submit":
        return redirect("activities:sent", activity.uuid)
    messages.warning(
        request, _("รายการนี้อยู่ในสถานะ “%s” แล้ว จึงไม่ได้บันทึกข้อความที่ส่งมา") % activity.get_status_display()
    )
    return redirect("activities:detail", activity.uuid)


def _get(request: ViewerRequest, uuid: UUID, activity: Activity | None) -> HttpResponse:
    now = timezone.now()
    typed = kept.take(request, uuid)
    if typed is not None:
        messages.info(request, _("นำข้อความที่พิมพ์ไว้ก่อนออกจากระบบกลับมาแล้ว ตรวจแล้วกดบันทึก"))
        return _show_typed(request, uuid, activity, typed, now)
    values = values_of(activity) if activity is not None else _first_values(request)
    office = page.office_of(request.viewer, activity)
    form = page.make_form(office=office, activity=activity, now=now, values=values)
    context = page.page_context(
        viewer=request.viewer,
        uuid=uuid,
        activity=activity,
        form=form,
        photos=values.photos,
        todo=page.todo_of(values, office, now),
        now=now,
    )
    return render(request, "activities/record.html", context)


def _first_values(request: ViewerRequest) -> ActivityValues:
    """A new record begins empty, as a copy, as the event it joins, or with the important day it was opened for."""
    source = _copy_source(request)
    if source is not None:
        return copied(values_of(source))
    invitation = _invitation(request)
    if invitation is not None:
        return first_values(invitation)
    day = _asked_day(request)
    if day is None:
        return ActivityValues()
    ahead = day.date > today(timezone.now())  # then it is a plan for that day; else the pictures say when
    return ActivityValues(basis="occasion", occasion_id=day.pk, start_date=day.date if ahead else None)


def _invitation(request: ViewerRequest) -> Invitation | None:
    """The invitation the page was opened for: the office's own."""
    uuid = uuid_or_none(request.GET.get("invitation", ""))
    if uuid is None:
        return None
    own = answerable(request.viewer).filter(organization=request.viewer.office_id)
    return get_object_or_404(own, uuid=uuid)


def _asked_day(request: ViewerRequest) -> Occasion | None:
    """The important day the page was opened for, if the office may choose it."""
    asked = identifier(request.GET.get("occasion", ""))
    if asked is None:
        return None
    return Occasion.objects.active().for_office(request.viewer.organization).filter(pk=asked).first()


def _copy_source(request: ViewerRequest) -> Activity | None:
    uuid = uuid_or_none(request.GET.get("copy", ""))
    if uuid is None:
        return None
    return get_object_or_404(page.records(request.viewer), uuid=uuid)


def _show_typed(
    request: ViewerRequest,
    uuid: UUID,
    activity: Activity | None,
    typed: QueryDict,
    now: datetime,
    *,
    form: RecordForm | None = None,
    photos: tuple[PhotoValue, ...] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed, nothing lost."""
    office = page.office_of(request.viewer, activity)
    form = form or page.make_form(office=office, activity=activity, now=now, data=typed)
    photos = photos if photos is not None else page.typed_photos(typed, page.seen(activity))
    readable = form.is_valid() and not form.blocks
    todo = page.todo_of(form.values(photos), office, now) if readable else page.todo_of_errors(form)
    context = page.page_context(
        viewer=request.viewer,
        uuid=uuid,
        activity=activity,
        form=form,
        photos=photos,
        todo=todo,
        post=typed,
        now=now,
    )
    return render(request, "activities/record.html", context, status=status)


def _post(request: ViewerRequest, uuid: UUID, activity: Activity | None) -> HttpResponse:
    now = timezone.now()
    office = page.office_of(request.viewer, activity)
    seen = page.seen(activity)
    typed = conflict.resolved(request.POST, activity)
    form = page.make_form(office=office, activity=activity, now=now, data=typed, parts=seen.parts)
    photos, refused = _take_files(request, page.typed_photos(typed, seen), now)
    if refused:
        form.blocks["photos"] = refused
    if not form.is_valid():
        return _show_typed(request, uuid, activity, typed, now, form=form, photos=photos, status=422)
    sends = request.POST.get("action") == "submit" and not refused
    try:
        saved = save_or_send(request, uuid, typed, form.values(photos), now, seen=seen, sends=sends)
    except EditConflict as both:
        return conflict.page(request, uuid, typed, form, both)
    except Conflict as refusal:
        messages.warning(request, refusal.message)
        return redirect("activities:detail", uuid)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        form.put(refusal.fields)
        return _show_typed(request, uuid, activity, typed, now, form=form, photos=photos, status=422)
    form.twins = saved.twins
    if refused or saved.problems or form.twins:
        form.put(saved.problems)
        return _again(request, saved.activity, form, photos, now)
    return _after_save(request, saved.activity, sends=sends)


def save_or_send(
    request: ViewerRequest,
    uuid: UUID,
    typed: QueryDict,
    values: ActivityValues,
    now: datetime,
    *,
    seen: Seen | None = None,
    sends: bool = False,
) -> Saved:
    """Keep what was typed, and send it too. Raises what ``save_draft`` raises."""
    what: dict[str, Any] = {
        "actor": request.viewer,
        "uuid": uuid,
        "base_revision": whole_number(typed.get("base_revision", "")),
        "values": values,
        "now": now,
        "page": typed.get("page", ""),
        "seen": seen,
    }
    if not sends:
        return Saved(activity=save_draft(**what))
    told_apart = {other for text in request.POST.getlist("told_apart") if (other := uuid_or_none(text))}
    return record_and_submit(**what, confirmed=told_apart)


def _after_save(request: ViewerRequest, saved: Activity, *, sends: bool) -> HttpResponse:
    if sends:
        return redirect("activities:sent", saved.uuid)
    messages.success(request, _("บันทึกร่างแล้ว"))
    settled = "?settled=1" if "resolve" in request.POST else ""
    return redirect(reverse("activities:edit", args=[saved.uuid]) + settled)


def _again(
    request: ViewerRequest,
    saved: Activity,
    form: RecordForm,
    photos: tuple[PhotoValue, ...],
    now: datetime,
) -> HttpResponse:
    """Saved, but not sent: the form again with what to do, on the new revision."""
    typed = request.POST.copy()
    typed["base_revision"] = str(saved.revision)
    activity = page.find_record(request.viewer, saved.uuid)
    return _show_typed(request, saved.uuid, activity, typed, now, form=form, photos=photos, status=422)


def _take_files(
    request: ViewerRequest, photos: tuple[PhotoValue, ...], now: datetime
) -> tuple[tuple[PhotoValue, ...], list[str]]:
    """Pictures sent with the form itself (no script in the browser), and why some were refused."""
    taken, refused = list(photos), []
    for file in cast("list[UploadedFile[Any]]", request.FILES.getlist("photo_files")):
        office = request.viewer.organization
        if office is None:
            raise Forbidden
        try:
            photo = receive(
                actor=request.viewer, organization=office, file=file, name=file.name or "", now=now
            )
        except Refusal as refusal:
            refused.append(f"{file.name}: {refusal.message}")
            continue
        if photo.sha256 not in {each.sha256 for each in taken}:
            taken.append(PhotoValue(sha256=photo.sha256))
    return tuple(taken), refused


@require_POST
def autosave(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Save while somebody types. Answers a program: 200, 401 signed out, 409 changed, 422 unreadable."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("ท่านออกจากระบบแล้ว เข้าสู่ระบบอีกครั้ง ข้อความยังอยู่ในเครื่องนี้")}, status=401)
    now = timezone.now()
    activity = None if "photos_shown" in request.POST else page.find_record(request.viewer, uuid)
    office = page.office_of(request.viewer, activity)
    form = page.make_form(office=office, activity=activity, now=now, data=request.POST)
    if form.names_retired() and activity is None:
        activity = page.find_record(request.viewer, uuid)
        form = page.make_form(office=office, activity=activity, now=now, data=request.POST)
    if not form.is_valid():
        return _unreadable(request, form)
    values = form.values(page.typed_photos(request.POST, page.seen(activity)))
    try:
        saved = save_or_send(request, uuid, request.POST, values, now).activity
    except Forbidden as refusal:
        page.find_record(request.viewer, uuid)  # what is not to be seen is not found
        return JsonResponse({"error": refusal.message}, status=403)
    except Conflict as refusal:
        return JsonResponse({"error": refusal.message, "code": refusal.code}, status=409)
    except Refusal as refusal:
        form.put(refusal.fields)
        return _unreadable(request, form)
    html = render_to_string(
        "activities/parts/todo.html", {"todo": page.todo_of(values, office, now)}, request
    )
    saved_at = timezone.localtime(now).strftime("%H:%M:%S")
    return JsonResponse(
        {"revision": saved.revision, "saved_at": saved_at, "sum": saved.participants, "html": html}
    )


def _unreadable(request: ViewerRequest, form: RecordForm) -> HttpResponse:
    todo = page.todo_of_errors(form)
    html = render_to_string("activities/parts/todo.html", {"todo": todo}, request)
    return JsonResponse({"error": todo.wrong[0].words if todo.wrong else "", "html": html}, status=422)
