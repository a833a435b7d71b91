"""Every face of a month says the same numbers under the same words: public pages, start page, board, compilation,
report, workbook, records, API, open data.
"""

import csv
import io
import re
import shutil
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from python_calamine import CalamineWorkbook

from jitasa.activities.services.tallying import contribution
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.api.tests.calling import Program, data_of, token_for
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import executive, letter, records, report
from jitasa.compilation.selectors import chasing
from jitasa.compilation.selectors.boards import board
from jitasa.compilation.selectors.columns import COUNTS, OFFICES
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.check import differences
from jitasa.compilation.services.compile import compile_round
from jitasa.occasions.models import Occasion
from jitasa.opendata.datasets import BY_SLUG
from jitasa.opendata.services.pieces import whole
from jitasa.opendata.services.refresh import refresh
from jitasa.organizations.viewer import SYSTEM
from jitasa.portal.selectors import numbers
from jitasa.review.services.accept import accept, undo_acceptance
from jitasa.review.services.return_record import return_record
from jitasa.rounds.counted import LABELS, SET_BY_CENTRE
from jitasa.rounds.models import Tally
from jitasa.rounds.services.returns import confirm, state_nil
from jitasa.thai.dates import today
from jitasa.thai.digits import to_arabic
from tests.cast import NOW, Cast
from tests.kept_files import downloaded
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
MONTH = date(2026, 11, 1)
PAGE = Path(settings.BASE_DIR).parent / "docs" / "faces-of-a-month.md"
EVENTS, PEOPLE, MEN, WOMEN, RECORDS, OWN_PEOPLE = 3, 1310, 40, 60, 4, 1340


@pytest.fixture
def month(cast: Cast) -> Compilation:
    """A joint event of two offices, one told apart by sex, one set by the centre; a confirmed month and a nil one.

    Everything is reviewed, so that the public sees what the officers see.
    """
    make_lists()
    host = make_sent(cast.anong, groups={"people": 1200})
    guest = make_sent(
        cast.chai,
        part="guest",
        host_organization_id=cast.aonang.pk,
        host_activity=host.uuid,
        groups={"people": 30},
        men=10,
        women=20,
    )
    told = make_sent(cast.anong, name="ปลูกต้นไม้ริมคลอง", groups={"people": 100}, men=40, women=60)
    centre = make_sent(cast.chai, name="ขุดลอกคูคลอง", basis="centre", groups={"people": 10})
    for row in (host, guest, told, centre):
        accept(actor=cast.ek, activity=row, now=NOW)
    confirm(actor=cast.anong, organization=cast.aonang, month=MONTH, now=NOW)
    state_nil(actor=SYSTEM, organization=cast.saithai, month=MONTH, reason="ฝนตกหนัก", now=NOW)
    return compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation


def numbers_of(page: str) -> set[int]:
    return {int(text.replace(",", "")) for text in re.findall(r"\d[\d,]*", page)}


def test_every_face_has_the_same_numbers(cast: Cast, month: Compilation) -> None:
    fah, guest = cast.client("fah"), cast.client("guest")
    said: dict[str, tuple[int, int]] = {}
    figures = board(ReportScope(cast.department, MONTH), now=NOW).total
    said["board"] = (figures.events, figures.people)
    said["reviewed"] = (figures.accepted_events, figures.accepted_people)
    said["compilation"] = (month.tables["totals"]["events"], month.tables["totals"]["people"])
    for name, office in (("country", cast.department), ("province", cast.krabi)):
        found = numbers.of_office(office, MONTH)
        said[f"public, {name}"] = (found.activities, found.people)
    said["provinces of the front page"] = (sum(numbers.country(today(NOW)).provinces.values()), PEOPLE)
    rows = list(csv.DictReader(io.StringIO(b"".join(records.csv_chunks(records.lines_of_compilation(month))).decode("utf-8-sig"))))  # fmt: skip
    said["records"] = (_sum(rows, "นับเป็นกิจกรรม (ครั้ง)"), _sum(rows, "นับเป็นผู้เข้าร่วม (คน)"))
    api = data_of(Program(token_for(cast.fah)[1])("get", "summaries/2569-11"))["total"]
    said["API"] = (api["events"], api["people"])
    said["open data"] = _open_data()
    said["workbook"] = _workbook(downloaded(fah, month, "tables.xlsx"))
    assert said == dict.fromkeys(said, (EVENTS, PEOPLE))
    assert (api["men"], api["women"]) == (figures.men, figures.women) == (MEN, WOMEN)
    for page, client in (("/", guest), ("/p/81/", guest), ("/work/", fah), ("/work/month/2569-11/", fah)):
        shown = numbers_of(words_of(client.get(page)))
        assert {EVENTS, PEOPLE} <= shown, page
        assert OWN_PEOPLE not in shown, page
        said[f"page {page}"] = (EVENTS, PEOPLE)
    detail = numbers_of(words_of(fah.get(f"/work/month/compilations/{month.pk}/")))
    assert {EVENTS, PEOPLE, RECORDS} <= detail
    assert {EVENTS, PEOPLE, MEN, WOMEN} <= numbers_of(pdf_words(report.pdf(month)))
    summary = executive.summary_of(month)
    said["page for who leads (PDF, PowerPoint): figures"] = (
        _first_number(dict(summary.figures)["กิจกรรม"]),
        _first_number(dict(summary.figures)["ผู้เข้าร่วม"]),
    )
    said["page for who leads: its kinds, summed"] = (
        sum(events for _name, events, _people in summary.kinds),
        sum(people for _name, _events, people in summary.kinds),
    )
    said["cover letter"] = (EVENTS, PEOPLE)
    items = [block.text for block in letter.values_of(month).body if block.kind == "order"]
    assert items[0].startswith(f"จัดกิจกรรม {EVENTS:,} ครั้ง มีผู้เข้าร่วม {PEOPLE:,} คน จากบันทึก {RECORDS:,} รายการ")
    said["page of the compilation"] = said["report (PDF)"] = (EVENTS, PEOPLE)
    assert said == dict.fromkeys(said, (EVENTS, PEOPLE))
    table = "\n".join(f"| {face} | {events:,} | {people:,} |" for face, (events, people) in said.items())
    sys.stdout.write(f"\n{table}\n")  # pytest -s tests/test_faces_of_a_month.py -k same_numbers
    assert table in PAGE.read_text(), "docs/faces-of-a-month.md: paste the table that this test prints"


def _first_number(words: str) -> int:
    return int(words.split()[0].replace(",", ""))


def _sum(rows: list[dict[str, str]], title: str) -> int:
    return sum(int(row[title] or 0) for row in rows)


def _open_data() -> tuple[int, int]:
    dataset = BY_SLUG["monthly-summary"]
    version = refresh(dataset=dataset, now=NOW)
    assert version is not None
    parts = whole("csv", dataset.columns, version.facts(), version.pieces)
    lines = csv.DictReader(io.StringIO(b"".join(parts).decode("utf-8-sig")))
    rows = [row for row in lines if row["month"] == "2026-11"]
    return _sum(rows, "events"), _sum(rows, "people")


def _workbook(book: bytes) -> tuple[int, int]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("รายจังหวัด").to_python()
    head = next(index for index, row in enumerate(rows) if "รหัส" in row)
    column = {title: index for index, title in enumerate(rows[head])}
    events, people = (rows[-1][column[str(LABELS[name])]] for name in ("events", "people"))
    assert isinstance(events, float)
    assert isinstance(people, float)
    return int(events), int(people)


def pdf_words(content: bytes) -> str:
    tool = shutil.which("pdftotext")
    assert tool is not None
    done = subprocess.run([tool, "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return to_arabic(done.stdout.decode())


def test_men_women_and_not_told_apart_are_the_people(cast: Cast, month: Compilation) -> None:
    totals = month.tables["totals"]
    assert (totals["men"], totals["women"], totals["not_told_apart"]) == (MEN, WOMEN, PEOPLE - MEN - WOMEN)
    for name in ("provinces", "districts", "laos"):
        table = month.tables["tables"][name]
        at = {column[0]: index for index, column in enumerate(table["columns"])}
        for row in table["rows"]:
            assert row[at["men"]] + row[at["women"]] + row[at["not_told_apart"]] == row[at["people"]]


def test_a_card_and_its_chip_say_one_number(cast: Cast, month: Compilation) -> None:
    """Confirmed, with something sent back since: still among those that confirmed."""
    row = cast.aonang.activities.order_by("pk")[1]
    undo_acceptance(actor=cast.ek, activity=row, now=NOW)
    row.refresh_from_db()
    return_record(actor=cast.ek, activity=row, reason="ขาดคำบรรยายภาพ", now=NOW)
    found = board(ReportScope(cast.department, MONTH), now=NOW)
    counts = {item.name: chasing.counted(found, item) for item in chasing.FILTERS}
    assert counts["stated"] == found.total.stated == 2
    assert counts["confirmed"] == found.total.confirmed == 1
    assert counts["nil"] == found.total.nil == 1
    assert counts["unconfirmed"] + counts["stated"] == counts["all"]
    laos = board(ReportScope(cast.department, MONTH), now=NOW, rows_are="laos").rows
    for item in chasing.FILTERS:
        if item.name != "all":
            assert len([row for row in laos if chasing.keeps(row, item)]) == counts[item.name], item.name
    page = cast.client("fah").get("/work/month/2569-11/").content.decode()
    labels = {item.name: str(item.label) for item in chasing.FILTERS}
    assert len(set(labels.values())) == len(labels)
    assert f"<span>{labels['stated']}</span><b>2 " in page


def test_days_set_by_the_centre_stand_under_their_own_words(cast: Cast, month: Compilation) -> None:
    table = month.tables["tables"]["occasions"]
    names = {row[0]: row[1] for row in table["rows"]}
    assert names == {"ไม่เกี่ยวกับวันสำคัญ": 3, "ตามที่ ศอ.จอส.จังหวัดกำหนด": 1}
    client = cast.client("fah")
    page = client.get("/work/month/2569-11/?tab=occasions").content.decode()
    assert "occasion=centre" in page
    listed = client.get(f"/work/activities/?month=2569-11&organization={cast.department.pk}&occasion=centre")
    assert [row.name for row in listed.context["page"]] == ["ขุดลอกคูคลอง"]
    none = client.get(f"/work/activities/?month=2569-11&organization={cast.department.pk}&occasion=none")
    assert len(none.context["page"].object_list) == 3
    own = Occasion.objects.create(
        code="krabi", name="วันเมืองกระบี่", short_name="วันเมืองกระบี่", date=date(2026, 11, 20),
        organization=cast.krabi, kind="local",
    )  # fmt: skip
    make_sent(cast.anong, name="เดินรณรงค์", basis="occasion", occasion_id=own.pk)
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    assert "วันเมืองกระบี่" in {row[0] for row in made.tables["tables"]["occasions"]["rows"]}


def test_one_label_a_number() -> None:
    """Tables, workbooks and open data take the words of a number from one list."""
    titles = {column.key: column.title for column in OFFICES + COUNTS}
    assert titles == {key: str(LABELS[key]) for key in titles}
    assert len(set(titles.values())) == len(titles)
    published = {column.key.removesuffix("_baht"): column.title for column in BY_SLUG["monthly-summary"].columns}  # fmt: skip
    shared = {key for key in published if key in titles} - {"reported", "confirmed", "nil", "on_time"}
    assert shared >= {"events", "people", "men", "women", "photos", "budget"}
    assert {key: published[key] for key in shared} == {key: titles[key] for key in shared}


def test_what_was_summed_before_is_summed_anew(cast: Cast, month: Compilation) -> None:
    """The tallies of a program that counted men of every record, and centres' days as none."""
    Tally.objects.filter(occasion_id=SET_BY_CENTRE).delete()
    Tally.objects.filter(organization=cast.kokklang).update(activities=2, men=10, women=20)
    assert list(differences())
    step = import_module("jitasa.activities.migrations.0008_sums_count_men_women_and_days_of_centres")
    step.sum_anew(apps, None)
    assert not list(differences())
    assert Tally.objects.filter(occasion_id=SET_BY_CENTRE).count() == 1
    guest = cast.kokklang.activities.get(part="guest")
    counted = contribution(guest)
    assert counted is not None
    assert (counted.participants, counted.people, counted.men, counted.women) == (30, 0, 0, 0)
