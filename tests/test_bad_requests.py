"""Requests and files that are bad as a whole, in each of the four ways in: refused alike, in the same words, nothing changed."""

import hashlib
import io
import json
import zipfile
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jitasa.activities.models import Activity
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.tests.making import full_values, make_draft, make_lists, make_photo
from jitasa.api.models import ApiToken
from jitasa.api.tests.calling import token_for
from jitasa.photos.models import Photo
from jitasa.photos.tests import pictures
from jitasa.rounds.models import Round
from jitasa.rounds.rules import first_rules
from jitasa.sheets.tests.made import GOOD, upload, workbook_of, zip_of
from tests.cast import NOW, Cast
from tests.pages import words_of
from tests.ways import (
    API,
    OPENROSA,
    PAGES,
    SHEET,
    TYPED,
    WAYS,
    Said,
    Ways,
    of_api,
    of_openrosa,
    of_page,
    xml_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
FORM = "application/x-www-form-urlencoded"
DATA = pictures.jpeg()
SHA = hashlib.sha256(DATA).hexdigest()


class Door(Ways):
    """Requests of any content, at the address of each way."""

    def post(self, way: str, data: Any, content_type: str = "", **more: Any) -> Said:
        client = Client() if way in (API, OPENROSA) else self.cast.client("anong")
        if way == API:
            more["headers"] = {"Authorization": f"Bearer {self.token}"}
        sent: dict[str, Any] = {"content_type": content_type} if content_type else {}
        answer = client.post(self.address(way), data, **sent, **more)
        return {API: of_api, OPENROSA: of_openrosa}.get(way, of_page)(answer)

    def address(self, way: str) -> str:
        return {
            PAGES: f"/work/activities/{uuid4()}/send/",
            API: f"/api/v1/activities/{uuid4()}/with-photos",
            OPENROSA: f"/openrosa/key/{self.token}/submission",
            SHEET: "/work/sheets/check/",
        }[way]

    def picture(self, way: str, data: bytes, name: str = "ภาพ.jpg") -> Said:
        """One picture sent with, or for, a record."""
        if way == PAGES:
            file = SimpleUploadedFile(name, data, "image/jpeg")
            return of_page(self.cast.client("anong").post("/work/photos/", {"file": file}))
        if way == API:
            sha = hashlib.sha256(data).hexdigest()
            return of_api(self.put_photo(sha, data))
        if way == OPENROSA:
            return self.post_xml(xml_of(TYPED, uuid4(), photos=(name,)), {name: data})
        return self.send_book(workbook_of([{**GOOD, "photos": name}]), zip_of({name: data}))

    def put_photo(self, sha: str, data: bytes, **headers: str) -> Any:
        return Client().put(
            f"/api/v1/photos/{sha}",
            data,
            content_type="application/octet-stream",
            headers={"Authorization": f"Bearer {self.token}", **headers},
        )

    def piece(self, way: str, start: int, end: int, data: bytes = DATA, sha: str = SHA) -> tuple[int, Any]:
        """Status and JSON of one piece of a picture, in the two ways that have pieces."""
        place = {"Content-Range": f"bytes {start}-{end - 1}/{len(DATA)}"}
        if way == API:
            answer = self.put_photo(sha, data[start:end], **place)
        else:
            answer = self.cast.client("anong").put(
                f"/work/photos/{sha}/",
                data[start:end],
                content_type="application/octet-stream",
                headers=place,
            )
        return answer.status_code, json.loads(answer.content)


@pytest.fixture
def door(cast: Cast) -> Door:
    make_lists()
    rules = first_rules(date(2026, 11, 1)) | {"photos_least": 0}
    Round.objects.create(month=date(2026, 11, 1), **rules)
    return Door(cast)


@pytest.mark.parametrize("sign", ["%00", "%ED%A0%80"], ids=["NUL", "a lone surrogate"])
@pytest.mark.parametrize("way", WAYS)
def test_letters_that_cannot_be_read_are_400(door: Door, way: str, sign: str) -> None:
    raw = {"%00": b"\0", "%ED%A0%80": b"\xed\xa0\x80"}[sign]
    if way == API:
        record = json.dumps({"name": {"%00": "\0", "%ED%A0%80": "\ud800"}[sign]})
        said = door.post(way, {"record": record, "submit": "true"})
    elif way == OPENROSA:
        said = door.post_xml(xml_of(TYPED, uuid4()).replace("หาด".encode(), raw))
    else:
        said = door.post(way, f"name={sign}&pasted={sign}&writer=1", FORM)
    assert said.status == 400, said
    assert "มีตัวอักษรที่อ่านไม่ได้" in said.words
    assert not Activity.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_too_many_fields_are_400(door: Door, way: str) -> None:
    fields = {f"f{number}": "1" for number in range(2001)}
    said = door.post(way, fields)
    assert (said.status, "มีช่องมากเกิน" in said.words) == (400, True), said
    assert not Activity.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_too_many_files_are_400(door: Door, way: str) -> None:
    files = {f"f{number}": SimpleUploadedFile(f"{number}.jpg", b"x", "image/jpeg") for number in range(101)}
    said = door.post(way, files)
    assert (said.status, "แนบไฟล์มากเกินไป" in said.words) == (400, True), said
    assert not Photo.objects.exists()


def test_more_pictures_than_a_request_takes_are_told_how_many(door: Door) -> None:
    files = [SimpleUploadedFile(f"{number}.jpg", b"x", "image/jpeg") for number in range(70)]
    many = {f"f{number}": file for number, file in enumerate(files)}
    page = door.cast.client("anong").post("/work/photos/", many)
    program = door.post(API, {"record": "{}", "photos": files})
    telephone = door.post_xml(xml_of(TYPED, uuid4()), {f"{number}.jpg": b"x" for number in range(70)})
    sheet = door.send_book(workbook_of([GOOD]), zip_of({f"{number}.jpg": b"x" for number in range(401)}))
    for said in (of_page(page), program, telephone, sheet):
        assert said.status in (400, 413, 422), said
        assert "ส่งได้ครั้งละไม่เกิน" in said.words, said
    assert not Photo.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_more_bytes_than_are_taken_are_413_before_they_are_read(door: Door, way: str) -> None:
    said = door.post(way, b"x", FORM, CONTENT_LENGTH=str(2**40))
    assert (said.status, "ส่งได้ครั้งละไม่เกิน" in said.words) == (413, True), said


NO_PICTURES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "ไฟล์ว่าง"),
    "a text called jpg": ("รายงานการประชุม".encode() * 50, "ไม่ใช่ภาพที่ระบบรับได้"),
    "half a picture": (DATA[: len(DATA) // 2], "ไฟล์ภาพขาดหรือเสียหาย"),
    "XML with entities": (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
        "ไม่ใช่ภาพที่ระบบรับได้",
    ),
    "a small file of a vast picture": (pictures.png_of(60_000, 60_000), "ภาพละเอียดเกินไป"),
}


@pytest.mark.parametrize("what", NO_PICTURES)
@pytest.mark.parametrize("way", WAYS)
def test_a_picture_that_is_none_is_told_in_the_same_words(door: Door, way: str, what: str) -> None:
    data, words = NO_PICTURES[what]
    said = door.picture(way, data)
    assert not said.number, said
    assert words in said.words, said
    assert said.status == {PAGES: 400, API: 422, OPENROSA: 400, SHEET: 200}[way], said
    assert not Photo.objects.exists()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("way", [PAGES, API])
def test_a_picture_whose_hash_is_not_its_content_is_422(door: Door, way: str) -> None:
    status, said = door.piece(way, 0, len(DATA), sha="0" * 64)
    assert (status, said["code"]) == (422, "other_hash")
    assert "เนื้อไฟล์ไม่ตรงกับ SHA-256" in said.get("error", said.get("detail"))
    assert not Photo.objects.exists()


@pytest.mark.parametrize("way", [PAGES, API])
def test_pieces_twice_out_of_order_and_missing(door: Door, way: str) -> None:
    piece = partial(door.piece, way)
    assert piece(0, 900)[1]["offset"] == 900
    assert piece(0, 900)[1]["offset"] == 900  # twice
    status, said = piece(2000, 3000)  # out of order: one is missing
    assert (status, said["code"], said["offset"]) == (409, "piece_missing", 900)
    assert "ส่งต่อจากไบต์ที่ 900" in said.get("error", said.get("detail"))
    status, said = piece(0, 900, b"x" * len(DATA))
    assert (status, said["code"], said["offset"]) == (409, "piece_differs", 0)
    assert "ส่งใหม่ตั้งแต่ไบต์แรก" in said.get("error", said.get("detail"))
    assert not Photo.objects.exists()
    assert piece(0, len(DATA))[0] in (200, 201)
    assert Photo.objects.get().sha256 == SHA


def test_a_picture_that_never_came_or_is_another_offices_is_not_used(door: Door, cast: Cast) -> None:
    foreign = make_photo(cast.kokklang, "chai").sha256
    for sha in (foreign, "0" * 64):
        for way in (PAGES, API):
            said = door.send(way, {**TYPED, "photos": [sha]})
            assert (said.status, said.number) == (422, False), (way, said)
            assert "ภาพ" in said.words
    lacking = door.post_xml(xml_of(TYPED, uuid4(), photos=("never.jpg",)))
    assert (lacking.status, "ยังขาดภาพ 1 ภาพ" in lacking.words, lacking.number) == (201, True, False)
    unknown = door.send(SHEET, {**TYPED, "photos": ["never.jpg"]})
    assert ("never.jpg" in unknown.words, unknown.number) == (True, False)


@pytest.mark.parametrize("way", WAYS)
def test_a_revision_older_than_the_servers_is_a_conflict(door: Door, cast: Cast, way: str) -> None:
    uuid = uuid4()
    if way == OPENROSA:
        door.post_xml(xml_of({**TYPED, "place": ""}, uuid))
    else:
        make_draft(cast.anong, uuid=uuid)
    values = full_values(cast.aonang, name="ฉบับสอง")
    save_draft(actor=cast.anong, uuid=uuid, base_revision=1, values=values, now=NOW)
    changed = {**TYPED, "name": "ฉบับเก่าที่แก้ช้าไป"}
    said = (
        door.post_xml(xml_of(changed, uuid4(), replaces=f"uuid:{uuid}"))
        if way == OPENROSA
        else door.send(way, changed, uuid=uuid, revision=1)
    )
    assert said.status == (200 if way == SHEET else 409), said
    assert "แก้ไขรายการนี้ไปพร้อมกับท่าน" in said.words
    row = Activity.objects.get()
    assert (row.name, row.revision) == ("ฉบับสอง", 2)


@pytest.mark.parametrize("way", WAYS)
def test_a_record_of_another_office_is_not_found_and_not_told(door: Door, cast: Cast, way: str) -> None:
    foreign = make_draft(cast.chai, name="ลับของเกาะกลาง")
    said = door.send(way, TYPED, uuid=foreign.uuid)
    assert said.status == (200 if way == SHEET else 404), said
    assert not said.number
    assert "ลับของเกาะกลาง" not in said.words
    foreign.refresh_from_db()
    assert (foreign.name, foreign.revision, Activity.objects.count()) == ("ลับของเกาะกลาง", 1, 1)


@pytest.mark.parametrize("way", [API, OPENROSA])
def test_tokens_that_are_none_over_revoked_or_of_those_above(door: Door, cast: Cast, way: str) -> None:
    send = partial(door.send, way, TYPED)
    assert send(token="jt_" + "x" * 40).status == 401
    above = token_for(cast.dao)[1]
    said = send(token=above)
    assert (said.status, "เฉพาะเจ้าหน้าที่ของ อปท." in said.words) == (403, True), said
    ApiToken.objects.update(created_at=NOW - timedelta(days=1), expires_at=NOW)
    said = send()
    assert (said.status, "โทเคนนี้หมดอายุแล้ว ขอโทเคนใหม่" in said.words) == (401, True), said
    ApiToken.objects.update(revoked_at=NOW)
    said = send()
    assert (said.status, "โทเคนนี้ถูกยกเลิกแล้ว ขอโทเคนใหม่" in said.words) == (401, True), said
    assert not Activity.objects.exists()


def test_who_is_signed_out_or_another_person_is_told_and_keeps_what_she_typed(door: Door, cast: Cast) -> None:
    address = door.address(PAGES)
    said = of_page(Client().post(address, {**TYPED, "writer": "1", "action": "submit"}))
    assert (said.status, "เข้าสู่ระบบแล้วรายการจะส่งต่อเอง" in said.words) == (401, True)
    other = of_page(cast.client("chai").post(address, {**TYPED, "writer": "1", "action": "submit"}))
    assert (other.status, "เป็นของผู้ใช้คนอื่น" in other.words) == (403, True)
    sheet = Client().post(door.address(SHEET), {"file": upload(workbook_of([GOOD]))})
    assert (sheet.status_code, "/login" in sheet["Location"]) == (302, True)
    assert not Activity.objects.exists()


LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = b'<!DOCTYPE l [<!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("kind", [LAUGHS, OUTSIDE], ids=["billion laughs", "from outside"])
def test_xml_with_entities_is_refused_unopened(door: Door, kind: bytes) -> None:
    xml = xml_of({**TYPED, "name": "XX"}, uuid4()).replace(b"XX", b"&c;")
    head, _question, rest = xml.partition(b"?>")
    telephone = door.post_xml(head + b"?>" + kind + rest)
    assert (telephone.status, "อ่านแบบฟอร์มที่ส่งมาไม่ได้" in telephone.words) == (400, True), telephone
    with zipfile.ZipFile(io.BytesIO(workbook_of([GOOD]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    page = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = b'<?xml version="1.0"?>' + kind + page.split(b"?>", 1)[1]
    sheet = door.send_book(zip_of(parts))
    assert (sheet.status, "เปิดไฟล์นี้ไม่ได้ ไฟล์อาจเสีย" in sheet.words) == (422, True)
    for words in (telephone.words, sheet.words):
        assert "root:" not in words
    assert not Activity.objects.exists()


def test_bombs_are_refused_by_what_they_would_become(door: Door) -> None:
    bomb = io.BytesIO(workbook_of([GOOD]))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/large.bin", b"\0" * 60_000_000)
    said = door.send_book(bomb.getvalue())
    assert (said.status, "ตารางนี้ใหญ่เกินไป คัดลอกเฉพาะแถวที่ต้องการ" in said.words) == (422, True)
    small = io.BytesIO()
    with zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ภาพ.jpg", b"\0" * 60_000_000)
    said = door.send_book(workbook_of([GOOD]), small.getvalue())
    assert (said.status, "คลายแล้วใหญ่ผิดปกติ ใส่เฉพาะไฟล์ภาพ" in said.words) == (422, True)
    assert not Photo.objects.exists()
    assert not Activity.objects.exists()


def test_only_who_sent_something_is_told_that_what_was_typed_is_still_there(cast: Cast) -> None:
    anong = cast.client("anong")
    seen = anong.get("/work/system/")
    sent = anong.post(f"/work/system/jobs/{uuid4()}/again/")
    assert (seen.status_code, sent.status_code) == (403, 403)
    assert "เปิดหน้านี้ไม่ได้" in words_of(seen)
    assert "กดย้อนกลับ" not in words_of(seen)
    assert "ทำรายการนี้ไม่ได้" in words_of(sent)
    assert "กดย้อนกลับ" in words_of(sent)
    for method, told in (("get", False), ("post", True)):
        answer = getattr(anong, method)("/?q=%00")
        assert (answer.status_code, "กดย้อนกลับ" in words_of(answer)) == (400, told)
