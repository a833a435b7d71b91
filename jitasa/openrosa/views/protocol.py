"""The dialogue of OpenRosa: list of forms, form, manifest, files, sending."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from xml.etree import ElementTree as ET

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.api.answers import ApiProblem
from jitasa.api.choices import Scope
from jitasa.api.operations import need
from jitasa.openrosa import media, replies
from jitasa.openrosa.door import OpenRosaRequest
from jitasa.openrosa.form import FORM_ID, Form, form_of
from jitasa.openrosa.reading import read
from jitasa.openrosa.services.take import take, words_of
from jitasa.photos.rules import too_many
from jitasa.thai.dates import today
from jitasa.thai.text import clean
from jitasa.ui.body_limits import limit_for

View = Callable[..., HttpResponse]
XML_FILE, INCOMPLETE = "xml_submission_file", "*isIncomplete*"
FILES_MOST = 60


def only(*methods: str) -> Callable[[View], View]:
    """:raises ApiProblem: 405 for other methods, in OpenRosa's own words."""

    def wrap(view: View) -> View:
        @wraps(view)
        def asked(request: OpenRosaRequest, *args: Any, **more: Any) -> HttpResponse:
            if request.method not in methods:
                words = _("ที่อยู่นี้รับเฉพาะ %(methods)s") % {"methods": ", ".join(methods)}
                return replies.message(405, words, nature="error", headers={"Allow": ", ".join(methods)})
            need(request, Scope.ACTIVITIES_WRITE)
            return view(request, *args, **more)

        return asked

    return wrap


def _form(request: OpenRosaRequest, form_id: str = FORM_ID) -> Form:
    """:raises ApiProblem: 404."""
    office = request.token.organization
    if form_id != FORM_ID or not office.is_lao:
        raise ApiProblem(404, "not_found", _("ไม่มีแบบฟอร์มนี้ สำนักงานของโทเคนนี้บันทึกกิจกรรมไม่ได้ หรือแบบฟอร์มเก่าเกินไป"))
    return form_of(today(timezone.now()))


@only("GET", "HEAD")
def form_list(request: OpenRosaRequest) -> HttpResponse:
    root = ET.Element("xforms")
    wanted = request.GET.get("formID", FORM_ID)
    if request.token.organization.is_lao and wanted == FORM_ID:
        form = _form(request)
        each = ET.SubElement(root, "xform")
        for name, text in (
            ("formID", FORM_ID),
            ("name", f"{form.title} {request.token.organization.short_name}"),
            ("version", form.version),
            ("hash", form.hash_given),
            ("downloadUrl", replies.address(request.base, "form", FORM_ID)),
            ("manifestUrl", replies.address(request.base, "manifest", FORM_ID)),
        ):
            replies.child(each, name, text)
    return replies.xml(root, replies.LIST)


@only("GET", "HEAD")
def form(request: OpenRosaRequest, form_id: str) -> HttpResponse:
    return replies.dressed(HttpResponse(_form(request, form_id).xml))


@only("GET", "HEAD")
def manifest(request: OpenRosaRequest, form_id: str) -> HttpResponse:
    _form(request, form_id)
    root = ET.Element("manifest")
    for file in media.media_of(request.token.organization, today(timezone.now())):
        each = ET.SubElement(root, "mediaFile")
        replies.child(each, "filename", file.name)
        replies.child(each, "hash", file.hash_given)
        replies.child(each, "downloadUrl", replies.address(request.base, "media", FORM_ID, file.name))
    return replies.xml(root, replies.MANIFEST)


@only("GET", "HEAD")
def media_file(request: OpenRosaRequest, form_id: str, name: str) -> HttpResponse:
    _form(request, form_id)
    for file in media.media_of(request.token.organization, today(timezone.now())):
        if file.name == name:
            return replies.dressed(HttpResponse(file.content), "text/csv; charset=utf-8")
    raise ApiProblem(404, "not_found", _("ไม่มีไฟล์นี้ ดาวน์โหลดแบบฟอร์มใหม่ในแอป"))


@only("HEAD", "POST")
def submission(request: OpenRosaRequest) -> HttpResponse:
    """HEAD: where and how large. POST: one form with some or all of its files."""
    where = {
        "Location": replies.address(request.base, "submission"),
        "X-OpenRosa-Accept-Content-Length": str(limit_for(request.path_info).most),
    }
    if request.method == "HEAD":
        response = replies.dressed(HttpResponse(status=204))
        for name, value in where.items():
            response[name] = value
        return response
    need(request, Scope.PHOTOS_WRITE)
    form = read(_xml(request))
    more = INCOMPLETE in request.POST and request.POST[INCOMPLETE].lower() in {"yes", "true", "1"}
    taken = take(
        actor=request.viewer, form=form, files=_files(request), more_to_come=more, now=timezone.now()
    )
    status = 201 if taken.new else 202
    return replies.message(status, words_of(taken), nature="submit_success", headers=where)


def _xml(request: OpenRosaRequest) -> bytes:
    """:raises ApiProblem: the form itself is not in the request."""
    file = request.FILES.get(XML_FILE)
    if file is not None:
        return cast("bytes", file.read())
    if text := request.POST.get(XML_FILE):
        return text.encode()
    raise ApiProblem(400, "form", _("คำขอไม่มีแบบฟอร์ม (xml_submission_file) ส่งจากแอปใหม่อีกครั้ง"))


def _files(request: OpenRosaRequest) -> dict[str, File[Any]]:
    """By the name the form knows them by: that of the file, else that of the part."""
    found: dict[str, File[Any]] = {}
    for part, each in request.FILES.items():
        if part != XML_FILE:
            file = cast("UploadedFile[Any]", each)
            found[clean(file.name or part)] = file
            found.setdefault(clean(part), file)
    if len(request.FILES) > FILES_MOST + 1:  # and the form itself
        raise ApiProblem(413, "too_many_files", too_many(FILES_MOST))
    return found
