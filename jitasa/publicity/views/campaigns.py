"""Campaigns: the list, writing and sending one, and how far it got."""

from datetime import date
from uuid import UUID

import uuid6
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from jitasa.distribution.forms import initial_recipients
from jitasa.distribution.selectors.recipients import resolve
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.views.access import office_asked, officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import rules
from jitasa.publicity.forms_use import CampaignForm
from jitasa.publicity.models import Campaign
from jitasa.publicity.outputs import tables
from jitasa.publicity.selectors import campaigns as reads
from jitasa.publicity.services.campaigns import (
    recipients_of,
    save_campaign,
    send_campaign,
    stop_campaign,
    unsendable,
)
from jitasa.publicity.services.remind import mark_seen, remind
from jitasa.publicity.views.access import common, number, refuse, visible_campaign, workbook_answer
from jitasa.publicity.views.tiles import shown
from jitasa.thai.dates import today
from jitasa.ui.database import done_if_free
from jitasa.ui.reading import identifier, page_of

ROWS = 30
OFFICES = 50


@officers
@require_GET
def campaigns(request: ViewerRequest) -> HttpResponse:
    chosen, text = request.GET.get("show", ""), request.GET.get("q", "")[:100].strip()
    page = page_of(request, reads.campaigns(request.viewer, chosen=chosen, text=text), ROWS)
    counts = reads.counts_of(request.viewer, list(page))
    filters = reads.CAMPAIGN_FILTERS if not request.viewer.is_lao else {"": reads.CAMPAIGN_FILTERS[""]}
    context = {
        "page": page,
        "lines": [(each, counts.get(each.pk)) for each in page],
        "chips": [(name, label) for name, (label, _rows) in filters.items()],
        "show": chosen,
        "q": text,
        "may_add": rules.may_campaign(request.viewer),
    }
    return render(request, "publicity/campaigns.html", common(request, **context))


@officers
def campaign_new(request: ViewerRequest) -> HttpResponse:
    if not rules.may_campaign(request.viewer):
        raise Forbidden(_("การส่งสื่อถึงหน่วยงานเป็นหน้าที่ของอำเภอ จังหวัด และกรม"))
    material = number(request, "material")
    form = CampaignForm(
        request.POST or None,
        viewer=request.viewer,
        materials=[material] if material else [],
        initial={"uuid": uuid6.uuid7(), "materials": [material] if material else []},
    )
    return _form_answer(request, form, None)


@officers
def campaign_edit(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    row = visible_campaign(request, uuid)
    if not rules.may_edit_campaign(request.viewer, row):
        raise Forbidden(_("แก้ได้เฉพาะร่างของหน่วยงานท่าน"))
    chosen = recipients_of(row)
    materials = list(row.materials.values_list("pk", flat=True))
    form = CampaignForm(
        request.POST or None,
        viewer=request.viewer,
        chosen=chosen,
        materials=materials,
        initial={
            "uuid": row.uuid,
            "title": row.title,
            "message": row.message,
            "use_by": row.use_by,
            "materials": materials,
            **initial_recipients(chosen),
        },
    )
    return _form_answer(request, form, row)


def _form_answer(request: ViewerRequest, form: CampaignForm, row: Campaign | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        uuid = row.uuid if row else form.cleaned_data["uuid"]
        try:
            row = save_campaign(actor=request.viewer, uuid=uuid, content=form.content(), now=timezone.now())
        except Forbidden:
            raise
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect(
                "publicity:campaign_edit" if "more" in request.POST else "publicity:campaign", row.uuid
            )
    day = today(timezone.now())
    offered = form.offered.select_related("organization", "occasion").prefetch_related("files")
    context = {
        "form": form,
        "campaign": row,
        "cards": [(shown(each, day), unsendable(each, day)) for each in offered],
        "ticked": {str(pk) for pk in form["materials"].value() or ()},
    }
    return render(
        request,
        "publicity/campaign_form.html",
        common(request, **context),
        status=400 if form.errors else 200,
    )


@officers
@require_GET
def campaign(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """A draft before it goes, or what was sent: the materials to use, and for offices above how far it got."""
    row, now, viewer = visible_campaign(request, uuid), timezone.now(), request.viewer
    office = own_office(request)
    done_if_free(lambda: mark_seen(viewer=viewer, now=now, campaign=row))
    materials = row.materials.select_related("organization", "occasion").prefetch_related("files")
    context = {
        "campaign": row,
        "cards": [shown(each, today(now)) for each in materials.order_by("pk")],
        "own": row.deliveries.filter(recipient=office).select_related("addressed").first(),
        "may_use": rules.may_write(viewer),
        "may_edit": rules.may_edit_campaign(viewer, row),
        "may_stop": rules.may_stop(viewer, row),
        "is_owner": viewer.office_id == row.organization_id,
    }
    if context["may_edit"]:
        context |= _before(row, today(now))
    elif not viewer.is_lao:
        context |= _board(request, row)
    return render(request, "publicity/campaign.html", common(request, **context))


def _before(row: Campaign, day: date) -> dict[str, object]:
    """Who is going to get it, and what stands in the way."""
    addressees = resolve(row.organization, recipients_of(row))
    merged = [each for each in addressees if each.addressed_id]
    ids = {pk for each in merged for pk in (each.recipient_id, each.addressed_id) if pk}
    names = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "short_name"))
    return {
        "recipients": len(addressees),
        "merged": [(names[each.addressed_id or 0], names[each.recipient_id]) for each in merged],
        "problems": [
            words for each in row.materials.prefetch_related("files") if (words := unsendable(each, day))
        ],
    }


def _board(request: ViewerRequest, row: Campaign) -> dict[str, object]:
    within = office_asked(request, request.GET.get("office", "")) if request.GET.get("office") else None
    rows = reads.deliveries(request.viewer, row, within)
    total, chip = reads.total(rows), request.GET.get("show", "")
    found: dict[str, object] = {
        "total": total,
        "within": within,
        "show": chip,
        "is_sending": row.sent_count < row.send_total and row.status == "sent",
        "may_remind": rules.may_remind(request.viewer, row) and total["used"] < total["sent"],
        "chips": [
            (name, label, total["sent"] if not name else total[f"chip_{name}"])
            for name, (label, _rows) in reads.CHIPS.items()
        ],
    }
    if request.viewer.is_department and within is None and not chip:
        places = reads.by_province(rows)
        if len(places) > 1:
            return found | {"places": places}
    page = page_of(request, reads.offices_of(rows, chip), OFFICES)
    return found | {"page": page}


@officers
@require_GET
def campaign_xlsx(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Every office of a campaign that the viewer may see."""
    row = visible_campaign(request, uuid)
    within = office_asked(request, request.GET.get("office", "")) if request.GET.get("office") else None
    rows = reads.offices_of(reads.deliveries(request.viewer, row, within), request.GET.get("show", ""))
    with override("th"):
        return workbook_answer(tables.deliveries(row, rows.iterator(chunk_size=2000)), "campaign")


@officers
@require_GET
def campaign_progress(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """How much of a campaign is sent: a line that asks again until all of it is."""
    return render(request, "publicity/parts/progress.html", {"campaign": visible_campaign(request, uuid)})


@officers
@require_POST
def campaign_send(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    row = visible_campaign(request, uuid)
    try:
        row = send_campaign(actor=request.viewer, campaign=row, now=timezone.now())
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        text = (
            _("ส่งสื่อถึง %(count)s หน่วยงานแล้ว")
            if row.sent_count == row.send_total
            else _("กำลังส่งถึง %(count)s หน่วยงาน ปิดหน้านี้ได้")
        )
        messages.success(request, text % {"count": f"{row.send_total:,}"})
    return redirect("publicity:campaign", row.uuid)


@officers
@require_POST
def campaign_stop(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    row = visible_campaign(request, uuid)
    try:
        stop_campaign(
            actor=request.viewer, campaign=row, reason=request.POST.get("reason", ""), now=timezone.now()
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("ยุติรอบเผยแพร่แล้ว"))
    return redirect("publicity:campaign", row.uuid)


@officers
@require_POST
def campaign_remind(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    row = visible_campaign(request, uuid)
    office_id = identifier(request.POST.get("office", "")) or 0
    count, later = remind(actor=request.viewer, campaign=row, now=timezone.now(), office_id=office_id)
    if later:
        messages.success(request, _("กำลังเตือน %(count)s หน่วยงาน") % {"count": f"{count:,}"})
    elif count:
        messages.success(request, _("เตือนแล้ว %(count)s หน่วยงาน") % {"count": f"{count:,}"})
    else:
        messages.info(request, _("ทุกแห่งใช้แล้วหรือเพิ่งเตือนไปใน 20 ชั่วโมง"))
    return redirect("publicity:campaign", row.uuid)
