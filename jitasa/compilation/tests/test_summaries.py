"""The page for who leads, as PDF and as a slide, and a local government's memorandum: the numbers of the month."""

import io
from datetime import date

import pytest
from pptx import Presentation
from pypdf import PdfReader

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import executive, own_report
from jitasa.compilation.selectors.covers import memo_of
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.cover import write_memo
from jitasa.letters.models import LetterSettings, Signer
from jitasa.letters.pages.data import page_of
from jitasa.letters.selectors.registers import dispatch_lines, dispatches
from jitasa.letters.services.issue import issue
from jitasa.letters.tests.samples import set_up_office
from jitasa.letters.tests.test_page import read_back, tight
from jitasa.problems import Forbidden
from jitasa.thai.digits import to_arabic
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
MONTH = date(2026, 11, 1)


@pytest.fixture
def made(cast: Cast) -> Compilation:
    make_lists()
    make_sent(cast.anong, groups={"v904": 4, "people": 1200})
    return compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation


def test_the_page_is_one_page(cast: Cast, made: Compilation) -> None:
    answer = cast.client("fah").get(f"/work/month/compilations/{made.pk}/summary.pdf")
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    assert cast.client("ek").get(f"/work/month/compilations/{made.pk}/summary.pdf").status_code == 404


def test_the_slide_says_the_same(cast: Cast, made: Compilation) -> None:
    answer = cast.client("fah").get(f"/work/month/compilations/{made.pk}/summary.pptx")
    deck = Presentation(io.BytesIO(answer.content))
    [slide] = deck.slides
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert {"1 จาก 5 แห่ง", "1 ครั้ง", "1,204 คน", "0 ครั้ง"} <= set(said)
    [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert list(chart.plots[0].categories) == ["จิตอาสาพัฒนา"]
    [table] = [shape.table for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in table.rows[1].cells] == ["1", "กระบี่", "5", "4"]
    assert executive.MISSING in said  # what the table is of
    assert executive.summary_of(made).kinds == (("จิตอาสาพัฒนา", 1, 1204),)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("เทศบาลตำบลแหลมสัก", "นายกเทศมนตรีตำบลแหลมสัก"),
        ("เทศบาลเมืองกระบี่", "นายกเทศมนตรีเมืองกระบี่"),
        ("องค์การบริหารส่วนตำบลอ่าวนาง", "นายกองค์การบริหารส่วนตำบลอ่าวนาง"),
        ("เมืองพัทยา", "นายกเมืองพัทยา"),
    ],
)
def test_the_memorandum_goes_to_the_head(name: str, head: str) -> None:
    assert own_report.head_of(name) == head


def test_an_office_has_its_own_memorandum(cast: Cast, made: Compilation) -> None:
    memo = own_report.values_of(cast.aonang, MONTH, NOW)
    assert memo.to_text == f"นายก{cast.aonang.name}"
    assert "ผู้เข้าร่วม 1,204 คน" in memo.body[1].text
    behind = own_report.content(cast.aonang, MONTH)
    said = " ".join(block.text for block in memo.body)
    assert (said.count("ครบกำหนด"), said.count("กำหนดส่งภายในวันที่")) == (0, 1), said
    assert behind["enclosure"] == "สิ่งที่ส่งมาด้วย"
    table = next(block for block in behind["appendix"] if block.get("title") == "กิจกรรม")
    assert len(table["rows"]) == 1
    groups = next(block for block in behind["appendix"] if block.get("title") == "ผู้เข้าร่วมตามกลุ่ม")
    assert [row[1:] for row in groups["rows"]] == [["จิตอาสา 904", 4], ["ประชาชนจิตอาสา", 1200]]  # as listed
    assert groups["total"] == ["", "รวม", 1204]
    page = f"/work/month/2569-11/{cast.aonang.pk}/report.pdf"
    answer = cast.client("anong").get(page)
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
    assert page in cast.client("anong").get("/work/month/2569-11/return/").content.decode()
    assert cast.client("dao").get(page).status_code == 200
    assert cast.client("chai").get(page).status_code == 404
    assert cast.client("ek").get(f"/work/month/2569-11/{cast.mueang.pk}/report.pdf").status_code == 404


def test_the_memorandum_is_signed_and_numbered_as_a_letter_of_the_office(
    cast: Cast, made: Compilation
) -> None:
    """One button writes it, the register of dispatch numbers it; what is reported after it wants another."""
    set_up_office(cast.aonang, prefix="กบ 71601")
    Signer.objects.filter(organization=cast.aonang).update(
        capacity="own", on_behalf_of="", position="หัวหน้าสำนักปลัด"
    )
    LetterSettings.objects.filter(organization=cast.aonang).update(owner_unit="สำนักปลัด")
    client, page = cast.client("anong"), "/work/month/2569-11/return/"
    assert "ทำบันทึกข้อความ" in client.get(page).content.decode()
    answer = client.post("/work/month/2569-11/memo/")
    written = memo_of(cast.aonang, MONTH)
    assert written is not None
    assert answer["Location"].endswith(f"{written.uuid}/edit/")
    assert write_memo(actor=cast.anong, organization=cast.aonang, month=MONTH, now=NOW) == written
    signed = issue(actor=cast.boonmee, letter=written, now=NOW)
    assert (signed.kind, signed.number, signed.to_text) == ("memo", "กบ ๗๑๖๐๑/๑", f"นายก{cast.aonang.name}")
    assert [line.number for line in dispatch_lines(dispatches(cast.aonang, 2569))] == ["1"]
    paper = page_of(signed, day=NOW.date()).data["letter"]
    assert paper["unit"] == f"สำนักปลัด {cast.aonang.name} โทร. 0 7561 1234"
    assert paper["signer"]["name"] == "นายทดสอบ ตัวอย่าง"
    shown = client.get(page).content.decode()
    assert "ทำบันทึกข้อความ" not in shown
    assert to_arabic(signed.number) in shown  # in the digits of the reader
    document = client.get(f"/work/month/2569-11/{cast.aonang.pk}/report.pdf").content
    assert tight("กบ ๗๑๖๐๑/๑") in read_back(document)
    make_sent(cast.anong)
    assert memo_of(cast.aonang, MONTH) is None
    assert "ทำบันทึกข้อความ" in client.get(page).content.decode()


def test_nobody_else_writes_the_memorandum_and_the_head_is_not_its_signer(
    cast: Cast, made: Compilation
) -> None:
    signer = set_up_office(cast.aonang, prefix="กบ 71601")
    Signer.objects.filter(pk=signer.pk).update(capacity="own", position=own_report.head_of(cast.aonang.name))
    assert own_report.values_of(cast.aonang, MONTH, NOW).signer_id is None
    for actor in (cast.chai, cast.dao, cast.hathai):
        with pytest.raises(Forbidden):
            write_memo(actor=actor, organization=cast.aonang, month=MONTH, now=NOW)
    assert memo_of(cast.aonang, MONTH) is None
    for who in ("dao", "hathai"):
        assert cast.client(who).post("/work/month/2569-11/memo/").status_code == 403
