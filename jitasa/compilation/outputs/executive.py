"""A month on one page for who leads: PDF; ``slide`` says the same numbers on a slide."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation

from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs.blocks import Block, heading, paragraph, table_block
from jitasa.compilation.outputs.scope_words import scope_words
from jitasa.documents import pdf as documents
from jitasa.thai.dates import day_of, long_date, month_name, parse_month

AREAS = 8  # of the areas with most offices that did not report
MISSING = "พื้นที่ที่ยังไม่รายงานมากที่สุด"


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
