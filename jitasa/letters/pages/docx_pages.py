"""Pages of a DOCX: each is a section of its own that ends where the page of the PDF ends.

Only a section can say its page's number in letters, which LibreOffice needs for Thai numerals, and end with the
first words of the next page (docs/adr/0108).
"""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from jitasa.letters.pages.data import Page
from jitasa.letters.pages.docx_parts import page_number, paragraph, watermark
from jitasa.letters.pages.docx_xml import run
from jitasa.letters.pages.render import Beginning, Layout


class Pages:
    """The pages of one document as it is written from top to bottom."""

    def __init__(self, document: Any, page: Page, layout: Layout) -> None:
        self._document, self._page = document, page
        self._catchwords = {each.number - 1: each.catchword for each in layout.pages}
        self._breaks: dict[int | str, list[Beginning]] = {}
        for each in layout.pages:
            self._breaks.setdefault(each.of, []).append(each)
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(2)
        section.top_margin, section.bottom_margin = Cm(1.5), Cm(2)
        section.header_distance, section.footer_distance = Cm(1.5), Cm(0.8)
        section.different_first_page_header_footer = True
        first = section.first_page_header.paragraphs[0]
        first.paragraph_format.line_spacing, first.paragraph_format.space_after = Pt(1), Pt(0)
        self._marked(first)
        self._headed(section, 2)  # only where the heading goes on, or somebody writes more
        for footer in (section.first_page_footer, section.footer):
            self._footed(footer, 1)

    def breaks(self, of: int | str) -> list[Beginning]:
        """The pages that begin with a part of the paper, or within it."""
        return self._breaks.get(of, [])

    def begin(self, of: int | str) -> None:
        """End the page if the next one begins with this part of the paper."""
        for each in self.breaks(of):
            self.end(each.number)

    def end(self, number: int) -> None:
        """What is written next stands on page ``number``."""
        body = self._document.element.body
        last, ours = body.sectPr.getprevious(), body.sectPr
        if last.tag != qn("w:p"):  # a table cannot end a section
            thin = paragraph(self._document, after=0)
            thin.paragraph_format.line_spacing = Pt(1)
            last = thin._p
        last.set_sectPr(ours.clone())
        for reference in ours.xpath("w:headerReference|w:footerReference"):
            ours.remove(reference)
        section = self._document.sections[-1]
        section.different_first_page_header_footer = False
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        self._headed(section, number)
        self._footed(section.footer, number)

    def _headed(self, section: Any, number: int) -> None:
        header = section.header.paragraphs[0]
        page_number(header, number)
        self._marked(header)

    def _marked(self, header: Any) -> None:
        if mark := self._page.data["letter"]["mark"]:
            watermark(header, mark)

    def _footed(self, footer: Any, number: int) -> None:
        """The first words of the next page on the right, what the office prints on every page in the middle."""
        line = footer.paragraphs[0]
        line.paragraph_format.space_after = Pt(0)
        if word := self._catchwords.get(number):
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run(line, word)
        if note := self._page.data["foot_note"]:
            line = footer.add_paragraph() if word else line
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.line_spacing, line.paragraph_format.space_after = Pt(14), Pt(0)
            run(line, note, size=12)
