"""Which letter and which way a page is about."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.selectors.outbox import way_to
from jitasa.letters.services.receive import NOT_YOURS
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.problems import Forbidden

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def visible_letter(request: ViewerRequest, uuid: UUID) -> Letter:
    """:raises Http404: there is none, or it is not for this viewer's office to see."""
    rows = Letter.objects.visible_to(request.viewer).select_related(
        "organization", "parent", "answer_occasion"
    )
    return get_object_or_404(rows, uuid=uuid)


def show_returned(letter: Letter) -> None:
    """Who sent a draft back is called as people are on pages."""
    if letter.returned_at:
        show_posts([(letter.returned_by, letter.returned_at)], with_office=False, of=letter.organization_id)


def own_way(request: ViewerRequest, uuid: UUID) -> Dispatch:
    """How a letter came to the viewer's own office.

    :raises Http404: the letter is not for the viewer to see. :raises Forbidden: it was not sent to the office.
    """
    way = way_to(visible_letter(request, uuid), request.viewer.organization)
    if way is None:
        raise Forbidden(_(NOT_YOURS))
    return way


def attachment(content: bytes, name: str) -> HttpResponse:
    """A file to keep; its type follows from the name."""
    response = HttpResponse(content, content_type=TYPES[name.rsplit(".", 1)[-1]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


__all__ = ["attachment", "own_way", "show_returned", "visible_letter"]
