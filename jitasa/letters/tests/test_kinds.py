"""Each kind of paper has its form and its numbers; circulars have a register of their own where the office says so."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from jitasa.distribution.values import Recipients
from jitasa.faces.fonts import OFFICIAL, face
from jitasa.letters.choices import LetterKind, LetterStatus, RegisterKind
from jitasa.letters.models import Letter, LetterSettings
from jitasa.letters.pages.data import office_lines, page_of, reach_lines
from jitasa.letters.pages.docx import to_docx
from jitasa.letters.pages.render import page_count, to_pdf
from jitasa.letters.rules import ahead_problem, carried_problem, for_those_below, speaks_to_itself
from jitasa.letters.selectors.content import values_of
from jitasa.letters.selectors.registers import dispatch_lines, dispatches, receipt_lines, receipts
from jitasa.letters.services.compose import save_letter
from jitasa.letters.services.issue import issue
from jitasa.letters.services.pass_on import draft_pass_on, pass_on
from jitasa.letters.services.receive import register
from jitasa.letters.services.settings import save_settings
from jitasa.letters.services.verify import verify_date
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.letters.tests.test_page import read_back, tight
from jitasa.letters.tests.test_page_views import posted
from jitasa.letters.values import Block, Citation
from jitasa.problems import Conflict, Refusal
from jitasa.thai.dates import today
from tests.cast import NOW, Cast

official = pytest.mark.skipif(face().family != OFFICIAL, reason="TH Sarabun New is not installed")
BODY = (
    Block(kind="paragraph", text="ด้วยจังหวัดกระบี่ขอความร่วมมือ ดังนี้"),
    Block(kind="order", text="จัดกิจกรรมจิตอาสา"),
    Block(kind="sub", text="วันพ่อแห่งชาติ"),
    Block(kind="sub", text="วันขึ้นปีใหม่"),
    Block(kind="order", text="รายงานตามตาราง"),
    Block(kind="table", text="ลำดับ | หน่วยงาน | จำนวน\n1 | อบต.อ่าวนาง | 40 คน"),
)
IN_ORDER = {  # what stands on the page, from top to bottom
    "external": ("ที่ กบ 0023.1/1", "ศาลากลางจังหวัดกระบี่", "เรื่อง", "เรียน", "ด้วย", "ขอแสดงความนับถือ", "(นายทดสอบ ตัวอย่าง)", "โทร."),
    "memo": ("บันทึกข้อความ", "ส่วนราชการ", "ที่ กบ 0023.1/1", "วันที่", "เรื่อง", "เรียน", "ด้วย", "(นายทดสอบ ตัวอย่าง)"),
    "stamped": ("ที่ กบ 0023.1/1", "ถึง", "ด้วย", "จังหวัดกระบี่", "ประทับตรา", "22 พฤศจิกายน 2569", "โทร."),
    "order": ("คำสั่งจังหวัดกระบี่", "ที่ 1/2569", "เรื่อง", "ด้วย", "สั่ง ณ วันที่ 22 พฤศจิกายน พ.ศ. 2569", "(นายทดสอบ ตัวอย่าง)"),
    "announcement": ("ประกาศจังหวัดกระบี่", "เรื่อง", "ด้วย", "ประกาศ ณ วันที่ 22 พฤศจิกายน พ.ศ. 2569", "(นายทดสอบ ตัวอย่าง)"),
    "certificate": ("เลขที่ 1/2569", "ศาลากลางจังหวัดกระบี่", "ด้วย", "ให้ไว้ ณ วันที่ 22 พฤศจิกายน พ.ศ. 2569", "(นายทดสอบ ตัวอย่าง)"),
}  # fmt: skip
NOT_THERE = {
    "memo": ("ขอแสดงความนับถือ",),
    "stamped": ("ขอแสดงความนับถือ", "เรียน", "เรื่อง"),
    "order": ("ขอแสดงความนับถือ", "เรียน"),
    "announcement": ("ขอแสดงความนับถือ", "เรียน"),
    "certificate": ("ขอแสดงความนับถือ", "เรียน", "เรื่อง"),
}


def of_kind(cast: Cast, kind: str, **changes: Any) -> Letter:
    signer = cast.krabi.signers.first() or set_up_office(cast.krabi)
    to = {} if kind in ("external", "memo", "stamped") else {"to_text": "", "recipients": Recipients()}
    given = values(signer, kind=kind, is_circular=False, **{"body": BODY, **to, **changes})
    return issue(actor=cast.ek, letter=draft(cast.ek, given), now=NOW)


def words_in_docx(letter: Letter) -> str:
    document = Document(io.BytesIO(to_docx(page_of(letter, day=NOW.date()))))
    cells = (
        p.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for p in cell.paragraphs
    )
    return tight(" ".join([*(p.text for p in document.paragraphs), *cells]))


def arabic(text: str) -> str:
    return text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))


@official
@pytest.mark.parametrize("kind", LetterKind.values)
def test_each_kind_has_its_page_by_the_rules(cast: Cast, kind: str) -> None:
    letter = of_kind(cast, kind)
    for text in (read_back(to_pdf(page_of(letter, day=NOW.date()))), words_in_docx(letter)):
        read, at = arabic(text), -1
        for part in IN_ORDER[kind][:-1] if "โทร." in IN_ORDER[kind] else IN_ORDER[kind]:
            at = read.find(tight(part), at + 1)
            assert at >= 0, (kind, part, read)
        for part in NOT_THERE.get(kind, ()):
            assert tight(part) not in read.replace("จึงเรียนมา", ""), (kind, part)
        for part in ("1.จัดกิจกรรมจิตอาสา", "1.1วันพ่อแห่งชาติ", "1.2วันขึ้นปีใหม่", "2.รายงาน", "อบต.อ่าวนาง", "40คน"):
            assert part in read, (kind, part)
    assert page_count(page_of(letter, day=NOW.date())) == 1


def test_orders_announcements_and_certificates_have_numbers_and_registers_of_their_own(cast: Cast) -> None:
    numbers = [
        of_kind(cast, kind).number for kind in ("order", "announcement", "certificate", "order", "external")
    ]
    assert numbers == ["๑/๒๕๖๙", "๑/๒๕๖๙", "๑/๒๕๖๙", "๒/๒๕๖๙", "กบ ๐๐๒๓.๑/๑"]
    shown = [line.number for line in dispatch_lines(dispatches(cast.krabi, 2569))]
    assert shown == ["1", "คำสั่ง 1", "คำสั่ง 2", "ประกาศ 1", "หนังสือรับรอง 1"]
    paper = draft(cast.ek, values(cast.krabi.signers.first(), kind="order", to_text="", body=BODY))
    with pytest.raises(Conflict):
        issue(actor=cast.ek, letter=paper, now=NOW, typed_number="2/2569")


def test_an_external_letter_still_wants_somebody_to_go_to(cast: Cast) -> None:
    for kind in ("external", "memo", "stamped"):
        with pytest.raises(Refusal) as refusal:
            of_kind(cast, kind, to_text="")
        assert list(refusal.value.fields) == ["to_text"]


def circulars_apart(cast: Cast, *, apart: bool = True) -> None:
    save_settings(actor=cast.ek, texts={}, emblem=None, circular_series=apart, now=NOW)


def numbered(cast: Cast, *, circular: bool) -> str:
    given = values(cast.krabi.signers.first(), is_circular=circular)
    fresh = Letter.objects.select_related("organization").get(pk=draft(cast.ek, given).pk)
    return issue(actor=cast.ek, letter=fresh, now=NOW).number.removeprefix("กบ ๐๐๒๓.๑/")


def test_circulars_in_a_register_of_their_own_count_by_themselves(cast: Cast) -> None:
    set_up_office(cast.krabi)
    assert [numbered(cast, circular=each) for each in (True, False)] == ["ว ๑", "๒"]
    circulars_apart(cast)
    # ว ๑ was given this year: passed over, never twice
    assert [numbered(cast, circular=each) for each in (True, False, True, False)] == ["ว ๒", "๓", "ว ๓", "๔"]
    both = Letter.objects.filter(register_number=3).values_list("series", flat=True)
    assert set(both) == {RegisterKind.DISPATCH, RegisterKind.CIRCULAR}
    circulars_apart(cast, apart=False)
    assert [numbered(cast, circular=each) for each in (True, False, True)] == ["ว ๕", "๖", "ว ๗"]


def test_a_number_from_paper_goes_to_the_register_its_form_says(cast: Cast) -> None:
    set_up_office(cast.krabi)
    circulars_apart(cast)
    for typed in ("กบ 0023.1/ว 4", "กบ 0023.1/4"):
        letter = Letter.objects.select_related("organization").get(
            pk=draft(cast.ek, values(cast.krabi.signers.first())).pk
        )
        made = issue(actor=cast.ek, letter=letter, now=NOW, typed_number=typed)
        assert made.register_number == 4
    letter = draft(cast.ek, values(cast.krabi.signers.first()))
    with pytest.raises(Conflict):
        issue(actor=cast.ek, letter=letter, now=NOW, typed_number="กบ ๐๐๒๓.๑/ว ๔")


def test_the_registers_have_the_moment_and_name_the_office_not_its_building(cast: Cast) -> None:
    set_up_office(cast.krabi)
    letter = issue(actor=cast.ek, letter=draft(cast.ek, values(cast.krabi.signers.first())), now=NOW)
    register(actor=cast.dao, dispatch=letter.dispatches.get(recipient=cast.mueang), now=NOW)
    sent, came = (
        next(dispatch_lines(dispatches(cast.krabi, 2569))),
        next(receipt_lines(receipts(cast.mueang, 2569))),
    )
    for line in (sent, came):
        assert line.cells()[1] == "22 พ.ย. 2569 10.00 น."
        assert (line.sender, line.to) == ("จังหวัดกระบี่", "นายอำเภอ ทุกอำเภอ")
    page = cast.client("dao").get(f"{reverse('letters:receipts')}?year=2569").content.decode()
    assert "เลขทะเบียนรับ" in page
    assert "วันเวลาที่รับ" in page


def test_a_misprinted_year_moves_the_number_to_the_register_of_the_true_one(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    paper = values(signer, date_printed=date(2022, 12, 23))
    letter = issue(actor=cast.ek, letter=draft(cast.ek, paper), now=NOW, typed_number="กบ 0023.1/ว 6565")
    assert letter.register_year == 2565
    moved = verify_date(actor=cast.ek, letter=letter, day=date(2021, 12, 23), now=NOW)
    assert (moved.register_year, moved.date_printed) == (2564, date(2022, 12, 23))
    assert not dispatches(cast.krabi, 2565)
    assert "พิมพ์ต่างปี" in next(dispatch_lines(dispatches(cast.krabi, 2564))).note


def test_a_letter_dated_ahead_of_its_issue_is_warned_of(cast: Cast) -> None:
    assert ahead_problem(printed=NOW.date(), issued=NOW.date()) == ""
    ahead = (today(timezone.now()) + timedelta(days=40)).isoformat()
    answer = cast.client("ek").post(reverse("letters:preview"), posted(date_printed=ahead))
    assert "ลงวันที่ล่วงหน้า" in answer.content.decode()


def test_telephone_and_fax_stand_in_one_line_and_an_address_in_three() -> None:
    head = {"office_name": "ศาลากลางจังหวัดกระบี่", "address": "ถนนอุตรกิจ\nกบ 81000", "phone": "0 7561 1234"}
    assert reach_lines({**head, "fax": "0 7561 1235"}) == ["โทร. 0 7561 1234 โทรสาร 0 7561 1235"]
    assert reach_lines({**head, "fax": "0 7561 1234"}) == ["โทร./โทรสาร 0 7561 1234"]
    assert office_lines(head) == ["ศาลากลางจังหวัดกระบี่", "ถนนอุตรกิจ", "กบ 81000"]


def test_passing_on_carries_the_reasons_and_names_whose_copy_it_is(cast: Cast) -> None:
    given = values(set_up_office(cast.department), recipients=Recipients(presets=("governors",)))
    parent = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    set_up_office(cast.krabi)
    way = parent.dispatches.select_related("letter", "recipient").get()
    child = draft_pass_on(actor=cast.ek, dispatch=way, now=NOW)
    reason = given.body[0].text.removeprefix("ด้วย")
    assert f"ว่า{reason} จึงขอให้ดำเนินการ ดังนี้" in child.body[0]["text"]
    assert child.enclosures.get().title.startswith("สำเนาหนังสือจังหวัดกระบี่ ที่")  # the sample's letterhead
    assert child.body[-1]["text"] == "จึงเรียนมาเพื่อพิจารณาดำเนินการ"  # its own purpose, not the parent's
    assert [block["kind"] for block in child.body] == ["paragraph", "order", "order", "paragraph"]


def test_reasons_and_orders_of_a_letter_on_paper_are_carried_over(cast: Cast) -> None:
    """What came from outside the system is passed on in full: why, and what is to be done."""
    set_up_office(cast.krabi)
    form = {
        "number": "ทส 0100/412", "from_text": "กรมป่าไม้", "subject": "ขอความร่วมมือปลูกต้นไม้", "urgency": "normal",
        "secrecy": "none", "retention": "ten_years",
        "reasons": "ด้วยกรมป่าไม้จัดกิจกรรมปลูกต้นไม้ทั่วประเทศ\nโดยมีกล้าไม้แจกจ่ายถึงสิ้นปี",
        "orders": "แจ้งพื้นที่ที่ต้องการกล้าไม้",
    }  # fmt: skip
    cast.client("ek").post(reverse("letters:outside"), form)
    came = Letter.objects.get(from_text="กรมป่าไม้")
    way = came.dispatches.select_related("letter", "recipient").get()
    body = draft_pass_on(actor=cast.ek, dispatch=way, now=NOW).body
    assert [block["kind"] for block in body] == ["paragraph", "paragraph", "order", "paragraph"]
    assert body[0]["text"].endswith("ว่ากรมป่าไม้จัดกิจกรรมปลูกต้นไม้ทั่วประเทศ")
    assert body[1]["text"] == "โดยมีกล้าไม้แจกจ่ายถึงสิ้นปี จึงขอให้ดำเนินการ ดังนี้"


def test_passing_on_by_stamp_is_a_draft_to_offices(cast: Cast) -> None:
    given = values(set_up_office(cast.department), recipients=Recipients(presets=("governors",)))
    parent = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    set_up_office(cast.krabi)
    cast.client("ek").post(reverse("letters:pass_on", args=[parent.uuid]), {"act": "stamp"})
    child = Letter.objects.get(parent=parent)
    assert (child.kind, child.status) == (LetterKind.STAMPED, LetterStatus.DRAFT)
    assert child.to_text.startswith("อำเภอ ทุกอำเภอ")
    made = issue(actor=cast.ek, letter=child, now=NOW)
    assert made.send_total == 4


@official
def test_several_references_are_numbered_and_a_long_letter_says_how_it_goes_on(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    long = tuple(
        Block(kind="paragraph", text=f"ด้วยจังหวัดกระบี่ขอความร่วมมือในเรื่องที่ {each} " * 3) for each in range(14)
    )
    cited = tuple(Citation(number=f"กบ 0017/{each}") for each in (7, 8))
    given = replace(values(signer, body=long), citations=cited)
    page = page_of(issue(actor=cast.ek, letter=draft(cast.ek, given), now=NOW), day=NOW.date())
    text = arabic(read_back(to_pdf(page)))
    assert "1.หนังสือที่กบ0017/7" in text
    assert page_count(page) == 2
    first, _foot, second = text.partition("...")
    goes_on = second.partition("-2")[2].removeprefix("-")
    assert goes_on.startswith(first.rpartition("/")[2])  # the catchword is what the next page begins with
    assert "ขอแสดงความนับถือ" in goes_on
    assert "ขอแสดงความนับถือ" not in first


def test_the_setting_is_the_administrators(cast: Cast) -> None:
    head = {
        "what": "head",
        "number_prefix": "กบ 0023.1",
        "office_name": "ศาลากลางจังหวัดกระบี่",
        "circular_series": "on",
    }
    assert cast.client("ek").post(reverse("letters:settings"), head).status_code == 302
    assert LetterSettings.objects.get(organization=cast.krabi).circular_series is True


ADDRESSED = {  # by the level that passes it on: whether an order asks that level itself, and in which words it goes on
    ("district", "ให้อำเภอแจ้งเทศบาลตำบลในพื้นที่พิจารณา"): "ให้เทศบาลตำบลในพื้นที่พิจารณา",
    ("district", "ให้อำเภอและองค์กรปกครองส่วนท้องถิ่นจัดกิจกรรม"): "ให้องค์กรปกครองส่วนท้องถิ่นจัดกิจกรรม",
    ("district", "จัดกิจกรรมในวันสำคัญ และให้อำเภอรวบรวมผล"): "",
    ("district", "ขอให้จังหวัดแจ้งอำเภอดำเนินการ"): "",
    ("province", "ขอให้จังหวัดแจ้งอำเภอดำเนินการ"): "ขอให้อำเภอดำเนินการ",
    ("district", "รายงานให้อำเภอทราบ"): None,
    ("district", "ส่งรายงานให้อำเภอภายในวันที่ 5"): None,
    ("province", "ให้อำเภอแจ้งเทศบาลตำบล"): None,
    ("province", "ตามที่ศูนย์อำนวยการจิตอาสาพระราชทานจังหวัดกำหนด"): None,
    ("department", "ให้จังหวัดแจ้งอำเภอ"): None,
}


@pytest.mark.parametrize(
    ("case", "words"), ADDRESSED.items(), ids=lambda each: " ".join(each) if isinstance(each, tuple) else ""
)
def test_an_order_that_asks_the_level_that_passes_it_on(case: tuple[str, str], words: str | None) -> None:
    level, text = case
    assert speaks_to_itself(level, text) is (words is not None)
    assert for_those_below(level, text) == (words or "")
    assert bool(carried_problem(level, text)) is (words is not None)


def test_one_click_does_not_pass_on_what_asks_the_office_itself(cast: Cast) -> None:
    """The draft is kept and warned of with the words that fit; once it is changed it is sent."""
    asked = Block(kind="order", text="ให้อำเภอแจ้งเทศบาลตำบลในพื้นที่พิจารณา")
    parent = of_kind(
        cast, "external", body=(*BODY[:2], asked), recipients=Recipients(offices=(cast.mueang.pk,))
    )
    set_up_office(cast.mueang, prefix="กบ 0117")
    way = parent.dispatches.select_related("letter", "recipient").get()
    with pytest.raises(Refusal) as refusal:
        pass_on(actor=cast.dao, dispatch=way, now=NOW)
    assert list(refusal.value.fields) == ["body"]
    client = cast.client("dao")
    answer = client.post(reverse("letters:pass_on", args=[parent.uuid]), {"act": "send"}, follow=True)
    draft_ = Letter.objects.get(parent=parent)
    assert answer.redirect_chain[-1][0] == reverse("letters:edit", args=[draft_.uuid])
    shown = answer.content.decode()
    assert "ให้เทศบาลตำบลในพื้นที่พิจารณา" in shown
    assert 'data-warns="body"' in shown
    assert (draft_.status, parent.dispatches.get().passed_on_at) == (LetterStatus.DRAFT, None)
    given = values_of(draft_)
    better = tuple(
        replace(each, text=for_those_below("district", each.text) or each.text) for each in given.body
    )
    save_letter(
        actor=cast.dao,
        uuid=draft_.uuid,
        base_revision=draft_.revision,
        values=replace(given, body=better),
        now=NOW,
    )
    assert pass_on(actor=cast.dao, dispatch=way, now=NOW).status == LetterStatus.ISSUED
