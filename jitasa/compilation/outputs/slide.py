"""A month on one slide for PowerPoint, with the numbers of the page for who leads (``executive``).

Its library is a tenth of what a web process would load at its start, so whoever makes a slide loads this module then.
"""

import io
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs.executive import MISSING, Summary, summary_of

FACE = "TH Sarabun New"
BLUE = RGBColor(0x12, 0x3F, 0x7D)  # type: ignore[no-untyped-call] # python-pptx is typed in part


def pptx(compilation: Compilation) -> bytes:
    """One wide slide: figures, a chart of the kinds, areas that did not report."""
    found = summary_of(compilation)
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    _text(slide, (0.5, 0.3, 12.3, 0.8), found.title, size=32, bold=True)
    _text(slide, (0.5, 1.0, 12.3, 0.5), found.office, size=22)
    for index, (label, value) in enumerate(found.figures):
        left = 0.5 + index * 2.5
        _text(slide, (left, 1.6, 2.4, 0.5), label, size=18)
        _text(slide, (left, 2.0, 2.4, 0.7), value, size=24, bold=True)
    if found.kinds:
        _chart(slide, found)
    if found.missing:
        _areas(slide, found)
    _text(slide, (0.5, 6.95, 12.3, 0.4), found.made, size=14)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _text(
    slide: Any, box: tuple[float, float, float, float], words: str, *, size: int, bold: bool = False
) -> None:
    frame = slide.shapes.add_textbox(*(Inches(each) for each in box)).text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), bold, FACE, BLUE


def _chart(slide: Any, found: Summary) -> None:
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call] # python-pptx is typed in part
    data.categories = [name for name, _events, _people in found.kinds]
    data.add_series("กิจกรรม (ครั้ง)", [events for _name, events, _people in found.kinds])
    place = (Inches(0.5), Inches(2.9), Inches(6.3), Inches(3.9))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data).chart
    chart.has_legend, chart.has_title = False, True
    chart.chart_title.text_frame.text = "กิจกรรมตามประเภท (ครั้ง)"
    chart.font.name, chart.font.size = FACE, Pt(16)
    chart.plots[0].has_data_labels = True
    chart.category_axis.reverse_order = True  # read from the top, as the table on paper
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False  # each bar says its number


def _areas(slide: Any, found: Summary) -> None:
    _text(slide, (7.0, 2.85, 5.8, 0.5), MISSING, size=18, bold=True)
    place = (Inches(7.1), Inches(3.4), Inches(5.7), Inches(3.4))
    table = slide.shapes.add_table(len(found.missing) + 1, 4, *place).table
    table.columns[0].width = Inches(0.8)
    for column in (1, 2, 3):
        table.columns[column].width = Inches(4.9 / 3)
    numbered = [(index, *row) for index, row in enumerate(found.missing, start=1)]
    rows = [("ลำดับ", "พื้นที่", "ต้องรายงาน (แห่ง)", "ยังไม่รายงาน (แห่ง)"), *numbered]
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            cell = table.cell(line, column)
            cell.text = f"{value:,}" if isinstance(value, int) else str(value)
            words = cell.text_frame.paragraphs[0]
            if column > 1:
                words.alignment = PP_ALIGN.RIGHT
            for run in words.runs:
                run.font.size, run.font.name = Pt(15), FACE
