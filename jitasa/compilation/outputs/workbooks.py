"""Workbooks of a board's tables and of a compilation."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs.report_columns import AREAS, plain
from jitasa.compilation.selectors import boards, breakdown, chasing
from jitasa.compilation.selectors.columns import (
    CODE,
    COUNTS,
    NAME,
    OFFICES,
    STATE,
    TableColumn,
    cells,
)
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.documents.xlsx import CellKind, Sheet, SheetColumn, Writable, workbook, write_workbook
from jitasa.rounds.counted import COUNTED_OF_PART
from jitasa.thai.dates import month_name, parse_month

NUMBERS = frozenset({CellKind.INTEGER, CellKind.DECIMAL, CellKind.MONEY})


def board_workbook(
    scope: ReportScope, *, table: str, rows_are: str, chip: chasing.Filter, sort: str, now: datetime
) -> bytes:
    """One tab of a board with the rows its filter keeps; the total is that of the rows shown."""
    title = f"{scope.office.name} {month_name(scope.month)}"
    if table in ("kinds", "occasions"):
        return workbook([_split_sheet(scope, table, title)])
    board = boards.board(scope, now=now, rows_are=rows_are if table == "offices" else boards.CHILDREN)
    if table == "trend":
        return workbook([_trend_sheet(board, title)])
    return workbook([_offices_sheet(board, chasing.arranged(board.rows, chip, sort), title, chip)])


def _offices_sheet(
    board: boards.Board, rows: Sequence[boards.BoardRow], title: str, chip: chasing.Filter
) -> Sheet:
    per_lao = board.rows_are == boards.LAOS
    columns = (CODE, NAME, *((STATE, *COUNTS) if per_lao else (*OFFICES, *COUNTS)))
    lines = []
    for row in rows:
        words: list[Any] = [row.code, row.label or "บันทึกที่ไม่อยู่ในหน่วยงานข้างต้น"]
        if per_lao:
            words.append(str(row.state.label) if row.state else "")
        lines.append([*words, *cells(row.figures, COUNTS if per_lao else OFFICES + COUNTS)])
    return sheet("หน่วยงาน", columns, lines, title=f"{title} · {chip.label}", summed=True)


def _split_sheet(scope: ReportScope, table: str, title: str) -> Sheet:
    parts = breakdown.by_kind(scope) if table == "kinds" else breakdown.by_occasion(scope)
    shown = [column for column in COUNTS if column.key in COUNTED_OF_PART]
    columns = (TableColumn("label", "ประเภท" if table == "kinds" else "วันสำคัญ"), *shown)
    lines = [[part.label, *(getattr(part, column.key) for column in shown)] for part in parts]
    return sheet(str(columns[0].title), columns, lines, title=title, summed=True)


def _trend_sheet(board: boards.Board, title: str) -> Sheet:
    months = boards.add_trends(board, board.rows)
    columns = (CODE, NAME, *(TableColumn(str(month), month_name(month), "integer") for month in months))
    lines = [[row.code, row.label, *row.trend] for row in board.rows]
    return sheet("แนวโน้ม", columns, lines, title=f"{title} · กิจกรรม (ครั้ง) 6 เดือน", summed=True)


def compilation_workbook(compilation: Compilation) -> bytes:
    """The workbook in memory, for the command line."""
    out = io.BytesIO()
    write_compilation_workbook(out, compilation)
    return out.getvalue()


def write_compilation_workbook(out: Writable, compilation: Compilation) -> None:
    """One sheet a table, and a first one that says what this is."""
    tables = compilation.tables["tables"].values()
    write_workbook(out, [_about(compilation), *map(_table_sheet, tables)])


UNSUMMED = ("total", "trend", "periods", "measures", "not_reported", "nil")


def _table_sheet(table: dict[str, Any]) -> Sheet:
    """A table of a compilation with ลำดับ before its columns, places by their names, months as days."""
    columns = [
        TableColumn("order", "ลำดับ", "integer"),
        *(_headed(table["name"], TableColumn(*column)) for column in table["columns"]),
    ]
    rows = [
        [
            index,
            *(
                parse_month(value) if column.kind == CellKind.MONTH else value
                for column, value in zip(columns[1:], row, strict=True)
            ),
        ]
        for index, row in enumerate(plain(table)["rows"], start=1)
    ]
    return sheet(table["title"], columns, rows, summed=table["name"] not in UNSUMMED)


def _headed(table: str, column: TableColumn) -> TableColumn:
    """What a compiled table keeps under a name of its time, under the heading and the kind of a workbook."""
    if (table, column.key) == ("nil", "on_time"):
        return replace(column, title="การแจ้งตามกำหนด")
    if (table, column.key) == ("trend", "month"):
        return replace(column, kind=CellKind.MONTH)
    return replace(column, title=AREAS[table]) if table in AREAS and column.key == "name" else column


def _about(compilation: Compilation) -> Sheet:
    scope, month = compilation.tables["scope"], parse_month(compilation.tables["month"])
    rows = [
        ["หน่วยงาน", scope["name"]],
        ["เดือน", month_name(month)],
        ["ฉบับที่", str(compilation.number)],
        ["รวบรวมเมื่อ", compilation.made_at],
        ["รหัสยืนยันเนื้อหา (SHA-256)", compilation.content_hash],
    ]
    return Sheet("เกี่ยวกับ", (SheetColumn("รายการ"), SheetColumn("ค่า", CellKind.LONG, 70)), rows)


def sheet(
    name: str,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[Any]],
    *,
    title: str = "",
    summed: bool = False,
) -> Sheet:
    """A sheet of our columns: numbers as numbers, money as money, a total below when asked."""
    kinds = [CellKind(column.kind) for column in columns]
    typed = [[_typed(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows]
    total = None
    if summed:
        said = next((index for index, kind in enumerate(kinds) if kind not in NUMBERS), 0)
        total = [
            "รวม"
            if index == said
            else _sum(typed, index)
            if kind in NUMBERS and columns[index].key != "order"
            else ""
            for index, kind in enumerate(kinds)
        ]
    widths = [SheetColumn(column.title, kind) for column, kind in zip(columns, kinds, strict=True)]
    return Sheet(name, widths, typed, title=title, total=total)


def _sum(rows: Sequence[Sequence[Any]], index: int) -> Any:
    return sum(row[index] for row in rows)


def _typed(value: Any, kind: CellKind) -> Any:
    return Decimal(str(value)) if kind in (CellKind.MONEY, CellKind.DECIMAL) and value != "" else value
