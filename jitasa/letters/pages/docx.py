"""The page as DOCX: the same parts, sizes and spacing, for an office that goes on in its word processor."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt, RGBColor

from jitasa.documents.qr import png
from jitasa.letters.pages.data import Page
from jitasa.letters.pages.docx_xml import SIZE, child, frame, page_number, run, thai, width_of
from jitasa.letters.store import path_of
from jitasa.thai.text import clean

LINE = Pt(18)  # single spacing of TH Sarabun in 16 points, as in the PDF
BETWEEN = 6  # points more between blocks; 12 before the closing
MIDDLE, TEXT_WIDTH = Cm(7.5), Cm(16)  # the paper's middle and the text's end, from the left margin
SHORT = Cm(1.5)  # what is said of เรื่อง, เรียน and อ้างถึง begins in one column
AXIS_LEFT = Cm(2.3)  # of the box whose middle is that of the closing, which begins at MIDDLE
LONGEST_TITLE = 255  # letters of a core property (ECMA-376 part 2, as Word holds it)


def to_docx(page: Page) -> bytes:
    """The letter as a Word document with Thai complex-script fonts and sizes."""
    document = Document()
    _set_up(document, page)
    _head(document, page)
    _labelled_parts(document, page.data["letter"])
    for part in page.data["letter"]["body"]:
        number = f"{part['number']}. " if part["kind"] == "order" else ""
        for line in part["text"].split("\n"):
            if line.strip():
                _paragraph(document, number + line.strip(), first=Cm(2.5))
    _closing(document, page.data["letter"])
    _foot(document, page)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, page: Page) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(2)
    section.header_distance = Cm(1.5)
    section.different_first_page_header_footer = True
    document.core_properties.title = clean(page.data["title"])[:LONGEST_TITLE]
    document.core_properties.language = "th-TH"
    style = document.styles["Normal"]
    thai(style.element.get_or_add_rPr(), SIZE)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(BETWEEN)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    child(section._sectPr, "w:pgNumType", **{"w:fmt": "thaiNumbers"})
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(header, "- ")
    page_number(header)
    run(header, " -")


def _paragraph(
    document: Any, text: str = "", *, first: Any = None, left: Any = None, after: float = BETWEEN, **look: Any
) -> Any:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent, form.left_indent, form.space_after = first, left, Pt(after)
    if text:
        run(paragraph, text, **look)
    return paragraph


def _head(document: Any, page: Page) -> None:
    """Stamps, the garuda's place, urgency, number and office, date."""
    letter = page.data["letter"]
    for index, stamp in enumerate(page.stamps):
        _stamp(document, stamp, Cm(0.9) + index * Cm(1.7))
    garuda = _paragraph(document, after=0)
    garuda.alignment = WD_ALIGN_PARAGRAPH.CENTER
    garuda.paragraph_format.right_indent = Cm(1)  # the paper's middle, not the text's
    emblem = path_of(page.emblem) if page.emblem else None
    if emblem is not None and emblem.is_file():
        garuda.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        garuda.add_run().add_picture(str(emblem), height=Cm(3))
    else:
        garuda.paragraph_format.line_spacing = Cm(3)
    if letter["urgency"]:
        red = RGBColor(0xC0, 0, 0)
        urgency = _paragraph(document, letter["urgency"], size=32, bold=True, color=red, after=0)
        urgency.paragraph_format.line_spacing = Pt(36)
    office = letter["office"] or [""]
    begins = TEXT_WIDTH - max(width_of(words) for words in office)
    for index, words in enumerate(office):
        line = _paragraph(document, after=0 if index + 1 < len(office) else BETWEEN)
        line.paragraph_format.tab_stops.add_tab_stop(begins)
        run(line, f"{'ที่  ' + letter['number'] if index == 0 else ''}\t{words}")
    _paragraph(document, letter["date"], left=MIDDLE)


def _stamp(document: Any, stamp: dict[str, str], top: Any) -> None:
    """A receive stamp in a box at the top right of the paper, its number in the digits it was stamped in."""
    lines = [
        (stamp["office"], {"bold": True}),
        (f"เลขรับ {stamp['number']}", {"keep": True}),
        (f"วันที่ {stamp['date']}  เวลา {stamp['time']} น.", {}),
    ]
    for words, look in lines:
        line = _paragraph(document, after=0)
        line.paragraph_format.line_spacing = Pt(12)
        frame(line, left=Cm(13.6), top=top, width=Cm(5.3), color="29409A")
        run(line, words, size=11.5, color=RGBColor(0x29, 0x40, 0x9A), **look)


def _labelled_parts(document: Any, letter: dict[str, Any]) -> None:
    _labelled(document, "เรื่อง", [letter["subject"]], SHORT)
    _labelled(document, "เรียน", letter["to"], SHORT)
    _labelled(document, "อ้างถึง", letter["references"], SHORT)
    several = len(letter["enclosures"]) > 1
    items = [
        f"{f'{index}. ' if several else ''}{each['name']}\t{each['amount']}"
        for index, each in enumerate(letter["enclosures"], start=1)
    ]
    _labelled(document, "สิ่งที่ส่งมาด้วย", items, Cm(2.6))


def _labelled(document: Any, label: str, lines: Sequence[str], hanging: Any) -> None:
    for index, line in enumerate(lines):
        paragraph = _paragraph(document, first=-hanging, left=hanging)
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(hanging)
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        run(paragraph, f"{label if index == 0 else ''}\t{line}")


def _closing(document: Any, letter: dict[str, Any]) -> None:
    """Closing, a free place for the signature, name, position: centred on the closing."""
    signer = letter["signer"]
    name = f"({signer['name']})" if signer["name"] else "(……………………………………)"
    lines = [letter["closing"], "", "", name, *signer["lines"]]
    for index, line in enumerate(lines):
        paragraph = _paragraph(document, line, left=AXIS_LEFT, after=0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = index + 1 < len(lines)
        if index == 0:
            paragraph.paragraph_format.space_before = Pt(12 - BETWEEN)


def _foot(document: Any, page: Page) -> None:
    """The owner of the matter on the left, the QR code with its words on the right."""
    letter = page.data["letter"]
    _paragraph(document, after=0)
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    for index, (cell, width) in enumerate(((left, Cm(11)), (right, Cm(5)))):
        table.columns[index].width = cell.width = width
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    child(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")
    copies = [f"สำเนาส่ง  {letter['copies']}"] if letter["copies"] else []
    for index, line in enumerate([*letter["owner"], *copies]):
        _in_cell(left, line, first=index == 0)
    if page.data["qr"]:
        picture = _in_cell(right, "", first=True, centred=True)
        picture.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        picture.add_run().add_picture(io.BytesIO(png(page.data["qr"])), width=Cm(2.6))
        _in_cell(right, page.data["qr_caption"], size=12, centred=True)


def _in_cell(cell: Any, text: str, *, first: bool = False, size: float = SIZE, centred: bool = False) -> Any:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if size != SIZE:
        paragraph.paragraph_format.line_spacing = Pt(14)
    if text:
        run(paragraph, text, size=size)
    return paragraph
