"""Parts of a DOCX: paragraphs, tables of the text, page numbers, words behind a page that is not valid."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from jitasa.letters.pages.docx_xml import child, field, run
from jitasa.thai.digits import to_thai

_WATERMARK = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>
</v:shapetype><v:shape id="mark" o:spid="_x0000_s2049" type="#_x0000_t136" fillcolor="#d9dde3" stroked="f"
 style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:92pt;rotation:322;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:textpath style="font-family:&quot;TH Sarabun New&quot;;font-size:1pt" string="{words}"/></v:shape></w:pict></w:r>"""


ROW = Pt(17)  # of a table, no higher than in the PDF
CELL_MARGIN = "108"  # twentieths of a point, left of the words of a cell (Word's usual)
MARK_WIDTH = 34  # points a letter; a mark is stretched to its box
# What Word takes, and what everybody else does, who knows no Thai numerals for pages (ECMA-376 part 3).
_EITHER = """<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><mc:Choice Requires="w15"/><mc:Fallback/>
</mc:AlternateContent>"""


def paragraph(
    document: Any,
    text: str = "",
    *,
    first: Any = None,
    left: Any = None,
    after: float | None = None,
    **look: Any,
) -> Any:
    """A paragraph of the text; ``after`` in points, else as all paragraphs."""
    made = document.add_paragraph()
    form = made.paragraph_format
    form.first_line_indent, form.left_indent = first, left
    if after is not None:
        form.space_after = Pt(after)
    if text:
        run(made, text, **look)
    return made


def watermark(header: Any, words: str) -> None:
    """ร่าง or เรียกคืน behind the text of every page, as in the PDF. ``words`` are of a closed list."""
    width = MARK_WIDTH * sum(1 for letter in words if unicodedata.category(letter) != "Mn")
    header._p.append(parse_xml(_WATERMARK.format(words=words, width=width)))


def page_number(header: Any, number: int) -> None:
    """``- ๒ -``: Word counts in Thai numerals itself; LibreOffice has none for pages and is told the number."""
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(header, "- ")
    either = parse_xml(_EITHER)
    choice, fallback = either
    choice.append(field(header, "PAGE \\* THAIARABIC"))
    fallback.append(run(header, to_thai(number))._element)
    header._p.append(either)
    run(header, " -")


def table_of(document: Any, columns: Sequence[Mapping[str, str]], rows: Sequence[Sequence[str]]) -> None:
    """A table of the text with lines around its cells, the headings bold."""
    every = [[column["title"] for column in columns], *rows]
    table = document.add_table(rows=len(every), cols=len(columns))
    table.style = "Table Grid"
    child(
        table._tbl.tblPr, "w:tblInd", **{"w:w": CELL_MARGIN, "w:type": "dxa"}
    )  # its lines at the text's edge
    for index, row in enumerate(every):
        for cell, text in zip(table.rows[index].cells, row, strict=True):
            line = cell.paragraphs[0]
            line.paragraph_format.space_after, line.paragraph_format.line_spacing = Pt(0), ROW
            if index == 0:
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if text:
                run(line, text, bold=index == 0)
    repeat = child(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    repeat.set(qn("w:val"), "true")
