"""The page as DOCX: the same parts, sizes and spacing, for an office that goes on in its word processor."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Cm, Pt, RGBColor

from jitasa.documents.qr import png
from jitasa.files.reading import here
from jitasa.letters.pages.data import Page
from jitasa.letters.pages.docx_heads import MIDDLE, head, number_column
from jitasa.letters.pages.docx_pages import Pages
from jitasa.letters.pages.docx_parts import paragraph, table_of
from jitasa.letters.pages.docx_xml import SIZE, child, run, thai
from jitasa.letters.pages.render import Layout, layout
from jitasa.letters.store import path_of
from jitasa.thai.text import clean

LINE = Pt(18)  # single spacing of TH Sarabun in 16 points, as in the PDF
BETWEEN = (
    6,
    4,
    2,
)  # points more between blocks, as close as the printed page is set; 6 more before the closing
AXIS_LEFT = Cm(2.3)  # of the box whose middle is that of the closing, which begins at MIDDLE
KEPT = 900  # letters and break points; a longer paragraph would go to the next page whole
LONGEST_TITLE = 255  # letters of a core property (ECMA-376 part 2, as Word holds it)


def to_docx(page: Page) -> bytes:
    """The letter as a Word document with Thai complex-script fonts and sizes, page for page as the PDF."""
    document, how = Document(), layout(page)
    _set_up(document, page, how)
    pages = Pages(document, page, how)
    head(document, page)
    for index, text in enumerate(_texts(page.data["letter"]["body"])):
        _text(document, pages, index, text)
    for last in document.paragraphs[-2:]:  # the end of the text goes with the closing
        last.paragraph_format.keep_with_next = len(last.text) < KEPT
    pages.begin("closing")
    _closing(document, page)
    _foot(document, page)
    _after(document, page, pages)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, page: Page, how: Layout) -> None:
    document.core_properties.title = clean(page.data["title"])[:LONGEST_TITLE]
    document.core_properties.language = "th-TH"
    style = document.styles["Normal"]
    thai(style.element.get_or_add_rPr(), SIZE)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(BETWEEN[how.spacing])
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    child(document.sections[0]._sectPr, "w:pgNumType", **{"w:fmt": "thaiNumbers"})


def _after(document: Any, page: Page, pages: Pages) -> None:
    """What was written on the copy, and the list of addressees on a sheet of its own."""
    for index, one in enumerate(page.data["annotations"]):
        pages.begin(f"note {index}")
        for words in (*one["text"].split("\n"), f"{one['by']}  {one['at']}"):
            paragraph(document, words, size=14, color=RGBColor(0x29, 0x40, 0x9A), after=0)
    if sheet := page.data["addressees"]:
        pages.begin("sheet")
        paragraph(document, sheet["title"], bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
        column = number_column(len(sheet["names"]))
        for index, name in enumerate(sheet["names"]):
            pages.begin(f"name {index}")
            line = paragraph(document, f"{index + 1}.\t{name}", first=-column, left=column, after=0)
            line.paragraph_format.tab_stops.add_tab_stop(column)


def _texts(body: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The text as one row of paragraphs and tables, as letter.typ counts them."""
    found: list[dict[str, Any]] = []
    for part in body:
        if part["kind"] == "table":
            found.append(part)
            continue
        number = {"order": f"{part.get('number')}. ", "sub": f"{part.get('number')} "}.get(part["kind"], "")
        lines = (line.strip() for line in part["text"].split("\n"))
        found.extend({**part, "text": number + line} for line in lines if line)
    return found


def _text(document: Any, pages: Pages, index: int, part: dict[str, Any]) -> None:
    """A paragraph, a numbered order, an item below it or a table, parted where a page ends within it."""
    rest, before = part.get("rows", part["text"]), 0
    for each in pages.breaks(index):
        if each.at > before:
            _piece(document, part, rest[: each.at - before], begins=before == 0)
        rest, before = rest[each.at - before :], each.at
        pages.end(each.number)
    _piece(document, part, rest, begins=before == 0)
    if part["kind"] == "table":
        paragraph(document, after=0)


def _piece(document: Any, part: dict[str, Any], what: Any, *, begins: bool) -> None:
    """Rows of a table or words of a paragraph; what goes on from the page before is not indented again."""
    if part["kind"] == "table":
        table_of(document, part["columns"], what)
        return
    first = Cm(3.3) if part["kind"] == "sub" else Cm(2.5)
    paragraph(document, what.strip(), first=first if begins else None)


def _closing(document: Any, page: Page) -> None:
    """Closing, the signature or the words for it or a free place, name, position: centred on the closing."""
    lines = _stamped(page) if page.data["letter"]["kind"] == "stamped" else _signed(page)
    left = MIDDLE if page.data["letter"]["kind"] == "stamped" else AXIS_LEFT
    for index, (words, size, picture, high) in enumerate(lines):
        line = paragraph(document, words, left=left, after=0, size=size)
        if picture:
            line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            line.add_run().add_picture(str(picture), height=high)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.keep_with_next = True  # and the last of them with the foot
        if index == 0:
            line.paragraph_format.space_before = Pt(6)


Line = tuple[str, float, Path | None, Any]  # words, their size, a picture in their place and its height


def _signed(page: Page) -> list[Line]:
    """What stands at the end of every kind but a stamped letter."""
    letter, signer = page.data["letter"], page.data["letter"]["signer"]
    name = f"({signer['name']})" if signer["name"] else "(……………………………………)"
    dated = letter["kind"] in ("order", "announcement", "certificate")
    opening: Line = (letter["date"] if dated else letter["closing"], SIZE, None, None)
    named: list[Line] = [(words, SIZE, None, None) for words in (name, *signer["lines"])]
    return [opening, *_signature(page), *named]


def _signature(page: Page) -> list[Line]:
    """Her own picture, or the words for it, or a place to sign in."""
    drawn = here(path_of(page.signature)) if page.signature else None
    if drawn is not None:
        return [("", SIZE, drawn, Cm(1.5))]
    said = [*page.data["letter"]["signer"]["words"].split("\n"), ""][:2]
    return [(words, 13 if words else SIZE, None, None) for words in said]


def _stamped(page: Page) -> list[Line]:
    """The office, its seal or the words for it, who answers for it, the day (แบบที่ 3)."""
    letter, signer = page.data["letter"], page.data["letter"]["signer"]
    seal = here(path_of(page.seal)) if page.seal else None
    by = ["ประทับตราด้วยวิธีการทางอิเล็กทรอนิกส์", f"โดย {signer['name']}", *signer["lines"]]
    if seal is not None:
        place: list[Line] = [("", SIZE, seal, Cm(4.5))]
    else:
        place = [(words, 13, None, None) for words in by]
    day: Line = (letter["date"], SIZE, None, None)
    return [(letter["from"], SIZE, None, None), *_signature(page), *place, day]


def _foot(document: Any, page: Page) -> None:
    """The owner of the matter on the left, the QR code with its words on the right."""
    letter = page.data["letter"]
    between = paragraph(document, after=0).paragraph_format
    between.keep_with_next, between.line_spacing = True, Pt(8)
    table = document.add_table(rows=1, cols=3)
    table.autofit = False
    left, right, last = table.rows[0].cells
    for index, (cell, width) in enumerate(((left, Cm(8)), (right, Cm(4.8)), (last, Cm(3.2)))):
        table.columns[index].width = cell.width = width
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    child(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")
    owner = letter["owner"] if letter["kind"] in ("external", "stamped") else []
    copies = [f"สำเนาส่ง  {letter['copies']}"] if letter["copies"] else []
    for index, line in enumerate([*owner, *copies]):
        _in_cell(left, line, first=index == 0)
    if page.data["qr"]:
        _coded(right, page.data["qr"], page.data["qr_caption"], Cm(2.6))
    if page.data["check"]:
        _coded(last, page.data["check"], "ตรวจสอบหนังสือฉบับนี้", Cm(2))


def _coded(cell: Any, address: str, caption: str, width: Any) -> None:
    """A QR code with its words under it."""
    picture = _in_cell(cell, "", first=True, centred=True)
    picture.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    picture.add_run().add_picture(io.BytesIO(png(address)), width=width)
    _in_cell(cell, caption, size=12, centred=True)


def _in_cell(cell: Any, text: str, *, first: bool = False, size: float = SIZE, centred: bool = False) -> Any:
    line = cell.paragraphs[0] if first else cell.add_paragraph()
    line.paragraph_format.space_after = Pt(0)
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if size != SIZE:
        line.paragraph_format.line_spacing = Pt(14)
    if text:
        run(line, text, size=size)
    return line
