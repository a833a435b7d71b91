"""The page as DOCX: the same parts, sizes and spacing, for an office that goes on in its word processor."""

import io
import re
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from jitasa.documents.fonts import OFFICIAL
from jitasa.documents.qr import png
from jitasa.letters.pages.data import Page
from jitasa.letters.store import path_of
from jitasa.thai.digits import to_thai

SIZE = 16
BETWEEN = 6  # points more between blocks; 12 before the closing
MIDDLE, TEXT_WIDTH = Cm(7.5), Cm(16)  # the paper's middle and the text's end, from the left margin
_ADDRESS = re.compile(r"(\S*(?:@|://|www\.)\S*)")  # keeps its digits
AXIS_LEFT = Cm(2.3)  # of the box whose middle is that of the closing, which begins at MIDDLE


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
    document.core_properties.title = page.data["title"]
    document.core_properties.language = "th-TH"
    style = document.styles["Normal"]
    _thai(style.element.get_or_add_rPr(), SIZE)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(BETWEEN)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(header, "- ")
    _page_number(header)
    _run(header, " -")


def _thai(properties: Any, size: float) -> None:
    """Face, size and language of complex script, which is what Thai is to Word."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), OFFICIAL)
    for tag in ("w:sz", "w:szCs"):
        _child(properties, tag, **{"w:val": str(int(size * 2))})
    _child(properties, "w:lang", **{"w:val": "th-TH", "w:bidi": "th-TH"})


def _child(parent: Any, tag: str, **attributes: str) -> None:
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    parent.append(element)


def _run(
    paragraph: Any, text: str, *, size: float = SIZE, bold: bool = False, color: RGBColor | None = None
) -> Any:
    run = paragraph.add_run(
        "".join(part if _ADDRESS.match(part) else to_thai(part) for part in _ADDRESS.split(text))
    )
    properties = run._element.get_or_add_rPr()
    if bold:
        run.bold = True
        _child(properties, "w:bCs")
    if color is not None:
        run.font.color.rgb = color
    _thai(properties, size)
    _child(properties, "w:cs")
    return run


def _page_number(paragraph: Any) -> None:
    """A PAGE field in Thai numerals."""
    run = _run(paragraph, "")
    for kind, text in (("begin", ""), ("", " PAGE \\* THAIARABIC "), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
            part.set(qn("xml:space"), "preserve")
        run._element.append(part)


def _paragraph(
    document: Any, text: str = "", *, first: Any = None, left: Any = None, after: float = BETWEEN, **look: Any
) -> Any:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent, form.left_indent, form.space_after = first, left, Pt(after)
    if text:
        _run(paragraph, text, **look)
    return paragraph


def _head(document: Any, page: Page) -> None:
    """Stamps, the garuda's place, urgency, number and office, date."""
    letter = page.data["letter"]
    for stamp in page.stamps:
        words = f"{stamp['office']}  เลขรับ {stamp['number']}  {stamp['date']}  {stamp['time']} น."
        line = _paragraph(document, words, size=12, color=RGBColor(0x29, 0x40, 0x9A), after=0)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    garuda = _paragraph(document, after=0)
    garuda.alignment = WD_ALIGN_PARAGRAPH.CENTER
    garuda.paragraph_format.right_indent = Cm(1)  # the paper's middle, not the text's
    emblem = path_of(page.emblem) if page.emblem else None
    if emblem is not None and emblem.is_file():
        garuda.add_run().add_picture(str(emblem), height=Cm(3))
    else:
        garuda.paragraph_format.line_spacing = Cm(3)
    if letter["urgency"]:
        _paragraph(document, letter["urgency"], size=32, bold=True, color=RGBColor(0xC0, 0, 0), after=0)
    office = letter["office"] or [""]
    for index, words in enumerate(office):
        line = _paragraph(document, after=0 if index + 1 < len(office) else BETWEEN)
        line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        _run(line, f"{'ที่  ' + letter['number'] if index == 0 else ''}\t{words}")
    _paragraph(document, letter["date"], left=MIDDLE)


def _labelled_parts(document: Any, letter: dict[str, Any]) -> None:
    _labelled(document, "เรื่อง", [letter["subject"]], Cm(1.3))
    _labelled(document, "เรียน", letter["to"], Cm(1.3))
    _labelled(document, "อ้างถึง", letter["references"], Cm(1.5))
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
        _run(paragraph, f"{label if index == 0 else ''}\t{line}")


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
    letter = page.data["letter"]
    copies = [f"สำเนาส่ง  {letter['copies']}"] if letter["copies"] else []
    for index, line in enumerate([*letter["owner"], *copies]):
        paragraph = _paragraph(document, line, after=0)
        if index == 0:
            paragraph.paragraph_format.space_before = Pt(36)
    if page.data["qr"]:
        picture = _paragraph(document, after=0)
        picture.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        picture.add_run().add_picture(io.BytesIO(png(page.data["qr"])), width=Cm(2.6))
        caption = _paragraph(document, page.data["qr_caption"], size=12, after=0)
        caption.alignment = WD_ALIGN_PARAGRAPH.RIGHT
