"""A month on one page for who leads: PDF, and a slide for PowerPoint with the same numbers."""

import io
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs.blocks import Block, heading, paragraph, table_block
from jitasa.compilation.outputs.scope_words import scope_words
from jitasa.documents import pdf as documents
from jitasa.thai.dates import day_of, long_date, month_name, parse_month

FACE = "TH Sarabun New"
AREAS = 8  # of the areas with most offices that did not report
MISSING = "พื้นที่ที่ยังไม่รายงานมากที่สุด"
BLUE = RGBColor(0x12, 0x3F, 0x7D)  # type: ignore[no-untyped-call] # python-pptx is typed in part


@dataclass(frozen=True)
class Summary:
    """What one page says. ``kinds``: (name, events, people); ``periods``: (words, events, people); ``missing``:
    (area, offices, not reported), the most first.
    """

    title: str
    office: str
    made: str
    figures: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, int, int], ...]
    periods: tuple[tuple[str, int, int], ...]
    missing: tuple[tuple[str, int, int], ...]


def summary_of(compilation: Compilation) -> Summary:
    """The numbers of the compilation itself: the page says what the report says."""
    totals, tables = compilation.tables["totals"], compilation.tables["tables"]
    month = parse_month(compilation.tables["month"])
    reviewed = totals.get("accepted_events")
    return Summary(
        title=f"สรุปผลการจัดกิจกรรมจิตอาสา ประจำเดือน{month_name(month)}",
        office=scope_words(compilation),
        made=f"รวบรวม ณ วันที่ {long_date(day_of(compilation.made_at))} ฉบับที่ {compilation.number}",
        figures=(
            ("รายงานแล้ว", f"{totals['reported']:,} จาก {totals['offices']:,} แห่ง"),
            ("กิจกรรม", f"{totals['events']:,} ครั้ง"),
            ("ผู้เข้าร่วม", f"{totals['people']:,} คน"),
            ("ทันกำหนด", f"{totals['on_time']:,} แห่ง"),
            ("ตรวจแล้ว", f"{reviewed:,} ครั้ง" if reviewed is not None else "–"),
        ),
        kinds=tuple((row[0], row[2], row[4]) for row in tables["kinds"]["rows"]),
        periods=tuple((row[0], row[2], row[3]) for row in tables.get("periods", {"rows": []})["rows"]),
        missing=_missing(tables.get("missing")),
    )


def _missing(table: dict[str, Any] | None) -> tuple[tuple[str, int, int], ...]:
    rows = table["rows"] if table else []
    plain = [(str(row[0]).removeprefix("สถจ.").removeprefix("อ."), row[1], row[3]) for row in rows]
    return tuple(sorted(plain, key=lambda row: -row[2])[:AREAS])


def pdf(compilation: Compilation) -> bytes:
    """One A4 page."""
    with translation.override("th"):
        data = {"title": summary_of(compilation).title, "thai_digits": True, "appendix": blocks(compilation)}
        return documents.render("official", data)


def blocks(compilation: Compilation) -> list[Block]:
    """The page before it is set."""
    found = summary_of(compilation)
    events = [("กิจกรรม (ครั้ง)", "right", "1fr"), ("ผู้เข้าร่วม (คน)", "right", "1fr")]
    made: list[Block] = [
        heading(found.title, size=20, center=True),
        heading(found.office, size=17, center=True),
        table_block("ภาพรวม", [("รายการ", "left", "2fr"), ("จำนวน", "right", "2fr")], found.figures),
    ]
    if found.periods:
        made.append(
            table_block("เดือน ไตรมาส และปีงบประมาณ", [("ช่วงเวลา", "left", "3fr"), *events], found.periods)
        )
    if found.kinds:
        made.append(table_block("ตามประเภท", [("ประเภท", "left", "3fr"), *events], found.kinds, total=True))
    if found.missing:
        columns = [
            ("พื้นที่", "left", "3fr"),
            ("ต้องรายงาน (แห่ง)", "right", "1fr"),
            ("ยังไม่รายงาน (แห่ง)", "right", "1fr"),
        ]
        made.append(table_block(MISSING, columns, found.missing))
    return [*made, paragraph(found.made)]


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
