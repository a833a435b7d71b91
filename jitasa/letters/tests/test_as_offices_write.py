"""What a records officer reads first: the office and not its building, lines of the address, the foot, real days."""

import io
from datetime import date, datetime

import pytest
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from jitasa.distribution.rules import office_not_building
from jitasa.distribution.values import Recipients
from jitasa.letters.models import Letter, LetterSettings
from jitasa.letters.pages.data import page_of
from jitasa.letters.pages.docx import to_docx
from jitasa.letters.pages.render import page_count, to_pdf
from jitasa.letters.selectors.registers import dispatch_lines, dispatches
from jitasa.letters.services.issue import issue
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.letters.tests.test_page import read_back, tight
from jitasa.letters.values import Block
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


@pytest.mark.parametrize(
    ("letterhead", "office"),
    [
        ("ศาลากลางจังหวัดกระบี่", "จังหวัดกระบี่"),
        ("ที่ว่าการอำเภออ่าวลึก", "อำเภออ่าวลึก"),
        ("ที่ทำการองค์การบริหารส่วนตำบลอ่าวนาง", "องค์การบริหารส่วนตำบลอ่าวนาง"),
        ("สำนักงานเทศบาลตำบลแหลมสัก", "เทศบาลตำบลแหลมสัก"),
        ("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดกระบี่", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดกระบี่"),
        ("กรมส่งเสริมการปกครองท้องถิ่น", "กรมส่งเสริมการปกครองท้องถิ่น"),
    ],
)
def test_an_office_is_named_without_its_building(letterhead: str, office: str) -> None:
    assert office_not_building(letterhead) == office


def test_a_district_orders_as_a_district(cast: Cast) -> None:
    """The heading of an order, จาก in the register and ส่วนราชการ of a memorandum, from one letterhead."""
    signer = set_up_office(cast.mueang, prefix="กบ 0118")
    LetterSettings.objects.filter(organization=cast.mueang).update(
        office_name="ที่ว่าการอำเภอเมืองกระบี่", owner_unit=""
    )
    given = values(signer, kind="order", to_text="", recipients=Recipients(), is_circular=False)
    order = issue(actor=cast.dao, letter=draft(cast.dao, given), now=NOW)
    page = page_of(order, day=NOW.date()).data["letter"]
    assert page["heading"] == "คำสั่งอำเภอเมืองกระบี่"
    assert page["office"][0] == "ที่ว่าการอำเภอเมืองกระบี่"  # the letterhead itself stays as it is
    assert page["unit"].startswith("อำเภอเมืองกระบี่ โทร.")
    order.from_text = "ที่ว่าการอำเภอเมืองกระบี่"  # as letters kept it before
    order.save(update_fields=["from_text"])
    assert next(dispatch_lines(dispatches(cast.mueang, 2569))).sender == "อำเภอเมืองกระบี่"


def test_an_address_is_typed_in_lines_and_printed_in_lines(cast: Cast) -> None:
    set_up_office(cast.krabi)
    ek, place = cast.client("ek"), reverse("letters:settings")
    assert '<textarea name="address"' in ek.get(place).content.decode()
    head = {
        "what": "head", "number_prefix": "กบ 0023.1", "office_name": "ศาลากลางจังหวัดกระบี่",
        "address": "ถนนอุตรกิจ\r\nอำเภอเมืองกระบี่\r\nกบ 81000", "foot_note": "ใสสะอาด ร่วมต้านทุจริต",
    }  # fmt: skip
    assert ek.post(place, head).status_code == 302
    letter = draft(cast.ek, values(cast.krabi.signers.first()))
    assert page_of(letter, day=NOW.date()).data["letter"]["office"] == [
        "ศาลากลางจังหวัดกระบี่", "ถนนอุตรกิจ", "อำเภอเมืองกระบี่", "กบ 81000",
    ]  # fmt: skip


def test_the_foot_of_every_page_bears_the_offices_words(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    LetterSettings.objects.filter(organization=cast.krabi).update(foot_note="ใสสะอาด ร่วมต้านทุจริต")
    long = tuple(Block(kind="paragraph", text="ด้วยจังหวัดกระบี่ขอความร่วมมือในเรื่องนี้ " * 5) for _each in range(14))
    letter = issue(actor=cast.ek, letter=draft(cast.ek, values(signer, body=long)), now=NOW)
    page = page_of(letter, day=NOW.date())
    assert page_count(page) == 2
    assert read_back(to_pdf(page)).count(tight("ใสสะอาด ร่วมต้านทุจริต")) == 2
    first, second = Document(io.BytesIO(to_docx(page))).sections
    for footer in (first.first_page_footer, first.footer, second.footer):
        assert tight(footer.paragraphs[-1].text) == tight("ใสสะอาด ร่วมต้านทุจริต")


def test_a_paper_from_outside_is_shown_as_what_it_is(cast: Cast) -> None:
    """Whose letter it is, and that the page is what was noted of it: not the agency's own page."""
    form = {
        "number": "ทส 0100/412", "from_text": "กรมป่าไม้", "subject": "ขอความร่วมมือปลูกต้นไม้", "urgency": "normal",
        "secrecy": "none", "retention": "ten_years", "orders": "แจ้งพื้นที่ที่ต้องการกล้าไม้",
    }  # fmt: skip
    cast.client("ek").post(reverse("letters:outside"), form)
    page = page_of(Letter.objects.get(from_text="กรมป่าไม้"), day=NOW.date())
    assert page.data["letter"]["office"] == ["กรมป่าไม้"]
    assert tight("มิใช่ต้นฉบับ") in read_back(to_pdf(page))


def test_the_workbook_of_a_register_has_days_as_days(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    issue(actor=cast.ek, letter=draft(cast.ek, values(signer)), now=NOW)
    book = cast.client("ek").get(f"{reverse('letters:dispatches_xlsx')}?year=2569").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    line = rows[-1]
    assert line[1] == datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001 (a cell has no zone)
    assert line[3] == date(2026, 11, 22)
