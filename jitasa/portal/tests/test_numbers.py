"""The public's numbers are those of the officers, of accepted records."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.models import Compilation
from jitasa.compilation.selectors import boards
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.portal.selectors import numbers
from jitasa.review.services.accept import accept, undo_acceptance
from jitasa.thai.dates import today
from tests.cast import NOW, Cast
from tests.kept_files import downloaded

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def month(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A joint event of two offices and one of its own accepted; another waits for review."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make_lists()
    host = make_sent(cast.anong, groups={"people": 1234})
    guest = make_sent(
        cast.chai,
        part="guest",
        host_organization_id=cast.aonang.pk,
        host_activity=host.uuid,
        groups={"people": 20},
    )
    own = make_sent(cast.chai, kind="disaster", sub_kind="", groups={"people": 7})
    make_sent(cast.anong, groups={"people": 500})
    for row in (host, guest, own):
        accept(actor=cast.ek, activity=row, now=NOW)


def test_activities_are_those_accepted_on_the_office_boards(cast: Cast) -> None:
    for office in (cast.department, cast.krabi, cast.mueang, cast.lanta):
        _as_the_board_says(office)


def _as_the_board_says(office: Organization) -> None:
    board = boards.board(ReportScope(office, MONTH), now=NOW)
    found = numbers.of_office(office, MONTH)
    own = office.level == Level.LAO
    assert found.activities == (board.total.accepted if own else board.total.accepted_events)
    assert found.year_activities == found.activities
    assert sum(count for _code, _words, count in found.kinds) == found.activities
    reporting = boards.board(ReportScope(office, MONTH), now=NOW, rows_are=boards.LAOS).rows
    assert found.offices == sum(1 for row in reporting if row.figures.accepted)


def test_people_are_those_of_the_accepted_records_in_the_export(cast: Cast, client: Client) -> None:
    """Column by column from the file that officers send up: accepted, each joint event once."""
    fah = cast.client("fah")
    fah.post("/work/month/2569-11/compile/", follow=True)
    made = Compilation.objects.get()
    text = downloaded(fah, made, "records.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    found = numbers.country(today(NOW)).numbers
    accepted = [row for row in rows if "accepted" in row.values() or "รับรายงานแล้ว" in row.values()]
    assert len(accepted) == 3
    assert found.activities == 2
    assert found.people == 1234 + 7


def test_the_pages_show_the_numbers(client: Client, cast: Cast) -> None:
    front = client.get("/").content.decode()
    assert "<dd>2</dd>" in front
    assert "<dd>1,241</dd>" in front
    assert "<dd>2</dd>" in front
    assert "นับเฉพาะกิจกรรมที่รับรายงานแล้ว" in front
    assert numbers.country(today(NOW)).provinces == {"81": 2}
    assert "<b>1,241</b>" in client.get("/p/81/").content.decode()
    # An office tells of everybody who came to what it did.
    assert "<b>27</b>" in client.get("/o/06810304/").content.decode()


def test_what_is_no_longer_accepted_no_longer_counts(cast: Cast) -> None:
    row = cast.aonang.activities.get(number__endswith="000001")
    before = numbers.of_office(cast.aonang, MONTH)
    undo_acceptance(actor=cast.ek, activity=row, now=NOW)
    after = numbers.of_office(cast.aonang, MONTH)
    assert (before.activities, after.activities) == (1, 0)
    assert numbers.newest_month(today(NOW), cast.aonang) == MONTH


def test_a_month_without_any_shows_the_last_that_has_some(cast: Cast) -> None:
    assert numbers.newest_month(date(2027, 2, 3)) == MONTH
    assert numbers.country(date(2027, 2, 3)).numbers.activities == 2
