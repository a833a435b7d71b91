"""Which thing a page is about, and whose."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Refusal
from jitasa.publicity.models import Broadcast, Campaign, Channel, Material, MaterialFile
from jitasa.ui.reading import identifier

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def visible_channel(request: ViewerRequest, pk: int) -> Channel:
    rows = Channel.objects.visible_to(request.viewer).select_related("organization")
    return get_object_or_404(rows, pk=pk)


def visible_material(request: ViewerRequest, pk: int) -> Material:
    rows = Material.objects.visible_to(request.viewer).select_related("organization", "occasion")
    return get_object_or_404(rows, pk=pk)


def visible_file(request: ViewerRequest, pk: int) -> MaterialFile:
    materials = Material.objects.visible_to(request.viewer)
    rows = MaterialFile.objects.filter(material__in=materials).select_related("material__organization")
    return get_object_or_404(rows, pk=pk)


def visible_campaign(request: ViewerRequest, uuid: UUID) -> Campaign:
    rows = Campaign.objects.visible_to(request.viewer).select_related("organization", "sent_by")
    return get_object_or_404(rows, uuid=uuid)


def visible_broadcast(request: ViewerRequest, pk: int) -> Broadcast:
    rows = Broadcast.objects.visible_to(request.viewer).select_related(
        "organization", "material", "activity", "channel", "campaign", "photo", "created_by"
    )
    return get_object_or_404(rows, pk=pk)


def number(request: ViewerRequest, name: str) -> int:
    """A whole number of the address; 0 for none and for nonsense."""
    return identifier(request.GET.get(name, "")) or 0


def refuse(form: forms.Form, refusal: Refusal, also: dict[str, str] | None = None) -> None:
    """Put a service's refusal where it belongs; ``also`` maps a field to another of the form."""
    for name, texts in refusal.fields.items():
        name = (also or {}).get(name, name)
        for text in texts:
            form.add_error(name if name in form.fields else None, text)
    if not refusal.fields:
        form.add_error(None, refusal.message)


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def common(request: ViewerRequest, **more: Any) -> dict[str, Any]:
    """What the tabs above every page need."""
    return {"may_campaign": request.viewer.level != "lao", **more}


__all__ = ["common", "number", "refuse", "workbook_answer"]
