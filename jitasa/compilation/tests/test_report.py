"""What the report of a month says, level by level, before it is set."""

from datetime import date
from typing import Any

import pytest

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import letter, report
from jitasa.compilation.outputs.executive import summary_of
from jitasa.compilation.outputs.scope_words import scope_words
from jitasa.compilation.rules import is_of_before
from jitasa.compilation.services.compile import compile_round
from jitasa.organizations.viewer import SYSTEM
from jitasa.review.services.accept import accept
from jitasa.rounds.services.returns import state_nil
from jitasa.rounds.services.rounds import ensure_round
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


@pytest.fixture
def lists(cast: Cast) -> None:
    make_lists()
    ensure_round(date(2026, 10, 1), now=NOW)
    ensure_round(MONTH, now=NOW)
    sent = make_sent(cast.anong, groups={"v904": 4, "people": 62})
    accept(actor=cast.ek, activity=sent, now=NOW)
    make_sent(cast.chai, groups={"people": 10}, start_date=date(2026, 11, 21))
    state_nil(actor=SYSTEM, organization=cast.saithai, month=MONTH, reason="ฝนตกหนัก", now=NOW)


def blocks_of(made: Compilation) -> list[dict[str, Any]]:
    data, _files = report.content(made)
    return list(data["appendix"])


def tables_of(made: Compilation) -> dict[str, dict[str, Any]]:
    return {each["title"]: each for each in blocks_of(made) if each["kind"] == "table"}


@pytest.mark.usefixtures("lists")
def test_every_table_is_numbered_and_no_heading_stands_twice(cast: Cast) -> None:
    for actor, office in ((cast.fah, cast.department), (cast.ek, cast.krabi), (cast.dao, cast.mueang)):
        made = compile_round(actor=actor, organization=office, month=MONTH, now=NOW).compilation
        tables = tables_of(made)
        assert len(tables) >= 6
        for title, table in tables.items():
            headings = [column["title"] for column in table["columns"]]
            assert headings[0] == "ลำดับ", title
            assert len(set(headings)) == len(headings), title
            assert [row[0] for row in table["rows"]] == list(range(1, len(table["rows"]) + 1))
            assert all(len(row) == len(headings) for row in table["rows"]), title


@pytest.mark.usefixtures("lists")
def test_a_report_names_the_province_and_heads_each_table_by_what_it_tells(cast: Cast) -> None:
    """จังหวัดกระบี่ reports, not its office; kinds are not headed as days."""
    said = {}
    for actor, office in ((cast.ek, cast.krabi), (cast.dao, cast.mueang)):
        made = compile_round(actor=actor, organization=office, month=MONTH, now=NOW).compilation
        said[office] = (scope_words(made), letter.values_of(made).body[0].text)
        assert [block["text"] for block in blocks_of(made)[:2]][1] == scope_words(made)
        assert summary_of(made).office == scope_words(made)
        headings = {title: table["columns"][1]["title"] for title, table in tables_of(made).items()}
        assert (headings["ตามประเภท"], headings["ตามวันสำคัญ"]) == ("ประเภท", "วันสำคัญ")
    assert [words for words, _text in said.values()] == ["จังหวัดกระบี่", "อำเภอเมืองกระบี่"]
    assert all(f"นั้น {words}ได้รวบรวมผล" in text for words, text in said.values())


@pytest.mark.usefixtures("lists")
def test_the_caption_of_an_example_says_what_was_done(cast: Cast) -> None:
    sent = make_sent(cast.anong, name="ปลูกป่าชายเลน", groups={"people": 90})
    sent.photos.update(caption="ก่อนเริ่มกิจกรรม")
    accept(actor=cast.ek, activity=sent, now=NOW)
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    captions = [photo["caption"] for photo in made.photos]
    assert any(text.startswith("ปลูกป่าชายเลน (ก่อนเริ่มกิจกรรม) ") for text in captions), captions


@pytest.mark.usefixtures("lists")
def test_an_example_shows_what_was_done_and_not_the_place_before(cast: Cast) -> None:
    sent = make_sent(cast.anong, name="ปลูกป่าชายเลน", groups={"people": 90}, pictures=3)
    for use, caption in zip(sent.photos.all(), ("สภาพก่อนดำเนินการ", "ผลงานเมื่อเสร็จสิ้น", ""), strict=True):
        sent.photos.filter(pk=use.pk).update(caption=caption)
    accept(actor=cast.ek, activity=sent, now=NOW)
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    [caption] = [photo["caption"] for photo in made.photos if photo["activity"] == sent.uuid.hex]
    assert caption.startswith("ปลูกป่าชายเลน (ผลงานเมื่อเสร็จสิ้น) ")


@pytest.mark.parametrize(
    ("caption", "before"),
    [
        ("ก่อนเริ่มกิจกรรม", True),
        (" ภาพก่อนทำความสะอาด", True),
        ("ระหว่างทำงาน", False),
        ("พักก่อนกลับบ้าน", False),
        ("", False),
    ],
)
def test_a_caption_that_speaks_of_before(caption: str, before: bool) -> None:
    assert is_of_before(caption) is before


@pytest.mark.usefixtures("lists")
def test_the_country_is_told_by_province(cast: Cast) -> None:
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    tables = tables_of(made)
    assert "รายอำเภอ" not in tables
    provinces = tables["รายจังหวัด"]
    assert [row[1] for row in provinces["rows"]] == ["กระบี่"]
    titles = [column["title"] for column in provinces["columns"]]
    assert provinces["rows"][0][titles.index("รอตรวจ (ครั้ง)")] == 1
    assert tables["ยังไม่รายงาน รายจังหวัด"]["rows"] == [[1, "กระบี่", 5, 3, 2]]
    assert tables["ผู้เข้าร่วมตามกลุ่ม"]["rows"] == [[1, "จิตอาสา 904", 4], [2, "ประชาชนจิตอาสา", 72]]
    assert tables["ผู้เข้าร่วมตามกลุ่ม"]["total"] == ["", "รวม", 76]
    told = " ".join(block["text"] for block in blocks_of(made) if block["kind"] == "paragraph")
    assert "กิจกรรม 2 ครั้ง ตรวจแล้ว 1 ครั้ง รอตรวจ 1 ครั้ง" in told


@pytest.mark.usefixtures("lists")
def test_quarter_and_fiscal_year_and_months_without_a_round(cast: Cast) -> None:
    make_sent(cast.anong, start_date=date(2026, 10, 10), groups={"people": 5})
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    rows = tables_of(made)["ไตรมาสและปีงบประมาณ"]["rows"]
    assert [row[1] for row in rows] == [
        "เดือนพฤศจิกายน 2569",
        "ไตรมาสที่ 1 ปีงบประมาณ 2570 (ต.ค. 69 – พ.ย. 69)",
        "ปีงบประมาณ 2570 (ต.ค. 69 – พ.ย. 69)",
    ]
    assert [row[3:5] for row in rows] == [[2, 76], [3, 81], [3, 81]]
    [bars] = [block for block in blocks_of(made) if block["kind"] == "bars" and "6 เดือน" in block["title"]]
    assert [bar["label"].split(" (")[0] for bar in bars["rows"]] == ["ต.ค. 69", "พ.ย. 69"]
    told = " ".join(block["text"] for block in blocks_of(made) if block["kind"] == "paragraph")
    assert "ยังไม่มีรอบรายงานในระบบ ได้แก่ มิ.ย. 69 ก.ค. 69 ส.ค. 69 ก.ย. 69" in told


@pytest.mark.usefixtures("lists")
def test_the_hash_stands_in_the_appendix_alone(cast: Cast) -> None:
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    data, _files = report.content(made)
    assert made.content_hash in str(data["appendix"])
    assert made.content_hash not in str({key: value for key, value in data.items() if key != "appendix"})
