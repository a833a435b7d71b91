"""The page: parts in order, stamps, searchable text, two pages, DOCX fonts."""

import io
import re
import shutil
import subprocess
from datetime import date

import pytest
import pyvips
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from jitasa.distribution.values import Recipients
from jitasa.faces.fonts import OFFICIAL, face
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.pages import render
from jitasa.letters.pages.data import page_of, reference_text, signer_lines
from jitasa.letters.pages.docx import to_docx
from jitasa.letters.services.files import receive_file
from jitasa.letters.services.issue import issue, recall
from jitasa.letters.services.receive import register
from jitasa.letters.services.settings import save_settings
from jitasa.letters.tests.samples import DAY, draft, set_up_office, values
from jitasa.letters.values import Attached, Block, Citation
from jitasa.thai.digits import to_thai
from tests.cast import NOW, Cast

official_face = pytest.mark.skipif(face().family != OFFICIAL, reason="TH Sarabun New is not installed")
SENTENCE = "ด้วยศูนย์อำนวยการและขับเคลื่อนงานจิตอาสา ขอให้ท้องถิ่นร่วมฟื้นฟูแหล่งน้ำและทำความสะอาดเป็นประจำทุกเดือน"


def tight(text: str) -> str:
    """Without spaces and break points."""
    return re.sub(r"[\s\u200b\u2060]+", "", text)


def read_back(content: bytes) -> str:
    """As a clerk's reader copies it: pypdf does not know this face's marks."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run([tool, "-", "-"], input=content, capture_output=True, check=True)
    return tight(done.stdout.decode())


def whole_letter(cast: Cast, **changes: object) -> Letter:
    """Every part filled in, issued by Krabi to its districts."""
    given = {
        "urgency": "very_urgent",
        "citations": (Citation(number="มท 0801.4/ว 3000", date=DAY, text="กรมส่งเสริมการปกครองท้องถิ่น"),),
        "enclosures": (Attached(title="สำเนาหนังสือ มท 0801.4/ว 3000"), Attached(title="แบบรายงาน")),
        "body": (
            Block(kind="paragraph", text=SENTENCE),
            Block(kind="order", text="จัดกิจกรรมในวันสำคัญ"),
            Block(kind="order", text="บันทึกข้อมูลทุกเดือน", own=True),
            Block(kind="paragraph", text="จึงเรียนมาเพื่อพิจารณา"),
        ),
        "copies_to": "ศูนย์อำนวยการจิตอาสา",
        "qr_target": "manual:",
        "qr_caption": "คู่มือการบันทึกข้อมูล",
        **changes,
    }
    return issue(actor=cast.ek, letter=draft(cast.ek, values(set_up_office(cast.krabi), **given)), now=NOW)


@official_face
def test_the_parts_stand_in_the_rules_order_and_can_be_searched(cast: Cast) -> None:
    text = read_back(render.to_pdf(page_of(whole_letter(cast), day=DAY)))
    parts = [
        "ที่กบ๐๐๒๓.๑/ว๑", "ศาลากลางจังหวัดกระบี่", "๒๒พฤศจิกายน๒๕๖๙", "เรื่อง", "เรียน", "อ้างถึง",
        "หนังสือกรมส่งเสริมการปกครองท้องถิ่นที่มท๐๘๐๑.๔/ว๓๐๐๐ลงวันที่๑๕ธันวาคม๒๕๖๔", "สิ่งที่ส่งมาด้วย",
        "๑.สำเนาหนังสือ", "๒.แบบรายงาน", tight(to_thai(SENTENCE)), "๑.จัดกิจกรรม",
        "๒.บันทึกข้อมูลทุกเดือน", "จึงเรียนมาเพื่อพิจารณา", "ขอแสดงความนับถือ", "(นายทดสอบตัวอย่าง)",
        "ท้องถิ่นจังหวัดกระบี่ปฏิบัติราชการแทน", "ผู้ว่าราชการจังหวัดกระบี่", "ฝ่ายบริหารทั่วไป",
        "โทร.๐๗๕๖๑๑๒๓๔", "krabi@dla.go.th", "สำเนาส่งศูนย์อำนวยการจิตอาสา",
    ]  # fmt: skip
    position = 0
    for part in parts:
        assert part in text[position:], f"{part} is missing or out of order"
        position = text.index(part, position) + len(part)
    assert "ด่วนมาก" in text
    assert text.count("จำนวน๑ฉบับ") == 2
    assert "พ.ศ." not in text
    assert not re.search("[0-9]", text.replace("krabi@dla.go.th", ""))


@official_face
def test_several_offices_stamp_their_own_copy(cast: Cast) -> None:
    letter = issue(
        actor=cast.fah,
        letter=draft(
            cast.fah,
            values(
                set_up_office(cast.department),
                recipients=Recipients(offices=(cast.krabi.pk, cast.mueang.pk, cast.lanta.pk)),
            ),
        ),
        now=NOW,
    )
    for actor, number in ((cast.ek, "009419"), (cast.dao, "")):
        way = Dispatch.objects.get(letter=letter, recipient=actor.organization)
        receipt = register(actor=actor, dispatch=way, now=NOW)
        receipt.number_text = number
        receipt.save(update_fields=["number_text"])
    stamps = {
        office.short_name: [stamp["number"] for stamp in page_of(letter, day=DAY, office=office).stamps]
        for office in (cast.department, cast.krabi, cast.mueang, cast.lanta)
    }
    assert stamps == {
        "สถ.": [],
        "สถจ.กระบี่": ["009419"],
        "อ.เมืองกระบี่": ["009419", "๑"],
        "อ.เกาะลันตา": ["009419"],
    }
    page = page_of(letter, day=DAY, office=cast.mueang)
    assert page.stamps[0] == {
        "office": "สถจ.กระบี่",
        "number": "009419",
        "date": "22 พ.ย. 2569",
        "time": "10.00",
    }
    text = read_back(render.to_pdf(page))
    assert "เลขรับ009419" in text
    assert "วันที่๒๒พ.ย.๒๕๖๙เวลา๑๐.๐๐น." in text
    assert PdfReader(io.BytesIO(render.to_pdf(page))).get_num_pages() == 1


@official_face
def test_the_second_page_bears_its_number(cast: Cast) -> None:
    letter = whole_letter(cast, body=(Block(kind="paragraph", text=f"{SENTENCE} " * 30),))
    page = page_of(letter, day=DAY)
    pages = PdfReader(io.BytesIO(render.to_pdf(page))).pages
    assert render.page_count(page) == len(pages) == len(render.to_png(page, width_px=200)) == 2
    pictures = [pyvips.Image.new_from_buffer(each, "") for each in render.to_png(page, width_px=840)]
    header = [each.crop(380, 40, 80, 50).colourspace("b-w")[0].min() for each in pictures]
    assert header[0] == 255  # nothing on the first page
    assert header[1] < 100  # "- ๒ -" in the middle of the paper's top on the second
    width, height = (float(pages[0].mediabox.width), float(pages[0].mediabox.height))
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


def test_a_draft_and_a_recalled_letter_say_so(cast: Cast) -> None:
    letter = draft(cast.ek, values(set_up_office(cast.pao, prefix="กบ 51001")))
    page = page_of(letter, day=date(2026, 11, 22))
    assert (page.data["letter"]["mark"], page.data["letter"]["date"]) == ("ร่าง", "22 พฤศจิกายน 2569")
    called = recall(actor=cast.ek, letter=whole_letter(cast), reason="ผิด", now=NOW)
    assert page_of(called, day=DAY).data["letter"]["mark"] == "เรียกคืน"


@pytest.mark.parametrize(
    ("signer", "lines"),
    [
        ({"position": "อธิบดี", "capacity": "own"}, ["อธิบดี"]),
        (
            {"position": "ท้องถิ่นจังหวัด", "capacity": "on_behalf", "on_behalf_of": "ผู้ว่าราชการจังหวัด"},
            ["ท้องถิ่นจังหวัด ปฏิบัติราชการแทน", "ผู้ว่าราชการจังหวัด"],
        ),
        (
            {"position": "รองอธิบดี", "capacity": "acting", "on_behalf_of": "อธิบดี"},
            ["รองอธิบดี รักษาราชการแทน", "อธิบดี"],
        ),
        ({}, []),
    ],
)
def test_in_what_capacity_one_signs(signer: dict[str, str], lines: list[str]) -> None:
    assert signer_lines(signer) == lines


def test_a_citation_says_whose_letter_it_was(cast: Cast) -> None:
    letter = draft(cast.ek, values(citations=(Citation(number="ที่ กบ 1/2", text="หนังสืออำเภอ"),)))
    assert reference_text(letter.references.get()) == "หนังสืออำเภอ ที่ กบ 1/2"


def test_docx_has_the_same_words_and_thai_fonts_and_sizes(cast: Cast) -> None:
    page = page_of(whole_letter(cast), day=DAY, office=cast.mueang)
    document = Document(io.BytesIO(to_docx(page)))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(each for cell in cells for each in cell.paragraphs)]
    text = tight("".join(paragraph.text for paragraph in paragraphs))
    for part in (
        "ด่วนมาก",
        "ที่กบ๐๐๒๓.๑/ว๑",
        tight(SENTENCE),
        "๑.จัดกิจกรรม",
        "ขอแสดงความนับถือ",
        "krabi@dla.go.th",
    ):
        assert part in text
    section = document.sections[0]
    sides = [side for side in (section.left_margin, section.right_margin) if side is not None]
    assert [round(side.cm, 1) for side in sides] == [3.0, 2.0]
    runs = [run for paragraph in paragraphs for run in paragraph.runs if run.text.strip()]
    for run in runs:
        properties = run._element.get_or_add_rPr()
        assert properties.find(qn("w:rFonts")).get(qn("w:cs")) == OFFICIAL
        assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
        assert int(properties.find(qn("w:szCs")).get(qn("w:val"))) >= 24
    sizes = {
        tight(run.text): run._element.get_or_add_rPr().find(qn("w:szCs")).get(qn("w:val")) for run in runs
    }
    assert sizes["ด่วนมาก"] == "64"
    first = next(p for p in document.paragraphs if tight(p.text).startswith("ด้วยศูนย์"))
    assert round(first.paragraph_format.first_line_indent.cm, 1) == 2.5


def test_words_on_the_page_are_never_markup(cast: Cast) -> None:
    letter = whole_letter(cast, subject='#image("/etc/passwd") *x* $y$ <a>')
    assert '#image("/etc/passwd")' in tight(read_back(render.to_pdf(page_of(letter, day=DAY))))


def with_garuda(cast: Cast, **changes: object) -> Letter:
    """Issued by an office that uploaded a picture of its own: a dark square."""
    signer = set_up_office(cast.krabi)
    picture = pyvips.Image.black(200, 200).copy(interpretation="b-w").pngsave_buffer()
    stored = receive_file(actor=cast.ek, chunks=[picture], name="ตรา.png", now=NOW)
    save_settings(actor=cast.ek, texts={}, emblem=stored, now=NOW)
    return issue(actor=cast.ek, letter=draft(cast.ek, values(signer, **changes)), now=NOW)


def test_the_offices_own_garuda_is_three_centimetres_high_in_the_middle(cast: Cast) -> None:
    letter = with_garuda(cast)
    page = page_of(letter, day=DAY)
    image = pyvips.Image.new_from_buffer(render.to_png(page, width_px=1050)[0], "")  # 50 pixels a centimetre
    dark = image.colourspace("b-w")[0].crop(0, 0, 1050, 225) < 128
    left, top, width, height = dark.find_trim(background=0, threshold=10)
    assert (abs(height - 150) < 3, abs(width - 150) < 3, abs(top - 75) < 3) == (True, True, True)
    assert abs(left + width / 2 - 525) < 3
    document = Document(io.BytesIO(to_docx(page)))
    assert [round(shape.height.cm, 2) for shape in document.inline_shapes] == [3.0, 2.0]  # and the QR code


def test_what_the_office_added_itself_is_marked_on_the_screen_and_not_on_paper(cast: Cast) -> None:
    parent = whole_letter(cast, body=(Block(kind="order", text="ข้อเดิม"),), qr_target="")
    own = (Block(kind="order", text="ข้อเดิม"), Block(kind="order", text="ข้อที่อำเภอเพิ่ม", own=True))
    signer = set_up_office(cast.mueang)
    covering = draft(cast.dao, values(signer, body=own, qr_target=""), parent=parent)
    page = page_of(covering, day=DAY)
    assert [part.get("own", False) for part in page.data["letter"]["body"]] == [False, True]
    paper, screen = (
        pyvips.Image.new_from_buffer(render.to_png(page, width_px=840, own_marked=marked)[0], "")
        for marked in (False, True)
    )

    def yellow(image: pyvips.Image) -> float:
        return float(((image[0] > 200) & (image[1] > 150) & (image[2] < 90)).avg())

    assert yellow(paper) == 0
    assert yellow(screen) > 0
    assert (paper.width, paper.height) == (screen.width, screen.height)
    alone = draft(cast.ek, values(body=own))
    assert not any("own" in part for part in page_of(alone, day=DAY).data["letter"]["body"])


def test_the_page_is_thai_for_a_reader_of_english_too(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    letter = draft(cast.ek, values(signer, urgency="urgent"))
    with override("en"):
        page = page_of(letter, day=DAY)
    assert page == page_of(letter, day=DAY)
    assert page.data["letter"]["urgency"] == "ด่วน"
