"""Channels: an office's own to keep, those below it to look at."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import office_asked, officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import rules
from jitasa.publicity.choices import ChannelKind
from jitasa.publicity.forms import ChannelForm
from jitasa.publicity.models import Channel
from jitasa.publicity.outputs import tables
from jitasa.publicity.selectors.channels import channels_in, kinds_in, own_channels, used
from jitasa.publicity.services.channels import (
    NOT_YOURS,
    add_channel,
    edit_channel,
    restore_channel,
    retire_channel,
)
from jitasa.publicity.views.access import common, refuse, visible_channel, workbook_answer
from jitasa.ui.reading import page_of

ROWS = 50


@officers
@require_GET
def channels(request: ViewerRequest) -> HttpResponse:
    """The office's own; for offices above also all below, by kind and by search."""
    office, viewer = own_office(request), request.viewer
    own = own_channels(office)
    kind, text = request.GET.get("kind", ""), request.GET.get("q", "")[:100].strip()
    kind = kind if kind in ChannelKind.values else ""
    within = office_asked(request, request.GET.get("office", ""))
    context = {
        "own": [(each, counts.get(each.pk, 0)) for counts in [used(own)] for each in own],
        "may_edit": rules.may_write(viewer),
        "kind": kind,
        "q": text,
        "within": within,
    }
    if not viewer.is_lao:
        rows = channels_in(viewer, office=None if within == office else within, kind=kind, text=text)
        page = page_of(request, rows, ROWS)
        counts = used(list(page))
        kinds = {row["kind"]: row for row in kinds_in(viewer)}
        context |= {
            "page": page,
            "lines": [(each, counts.get(each.pk, 0)) for each in page],
            "kinds": [(each, kinds.get(each.value)) for each in ChannelKind],
        }
    return render(request, "publicity/channels.html", common(request, **context))


@officers
@require_GET
def channels_xlsx(request: ViewerRequest) -> HttpResponse:
    """Every channel in use in the viewer's scope."""
    kind, text = request.GET.get("kind", ""), request.GET.get("q", "")[:100].strip()
    within = office_asked(request, request.GET.get("office", ""))
    rows = channels_in(request.viewer, office=within, kind=kind, text=text)
    with override("th"):
        return workbook_answer(tables.channels(rows.iterator(chunk_size=2000)), "channels")


@officers
def channel_new(request: ViewerRequest) -> HttpResponse:
    if not rules.may_write(request.viewer):
        raise Forbidden(_(NOT_YOURS))
    kind = request.GET.get("kind", "")
    form = ChannelForm(request.POST or None, initial={"kind": kind if kind in ChannelKind.values else ""})
    if request.method == "POST" and form.is_valid():
        try:
            add_channel(actor=request.viewer, content=form.content(), now=timezone.now())
        except Forbidden:
            raise
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("เพิ่มช่องทางแล้ว"))
            return redirect("publicity:channel_new" if "again" in request.POST else "publicity:channels")
    return render(request, "publicity/channel_form.html", common(request, form=form))


@officers
def channel(request: ViewerRequest, pk: int) -> HttpResponse:
    """A channel: a form for its office, words for those above."""
    row = visible_channel(request, pk)
    may_edit = rules.may_edit_channel(request.viewer, row)
    if request.method == "POST" and not may_edit:
        raise Forbidden(_(NOT_YOURS))
    initial = {"kind": row.kind, "name": row.name, "link": row.link, "reach": row.reach}
    form = ChannelForm(request.POST or None, initial=initial, channel=row) if may_edit else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            edit_channel(actor=request.viewer, channel=row, content=form.content(), now=timezone.now())
        except Forbidden:
            raise
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("publicity:channels")
    context = {"channel": row, "form": form, "times": used([row]).get(row.pk, 0)}
    return render(request, "publicity/channel_form.html", common(request, **context))


@officers
@require_POST
def channel_retire(request: ViewerRequest, pk: int) -> HttpResponse:
    row: Channel = visible_channel(request, pk)
    retire_channel(actor=request.viewer, channel=row, now=timezone.now())
    messages.success(request, _("เลิกใช้ “%(name)s” แล้ว นำกลับมาใช้ได้จากรายการ") % {"name": row.name})
    return redirect("publicity:channels")


@officers
@require_POST
def channel_restore(request: ViewerRequest, pk: int) -> HttpResponse:
    row: Channel = visible_channel(request, pk)
    restore_channel(actor=request.viewer, channel=row, now=timezone.now())
    messages.success(request, _("นำ “%(name)s” กลับมาใช้แล้ว") % {"name": row.name})
    return redirect("publicity:channels")
