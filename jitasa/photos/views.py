"""Pictures over HTTP: send, ask what is missing, look."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from jitasa.files.sending import send
from jitasa.organizations.middleware import ViewerRequest
from jitasa.photos import pieces, rules, selectors, store
from jitasa.photos.choices import Size
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services.receive import receive
from jitasa.photos.services.receive_piece import receive_piece
from jitasa.problems import Forbidden, Refusal
from jitasa.ui.reading import json_body

# One record takes a handful; more in one request is a mistake or worse.
MOST_FILES = 20
MOST_HASHES = 500
# What a hash names changes only when it is blurred; pages then ask with another ``?v=``. Kept by the browser of the one who may see it, by no proxy.
CACHE = "private, max-age=2592000, immutable"


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Programs ask here, so nobody is sent to the sign-in page: 401 with a sentence."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse(
                {"error": _("ท่านออกจากระบบแล้ว เข้าสู่ระบบอีกครั้งแล้วส่งใหม่"), "code": "signed_out"}, status=401
            )
        return view(request, *args, **kwargs)

    return wrapper


@signed_in
@require_POST
def upload(request: ViewerRequest) -> HttpResponse:
    """Take the files of a multipart form, under whatever field names, one answer a file.

    ``{"files": [{"name", "sha256", "state", …} or {"name", "error", "code"}]}``; when one file was
    sent its fields stand at the top as well. 400 when none could be taken.
    """
    organization = request.viewer.organization
    if organization is None or not rules.may_upload(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานจึงส่งภาพได้"))
    files = [file for _field, files in request.FILES.lists() for file in files]
    if not files:
        raise Refusal(_("ยังไม่ได้เลือกภาพ เลือกภาพแล้วส่งใหม่"))
    if len(files) > MOST_FILES:
        raise Refusal(rules.too_many(MOST_FILES))
    answers = [_received(request, file) for file in files]
    status = 200 if any("sha256" in answer for answer in answers) else 400
    return JsonResponse({**(answers[0] if len(answers) == 1 else {}), "files": answers}, status=status)


def _received(request: ViewerRequest, file: UploadedFile[Any]) -> dict[str, Any]:
    organization = request.viewer.organization
    assert organization is not None
    name = file.name or ""
    try:
        photo = receive(
            actor=request.viewer, organization=organization, file=file, name=name, now=timezone.now()
        )
    except Refusal as refusal:
        return {"name": name, "error": refusal.message, "code": refusal.code}
    return {"name": name, **described(photo)}


def described(photo: Photo) -> dict[str, Any]:
    """What a page needs to know of a picture just sent."""
    return {
        "sha256": photo.sha256,
        "state": photo.state,
        "problem": photo.problem,
        "taken_at": timezone.localtime(photo.taken_at).isoformat() if photo.taken_at else None,
        "latitude": photo.latitude,
        "longitude": photo.longitude,
        "width": photo.width,
        "height": photo.height,
    }


@signed_in
@require_http_methods(["GET", "PUT"])
def piece(request: ViewerRequest, sha256: str) -> HttpResponse:
    """One picture by its hash, in pieces that resume (docs/adr/0067).

    GET: ``{"offset": bytes that are here, "here": bool}``. PUT with ``Content-Range``: the same, with what the
    page needs to know once it is whole. A refusal says with ``offset`` where to go on.
    """
    organization = request.viewer.organization
    if organization is None or not rules.may_upload(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานจึงส่งภาพได้"))
    if request.method == "GET":
        photo = selectors.usable_photos(request.viewer, [sha256]).first()
        if photo is not None:
            return JsonResponse({"offset": photo.bytes, "here": True, **described(photo)})
        return JsonResponse({"offset": pieces.offset(organization.pk, sha256), "here": False})
    try:
        arrived = receive_piece(
            actor=request.viewer,
            organization=organization,
            sha256=sha256,
            piece=pieces.read(request, request.headers.get("Content-Range", "")),
            name=request.GET.get("name", ""),
            now=timezone.now(),
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        answer = {"error": refusal.message, "code": refusal.code, "offset": getattr(refusal, "offset", None)}
        return JsonResponse(answer, status=refusal.status)
    found = described(arrived.photo) if arrived.photo is not None else {}
    return JsonResponse({"offset": arrived.offset, "here": arrived.photo is not None, **found})


@signed_in
@require_POST
def missing(request: ViewerRequest) -> HttpResponse:
    """Which of the posted hashes this office still has to send: ``{"missing": [...]}``.

    Takes JSON ``{"sha256": [...]}`` or form fields ``sha256``.
    """
    if request.content_type == "application/json":
        body = json_body(request)
        asked = body.get("sha256") if isinstance(body, dict) else None
    else:
        asked = request.POST.getlist("sha256")
    if not isinstance(asked, list) or not all(isinstance(sha, str) for sha in asked):
        raise Refusal(_("ส่งรายการ sha256 ของภาพที่ต้องการถาม"))
    if len(asked) > MOST_HASHES:
        raise Refusal(_("ถามได้ครั้งละไม่เกิน %(most)d ภาพ") % {"most": MOST_HASHES})
    return JsonResponse({"missing": selectors.missing(request.viewer, asked)})


@require_safe
def file(request: ViewerRequest, sha256: str, size: Size) -> HttpResponse:
    """A published copy. 404 when there is none yet, or none that this viewer may see."""
    photo = selectors.visible_photo(request.viewer, sha256)
    if photo.state != PhotoState.READY:
        raise Http404
    return send(
        request,
        store.published(sha256, size),
        media_type="image/jpeg",
        name=f"{sha256[:12]}-{size.value}.jpg",
        etag=f"{sha256[:32]}-{size.value}-{photo.copies}",
        cache=CACHE,
        inline=True,
    )


@signed_in
@require_GET
def tile(request: ViewerRequest, sha256: str, size: Size) -> HttpResponse:
    """One picture of a grid, as ``photos/tile.html`` shows it; a waiting tile asks for itself.

    After the session ended the answer is 401, which htmx puts nowhere: the form around it stays.
    """
    photo = selectors.visible_photo(request.viewer, sha256)
    response = render(
        request,
        "photos/tile.html",
        {"photo": photo, "size": size.value, "caption": request.GET.get("caption", "")[:200]},
    )
    response["Cache-Control"] = "private, no-store"
    return response
