"""The same numbers everywhere: board, workbook, report, records, compilation, command line."""

import csv
import io
import json
import shutil
import subprocess
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import report
from jitasa.compilation.selectors import boards
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.compile import compile_round
from jitasa.faces.fonts import OFFICIAL, face
from jitasa.review.services.accept import accept
from jitasa.rounds.models import Tally
from jitasa.rounds.services.returns import state_nil
from jitasa.thai.digits import to_arabic
from tests.cast import NOW, Cast, viewer
from tests.kept_files import downloaded

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def month(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two events: one of them held by two offices together; one nil statement."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make_lists()
    host = make_sent(cast.anong, groups={"people": 1234})
    make_sent(
        cast.chai,
        part="guest",
        host_organization_id=cast.aonang.pk,
        host_activity=host.uuid,
        groups={"people": 20},
    )
    make_sent(cast.chai, kind="disaster", sub_kind="", name='=HYPERLINK("x") เก็บกวาด', men=30, women=36)
    accept(actor=cast.ek, activity=host, now=NOW)
    saithai = viewer(cast.people["anong"], cast.saithai, *cast.anong.roles)
    state_nil(actor=saithai, organization=cast.saithai, month=MONTH, reason="เตรียมงานเดือนถัดไป", now=NOW)


def out(*arguments: str, capsysbinary: pytest.CaptureFixture[bytes]) -> bytes:
    capsysbinary.readouterr()
    call_command(*arguments)
    return capsysbinary.readouterr().out


def sheet(book: bytes, name: str) -> tuple[list[Any], list[list[Any]]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name).to_python()
    head = next(index for index, row in enumerate(rows) if "รหัส" in row or "uuid" in row)
    return rows[head], rows[head + 1 :]


def test_same_numbers_everywhere(cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    figures = boards.board(ReportScope(cast.department, MONTH), now=NOW).total
    assert (figures.activities, figures.events, figures.participants, figures.people) == (3, 2, 1320, 1300)
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    totals = made.tables["totals"]
    names = ("activities", "events", "participants", "people", "men", "women", "photos")
    assert {name: totals[name] for name in names} == {name: getattr(figures, name) for name in names}

    client = cast.client("fah")
    page = client.get("/work/month/2569-11/").content.decode()
    assert ">2 <small>ครั้ง" in page
    assert ">1,300 <small>คน" in page

    titles, rows = sheet(
        client.get(f"/work/month/2569-11/{cast.department.pk}/offices.xlsx").content, "หน่วยงาน"
    )
    assert rows[0][titles.index("ผู้เข้าร่วม (คน)")] == figures.people
    titles, rows = sheet(downloaded(client, made, "tables.xlsx"), "ราย อปท.")
    column = titles.index("ผู้เข้าร่วม (คน)")
    assert sum(row[column] for row in rows[:-1]) == rows[-1][column] == figures.people

    text = downloaded(client, made, "records.csv")
    lines = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert len(lines) == figures.activities
    assert sum(int(line["นับเป็นกิจกรรม (ครั้ง)"]) for line in lines) == figures.events
    assert sum(int(line["นับเป็นผู้เข้าร่วม (คน)"]) for line in lines) == figures.people
    assert sum(int(line["ผู้เข้าร่วมก่อนตัดรายการซ้ำ (คน)"]) for line in lines) == figures.participants
    assert sum(int(line["ภาพ"]) for line in lines) == figures.photos
    assert any(line["ชื่อกิจกรรม"].startswith("'=HYPERLINK") for line in lines)

    text = downloaded(client, made, "records.json")
    answer = json.loads(text)
    assert answer["totals"] == totals
    assert answer["content_hash"] == made.content_hash
    assert sum(record["counted_people"] for record in answer["records"]) == figures.people

    words = pdf_words(report.pdf(made))
    assert "1,300" in words
    if THAI_COMES_BACK:
        assert "จัดกิจกรรม 2 ครั้ง มีผู้เข้าร่วม 1,300 คน" in words
        assert "เตรียมงานเดือนถัดไป" in words
    assert made.content_hash in words

    listed = json.loads(out("rounds", "--json", capsysbinary=capsysbinary))
    line = next(each for each in listed if each["month"] == "2569-11")
    assert (line["expected"], line["reported"], line["nil"], line["people"]) == (5, 3, 1, 1300)
    assert (line["state"], line["compilation"]) == ("compiled", 1)
    again = json.loads(out("compile", "2569-11", "--json", capsysbinary=capsysbinary))
    assert (again["new"], again["number"], again["people"]) == (False, 1, 1300)
    exported = out(
        "export",
        "activities",
        "--month",
        "2569-11",
        "--format",
        "csv",
        "--out",
        "-",
        capsysbinary=capsysbinary,
    )
    assert sorted(exported.splitlines()) == sorted(csv_of(made))


def csv_of(made: Compilation) -> list[bytes]:
    from jitasa.compilation.outputs import records

    return b"".join(records.csv_chunks(records.lines_of_compilation(made))).splitlines()


def pdf_words(content: bytes) -> str:
    """The text of a PDF in one line, in Arabic digits."""
    tool = shutil.which("pdftotext")
    if tool is None:
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    else:
        done = subprocess.run([tool, "-layout", "-", "-"], input=content, capture_output=True, check=True)
        text = done.stdout.decode()
    return to_arabic(" ".join(text.split()))


# Without poppler, or without TH Sarabun New, Thai words do not come back whole: then only the numbers are read.
THAI_COMES_BACK = shutil.which("pdftotext") is not None and face().family == OFFICIAL


def test_report_of_every_level(cast: Cast) -> None:
    for actor, office in ((cast.fah, cast.department), (cast.ek, cast.krabi), (cast.dao, cast.mueang)):
        made = compile_round(actor=actor, organization=office, month=MONTH, now=NOW).compilation
        words = pdf_words(report.pdf(made))
        assert made.content_hash in words
        if THAI_COMES_BACK:
            assert "พฤศจิกายน 2569" in words
            assert "อปท. ที่ยังไม่รายงาน" in words


def test_the_countrys_offices_stand_in_a_sheet_a_province(cast: Cast) -> None:
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    client, page = cast.client("fah"), f"/work/month/compilations/{made.pk}/"
    assert f"{page}laos-81.pdf" in client.get(page).content.decode()
    words = pdf_words(downloaded(client, made, "laos-81.pdf"))
    assert client.get(f"{page}laos-81.pdf")["Content-Disposition"].endswith("-81.pdf")
    assert made.content_hash in words
    if THAI_COMES_BACK:
        assert all(name in words for name in ("อบต.อ่าวนาง", "อบจ.กระบี่", "อบต.เกาะกลาง"))
    for unknown in ("10", "99", "x"):
        assert client.get(f"{page}laos-{unknown}.pdf").status_code == 404
    assert cast.client("ek").get(f"{page}laos-81.pdf").status_code == 404


def test_export_compiles_when_nothing_was_compiled(cast: Cast, tmp_path: Any) -> None:
    target = tmp_path / "report.xlsx"
    call_command(
        "export", "report", "--month", "2569-11", "--scope", "81", "--format", "xlsx", "--out", str(target)
    )
    assert Compilation.objects.get().organization == cast.krabi
    assert target.read_bytes()[:2] == b"PK"
    assert list(tmp_path.iterdir()) == [target]
    book = tmp_path / "records.xlsx"
    call_command("export", "activities", "--month", "๒๕๖๙-๑๑", "--format", "xlsx", "--out", str(book))
    _titles, rows = sheet(book.read_bytes(), "กิจกรรม")
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("compile", "2569-13"), 2),
        (("compile", "2026-10"), 2),
        (("compile", "2569-11", "--scope", "99"), 2),
        (("compile", "2569-12"), 1),
        (("compile", "2569-11", "--scope", "06810104"), 1),
        (("export", "activities", "--month", "2569-11", "--format", "pdf", "--out", "-"), 2),
        (("export", "report", "--month", "2569-11", "--format", "pdf", "--out", "/nowhere/x.pdf"), 2),
    ],
)
def test_commands_refuse_with_exit_codes(cast: Cast, arguments: tuple[str, ...], code: int) -> None:
    with pytest.raises(CommandError) as refused:
        call_command(*arguments)
    assert refused.value.returncode == code


def test_check_command(cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert "ตรงกับบันทึกทั้งหมด" in out("check_records", capsysbinary=capsysbinary).decode()
    Tally.objects.filter(status="accepted").update(people=1)
    with pytest.raises(SystemExit) as ended:
        call_command("check_records", "--json")
    assert ended.value.code == 1
    answer = json.loads(capsysbinary.readouterr().out)
    assert [each["what"] for each in answer["differences"]] == ["tally"]
    out("check_records", "--repair", capsysbinary=capsysbinary)
    assert "ตรงกับบันทึกทั้งหมด" in out("check_records", capsysbinary=capsysbinary).decode()
