"""The page for who leads, as PDF and as a slide, and a local government's memorandum: the numbers of the month."""

import io
from datetime import date

import pytest
from pptx import Presentation
from pypdf import PdfReader

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import executive, own_report
from jitasa.compilation.services.compile import compile_round
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
    data = own_report.content(cast.aonang, MONTH, NOW)
    assert data["memo"]["to"] == f"นายก{cast.aonang.name}"
    assert "ผู้เข้าร่วม 1,204 คน" in data["memo"]["items"][0]
    table = next(block for block in data["appendix"] if block.get("title") == "กิจกรรม")
    assert len(table["rows"]) == 1
    page = f"/work/month/2569-11/{cast.aonang.pk}/report.pdf"
    answer = cast.client("anong").get(page)
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
    assert page in cast.client("anong").get("/work/month/2569-11/return/").content.decode()
    assert cast.client("dao").get(page).status_code == 200
    assert cast.client("chai").get(page).status_code == 404
    assert cast.client("ek").get(f"/work/month/2569-11/{cast.mueang.pk}/report.pdf").status_code == 404
