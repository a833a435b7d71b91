"""A telephone with ODK Collect and the server, over real HTTP: from the settings code to the number of the record."""

import base64
import json
import re
import zlib
from datetime import timedelta
from functools import partial
from hashlib import md5
from typing import Any
from uuid import UUID, uuid4

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.tests.making import full_values, make_lists
from jitasa.api.models import ApiToken
from jitasa.compilation.services.check import differences
from jitasa.openrosa.models import Submission
from jitasa.openrosa.tests.collect import LIST, MANIFEST, RESPONSE, Answer, ask, filled, send
from jitasa.openrosa.views.desk import settings_for
from jitasa.photos.models import Photo, Upload
from jitasa.photos.tests import pictures
from jitasa.rounds.models import Round
from tests.at_once import at_once
from tests.cast import NOW, Cast, make_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.at(NOW)]
FULL: dict[str, Any] = {
    "name": "ทำความสะอาดชายหาดนพรัตน์ธารา",
    "kind": "development",
    "basis": "none",
    "part": "host",
    "start_date": "2026-11-20",
    "start_time": "08:30:00.000+07:00",
    "end_time": "10:30:00.000+07:00",
    "place": "หาดนพรัตน์ธารา",
    "moo": "5",
    "tambon": "810116",
    "point": "8.0411 98.8129 3.0 12.0",
    "result": "เก็บขยะได้ตลอดแนวชายหาด",
    "budget_source": "none",
}


class Telephone:
    """Set up by the settings code that a screen has shown."""

    def __init__(self, cast: Cast, live_server: Any, settings: Any) -> None:
        settings.SITE_URL = live_server.url
        page = cast.client("boonmee").post("/work/collect/", {"name": "เครื่องที่ 1", "days": "30"})
        assert page.status_code == 200, page.content.decode()
        assert "data:image/png;base64," in page.content.decode()
        found = re.search(r"<kbd>(http[^<]+)</kbd>", page.content.decode())
        assert found is not None
        self.url = found[1]
        form = ask("GET", self.url + "/formList").xml.findtext(f".//{LIST}downloadUrl") or ""
        self.form = ask("GET", form).body
        groups = re.findall(rb"<(n_[\w-]+)\s*/>", self.form)
        self.groups = {groups[0].decode(): "60"}

    def filled(self, **changes: Any) -> bytes:
        return filled(self.form, **{**FULL, "groups": self.groups, **changes})

    def send(self, xml: bytes, files: dict[str, bytes] | None = None, **more: Any) -> Answer:
        return send(self.url + "/submission", xml, files, **more)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    found = make_cast()
    make_lists()
    Round.objects.update(photos_least=2)
    return found


@pytest.fixture
def telephone(cast: Cast, live_server: Any, settings: Any) -> Telephone:
    return Telephone(cast, live_server, settings)


def test_the_settings_code_is_what_collect_reads() -> None:
    packed = settings_for("https://example.org/openrosa/key/jt_x", "อบต.อ่าวนาง")
    found = json.loads(zlib.decompress(base64.b64decode(packed)))
    assert found["general"]["server_url"] == "https://example.org/openrosa/key/jt_x"
    assert set(found) == {"general", "admin", "project"}
    assert found["project"]["name"] == "อบต.อ่าวนาง"


def test_list_form_manifest_and_files_hold_together(telephone: Telephone) -> None:
    listed = ask("GET", telephone.url + "/formList")
    assert (listed.status, listed.headers["x-openrosa-version"]) == (200, "1.0")
    assert "date" in listed.headers
    assert listed.headers["content-type"].startswith("text/xml")
    row = listed.xml.find(f"{LIST}xform")
    assert row is not None
    assert row.findtext(f"{LIST}hash") == "md5:" + md5(telephone.form).hexdigest()
    assert f'version="{row.findtext(f"{LIST}version")}"'.encode() in telephone.form
    manifest = ask("GET", row.findtext(f"{LIST}manifestUrl") or "").xml
    names = []
    for file in manifest.iter(f"{MANIFEST}mediaFile"):
        body = ask("GET", file.findtext(f"{MANIFEST}downloadUrl") or "").body
        assert file.findtext(f"{MANIFEST}hash") == "md5:" + md5(body).hexdigest()
        assert body.startswith(b"name,label\n")
        names.append(file.findtext(f"{MANIFEST}filename"))
    assert names == ["tambons.csv", "occasions.csv", "joint.csv"]


def test_a_record_with_its_pictures_is_sent_and_the_same_again_is_202(
    cast: Cast, telephone: Telephone
) -> None:
    head = ask("HEAD", telephone.url + "/submission")
    assert head.status == 204
    assert head.headers["location"] == telephone.url + "/submission"
    assert int(head.headers["x-openrosa-accept-content-length"]) >= 20_000_000
    instance, names = uuid4(), ("ภาพ ๑.jpg", "IMG 0002.jpg")
    xml = telephone.filled(instance=f"uuid:{instance}", photos=names)
    files = {name: pictures.jpeg(seed=n) for n, name in enumerate(names)}
    first = telephone.send(xml, files)
    assert first.status == 201, first.words
    assert first.xml.tag == f"{RESPONSE}OpenRosaResponse"
    row = Activity.objects.get()
    assert row.uuid == instance
    assert (row.status, row.organization, row.created_by) == ("submitted", cast.aonang, None)
    assert row.number in first.words
    assert (row.photo_count, row.participants, row.tambon_code, row.moo) == (2, 60, "810116", 5)
    assert (row.latitude, str(row.start_time), str(row.end_time)) == (8.0411, "08:30:00", "10:30:00")
    assert "ภาพ ๑.jpg" in Upload.objects.values_list("name", flat=True)
    again = telephone.send(xml, files)
    assert (again.status, row.number in again.words) == (202, True)
    assert (Activity.objects.count(), Photo.objects.count()) == (1, 2)
    assert list(differences()) == []


def test_files_may_come_in_several_requests(telephone: Telephone) -> None:
    names = ("a.jpg", "b.jpg", "c.jpg")
    xml = telephone.filled(photos=names)
    for place, name in enumerate(names[:2]):
        part = telephone.send(xml, {name: pictures.jpeg(seed=place)}, more=True)
        assert part.status == 201, part.words
        assert not Activity.objects.exists()
    twice = telephone.send(xml, {"a.jpg": pictures.jpeg(seed=0)}, more=True)
    assert twice.status == 202
    last = telephone.send(xml, {"c.jpg": pictures.jpeg(seed=2)})
    assert (last.status, Activity.objects.get().status) == (201, "submitted")
    assert Activity.objects.get().photo_count == 3


def test_a_picture_that_did_not_come_keeps_it_a_draft_until_it_does(telephone: Telephone) -> None:
    xml = telephone.filled(photos=("a.jpg", "b.jpg"))
    first = telephone.send(xml, {"a.jpg": pictures.jpeg(seed=1)})
    assert first.status == 201
    assert "ยังขาดภาพ 1 ภาพ" in first.words
    assert Activity.objects.get().status == "draft"
    second = telephone.send(xml, {"b.jpg": pictures.jpeg(seed=2)})
    assert second.status == 201
    assert Activity.objects.get().status == "submitted"


def test_what_lacks_something_is_a_draft_that_the_clerk_finds(cast: Cast, telephone: Telephone) -> None:
    answer = telephone.send(telephone.filled(place=""))
    assert answer.status == 201
    assert "เก็บเป็นร่างแล้ว" in answer.words
    row = Activity.objects.get()
    assert (row.status, row.name) == ("draft", FULL["name"])
    assert FULL["name"] in cast.client("anong").get("/work/activities/").content.decode()
    again = telephone.send(telephone.filled(instance=f"uuid:{row.uuid}", place=""))
    assert again.status == 202
    assert "เก็บเป็นร่าง ยังไม่ส่ง" in again.words


def test_a_form_sent_again_says_that_its_record_was_withdrawn(telephone: Telephone) -> None:
    xml = telephone.filled(photos=("a.jpg", "b.jpg"))
    files = {"a.jpg": pictures.jpeg(seed=1), "b.jpg": pictures.jpeg(seed=2)}
    assert "ส่งแล้ว เลขที่" in telephone.send(xml, files).words
    Activity.objects.update(status="withdrawn")
    again = telephone.send(xml, files)
    assert again.status == 202
    assert "ถอนในระบบแล้ว" in again.words


def test_what_a_list_no_longer_offers_stays_in_words(telephone: Telephone) -> None:
    xml = telephone.filled(kind="gone-kind", suggestions="ขอถังขยะ").replace(b"n_", b"n_gone-")
    assert telephone.send(xml).status == 201
    row = Activity.objects.get()
    assert (row.kind, row.status) == (None, "draft")
    assert row.suggestions.startswith("ขอถังขยะ")
    assert "gone-kind" in row.suggestions


def test_an_edited_form_is_the_next_revision_of_its_record(cast: Cast, telephone: Telephone) -> None:
    one, two, three = (f"uuid:{uuid4()}" for _ in range(3))
    telephone.send(telephone.filled(instance=one, place=""))
    edited = telephone.filled(instance=two, replaces=one, place="หาดใหม่")
    assert telephone.send(edited).status == 201
    row = Activity.objects.get()
    assert (row.uuid, row.revision, row.place) == (UUID(one[5:]), 2, "หาดใหม่")
    values = full_values(cast.aonang, name="แก้ในระบบ")
    save_draft(actor=cast.anong, uuid=row.uuid, base_revision=2, values=values, now=NOW)
    late = telephone.send(telephone.filled(instance=three, replaces=two, place="หาดเดิม"))
    assert late.status == 409
    assert "แก้ไข" in late.words
    row.refresh_from_db()
    assert row.name == "แก้ในระบบ"


@pytest.mark.postgresql
def test_ten_at_once_are_one_record(telephone: Telephone) -> None:
    xml = telephone.filled(photos=("a.jpg", "b.jpg"))
    files = {"a.jpg": pictures.jpeg(seed=1), "b.jpg": pictures.jpeg(seed=2)}
    answers = at_once([partial(telephone.send, xml, files)] * 10)
    assert {each.status for each in answers} <= {201, 202}, [each.words for each in answers]
    assert Activity.objects.get().status == "submitted"
    assert Submission.objects.count() == 1


BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><data id="jitasa-activity">&c;</data>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<data id="jitasa-activity"><name>&x;</name></data>'
)
BAD: dict[str, bytes] = {
    "billion laughs": BILLION,
    "an entity from outside": OUTSIDE,
    "no XML": b"not xml",
    "nothing": b"",
    "half of it": b'<data id="jitasa-activity"><name>',
    "bytes of no text": b"\xff\xfe\x00<data/>",
    "a codec nobody knows": b'<?xml version="1.0" encoding="rot13"?><data/>',
    "another form": b'<data id="other"/>',
    "no instanceID": b'<data id="jitasa-activity"><name>x</name></data>',
    "too deep": b'<data id="jitasa-activity">' + b"<a>" * 5000 + b"</a>" * 5000 + b"</data>",
    "too long": b'<data id="jitasa-activity"><name>' + b"x" * 1_100_000 + b"</name></data>",
}


@pytest.mark.parametrize("xml", BAD.values(), ids=BAD.keys())
def test_what_is_no_form_is_refused_in_words(telephone: Telephone, xml: bytes) -> None:
    answer = telephone.send(xml)
    assert answer.status == 400
    assert re.search("[ก-๙]", answer.words)
    assert b"root:" not in answer.body
    assert not Activity.objects.exists()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"start_date": "2026-02-31"}, "วัน"),
        ({"start_date": "๒๐/๑๑"}, "วัน"),
        ({"moo": "1e400"}, "จำนวนเต็ม"),
        ({"moo": "NaN"}, "จำนวนเต็ม"),
        ({"men": "2.5"}, "จำนวนเต็ม"),
        ({"point": "x y"}, "ทศนิยม"),
        ({"point": "100 200"}, "พิกัด"),
        ({"tambon": "999999"}, "ตำบล"),
        ({"name": "ก" * 5000}, "ชื่อ"),
        ({"groups": "999999999999"}, ""),
        ({"occasion": "999999"}, "วันสำคัญ"),
    ],
    ids=str,
)
def test_a_wrong_value_is_told_in_words(telephone: Telephone, change: dict[str, Any], word: str) -> None:
    if "groups" in change:
        change = {"groups": dict.fromkeys(telephone.groups, change["groups"])}
    answer = telephone.send(telephone.filled(**change))
    assert answer.status == 400, answer.words
    assert word in answer.words
    assert not Activity.objects.exists()


def test_a_file_that_is_no_picture_is_told(telephone: Telephone) -> None:
    answer = telephone.send(telephone.filled(photos=("a.jpg",)), {"a.jpg": b"no picture"})
    assert answer.status == 400
    assert "a.jpg" in answer.words
    assert not Activity.objects.exists()


def test_tokens_in_the_path_and_as_a_password_open_and_others_do_not(
    cast: Cast, telephone: Telephone, live_server: Any
) -> None:
    token = telephone.url.rpartition("/")[2]
    plain = live_server.url + "/openrosa"

    def basic(text: str) -> dict[str, str]:
        return {"Authorization": "Basic " + base64.b64encode(f"clerk:{text}".encode()).decode()}

    listed = ask("GET", plain + "/formList", headers=basic(token))
    assert listed.status == 200
    assert token not in listed.body.decode()
    assert send(plain + "/submission", telephone.filled(), headers=basic(token)).status == 201
    for url, headers in (
        (plain + "/formList", {}),
        (plain + "/formList", basic("jt_wrong")),
        (plain + "/formList", {"Authorization": "Basic ???"}),
        (plain + "/formList", {"Authorization": "Digest username=x"}),
        (live_server.url + "/openrosa/key/jt_wrong/formList", {}),
        (live_server.url + "/openrosa/key/jt_wrong/submission", {}),
    ):
        answer = ask("GET", url, headers=headers)
        assert answer.status == 401, url
        assert answer.headers["www-authenticate"].startswith("Basic ")
        assert "ขอคิวอาร์โค้ดตั้งค่าจากผู้ดูแล" in answer.words
        assert "Authorization" not in answer.words
    ApiToken.objects.update(created_at=NOW - timedelta(days=1), expires_at=NOW)
    assert "หมดอายุ" in telephone.send(telephone.filled()).words
    ApiToken.objects.update(revoked_at=NOW)
    over = ask("GET", telephone.url + "/formList")
    assert (over.status, "ยกเลิก" in over.words) == (401, True)


def test_methods_and_addresses_that_are_not_there_are_told(telephone: Telephone) -> None:
    assert ask("DELETE", telephone.url + "/formList").status == 405
    assert ask("GET", telephone.url + "/submission").headers["allow"] == "HEAD, POST"
    for path in ("/nothing", "/forms/other.xml", "/forms/jitasa-activity/media/x.csv"):
        answer = ask("GET", telephone.url + path)
        assert (answer.status, bool(answer.words)) == (404, True), path
