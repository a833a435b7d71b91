"""The monthly report as an official document: cover letter, tables, charts, pictures.

Texts of documents are Thai and set with Thai numerals by the template (``documents/official.typ``).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import translation

from jitasa.activities.models import ActivityPhoto
from jitasa.activities.selectors.public import CLEARED
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import letter
from jitasa.documents import pdf as documents
from jitasa.organizations.choices import Level
from jitasa.organizations.selectors import geography
from jitasa.photos import store
from jitasa.photos.choices import Size
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

Block = dict[str, Any]
BARS = 20


def pdf(compilation: Compilation) -> bytes:
    """The report of a compilation. The same compilation gives the same words and numbers for ever."""
    with translation.override("th"):
        data, files = content(compilation)
        return documents.render("official", data, files=files)


def laos_pdf(compilation: Compilation, province: str) -> bytes | None:
    """The LAOs of one province in a compilation, by its two-digit code; ``None``: it has none there.

    The country's book leaves them to these sheets: 7,850 lines are 150 pages, which take too long to set
    for one click.
    """
    table = compilation.tables["tables"]["laos"]
    at = _positions(table)["code"]
    # TT PP AA NN: type, province, district, running number (docs/domain.md §2).
    rows = [row for row in table["rows"] if row[at][2:4] == province]
    if not rows:
        return None
    month = parse_month(compilation.tables["month"])
    title = f"กิจกรรมจิตอาสาราย อปท. {geography.place_label(province)} เดือน{month_name(month)}"
    with translation.override("th"):
        data = {
            "title": title,
            "thai_digits": True,
            "appendix": [
                _heading(title, size=18, center=True),
                _columns_of({**table, "rows": rows}, LAOS),
                *_end(compilation),
            ],
            "foot": f"{compilation} · {compilation.content_hash}",
        }
        return documents.render("official", data)


def content(compilation: Compilation) -> tuple[dict[str, Any], dict[str, bytes | Path]]:
    """Data and picture files for the template."""
    month = parse_month(compilation.tables["month"])
    photos, files = _photos(compilation)
    tables = compilation.tables["tables"]
    blocks = [
        _heading(f"สรุปผลการจัดกิจกรรมจิตอาสา ประจำเดือน{month_name(month)}", size=20, center=True),
        _heading(compilation.tables["scope"]["name"], size=17, center=True),
        *_summary(compilation),
        *_places(tables),
        *_splits(tables),
        *_lists(tables),
        *_end(compilation),
        *photos,
    ]
    data = {
        "title": f"รายงานกิจกรรมจิตอาสา {month_name(month)}",
        "thai_digits": True,
        "letter": letter.cover(compilation),
        "appendix": blocks,
        "foot": f"{compilation} · {compilation.content_hash}",
    }
    return data, files


def _heading(text: str, *, size: int = 18, center: bool = False) -> Block:
    return {"kind": "heading", "text": text, "size": size, "center": center}


def _summary(compilation: Compilation) -> list[Block]:
    totals, tables = compilation.tables["totals"], compilation.tables["tables"]
    named = {column[0]: column[1] for column in tables["total"]["columns"]}
    rows = [[named[key], _shown(totals[key], key)] for key in named]
    trend = [{"label": _short(month), "value": events} for month, events, _people in tables["trend"]["rows"]]
    trend[-1]["label"] += _until(compilation)
    return [
        _table("สรุปรวม", [("รายการ", "left", "2fr"), ("จำนวน", "right", "1fr")], rows),
        {"kind": "bars", "title": "กิจกรรมย้อนหลัง 6 เดือน", "unit": "ครั้ง", "rows": trend},
    ]


def _until(compilation: Compilation) -> str:
    """Beside whole months, a month that still ran when it was compiled says until when it was counted."""
    made_on = day_of(compilation.made_at)
    return f" (ถึง {short_date(made_on)})" if made_on <= last_day(compilation.month) else ""


def _short(slug: str) -> str:
    return month_name_short(parse_month(slug))


PLACES = (
    ("name", "หน่วยงาน", "left", "2.4fr"),
    ("offices", "ต้องรายงาน", "right", "1fr"),
    ("reported", "รายงาน", "right", "1fr"),
    ("confirmed", "ยืนยันครบ", "right", "1fr"),
    ("nil", "ไม่มีกิจกรรม", "right", "1fr"),
    ("on_time", "ทันกำหนด", "right", "1fr"),
    ("events", "กิจกรรม", "right", "1fr"),
    ("people", "คน", "right", "1.2fr"),
)
LAOS = (
    ("name", "หน่วยงาน", "left", "2.2fr"),
    ("district", "อำเภอ", "left", "1.6fr"),
    ("state", "สถานะ", "left", "1.6fr"),
    ("activities", "รายการ", "right", "1fr"),
    ("events", "กิจกรรม", "right", "1fr"),
    ("people", "คน", "right", "1.2fr"),
)
KINDS = (
    ("label", "รายการ", "left", "2.6fr"),
    ("activities", "รายการ", "right", "1fr"),
    ("events", "กิจกรรม", "right", "1fr"),
    ("people", "คน", "right", "1.2fr"),
)
Shown = Sequence[tuple[str, str, str, str]]


def _places(tables: dict[str, Any]) -> list[Block]:
    """Provinces, districts, LAOs; the country's 7,850 LAOs stand in a sheet a province and in the workbook."""
    blocks: list[Block] = []
    for name in ("provinces", "districts"):
        if name in tables:
            blocks.append(_bars_of(tables[name]))
            blocks.append(_columns_of(tables[name], PLACES))
    if "provinces" in tables:
        blocks.append(_paragraph("ตารางราย อปท. แยกเป็นแฟ้ม PDF รายจังหวัด และรวมอยู่ในแฟ้ม Excel ของฉบับเดียวกัน"))
    else:
        blocks.append(_columns_of(tables["laos"], LAOS))
    return blocks


def _bars_of(table: dict[str, Any]) -> Block:
    at = _positions(table)
    best = sorted(table["rows"], key=lambda row: -row[at["events"]])[:BARS]
    return {
        "kind": "bars",
        "title": f"กิจกรรม{table['title']}" + (f" {BARS} อันดับแรก" if len(table["rows"]) > BARS else ""),
        "unit": "ครั้ง",
        "rows": [{"label": row[at["name"]], "value": row[at["events"]]} for row in best],
    }


def _splits(tables: dict[str, Any]) -> list[Block]:
    kinds = tables["kinds"]
    at = _positions(kinds)
    bars = [{"label": row[at["label"]], "value": row[at["people"]]} for row in kinds["rows"]]
    blocks: list[Block] = (
        [{"kind": "bars", "title": "ผู้เข้าร่วมตามประเภท", "unit": "คน", "rows": bars}] if bars else []
    )
    blocks += [_columns_of(tables[name], KINDS) for name in ("kinds", "occasions") if tables[name]["rows"]]
    measures = tables["measures"]["rows"]
    if measures:
        columns = [("ผลงานที่นับได้", "left", "2fr"), ("ปริมาณ", "right", "1fr"), ("หน่วย", "left", "1fr")]
        rows = [[label, _grouped(quantity), unit] for label, unit, quantity in measures]
        blocks.append(_table("ผลงานที่นับได้", columns, rows, total=False))
    return blocks


def _lists(tables: dict[str, Any]) -> list[Block]:
    """Who did not report, and who stated that there was nothing, with reasons."""
    blocks: list[Block] = []
    for name, last in (("not_reported", "reason"), ("nil", "reason")):
        table = tables[name]
        if not table["rows"]:
            blocks += [_heading(table["title"], size=16), _paragraph("ไม่มี")]
            continue
        shown = (
            ("name", "หน่วยงาน", "left", "1.6fr"),
            ("district", "อำเภอ", "left", "1.2fr"),
            ("province", "จังหวัด", "left", "1.2fr"),
            (last, "เหตุ", "left", "2.6fr"),
        )
        blocks.append(_columns_of(table, shown, total=False))
    return blocks


def _columns_of(table: dict[str, Any], shown: Shown, *, total: bool = True) -> Block:
    at = _positions(table)
    kept = [column for column in shown if column[0] in at]
    rows = [[row[at[key]] for key, *_rest in kept] for row in table["rows"]]
    columns = [(title, align, width) for _key, title, align, width in kept]
    count = f" ({len(rows)} แห่ง)" if not total else ""
    return _table(table["title"] + count, columns, rows, total=total)


def _positions(table: dict[str, Any]) -> dict[str, int]:
    return {column[0]: index for index, column in enumerate(table["columns"])}


def _table(
    title: str,
    columns: Sequence[tuple[str, str, str]],
    rows: Sequence[Sequence[Any]],
    *,
    total: bool | None = None,
) -> Block:
    block: Block = {
        "kind": "table",
        "title": title,
        "columns": [{"title": name, "align": align, "width": width} for name, align, width in columns],
        "rows": rows,
        "size": 13,
    }
    if total and rows:
        numbers = [align == "right" for _name, align, _width in columns]
        block["total"] = [
            sum(row[index] for row in rows) if is_number else ("รวม" if index == 0 else "")
            for index, is_number in enumerate(numbers)
        ]
    return block


def _paragraph(text: str) -> Block:
    return {"kind": "paragraph", "text": text}


def _shown(value: Any, key: str) -> Any:
    return _grouped(str(value)) if key == "budget" else value


def _grouped(text: str) -> str:
    """``1573300.00`` → ``1,573,300.00``."""
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _photos(compilation: Compilation) -> tuple[list[Block], dict[str, bytes | Path]]:
    """The chosen pictures that may still be published; what was withdrawn since is left out."""
    chosen = {photo["id"]: photo for photo in compilation.photos}
    allowed = ActivityPhoto.objects.filter(CLEARED, pk__in=chosen).select_related("photo")
    usable = {row.pk for row in allowed if row.photo.sha256 == chosen[row.pk]["sha256"]}
    files: dict[str, bytes | Path] = {}
    shown = []
    for photo in compilation.photos:
        path = store.published(photo["sha256"], Size.MEDIUM)
        if photo["id"] in usable and path.is_file():
            name = f"photo-{len(files) + 1}.jpg"
            files[name] = path
            shown.append({"file": name, "caption": photo["caption"]})
    if not shown:
        return [], {}
    return [{"kind": "page"}, _heading("ภาพกิจกรรม"), {"kind": "photos", "photos": shown}], files


def _end(compilation: Compilation) -> list[Block]:
    as_at = parse_month(compilation.tables["month"])
    level = compilation.tables["scope"]["level"]
    scope = {Level.DEPARTMENT: "ทั้งประเทศ", Level.PROVINCE: "จังหวัด", Level.DISTRICT: "อำเภอ"}.get(level, "")
    return [
        _heading("ที่มาของตัวเลข", size=16),
        _paragraph(
            f"รวบรวม{scope} เดือน{month_name(as_at)} ฉบับที่ {compilation.number} "
            f"เมื่อ {long_date(today(compilation.made_at))} จากบันทึก {compilation.activities:,} รายการ "
            "ชื่อและสังกัดของหน่วยงานเป็นไปตามทะเบียน ณ วันสิ้นเดือน "
            "กิจกรรมที่หลายหน่วยงานร่วมจัดนับเป็นกิจกรรมและจำนวนคนครั้งเดียว"
        ),
    ]
