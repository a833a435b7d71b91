"""Broadcasts: recording one in two taps, correcting, withdrawing, and the list behind every number."""

from collections.abc import Sequence
from typing import Any

import uuid6
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST, require_safe

from jitasa.activities.models import Activity
from jitasa.files.sending import send
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.views.access import officers, own_office
from jitasa.photos import store as photo_store
from jitasa.photos.models import PhotoState
from jitasa.photos.services.receive import receive
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import rules
from jitasa.publicity.forms_use import BroadcastEditForm, BroadcastForm
from jitasa.publicity.models import Broadcast, Channel, Material
from jitasa.publicity.outputs import tables
from jitasa.publicity.selectors import boards
from jitasa.publicity.selectors.broadcasts import broadcasts as found
from jitasa.publicity.selectors.broadcasts import listed
from jitasa.publicity.services.broadcasts import (
    edit_broadcast,
    last_channels,
    record_broadcast,
    withdraw_broadcast,
)
from jitasa.publicity.services.remind import mark_seen
from jitasa.publicity.views.access import (
    common,
    number,
    refuse,
    visible_broadcast,
    visible_material,
    workbook_answer,
)
from jitasa.publicity.views.asked import read
from jitasa.publicity.views.tiles import shown
from jitasa.thai.dates import today
from jitasa.ui.reading import page_of, uuid_or_none

ROWS = 50
MOST_ROWS = 100_000  # of one workbook


@officers
@require_GET
def broadcasts(request: ViewerRequest) -> HttpResponse:
    """The records behind a number of the board: the same filter."""
    asked = read(request)
    rows = found(request.viewer, asked.filter)
    page = page_of(request, listed(rows), ROWS)
    context = {
        "page": page,
        "asked": asked,
        "total": boards.total(rows),
        "may_use": rules.may_write(request.viewer),
    }
    return render(request, "publicity/broadcasts.html", common(request, **context))


@officers
@require_GET
def broadcasts_xlsx(request: ViewerRequest) -> HttpResponse:
    rows = listed(found(request.viewer, read(request).filter))[:MOST_ROWS]
    with override("th"):
        return workbook_answer(tables.broadcasts(rows.iterator(chunk_size=2000)), "broadcasts")


@officers
def broadcast_new(request: ViewerRequest) -> HttpResponse:
    """``?material=``: the first tap opens this filled in, the second saves it."""
    if not rules.may_write(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเท่านั้นที่บันทึกการเผยแพร่ได้"))
    subject, office = _subject(request), own_office(request)
    if subject is None:
        return redirect("publicity:materials")
    material = subject if isinstance(subject, Material) else None
    channels = list(Channel.objects.active().filter(organization=office))
    ticked = rules.suggested(material.kind if material else "poster", channels, last_channels(office))
    first = {"batch": uuid6.uuid7(), "on": today(timezone.now())}
    form = BroadcastForm(
        request.POST or None, request.FILES or None, channels=channels, ticked=ticked, initial=first
    )
    if request.method == "POST" and form.is_valid():
        rows = _recorded(request, subject, form)
        if rows is not None:
            people = sum(row.reach for row in rows)
            text = _("บันทึกแล้ว %(count)d ช่องทาง ถึงผู้รับ %(people)s คน")
            messages.success(request, text % {"count": len(rows), "people": f"{people:,}"})
            return redirect(_back(subject))
    context: dict[str, Any] = {"form": form, "subject": subject, "back": _back(subject)}
    if material is not None:
        mark_seen(viewer=request.viewer, now=timezone.now(), material_id=material.pk)
        context["card"] = shown(material, today(timezone.now()))
    status = 400 if form.errors else 200
    return render(request, "publicity/broadcast_form.html", common(request, **context), status=status)


def _subject(request: ViewerRequest) -> Material | Activity | None:
    """The material or the own accepted activity named in the address."""
    if pk := number(request, "material"):
        return visible_material(request, pk)
    uuid = uuid_or_none(request.GET.get("activity", ""))
    if uuid is None:
        return None
    activity = get_object_or_404(Activity.objects.visible_to(request.viewer), uuid=uuid)
    if not rules.may_publish(request.viewer, activity):
        raise Forbidden(_("บันทึกได้เฉพาะโพสต์ของกิจกรรมหน่วยงานตนเองที่รับรายงานแล้ว"))
    return activity


def _back(subject: Material | Activity) -> str:
    if isinstance(subject, Material):
        return reverse("publicity:material", args=[subject.pk])
    return reverse("publicity:post", args=[subject.uuid])


def _recorded(
    request: ViewerRequest, subject: Material | Activity, form: BroadcastForm
) -> Sequence[Broadcast] | None:
    try:
        return record_broadcast(
            actor=request.viewer,
            batch=form.cleaned_data["batch"],
            subject=subject,
            use=form.use(_photo(request)),
            now=timezone.now(),
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        refuse(form, refusal, {"photos": "photo"})
        return None


def _photo(request: ViewerRequest) -> str:
    """The hash of the picture that was sent along, or an empty string. :raises Refusal: no picture."""
    file = request.FILES.get("photo")
    if file is None:
        return ""
    photo = receive(
        actor=request.viewer,
        organization=own_office(request),
        file=file,
        name=file.name or "",
        now=timezone.now(),
    )
    return photo.sha256


@officers
def broadcast(request: ViewerRequest, pk: int) -> HttpResponse:
    """One use on one channel: a form for its office, words for those above."""
    row = visible_broadcast(request, pk)
    may_change = rules.may_change_broadcast(request.viewer, row)
    if request.method == "POST" and not may_change:
        raise Forbidden(_("แก้ได้เฉพาะการเผยแพร่ของหน่วยงานตนเองที่ยังไม่ถอน"))
    first = {"on": row.on, "reach": row.reach, "link": row.link, "note": row.note}
    form = BroadcastEditForm(request.POST or None, initial=first) if may_change else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            edit_broadcast(actor=request.viewer, broadcast=row, now=timezone.now(), **form.cleaned_data)
        except Forbidden:
            raise
        except Refusal as refusal:
            refuse(form, refusal, {f"link_{row.channel_id}": "link", f"reach_{row.channel_id}": "reach"})
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("publicity:broadcast", row.pk)
    show_posts([(row.created_by, row.created_at)])
    context = {"broadcast": row, "form": form, "may_change": may_change}
    return render(request, "publicity/broadcast.html", common(request, **context))


@officers
@require_POST
def broadcast_withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    row = visible_broadcast(request, pk)
    try:
        withdraw_broadcast(
            actor=request.viewer, broadcast=row, reason=request.POST.get("reason", ""), now=timezone.now()
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("ถอนรายการแล้ว ตัวเลขในตารางติดตามปรับตาม"))
    return redirect("publicity:broadcast", row.pk)


@officers
@require_safe
def broadcast_photo(request: ViewerRequest, pk: int) -> HttpResponse:
    """The picture of a use, for whoever may see the record."""
    row = visible_broadcast(request, pk)
    if row.photo is None or row.photo.state != PhotoState.READY:
        raise Http404
    return send(
        request,
        photo_store.published(row.photo.sha256, "medium"),
        media_type="image/jpeg",
        etag=f"{row.photo.sha256[:32]}-medium-{row.photo.copies}",
        cache="private, max-age=86400",
    )
