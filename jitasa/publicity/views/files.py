"""Files of materials: sent in, looked at, fetched and counted; for everybody where they are public."""

from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from jitasa.files.sending import is_first, send
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden
from jitasa.publicity import rules
from jitasa.publicity.choices import FileKind, FileState, Variant
from jitasa.publicity.models import MaterialFile
from jitasa.publicity.selectors import public
from jitasa.publicity.services.files import count_download, remove_file
from jitasa.publicity.services.materials import NOT_YOURS
from jitasa.publicity.store import path_of
from jitasa.publicity.views.access import visible_file, visible_material
from jitasa.publicity.views.materials import answer, take_files
from jitasa.publicity.views.tiles import tiles
from jitasa.thai.dates import today
from jitasa.ui.database import done_if_free
from jitasa.ui.public_pages import public_file as public_file_mark

PRIVATE = "private, max-age=86400"
PUBLIC = "public, max-age=3600"
WORDS = {"square": "1-1", "wide": "16-9", "tall": "9-16", "a4": "A4", "print": "พิมพ์", "thumb": "ย่อ"}


@officers
@require_POST
def file_add(request: ViewerRequest, pk: int) -> HttpResponse:
    """Add files to a material of the own office."""
    row = visible_material(request, pk)
    if not rules.may_edit_material(request.viewer, row):
        raise Forbidden(_(NOT_YOURS))
    problems = take_files(request, row)
    if not request.FILES:
        problems.append(_("ยังไม่ได้เลือกไฟล์"))
    return answer(request, row, problems)


@officers
@require_POST
def file_remove(request: ViewerRequest, pk: int) -> HttpResponse:
    row = visible_file(request, pk)
    remove_file(actor=request.viewer, file=row, now=timezone.now())
    messages.success(request, _("นำไฟล์ออกแล้ว"))
    return redirect("publicity:material", row.material_id)


@officers
@require_GET
def files(request: ViewerRequest, pk: int) -> HttpResponse:
    """The files of a material as a part of its page: asked again while sizes are being made."""
    row = visible_material(request, pk)
    context = {
        "material": row,
        "tiles": tiles(row),
        "may_edit": rules.may_edit_material(request.viewer, row),
    }
    return render(request, "publicity/parts/files.html", context)


@officers
@require_safe
def file(request: ViewerRequest, pk: int, variant: str) -> HttpResponse:
    """A file to save; counted for the viewer's office."""
    row = visible_file(request, pk)
    _there(row, variant)
    office, withdrawn = request.viewer.organization, row.material.withdrawn_at is not None
    if withdrawn and row.material.organization_id != request.viewer.office_id:
        raise Forbidden(_("สื่อนี้ถูกถอนแล้ว ดาวน์โหลดไม่ได้ เลือกสื่ออื่นจากคลัง"))
    result = _send(request, row, variant, cache=PRIVATE, inline=False)
    if is_first(request) and not request.viewer.read_only and result.status_code != 304:
        done_if_free(lambda: count_download(file=row, office=office, now=timezone.now()))
    return result


@officers
@require_safe
def preview(request: ViewerRequest, pk: int, variant: str) -> HttpResponse:
    """A picture of a page, or what a player on it plays; not counted."""
    row = visible_file(request, pk)
    _there(row, variant)
    return _send(request, row, variant, cache=PRIVATE, inline=row.kind != FileKind.DOCUMENT)


@public_file_mark
@require_safe
def public_file(request: HttpRequest, pk: int, variant: str) -> HttpResponse:
    """The same for everybody, without a sign-in; counted for the public."""
    row = _public(pk, variant)
    result = _send(request, row, variant, cache=PUBLIC, inline=False)
    if is_first(request) and result.status_code != 304:
        done_if_free(lambda: count_download(file=row, office=None, now=timezone.now()))
    return result


@public_file_mark
@require_safe
def public_preview(request: HttpRequest, pk: int, variant: str) -> HttpResponse:
    row = _public(pk, variant)
    return _send(request, row, variant, cache=PUBLIC, inline=row.kind != FileKind.DOCUMENT)


def _public(pk: int, variant: str) -> MaterialFile:
    row = public.file(pk, today(timezone.now()))
    if row is None:
        raise Http404(_("ไม่มีไฟล์นี้แล้ว ดูสื่อที่ใช้ได้จากหน้าสื่อ"))
    _there(row, variant)
    return row


def _there(row: MaterialFile, variant: str) -> None:
    """:raises Http404: no such size of it, or not made yet."""
    named = variant in row.copies if row.kind == FileKind.IMAGE else variant == Variant.ORIGINAL
    if not named or row.state != FileState.READY:
        raise Http404(_("ยังไม่มีไฟล์ขนาดนี้"))


def _send(request: HttpRequest, row: MaterialFile, variant: str, *, cache: str, inline: bool) -> HttpResponse:
    name = PurePath(row.name)
    word = WORDS.get(variant, "")
    return send(
        request,
        path_of(row.sha256, variant),
        media_type=row.media_type,
        name=f"{name.stem}-{word}{name.suffix}" if word else row.name,
        etag=f"{row.sha256[:24]}-{variant}",
        cache=cache,
        inline=inline,
    )
