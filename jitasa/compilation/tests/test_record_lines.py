"""Lines kept with revisions: what the files of a month say is what the snapshots say."""

import csv
import io
from datetime import date

import pytest

from jitasa.activities.models import Activity, ActivityRevision
from jitasa.activities.report_line import KEYS, line_of
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import records
from jitasa.compilation.services.check import differences
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.repair import repair
from jitasa.review.services.accept import accept
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)
TEXT = 'เก็บขยะ "ริมหาด", 3 จุด\nและปลูกต้นไม้'


def compiled(cast: Cast) -> Compilation:
    return compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation


def csv_of(made: Compilation) -> bytes:
    return b"".join(records.csv_chunks(records.lines_of_compilation(made)))


def rows_of(made: Compilation) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_of(made).decode("utf-8-sig"), newline="")))


def without_lines() -> None:
    """As a record stands that was written before lines were kept."""
    ActivityRevision.objects.update(line=None)


@pytest.fixture
def sent(cast: Cast) -> Activity:
    make_lists()
    return make_sent(cast.anong, result=TEXT)


def test_a_line_is_kept_of_what_was_sent_and_accepted_and_of_no_draft(cast: Cast) -> None:
    make_lists()
    draft = make_draft(cast.anong)
    assert [each.line for each in draft.revisions.all()] == [None]
    accepted = accept(actor=cast.ek, activity=make_sent(cast.anong, name="ปลูกป่าชายเลน"), now=NOW)
    revisions = list(accepted.revisions.all())
    assert [each.status for each in revisions] == ["draft", "submitted", "accepted"]
    assert [each.line for each in revisions] == [None, *(line_of(each.data) for each in revisions[1:])]


def test_the_cells_are_those_of_the_snapshot(cast: Cast, sent: Activity) -> None:
    made = compiled(cast)
    head, row = rows_of(made)
    (source,) = records.of_compilation(made)
    told = ["" if value is None else str(value) for value in records.flat(source).values()]
    assert row == told
    assert head == [title for _key, title, _kind in records.FIELDS]
    assert tuple(key for key, _title, _kind in records.FIELDS) == KEYS
    assert dict(zip(head, row, strict=True))["ผลการดำเนินงาน"] == TEXT


def test_records_of_before_lines_were_kept_give_the_same_files(cast: Cast, sent: Activity) -> None:
    made = compiled(cast)
    lines, text = list(records.lines_of_compilation(made)), csv_of(made)
    without_lines()
    assert list(records.lines_of_compilation(made)) == lines
    assert csv_of(made) == text


@pytest.mark.parametrize("typed", ["=1+1", "+66 75", "-", "@SUM(A1)"])
def test_no_text_is_a_formula(cast: Cast, sent: Activity, typed: str) -> None:
    make_sent(cast.anong, name=f"{typed} วันที่สอง", result=typed)
    rows = rows_of(compiled(cast))
    assert sorted(row[rows[0].index("ผลการดำเนินงาน")] for row in rows[1:]) == sorted([f"'{typed}", TEXT])
    assert f"'{typed} วันที่สอง" in {row[rows[0].index("ชื่อกิจกรรม")] for row in rows[1:]}


def test_a_number_below_zero_stays_one(cast: Cast, sent: Activity) -> None:
    (line,) = records.lines_of_compilation(compiled(cast))
    data = ActivityRevision.objects.get(status="submitted").data
    data["values"]["longitude"], data["values"]["result"] = -98.25, "=1"
    row = b"".join(records.csv_chunks([line._replace(text=line_of(data))])).decode("utf-8-sig")
    assert '"-98.25"' in row
    assert '"\'=1"' in row


def test_ends_of_cells_in_a_text_of_an_older_time_are_spaces(cast: Cast, sent: Activity) -> None:
    (line,) = records.lines_of_compilation(compiled(cast))
    data = ActivityRevision.objects.get(status="submitted").data
    data["values"]["result"] = "ก\x1fข\x1eค"
    (row,) = list(csv.reader(io.StringIO(b"".join(records.csv_chunks([line._replace(text=line_of(data))])).decode("utf-8-sig"))))[1:]  # fmt: skip
    assert "ก ข ค" in row
    assert len(row) == len(records.FIELDS)


def test_a_record_that_counts_with_its_host_has_neither_event_nor_people(cast: Cast, sent: Activity) -> None:
    (line,) = records.lines_of_compilation(compiled(cast))
    for upwards, told in ((True, ("1", "66", "66")), (False, ("0", "66", "0"))):
        text = b"".join(records.csv_chunks([line._replace(counts_upwards=upwards)])).decode("utf-8-sig")
        (row,) = list(csv.DictReader(io.StringIO(text, newline="")))
        counted = ("นับเป็นกิจกรรม (ครั้ง)", "ผู้เข้าร่วมก่อนตัดรายการซ้ำ (คน)", "นับเป็นผู้เข้าร่วม (คน)")
        assert tuple(row[title] for title in counted) == told


def test_days_and_numbers_of_the_workbook_are_those_of_the_line(cast: Cast, sent: Activity) -> None:
    made = compiled(cast)
    (line,) = records.lines_of_compilation(made)
    cells = records._cells(line, {key: tuple(words) for key, words in records.headings().items()})
    assert date(2026, 11, 20) in cells
    assert 62.0 in cells


def test_a_line_that_was_changed_by_hand_is_found_and_read_from_its_snapshot_again(
    cast: Cast, sent: Activity
) -> None:
    made = compiled(cast)
    right = csv_of(made)
    revision = ActivityRevision.objects.get(status="submitted")
    ActivityRevision.objects.filter(pk=revision.pk).update(line=line_of(revision.data).replace("66", "6600"))
    assert csv_of(made) != right
    (found,) = differences()
    assert (found.what, str(sent.uuid) in found.where) == ("revision.line", True)
    assert "6600" in found.stored
    assert repair([found], now=NOW) == 1
    assert list(differences()) == []
    assert csv_of(made) == right
