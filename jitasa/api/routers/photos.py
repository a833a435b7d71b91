"""Pictures by their SHA-256: ask what is missing, send whole or in pieces; a record and its pictures in one request."""

import hashlib
import json
import tempfile
from typing import IO, Any, cast
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import ValidationError as Unreadable

from jitasa.api import records
from jitasa.api.answers import ApiProblem, answer, not_found
from jitasa.api.choices import Scope
from jitasa.api.door import ApiRequest
from jitasa.api.operations import described, json_of, need, revision_asked, unreadable
from jitasa.api.routers.activities import keep
from jitasa.api.schemas import EXAMPLE, ActivityIn, HashesIn, PhotoIn
from jitasa.api.shapes_records import MissingPhotos, PhotoStored, PieceTaken, SavedAs
from jitasa.organizations.models import Organization
from jitasa.photos import pieces
from jitasa.photos.models import Photo
from jitasa.photos.rules import too_many
from jitasa.photos.selectors import missing, usable_photos
from jitasa.photos.services.receive import receive
from jitasa.photos.services.receive_piece import receive_piece, same

router = Router(tags=["photos"])
FILES_MOST = 20
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
RANGE = {
    "name": "Content-Range",
    "in": "header",
    "required": False,
    "description": "bytes 0-1048575/2600000",
    "schema": {"type": "string", "pattern": r"^bytes [0-9]{1,19}-[0-9]{1,19}/[0-9]{1,19}$"},
}


@router.post(
    "/photos/missing",
    **described(
        "ถามว่ายังขาดภาพใด",
        "Which of these photos this office still has to send",
        Scope.PHOTOS_WRITE,
        answers={200: MissingPhotos},
    ),
)
def ask_missing(request: ApiRequest, body: HashesIn) -> HttpResponse:
    need(request, Scope.PHOTOS_WRITE)
    return answer({"missing": missing(request.viewer, body.sha256)})


@router.api_operation(
    ["HEAD"],
    "/photos/{sha256:sha256}",
    **described(
        "ภาพนี้มาถึงแล้วหรือยัง ส่วนหัว Upload-Offset บอกว่ามาแล้วกี่ไบต์",
        "Whether the photo is here; header Upload-Offset says how many bytes of it are",
        Scope.PHOTOS_WRITE,
    ),
)
def head_photo(request: ApiRequest, sha256: str) -> HttpResponse:
    need(request, Scope.PHOTOS_WRITE)
    photo = usable_photos(request.viewer, [sha256]).first()
    if photo is not None:
        return HttpResponse(headers={"Upload-Offset": str(photo.bytes), "ETag": f'"{sha256}"'})
    missed = not_found(_("ภาพนี้ยังไม่มาถึง"))
    missed.headers["Upload-Offset"] = str(pieces.offset(_office(request).pk, sha256))
    raise missed


@router.put(
    "/photos/{sha256:sha256}",
    **described(
        "ส่งภาพทั้งไฟล์ หรือทีละส่วนด้วย Content-Range ส่วนเดิมซ้ำไม่มีผล",
        "Send a photo whole, or in pieces with Content-Range (202 until it is whole). A piece again changes nothing, "
        "one out of place is 409 with the next byte wanted, other bytes than the hash says are 422.",
        Scope.PHOTOS_WRITE,
        answers={200: PhotoStored, 201: PhotoStored, 202: PieceTaken},
        requestBody={"required": True, "content": BYTES},
        parameters=[RANGE],
    ),
)
def put_photo(request: ApiRequest, sha256: str) -> HttpResponse:
    need(request, Scope.PHOTOS_WRITE)
    text = request.headers.get("Content-Range", "")
    if text:
        return _piece(request, sha256, text)
    with tempfile.TemporaryFile() as file:
        found = _copied(request, file, settings.PHOTO_MAX_BYTES)
        try:
            same(found, sha256)
        except pieces.PieceRefused as refusal:
            raise _problem(refusal) from None
        return _kept(request, file, f"{sha256[:12]}")


def _copied(request: ApiRequest, file: IO[bytes], most: int) -> str:
    """The body into ``file``; its SHA-256. :raises ApiProblem: 413."""
    digest, size = hashlib.sha256(), 0
    while chunk := request.read(256 * 1024):
        size += len(chunk)
        if size > most:
            words = _("ไฟล์ใหญ่เกิน %(most)d เมกะไบต์ ย่อภาพแล้วส่งใหม่") % {"most": most // 1_048_576}
            raise ApiProblem(413, "too_large", words)
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest()


def _office(request: ApiRequest) -> Organization:
    return request.token.organization


def _kept(request: ApiRequest, file: IO[bytes], name: str) -> HttpResponse:
    photo = receive(
        actor=request.viewer, organization=_office(request), file=File(file), name=name, now=timezone.now()
    )
    return answer(_shown(photo), status=201, headers={"ETag": f'"{photo.sha256}"'})


def _shown(photo: Photo) -> dict[str, Any]:
    return {
        "sha256": photo.sha256,
        "state": photo.state,
        "problem": photo.problem,
        "bytes": photo.bytes,
        "taken_at": photo.taken_at,
        "latitude": photo.latitude,
        "longitude": photo.longitude,
    }


def _piece(request: ApiRequest, sha256: str, text: str) -> HttpResponse:
    try:
        piece = pieces.read(request, text)
        arrived = receive_piece(
            actor=request.viewer,
            organization=_office(request),
            sha256=sha256,
            piece=piece,
            name=sha256[:12],
            now=timezone.now(),
        )
    except pieces.PieceRefused as refusal:
        raise _problem(refusal) from None
    if arrived.photo is None:
        body = {"sha256": sha256, "offset": arrived.offset, "total": piece.total}
        return answer(body, status=202, headers=_at(arrived.offset))
    status = 200 if arrived.before else 201
    return answer(_shown(arrived.photo), status=status, headers={"ETag": f'"{sha256}"'})


def _problem(refusal: pieces.PieceRefused) -> ApiProblem:
    more: dict[str, Any] = dict(refusal.more)
    headers = {}
    if refusal.offset is not None:
        headers, more["offset"] = _at(refusal.offset), refusal.offset
    return ApiProblem(refusal.status, refusal.code, refusal.message, headers=headers, **more)


def _at(offset: int) -> dict[str, str]:
    return {"Upload-Offset": str(offset)}


@router.post(
    "/activities/{uuid:uuid}/with-photos",
    **described(
        "ส่งบันทึกและภาพทั้งหมดในคำขอเดียว (multipart: ช่อง record เป็น JSON ช่อง photos เป็นไฟล์)",
        "A record and its photos in one request: part `record` is JSON as for PUT, parts `photos` are files. "
        "A record that names no photos gets the files in their order.",
        Scope.ACTIVITIES_WRITE,
        answers={200: SavedAs, 201: SavedAs},
        requestBody={
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["record"],
                        "properties": {
                            "record": {"type": "string", "contentMediaType": "application/json"},
                            "submit": {"type": "string", "enum": ["true", "false"]},
                            "photos": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        },
                    },
                    "example": {
                        "record": json.dumps(EXAMPLE, ensure_ascii=False),
                        "submit": "true",
                        "photos": ["beach-1.jpg", "beach-2.jpg"],
                    },
                }
            },
        },
    ),
)
def with_photos(request: ApiRequest, uuid: UUID) -> HttpResponse:
    need(request, Scope.ACTIVITIES_WRITE)
    need(request, Scope.PHOTOS_WRITE)
    try:
        body = ActivityIn.model_validate(json_of(request.POST.get("record", "")))
    except Unreadable as wrong:
        raise unreadable(wrong) from None
    files = cast("list[UploadedFile[Any]]", request.FILES.getlist("photos"))
    if len(files) > FILES_MOST:
        raise ApiProblem(422, "too_many_files", too_many(FILES_MOST))
    offices = records.office_ids([body])
    records.values_in(body, offices)  # refused before a picture is stored
    taken = [
        receive(
            actor=request.viewer,
            organization=_office(request),
            file=file,
            name=file.name or "",
            now=timezone.now(),
        )
        for file in files
    ]
    if not body.photos:
        body.photos = [PhotoIn(sha256=sha) for sha in dict.fromkeys(photo.sha256 for photo in taken)]
    base = revision_asked(request, body.revision)
    send = request.POST.get("submit") == "true"
    values = records.values_in(body, offices)
    return keep(request, uuid, values, base=base, send=send, told_apart=body.told_apart)
