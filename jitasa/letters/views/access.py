"""Which letter and which way a page is about."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.selectors.outbox import way_to
from jitasa.letters.services.receive import NOT_YOURS
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.problems import Forbidden
from jitasa.rounds.views.access import officers

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def own_office(request: ViewerRequest) -> Organization:
    """The office the person works in now. ``officers`` has made sure that there is one."""
    office = request.viewer.organization
    if office is None:
        raise Http404(_("ไม่พบสำนักงาน"))
    return office


def visible_letter(request: ViewerRequest, uuid: UUID) -> Letter:
    """:raises Http404: there is none, or it is not for this viewer's office to see."""
    rows = Letter.objects.visible_to(request.viewer).select_related(
        "organization", "parent", "answer_occasion"
    )
    return get_object_or_404(rows, uuid=uuid)


def own_way(request: ViewerRequest, uuid: UUID) -> Dispatch:
    """How a letter came to the viewer's own office.

    :raises Http404: the letter is not for the viewer to see. :raises Forbidden: it was not sent to the office.
    """
    way = way_to(visible_letter(request, uuid), request.viewer.organization)
    if way is None:
        raise Forbidden(NOT_YOURS)
    return way


def attachment(content: bytes, name: str) -> HttpResponse:
    """A file to keep; its type follows from the name."""
    response = HttpResponse(content, content_type=TYPES[name.rsplit(".", 1)[-1]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


__all__ = ["attachment", "officers", "own_office", "own_way", "visible_letter"]
