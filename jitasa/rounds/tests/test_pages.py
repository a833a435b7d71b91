"""The pages: the hub, months, lists; the department edits, the others read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.rounds.models import Kind, Measure, Round, RoundRevision
from jitasa.rounds.services.install import install_defaults
from jitasa.rounds.services.rounds import ensure_round
from jitasa.thai.dates import parse_month
from tests.cast import NOW, Cast

MONTH = parse_month("2569-10")
FORM = {
    "based_on": "1",
    "due_on": "10 พ.ย. 2569",
    "required_fields": ["place", "result"],
    "photos_least": "๓",
    "photos_most": "8",
    "nil_allowed": "on",
    "report_heading": "จิตอาสา {หน่วยงาน} วันที่ {วันที่}",
    "note": "ส่งก่อนวันหยุด",
}


@pytest.fixture
def filled(cast: Cast) -> Cast:
    install_defaults(actor=cast.fah, now=NOW)
    ensure_round(MONTH, now=NOW)
    return cast


def addresses() -> list[str]:
    return [
        reverse("rounds:settings"),
        reverse("rounds:list"),
        reverse("rounds:round", args=["2569-10"]),
        *(
            reverse("rounds:items", args=[s])
            for s in ("kinds", "sub-kinds", "groups", "measures", "return-reasons")
        ),
        reverse("rounds:item_history", args=["kinds", "development"]),
    ]


@pytest.mark.parametrize("name", ["anong", "dao", "ek", "fah"])
def test_everybody_reads_and_only_the_department_has_buttons(filled: Cast, name: str) -> None:
    client = filled.client(name)
    for address in addresses():
        assert client.get(address).status_code == 200, address
    page = client.get(reverse("rounds:items", args=["kinds"])).content.decode()
    assert "จิตอาสาพัฒนา" in page
    assert ("data-confirm" in page) == (name == "fah")
    page = client.get(reverse("rounds:round", args=["2569-10"])).content.decode()
    assert ("บันทึกหลักเกณฑ์การรายงาน" in page) == (name == "fah")


def test_a_guest_signs_in_first(filled: Cast) -> None:
    for address in addresses():
        assert filled.client("guest").get(address).status_code == 302


def test_what_is_not_there(filled: Cast) -> None:
    client = filled.client("fah")
    for address in (
        reverse("rounds:round", args=["2999-01"]),
        reverse("rounds:round", args=["nonsense"]),
        reverse("rounds:items", args=["nonsense"]),
        reverse("rounds:item_edit", args=["kinds", 999999]),
        reverse("rounds:item_history", args=["kinds", "nonsense"]),
    ):
        assert client.get(address).status_code == 404, address


def test_the_department_changes_the_rules_of_a_month(filled: Cast) -> None:
    client, address = filled.client("fah"), reverse("rounds:round", args=["2569-10"])
    assert client.post(address, FORM).status_code == 302
    round_ = Round.objects.get(month=MONTH)
    assert round_.report_heading == "จิตอาสา {หน่วยงาน} วันที่ {วันที่}"
    assert (round_.due_on.day, round_.photos_least, round_.photos_most) == (10, 3, 8)
    assert round_.required_fields == ["name", "kind", "start_date", "place", "participants", "result"]
    page = client.get(address, {"from": "1", "to": "2"}).content.decode()
    assert "เทียบฉบับที่ 1 กับฉบับที่ 2" in page
    assert "<del>5 พฤศจิกายน 2569</del>" in page
    stale = client.post(address, FORM | {"photos_most": "9"})
    assert stale.status_code == 409
    assert "มีผู้แก้หลักเกณฑ์การรายงานของเดือนนี้ไปก่อนแล้ว" in stale.content.decode()
    assert RoundRevision.objects.filter(round=round_).count() == 2


def test_a_contradiction_is_shown_at_its_field(filled: Cast) -> None:
    client, address = filled.client("fah"), reverse("rounds:round", args=["2569-10"])
    page = client.post(address, FORM | {"due_on": "31 ต.ค. 2569", "photos_most": "2"}).content.decode()
    assert "หลังวันสิ้นเดือน" in page
    assert "ต้องไม่น้อยกว่าจำนวนอย่างน้อย" in page
    assert 'value="31 ต.ค. 2569"' in page  # nothing typed is lost
    for wrong in ("{อปท.} {วันที่}", "วันที่ {วันที่", "}{"):
        answer = client.post(address, FORM | {"report_heading": wrong}).content.decode()
        assert "ในวงเล็บปีกกาใช้ได้เฉพาะ {หน่วยงาน} {วันที่} {ประเภท}" in answer
    assert RoundRevision.objects.count() == 1


def test_words_are_added_edited_moved_retired_restored(filled: Cast) -> None:
    client = filled.client("fah")
    add = reverse("rounds:item_add", args=["measures"])
    assert client.get(add).status_code == 200
    client.post(add, {"label": "หญ้าแฝก", "label_en": "", "unit": "กอ", "decimals": "0"})
    grass = Measure.objects.get(label="หญ้าแฝก")
    edit = reverse("rounds:item_edit", args=["measures", grass.pk])
    assert client.get(edit).status_code == 200
    answer = client.post(edit, {"label": "หญ้าแฝก", "label_en": "", "unit": "ต้น", "decimals": "0"})
    assert "เปลี่ยนหน่วยไม่ได้" in answer.content.decode()
    client.post(edit, {"label": "หญ้าแฝกที่ปลูก", "label_en": "", "unit": "กอ", "decimals": "0"})
    grass = Measure.objects.get(label="หญ้าแฝกที่ปลูก")
    client.post(reverse("rounds:item_move", args=["measures", grass.pk]), {"to": "up"})
    assert [each.code for each in Measure.objects.filter(retired_at=None)][-2] == grass.code
    client.post(reverse("rounds:item_retire", args=["measures", grass.pk]))
    assert "นำกลับมาใช้" in client.get(reverse("rounds:items", args=["measures"])).content.decode()
    client.post(reverse("rounds:item_restore", args=["measures", grass.pk]))
    assert Measure.objects.filter(code=grass.code, retired_at=None).count() == 1
    history = client.get(reverse("rounds:item_history", args=["measures", grass.code])).content.decode()
    assert "<del>หญ้าแฝก</del>" in history


@pytest.mark.parametrize("slug", ["sub-kinds", "return-reasons"])
def test_a_list_with_choices_keeps_them(filled: Cast, slug: str) -> None:
    client = filled.client("fah")
    content = {
        "label": "คำใหม่",
        "label_en": "",
        "kind_code": "disaster",
        "keywords": "ดินถล่ม, โคลน",
        "measures": ["households"],
        "text": "แก้ภาพ",
        "fields_": ["photos"],
    }
    client.post(reverse("rounds:item_add", args=[slug]), content)
    page = client.get(reverse("rounds:items", args=[slug])).content.decode()
    assert "คำใหม่" in page
    words = ("จิตอาสาภัยพิบัติ", "ดินถล่ม, โคลน", "ครัวเรือนที่ช่วยเหลือ") if slug == "sub-kinds" else ("แก้ภาพ",)
    assert all(each in page for each in words)


@pytest.mark.parametrize("name", ["anong", "ek"])
def test_others_are_forbidden_to_change(filled: Cast, name: str) -> None:
    client, kind = filled.client(name), Kind.objects.all()[0]
    assert client.get(reverse("rounds:item_add", args=["kinds"])).status_code == 403
    assert client.get(reverse("rounds:item_edit", args=["kinds", kind.pk])).status_code == 403
    for act in ("edit", "move", "retire", "restore"):
        answer = client.post(reverse(f"rounds:item_{act}", args=["kinds", kind.pk]), {"label": "อื่น"})
        assert answer.status_code == 403
    assert client.post(reverse("rounds:round", args=["2569-10"]), FORM).status_code == 403
    assert Kind.objects.filter(retired_at=None).count() == 4
    assert RoundRevision.objects.count() == 1


def test_queries_do_not_grow_with_the_rows(filled: Cast) -> None:
    client = filled.client("fah")
    counts = []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            Measure.objects.create(code=f"m-{number}", label=f"งาน {number}", unit="ครั้ง", created_at=NOW)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("rounds:items", args=["measures"]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
