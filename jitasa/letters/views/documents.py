"""A letter as a file or a picture, and its enclosures. Nothing here is shown as HTML."""

from urllib.parse import quote

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from jitasa.files.reading import is_kept
from jitasa.files.sending import is_first, send
from jitasa.letters.models import Enclosure, Letter
from jitasa.letters.pages import render
from jitasa.letters.pages.data import Page, page_of
from jitasa.letters.services.files import count_download
from jitasa.letters.store import path_of
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.thai.dates import today
from jitasa.ui.database import done_if_free

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def visible(request: ViewerRequest, uuid: object) -> Letter:
    """:raises Http404: there is none, or none this viewer may see."""
    rows = Letter.objects.visible_to(request.viewer).select_related("organization")
    return get_object_or_404(rows.prefetch_related("references", "enclosures"), uuid=uuid)


def viewers_page(request: ViewerRequest, letter: Letter) -> Page:
    """The page as the viewer's office has it, with its stamps."""
    return page_of(letter, day=today(timezone.now()), office=request.viewer.organization)


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file that is saved, never shown in the page's place."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def file_name(letter: Letter, ending: str) -> str:
    return f"{(letter.number or 'ร่างหนังสือ').replace('/', '-')}.{ending}"


@officers
@require_GET
def pdf(request: ViewerRequest, uuid: object) -> HttpResponse:
    letter = visible(request, uuid)
    content = render.to_pdf(viewers_page(request, letter))
    return attachment(content, "application/pdf", file_name(letter, "pdf"))


@officers
@require_GET
def docx(request: ViewerRequest, uuid: object) -> HttpResponse:
    from jitasa.letters.pages.docx import to_docx  # loaded when one is made: docs/adr/0165

    letter = visible(request, uuid)
    return attachment(to_docx(viewers_page(request, letter)), DOCX, file_name(letter, "docx"))


@officers
@require_GET
def png(request: ViewerRequest, uuid: object, number: int) -> HttpResponse:
    """One page as a picture; what it shows names it, so a browser keeps what has not changed."""
    page = viewers_page(request, visible(request, uuid))
    tag = f'"{render.fingerprint(page)}-{number}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    pictures = render.to_png(page, own_marked=True)
    if not 1 <= number <= len(pictures):
        raise Http404(_("หนังสือฉบับนี้ไม่มีหน้านี้"))
    answer = HttpResponse(pictures[number - 1], content_type="image/png")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    return answer


@officers
@require_safe
def enclosure(request: ViewerRequest, pk: int) -> HttpResponse:
    """The enclosed file to save, or the page of the letter that is enclosed as a copy; counted."""
    letters = Letter.objects.visible_to(request.viewer)
    found = get_object_or_404(
        Enclosure.objects.filter(letter__in=letters).select_related("of_letter__organization"), pk=pk
    )
    if found.of_letter is not None:
        done_if_free(lambda: count_download(enclosure=found))
        content = render.to_pdf(viewers_page(request, found.of_letter))
        return attachment(content, "application/pdf", file_name(found.of_letter, "pdf"))
    path = path_of(found.sha256) if found.sha256 else None
    if path is None or not is_kept(path):
        raise Http404(_("ไม่มีไฟล์ของสิ่งที่ส่งมาด้วยรายการนี้"))
    if is_first(request):
        done_if_free(lambda: count_download(enclosure=found))
    return send(request, path, media_type=found.media_type, name=found.file_name, etag=found.sha256)
