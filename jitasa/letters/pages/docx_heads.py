"""The heading of a page as DOCX: stamps, the garuda's place, urgency, and what each kind of paper begins with."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Cm, Length, Pt, RGBColor

from jitasa.files.reading import here
from jitasa.letters.pages.data import Page
from jitasa.letters.pages.docx_parts import paragraph
from jitasa.letters.pages.docx_xml import frame, run, width_of
from jitasa.letters.store import path_of

MIDDLE, TEXT_WIDTH = Cm(7.5), Cm(16)  # the paper's middle and the text's end, from the left margin
SHORT = Cm(1.4)  # what is said of เรื่อง, เรียน and อ้างถึง begins in one column


def head(document: Any, page: Page) -> None:
    """Stamps, the garuda's place, urgency, and the heading of the kind of paper."""
    letter = page.data["letter"]
    for index, stamp in enumerate(page.stamps):
        _stamp(document, stamp, Cm(0.9) + index * Cm(1.7))
    emblem = here(path_of(page.emblem)) if page.emblem else None
    if letter["kind"] == "memo":
        _memo_title(document, emblem)
        if letter["urgency"]:
            line = paragraph(document, after=0)
            line.paragraph_format.line_spacing = Pt(36)
            _urgent(line, letter["urgency"])
    else:
        _garuda(document, emblem, letter["urgency"])
    HEADS.get(letter["kind"], _head_external)(document, letter)


def _urgent(line: Any, words: str) -> None:
    """ชั้นความเร็ว in red, 32 points."""
    run(line, words, size=32, bold=True, color=RGBColor(0xC0, 0, 0))


def _garuda(document: Any, emblem: Path | None, urgency: str) -> None:
    """3 cm high in the middle of the paper, the urgency left of its foot; its place is left free without the office's own picture."""
    place = paragraph(document, after=0)
    place.paragraph_format.tab_stops.add_tab_stop(MIDDLE, WD_TAB_ALIGNMENT.CENTER)
    if urgency:
        _urgent(place, urgency)
    place.add_run("\t")
    if emblem is not None and emblem.is_file():
        place.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        place.add_run().add_picture(str(emblem), height=Cm(3))
    else:
        place.paragraph_format.line_spacing = Cm(3)


def _memo_title(document: Any, emblem: Path | None) -> None:
    """แบบที่ 2: the garuda 1.5 cm high on the left, บันทึกข้อความ in 29 points in the middle of the same line."""
    title = paragraph(document, after=4)
    title.paragraph_format.tab_stops.add_tab_stop(MIDDLE, WD_TAB_ALIGNMENT.CENTER)
    if emblem is not None and emblem.is_file():
        title.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        title.add_run().add_picture(str(emblem), height=Cm(1.5))
    else:
        title.paragraph_format.line_spacing = Cm(1.5)
    run(title, "\tบันทึกข้อความ", size=29, bold=True)


def _head_external(document: Any, letter: dict[str, Any]) -> None:
    _number_and_office(document, "ที่", letter)
    paragraph(document, letter["date"], left=MIDDLE)
    _labelled(document, "เรื่อง", [letter["subject"]], SHORT)
    _labelled(document, "เรียน", letter["to"], SHORT)
    _attached(document, letter)


def _head_certificate(document: Any, letter: dict[str, Any]) -> None:
    _number_and_office(document, "เลขที่", letter)
    paragraph(document)


def _head_stamped(document: Any, letter: dict[str, Any]) -> None:
    paragraph(document, f"ที่  {letter['number']}")
    _labelled(document, "ถึง", letter["to"], SHORT)


def _head_memo(document: Any, letter: dict[str, Any]) -> None:
    """แบบที่ 2: the labels bold in 20 points, what is said of ส่วนราชการ in one column."""
    lines = (
        (("ส่วนราชการ", letter["unit"]),),
        (("ที่", letter["number"]), ("\tวันที่", letter["date"])),
        (("เรื่อง", letter["subject"]),),
    )
    for parts in lines:
        line = paragraph(document)
        line.paragraph_format.line_spacing = Pt(23)
        line.paragraph_format.tab_stops.add_tab_stop(MIDDLE)
        if len(parts) == 1:
            hanging = Cm(2.7) if parts[0][0] == "ส่วนราชการ" else Cm(1.2)
            line.paragraph_format.first_line_indent, line.paragraph_format.left_indent = -hanging, hanging
        for label, words in parts:
            run(line, f"{label}  ", size=20, bold=True)
            run(line, words)
    _labelled(document, "เรียน", letter["to"], SHORT)
    _attached(document, letter)  # of one signed before they were named in the text


def _head_centred(document: Any, letter: dict[str, Any]) -> None:
    """แบบที่ 4 and 7: an order and an announcement, their heading in the middle of the paper."""
    numbered = [f"ที่ {letter['number']}"] if letter["kind"] == "order" else []
    for words in (letter["heading"], *numbered, f"เรื่อง {letter['subject']}", "_" * 18):
        line = paragraph(document, words, bold=True)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.right_indent = Cm(1)


HEADS = {
    "memo": _head_memo,
    "stamped": _head_stamped,
    "order": _head_centred,
    "announcement": _head_centred,
    "certificate": _head_certificate,
}


def _number_and_office(document: Any, label: str, letter: dict[str, Any]) -> None:
    office = letter["office"] or [""]
    begins = TEXT_WIDTH - max(width_of(words) for words in office)
    for index, words in enumerate(office):
        line = paragraph(document, after=0 if index + 1 < len(office) else None)
        line.paragraph_format.tab_stops.add_tab_stop(begins)
        run(line, f"{label + '  ' + letter['number'] if index == 0 else ''}\t{words}")


def _stamp(document: Any, stamp: dict[str, str], top: Any) -> None:
    """A receive stamp in a box at the top right of the paper, its number in the digits it was stamped in."""
    lines = [
        (stamp["office"], {"bold": True}),
        (f"เลขรับ {stamp['number']}", {"keep": True}),
        (f"วันที่ {stamp['date']}  เวลา {stamp['time']} น.", {}),
    ]
    for words, look in lines:
        line = paragraph(document, after=0)
        line.paragraph_format.line_spacing = Pt(12)
        frame(line, left=Cm(13.6), top=top, width=Cm(5.3), color="29409A")
        run(line, words, size=11.5, color=RGBColor(0x29, 0x40, 0x9A), **look)


def _attached(document: Any, letter: dict[str, Any]) -> None:
    _labelled(document, "อ้างถึง", letter["references"], SHORT, numbered=True)
    items = [f"{each['name']}\t{each['amount']}" for each in letter["enclosures"]]
    _labelled(document, "สิ่งที่ส่งมาด้วย", items, Cm(2.6), numbered=True)


def number_column(count: int) -> Length:
    """How wide the numbers of a list are set, so that its names stand in one column (๙. as ๑๐.)."""
    return Length(width_of(f"{count}.") + Cm(0.15))


def _labelled(
    document: Any, label: str, lines: Sequence[str], hanging: Any, *, numbered: bool = False
) -> None:
    """What is said after a label, its lines as close as on the printed page; several may be numbered."""
    counted = numbered and len(lines) > 1
    left = Length(hanging + (number_column(len(lines)) if counted else 0))
    for index, line in enumerate(lines):
        after = None if index + 1 == len(lines) else 0
        said = paragraph(document, first=-left, left=left, after=after)
        stops = said.paragraph_format.tab_stops
        for stop in dict.fromkeys((hanging, left)):
            stops.add_tab_stop(stop)
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        number = f"{index + 1}.\t" if counted else ""
        run(said, f"{label if index == 0 else ''}\t{number}{line}")
