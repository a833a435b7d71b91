"""The monthly report as an official document: cover letter, tables, charts, pictures.

Texts of documents are Thai and set with Thai numerals by the template (``documents/official.typ``).
"""

from pathlib import Path
from typing import Any

from django.utils import translation

from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import letter, pictures
from jitasa.compilation.outputs.blocks import Block, heading, paragraph, table_block
from jitasa.compilation.outputs.report_columns import (
    AREAS,
    GROUPS,
    KINDS,
    LAOS,
    MISSING,
    NAMED,
    PARTS,
    PERIODS,
    PLACES,
    Shown,
    plain,
    positions,
)
from jitasa.compilation.outputs.scope_words import scope_words
from jitasa.documents import pdf as documents
from jitasa.documents.pages import together
from jitasa.organizations.choices import Level
from jitasa.organizations.selectors import geography
from jitasa.thai.dates import (
    day_of,
    last_day,
    long_date,
    month_name,
    month_name_short,
    parse_month,
    short_date,
    today,
)

BARS = 20


def pdf(compilation: Compilation, *, cover: bytes | None = None) -> bytes:
    """The report of a compilation. The same compilation gives the same words and numbers for ever.

    ``cover``: the page of its letter, where it has been set already.
    """
    with translation.override("th"):
        data, files = content(compilation)
        cover = cover if cover is not None else letter.page(compilation)
        return together(cover, documents.render("official", data, files=files))


def laos_pdf(compilation: Compilation, province: str) -> bytes | None:
    """The LAOs of one province in a compilation, by its two-digit code; ``None``: it has none there.

    The country's book leaves them to these sheets: 7,850 lines are 150 pages, which take too long to set
    for one click.
    """
    table = compilation.tables["tables"]["laos"]
    rows = rows_of_province(compilation, province)
    if not rows:
        return None
    month = parse_month(compilation.tables["month"])
    title = f"กิจกรรมจิตอาสาราย อปท. {geography.place_label(province)} เดือน{month_name(month)}"
    with translation.override("th"):
        data = {
            "title": title,
            "thai_digits": True,
            "appendix": [
                heading(title, size=18, center=True),
                _columns_of({**table, "rows": rows}, LAOS),
                *_end(compilation),
            ],
        }
        return documents.render("official", data)


def rows_of_province(compilation: Compilation, province: str) -> list[list[Any]]:
    """The LAOs of a province in a compilation; none where it has none there."""
    table = compilation.tables["tables"]["laos"]
    at = positions(table)["code"]
    # TT PP AA NN: type, province, district, running number (docs/domain.md §2).
    return [row for row in table["rows"] if row[at][2:4] == province]


def content(compilation: Compilation) -> tuple[dict[str, Any], dict[str, bytes | Path]]:
    """Data and picture files for the template."""
    month = parse_month(compilation.tables["month"])
    shown, files = pictures.chosen(compilation)
    photos: list[Block] = [{"kind": "photos", "photos": shown}]
    tables = compilation.tables["tables"]
    blocks = [
        heading(f"สรุปผลการจัดกิจกรรมจิตอาสา ประจำเดือน{month_name(month)}", size=20, center=True),
        heading(scope_words(compilation), size=17, center=True),
        *_summary(compilation),
        *_places(tables),
        *_splits(tables),
        *_lists(tables),
        *_end(compilation),
        *([{"kind": "page"}, heading("ตัวอย่างกิจกรรม"), *photos] if shown else []),
    ]
    data = {
        "title": f"รายงานกิจกรรมจิตอาสา {month_name(month)}",
        "thai_digits": True,
        "appendix": blocks,
        "enclosure": letter.ENCLOSURE,
    }
    return data, files


def _summary(compilation: Compilation) -> list[Block]:
    totals, tables = compilation.tables["totals"], compilation.tables["tables"]
    named = {column[0]: column[1] for column in tables["total"]["columns"]}
    rows = [[named[key], _shown(totals[key], key)] for key in named]
    return [
        table_block("สรุปรวม", [("รายการ", "left", "2fr"), ("จำนวน", "right", "1fr")], rows),
        *([_columns_of(tables["periods"], PERIODS, total=None)] if "periods" in tables else []),
        *_trend(compilation),
    ]


def _trend(compilation: Compilation) -> list[Block]:
    """The events of six months as bars; a month without a round is said, not drawn as nothing."""
    rows = compilation.tables["tables"]["trend"]["rows"]
    bars = [
        {"label": _short(month), "value": events} for month, events, _people in rows if events is not None
    ]
    bars[-1]["label"] += _until(compilation)
    blocks: list[Block] = [{"kind": "bars", "title": "กิจกรรมย้อนหลัง 6 เดือน", "unit": "ครั้ง", "rows": bars}]
    without = [_short(month) for month, events, _people in rows if events is None]
    if without:
        blocks.append(paragraph(f"เดือนที่ยังไม่มีรอบรายงานในระบบ ได้แก่ {' '.join(without)}"))
    return blocks


def _until(compilation: Compilation) -> str:
    """Beside whole months, a month that still ran when it was compiled says until when it was counted."""
    made_on = day_of(compilation.made_at)
    return f" (ถึง {short_date(made_on)})" if made_on <= last_day(compilation.month) else ""


def _short(slug: str) -> str:
    return month_name_short(parse_month(slug))


MOST_NAMED = 200  # more offices than these are counted by area and named in the workbook


def _places(tables: dict[str, Any]) -> list[Block]:
    """Provinces, districts, LAOs; the country's 7,850 LAOs stand in a sheet a province and in the workbook."""
    blocks: list[Block] = []
    name = "provinces" if "provinces" in tables else "districts"
    if name in tables:
        table = plain(tables[name])
        shown = [
            ("name", AREAS[name], align, width) if key == "name" else (key, title, align, width)
            for key, title, align, width in PLACES
        ]
        blocks += [_bars_of(table), _columns_of(table, shown)]
    if "provinces" in tables:
        blocks.append(
            paragraph("ตารางรายอำเภอและราย อปท. อยู่ในแฟ้ม Excel ของฉบับเดียวกัน และราย อปท. มีแฟ้ม PDF แยกรายจังหวัด")
        )
    else:
        blocks.append(_columns_of(plain(tables["laos"]), LAOS))
    return blocks


def _bars_of(table: dict[str, Any]) -> Block:
    at = positions(table)
    held = [row for row in table["rows"] if row[at["events"]]]
    best = sorted(held, key=lambda row: -row[at["events"]])[:BARS]
    return {
        "kind": "bars",
        "title": f"กิจกรรม{table['title']}" + (f" {BARS} อันดับแรก" if len(held) > BARS else ""),
        "unit": "ครั้ง",
        "rows": [{"label": row[at["name"]], "value": row[at["events"]]} for row in best],
    }


def _splits(tables: dict[str, Any]) -> list[Block]:
    kinds = tables["kinds"]
    at = positions(kinds)
    bars = [{"label": row[0], "value": row[at["people"]]} for row in kinds["rows"]]
    blocks: list[Block] = (
        [{"kind": "bars", "title": "ผู้เข้าร่วมตามประเภท", "unit": "คน", "rows": bars}] if bars else []
    )
    blocks += [
        _columns_of(tables[name], [(key, title or word, align, width) for key, title, align, width in KINDS])
        for name, word in PARTS.items()
        if tables[name]["rows"]
    ]
    if "groups" in tables and tables["groups"]["rows"]:
        blocks.append(_columns_of(tables["groups"], GROUPS))
    measures = tables["measures"]["rows"]
    if measures:
        columns = [("ปริมาณงาน", "left", "2fr"), ("ปริมาณ", "right", "1fr"), ("หน่วย", "left", "1fr")]
        rows = [[label, _grouped(quantity), unit] for label, unit, quantity in measures]
        blocks.append(table_block("ปริมาณงาน", columns, rows, total=False))
    return blocks


def _lists(tables: dict[str, Any]) -> list[Block]:
    """Who did not report, and who stated that there was nothing, with reasons."""
    blocks: list[Block] = []
    missing = tables.get("missing")
    if missing and missing["rows"]:
        blocks.append(_columns_of(plain(missing), MISSING))
    for name in ("not_reported", "nil"):
        table = tables[name]
        if len(table["rows"]) > MOST_NAMED:
            said = f"รวม {len(table['rows']):,} แห่ง รายชื่อพร้อมจังหวัดและอำเภออยู่ในแฟ้ม Excel ของฉบับเดียวกัน"
            blocks += [heading(table["title"], size=16), paragraph(said)]
            continue
        if not table["rows"]:
            blocks += [heading(table["title"], size=16), paragraph("ไม่มี")]
            continue
        blocks.append(_columns_of(plain(table), NAMED, total=False))
    return blocks


def _columns_of(table: dict[str, Any], shown: Shown, *, total: bool | None = True) -> Block:
    """The shown columns that the table has; ``total`` ``False`` counts the offices instead, ``None`` neither."""
    at = positions(table)
    kept = [column for column in shown if column[0] in at]
    rows = [[row[at[key]] for key, *_rest in kept] for row in table["rows"]]
    columns = [(title, align, width) for _key, title, align, width in kept]
    count = f" ({len(rows):,} แห่ง)" if total is False else ""
    return table_block(table["title"] + count, columns, rows, total=total)


def _shown(value: Any, key: str) -> Any:
    return _grouped(str(value)) if key == "budget" else value


def _grouped(text: str) -> str:
    """``1573300.00`` → ``1,573,300.00``."""
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _end(compilation: Compilation) -> list[Block]:
    as_at = parse_month(compilation.tables["month"])
    level = compilation.tables["scope"]["level"]
    scope = {Level.DEPARTMENT: "ทั้งประเทศ", Level.PROVINCE: "ระดับจังหวัด", Level.DISTRICT: "ระดับอำเภอ"}.get(
        level, ""
    )
    return [
        heading("ที่มาของตัวเลข", size=16),
        paragraph(
            f"รวบรวมข้อมูล{scope} เดือน{month_name(as_at)} ฉบับที่ {compilation.number} "
            f"เมื่อ {long_date(today(compilation.made_at))} จากบันทึก {compilation.activities:,} รายการ "
            "ชื่อและสังกัดของหน่วยงานเป็นไปตามทะเบียน ณ วันสิ้นเดือน "
            "กิจกรรมที่หลายหน่วยงานร่วมจัดนับเป็นกิจกรรมและจำนวนคนครั้งเดียว"
        ),
        paragraph(_reviewed(compilation.tables["totals"])),
        paragraph(f"รหัสยืนยันเนื้อหา (SHA-256) {compilation.content_hash}"),
    ]


def _reviewed(totals: dict[str, Any]) -> str:
    if "accepted_events" not in totals:  # compiled before the two were told apart
        return ""
    return f"กิจกรรม {totals['events']:,} ครั้ง ตรวจแล้ว {totals['accepted_events']:,} ครั้ง รอตรวจ {totals['waiting_events']:,} ครั้ง"
