"""The one-page report of a record: PDF to print, PNG to send on by LINE."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jitasa.activities.models import Activity
from jitasa.activities.selectors.receipts import receipt_code
from jitasa.activities.selectors.sheet import sheet
from jitasa.activities.views.record_page import records
from jitasa.documents.pdf import render, render_png
from jitasa.organizations.middleware import ViewerRequest

PICTURE_WIDTH = 1920


@login_required
@require_GET
def pdf(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    activity = get_object_or_404(records(request.viewer), uuid=uuid)
    data, files = sheet(activity, code=receipt_code(activity))
    body = render("activity_report", data, files=files)
    return _file(activity, body, "application/pdf", "pdf", inline="download" not in request.GET)


@login_required
@require_GET
def png(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    activity = get_object_or_404(records(request.viewer), uuid=uuid)
    data, files = sheet(activity, code=receipt_code(activity))
    pages = render_png("activity_card", data, width_px=PICTURE_WIDTH, files=files)
    return _file(activity, pages[0], "image/png", "png", inline="download" not in request.GET)


def _file(activity: Activity, body: bytes, content_type: str, ending: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    name = f"{activity.number or activity.uuid}.{ending}"
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
