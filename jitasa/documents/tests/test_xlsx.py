"""Workbooks: what is written is read back, formulas stay text, names are legal."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from jitasa.documents.xlsx import PACKING_LEVEL, CellKind, Sheet, SheetColumn, workbook
from jitasa.thai.dates import BANGKOK


def read(data: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


COLUMNS = [
    SheetColumn("หน่วยงาน"),
    SheetColumn("คน", CellKind.INTEGER),
    SheetColumn("บาท", "money"),
    SheetColumn("วันที่", CellKind.DATE),
    SheetColumn("ส่งเมื่อ", CellKind.DATETIME),
]


def test_values_come_back_with_their_types() -> None:
    moment = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    rows = [["อบต.อ่าวนาง", 250, Decimal("1500.50"), date(2026, 11, 20), moment]]
    header, row, total = read(workbook([Sheet("ก", COLUMNS, rows, total=["รวม", 250, None, None, None])]))
    assert header == [column.title for column in COLUMNS]
    assert row == [
        "อบต.อ่าวนาง",
        250.0,
        1500.5,
        date(2026, 11, 20),
        moment.astimezone(BANGKOK).replace(tzinfo=None),
    ]
    assert total[:2] == ["รวม", 250.0]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+66", "-1", "@SUM(A1)", "http://x.example", "007", "\t=1"]
)
def test_what_people_typed_stays_text(text: str) -> None:
    assert read(workbook([Sheet("ก", [SheetColumn("ชื่อ")], [[text]])]))[1][0].strip() == text.strip()


def test_numbers_in_text_columns_stay_text() -> None:
    assert read(workbook([Sheet("ก", [SheetColumn("รหัส")], [["06810104"], [5]])]))[1:] == [
        ["06810104"],
        ["5"],
    ]


def test_a_title_stands_above_the_table() -> None:
    rows = read(workbook([Sheet("ก", [SheetColumn("ชื่อ")], [["ข"]], title="ตารางเดือนตุลาคม 2569")]))
    assert [row[0] for row in rows] == ["ตารางเดือนตุลาคม 2569", "", "ชื่อ", "ข"]


def test_sheet_names_are_legal_and_differ() -> None:
    names = ["จังหวัด/อำเภอ: [1]", "ก" * 40, "ก" * 50, "", "'"]
    data = workbook([Sheet(name, [SheetColumn("ก")], []) for name in names])
    made = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    assert len(set(made)) == 5
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in made)


def test_a_generator_of_many_rows_and_a_very_long_text() -> None:
    def rows() -> Iterator[list[Any]]:
        for number in range(5000):
            yield [f"แห่งที่ {number}", number, None, None, None]
        yield ["ก" * 40_000, 0, None, None, None]

    table = read(workbook([Sheet("มาก", COLUMNS, rows())]))
    assert len(table) == 5002
    assert len(table[-1][0]) == 32_767


def test_a_row_of_the_wrong_length_and_no_sheet_at_all_are_errors() -> None:
    with pytest.raises(ValueError, match="argument"):
        workbook([Sheet("ก", COLUMNS, [["สั้น"]])])
    with pytest.raises(ValueError, match="at least one"):
        workbook([])


def test_rows_are_packed_at_the_level_that_is_worth_its_time() -> None:
    rows = ([f"องค์การบริหารส่วนตำบลที่ {number}", number] for number in range(2_000))
    made = workbook([Sheet("ก", [SheetColumn("ชื่อ"), SheetColumn("จำนวน", CellKind.INTEGER)], rows)])
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        [part] = [each for each in book.infolist() if each.filename.endswith("sheet1.xml")]
        content = book.read(part)
    packer = zlib.compressobj(PACKING_LEVEL, zlib.DEFLATED, -15)
    assert part.compress_size == len(packer.compress(content) + packer.flush())
    assert part.compress_size < len(content) / 5
