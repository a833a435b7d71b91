"""Workbooks: days are days with the Buddhist year, a column a group and a measure, the moment of compiling a date."""

import io
import re
import zipfile
from datetime import date, datetime, time

import pytest
from python_calamine import CalamineWorkbook

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.outputs import records, workbooks
from jitasa.compilation.services.compile import compile_round
from jitasa.thai.dates import BANGKOK
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


def sheet_of(book: bytes, name: str) -> list[list[object]]:
    return [
        list(row)
        for row in CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name).to_python()
    ]


def test_records_have_days_groups_and_measures(cast: Cast) -> None:
    make_lists()
    make_sent(cast.anong)
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    book = records.workbook_of(records.lines_of_compilation(made))
    head, row = sheet_of(book, "กิจกรรม")
    cells = dict(zip(head, row, strict=True))
    assert len(cells) == len(head)  # no two columns with one heading
    assert cells["วันที่เริ่ม"] == date(2026, 11, 20)
    assert cells["เดือน"] == MONTH
    assert cells["เวลาเริ่ม"] == time(8, 30)
    assert (cells["จิตอาสา 904 (คน)"], cells["ประชาชนจิตอาสา (คน)"]) == (4, 62)
    assert cells["พนักงาน อปท. (คน)"] == ""
    assert cells["ขยะ (กก.)"] == 240
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        page, styles = (parts.read(name).decode() for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"))
    assert 'state="frozen"' in page
    assert "<autoFilter" in page
    for shown in ("[$-107041E]d mmm yyyy;@", "[$-107041E]mmm yyyy;@", "hh:mm", "0.00000"):
        assert f'"{shown}"' in styles, shown


def test_every_sheet_of_a_compilation(cast: Cast) -> None:
    make_lists()
    make_sent(cast.anong)
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    book = workbooks.compilation_workbook(made)
    about = {row[0]: row[1] for row in sheet_of(book, "เกี่ยวกับ")}
    assert about["รวบรวมเมื่อ"] == made.made_at.astimezone(BANGKOK).replace(tzinfo=None)
    assert isinstance(about["รวบรวมเมื่อ"], datetime)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        pages = [
            parts.read(name).decode()
            for name in parts.namelist()
            if re.match(r"xl/worksheets/sheet\d+", name)
        ]
    assert all('state="frozen"' in page for page in pages)
    for name in made.tables["tables"].values():
        rows = sheet_of(book, name["title"])
        head = rows[0]
        assert len(set(head)) == len(head), name["title"]
        assert head[0] == "ลำดับ", name["title"]
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert '"[$-107041E]mmm yyyy;@"' in parts.read("xl/styles.xml").decode()
    months = [row[1] for row in sheet_of(book, "แนวโน้ม 6 เดือน")[1:]]
    assert months == [date(2026, month, 1) for month in range(6, 12)]
    head, *rows = sheet_of(book, "รายจังหวัด")
    assert (head[2], rows[0][2]) == ("จังหวัด", "กระบี่")
    laos = sheet_of(book, "ราย อปท.")
    assert [laos[1][laos[0].index(word)] for word in ("อำเภอ", "จังหวัด")] == ["เมืองกระบี่", "กระบี่"]
