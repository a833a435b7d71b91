"""What a workbook holds, whatever program and hand wrote it; what cannot be opened is told and fills no memory."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter

from jitasa.activities.tests.making import make_lists
from jitasa.problems import Refusal
from jitasa.sheets.layout import columns
from jitasa.sheets.reading import ROWS_MOST, read_pasted, read_workbook
from jitasa.sheets.tests.made import GOOD, titles, workbook_of, zip_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists() -> None:
    make_lists()


def refusal(data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read_workbook(data, columns())
    return caught.value.code


def test_a_filled_row_is_read_as_it_stands() -> None:
    sheet = read_workbook(workbook_of([GOOD]), columns())
    (row,) = sheet.rows
    assert row.line == 4
    assert row.cells["name"] == GOOD["name"]
    assert row.cells["group_people"] == "40"
    assert sheet.unknown == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 20), "20/11/2026"),
        (datetime(2569, 11, 20), "20/11/2569"),  # noqa: DTZ001 (a cell has no zone)
        (46346, "20/11/2026"),
        ("20 พ.ย. 2569", "20 พ.ย. 2569"),
        ("๒๐/๑๑/๒๕๖๙", "๒๐/๑๑/๒๕๖๙"),
    ],
)
def test_days_are_read_however_they_were_written(value: Any, text: str) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [titles()[key] for key in ("name", "start_date", "place")])
        day = book.add_format({"num_format": "d/m/yyyy"})
        page.write(1, 0, "ก")
        if isinstance(value, date):
            page.write_datetime(1, 1, value, day)
        else:
            page.write(1, 1, value)
    (row,) = read_workbook(out.getvalue(), columns()).rows
    assert row.cells["start_date"] == text


@pytest.mark.parametrize(
    ("value", "text"), [(time(8, 30), "08:30"), (0.354166666, "08:30"), ("8.30 น.", "8.30 น.")]
)
def test_times_are_read_however_they_were_written(value: Any, text: str) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [titles()[key] for key in ("name", "start_time", "place")])
        page.write(1, 0, "ก")
        if isinstance(value, time):
            page.write_datetime(1, 1, value, book.add_format({"num_format": "hh:mm"}))
        else:
            page.write(1, 1, value)
    (row,) = read_workbook(out.getvalue(), columns()).rows
    assert row.cells["start_time"] == text


def test_a_formula_is_read_as_its_result() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [titles()[key] for key in ("name", "place", "group_people")])
        page.write_row(1, 0, ["ก", "ข"])
        page.write_formula(1, 2, "=20+22", value=42)
    (row,) = read_workbook(out.getvalue(), columns()).rows
    assert row.cells["group_people"] == "42"


def test_hidden_and_merged_rows_are_marked_and_unknown_titles_told() -> None:
    rows = [{**GOOD, "name": f"กิจกรรม {n}", "สีเสื้อ": "เหลือง"} for n in range(4)]
    sheet = read_workbook(workbook_of(rows, hide=[5], merge="D6:D7"), columns())
    assert [row.hidden for row in sheet.rows] == [False, True, False, False]
    assert [bool(row.doubts) for row in sheet.rows] == [False, False, True, True]
    assert sheet.unknown == ["สีเสื้อ"]


def test_control_and_direction_letters_leave_the_cells() -> None:
    (row,) = read_workbook(workbook_of([{**GOOD, "name": "ทำ\u202eความ\u200bสะอาด"}]), columns()).rows
    assert row.cells["name"] == "ทำความสะอาด"


def test_pasted_rows_are_read_with_titles_and_without() -> None:
    with_titles = (
        "\t".join([titles()["name"], titles()["start_date"], titles()["place"]]) + "\nก\t20/11/2569\tวัด\n"
    )
    (row,) = read_pasted(with_titles, columns()).rows
    assert dict(row.cells) == {"name": "ก", "start_date": "20/11/2569", "place": "วัด"}
    (row,) = read_pasted("ก\tจิตอาสาพัฒนา\t\t20/11/2569", columns()).rows
    assert row.cells["kind"] == "จิตอาสาพัฒนา"
    assert row.cells["start_date"] == "20/11/2569"


def test_too_many_rows_are_refused() -> None:
    assert (
        refusal(workbook_of([{"name": "ก", "place": "ข", "moo": n % 9} for n in range(ROWS_MOST + 1)]))
        == "too_many_rows"
    )
    assert (
        len(read_workbook(workbook_of([{"name": "ก", "place": "ข", "moo": 1}] * ROWS_MOST), columns()).rows)
        == ROWS_MOST
    )


def test_a_sheet_that_reaches_to_the_far_corner_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write(0, 0, "ก")
        page.write(1_048_575, 16_383, "ข")
    assert refusal(out.getvalue()) == "too_large"


def test_a_bomb_is_refused_by_its_size_and_by_what_it_hides() -> None:
    book = workbook_of([GOOD])
    bomb = io.BytesIO(book)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/large.bin", b"\0" * 60_000_000)
    assert refusal(bomb.getvalue()) == "too_large"


def test_a_part_that_is_damaged_inside_is_refused() -> None:
    book = bytearray(workbook_of([GOOD] * 50))
    with zipfile.ZipFile(io.BytesIO(bytes(book))) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    for place in range(at + 60, at + 400):
        book[place] ^= 0xFF
    assert refusal(bytes(book)) == "damaged"


def test_nothing_of_a_long_cell_is_cut_off_unsaid() -> None:
    (row,) = read_workbook(workbook_of([{**GOOD, "result": "ก" * 32_000}]), columns()).rows
    assert len(row.cells["result"]) == 32_000


def test_entities_are_not_opened() -> None:
    parts = {}
    with zipfile.ZipFile(io.BytesIO(workbook_of([GOOD]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    parts["xl/worksheets/sheet1.xml"] = laughs + parts["xl/worksheets/sheet1.xml"].split(b"?>", 1)[1]
    assert refusal(zip_of(parts)) == "damaged"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_sheet"),
        (b"name,date\n", "not_a_sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "locked"),
        (b"PK\x03\x04broken", "damaged"),
        (zip_of({"a.txt": b"a"}), "not_a_sheet"),
    ],
)
def test_other_files_are_told_apart(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_table_of_something_else_has_no_titles() -> None:
    assert refusal(workbook_of([{"a": 1, "b": 2}])) == "no_titles"
    assert refusal(workbook_of([dict.fromkeys(GOOD, "")])) == "empty"
