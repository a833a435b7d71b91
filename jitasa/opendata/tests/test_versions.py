"""Versions: made when something changed, never altered, let go by the rule, checked by their hashes."""

import base64
import hashlib
import json
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.config.upkeep import upkeep
from jitasa.files.store import incoming
from jitasa.occasions.models import Occasion
from jitasa.opendata import store
from jitasa.opendata.datasets import BY_SLUG, DATASETS
from jitasa.opendata.models import RefreshState, Version
from jitasa.opendata.services import retire
from jitasa.opendata.services.refresh import CLAIM, refresh, refresh_due
from jitasa.problems import Conflict, Refusal
from jitasa.review.services.accept import accept
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
ACTIVITIES = BY_SLUG["activities"]
DAYS = BY_SLUG["occasions"]


@pytest.fixture(autouse=True)
def clock(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make_lists()


def accepted(cast: Cast, day: date = date(2026, 11, 20)) -> Activity:
    record = make_sent(cast.anong, start_date=day, end_date=None)
    accept(actor=cast.dao, activity=record, now=NOW)
    return record


def add_day(code: str) -> None:
    Occasion.objects.create(code=code, date=date(2026, 12, 5), name=code, short_name=code, kind="national")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_nothing_new_makes_no_version(cast: Cast) -> None:
    accepted(cast)
    first = refresh(dataset=ACTIVITIES, now=NOW)
    assert first is not None
    assert refresh(dataset=ACTIVITIES, now=NOW + timedelta(days=1)) is None
    assert refresh(dataset=ACTIVITIES, now=NOW, everything=True) is None
    assert Version.objects.count() == 1
    entry = Entry.objects.get(verb="opendata.publish")
    assert (entry.subject_id, entry.data["rows"]) == (str(first.pk), 1)


def test_only_the_month_that_changed_is_written_again(cast: Cast) -> None:
    accepted(cast, date(2026, 10, 20)), accepted(cast)
    first = refresh(dataset=ACTIVITIES, now=NOW)
    accepted(cast)
    second = refresh(dataset=ACTIVITIES, now=NOW)
    assert first is not None
    assert second is not None
    assert [piece["part"] for piece in second.pieces] == ["2569-10", "2569-11"]
    assert second.pieces[0] == first.pieces[0]
    assert second.pieces[1] != first.pieces[1]
    assert (first.rows, second.rows) == (2, 3)


def test_downloads_are_the_version_with_its_checksum(cast: Cast) -> None:
    accepted(cast, date(2026, 10, 20)), accepted(cast)
    version = refresh(dataset=ACTIVITIES, now=NOW)
    assert version is not None
    guest = Client()
    for form in ("csv", "json", "geojson"):
        response = guest.get(f"/opendata/activities.{form}")
        content = body(response)
        digest = hashlib.sha256(content)
        assert response["ETag"] == f'"{digest.hexdigest()}"'
        assert response["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
        assert response["Content-Length"] == str(len(content)) == str(version.files[form]["bytes"])
        assert response["Content-Location"] == f"/opendata/activities/v1.{form}"
        line = guest.get(f"/opendata/activities.{form}.sha256").content.decode()
        assert line == f"{digest.hexdigest()}  jitasa-activities-1.{form}\n"
        again = guest.get(f"/opendata/activities.{form}", headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        fixed = guest.get(f"/opendata/activities/v1.{form}")
        assert body(fixed) == content
        assert fixed["Cache-Control"] == "public, max-age=31536000, immutable"
        head = guest.head(f"/opendata/activities.{form}")
        assert (head["Content-Length"], body(head)) == (response["Content-Length"], b"")
    assert json.loads(body(guest.get("/opendata/activities.json")))["version"] == 1


@pytest.mark.parametrize(
    "path",
    ["activities.csv", "activities.csv?month=2569-11", "catalog.jsonld", "occasions/dictionary.csv", ""],
)
def test_answers_may_be_kept_and_know_nobody(cast: Cast, path: str) -> None:
    accepted(cast)
    for dataset in DATASETS:
        refresh(dataset=dataset, now=NOW)
    client = cast.client("fah")
    response = client.get(f"/opendata/{path}")
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public, max-age=")
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert response.get("Access-Control-Allow-Origin") == ("*" if path else None)


def test_an_older_version_stays_as_it_was(cast: Cast) -> None:
    accepted(cast)
    refresh(dataset=ACTIVITIES, now=NOW)
    before = body(Client().get("/opendata/activities/v1.json"))
    accepted(cast)
    refresh(dataset=ACTIVITIES, now=NOW + timedelta(days=1))
    assert body(Client().get("/opendata/activities/v1.json")) == before
    assert json.loads(body(Client().get("/opendata/activities.json")))["version"] == 2


def test_live_rows_of_a_month_or_a_province(cast: Cast) -> None:
    accepted(cast, date(2026, 10, 20)), accepted(cast)

    def rows(query: str) -> list[Any]:
        return list(json.loads(body(Client().get(f"/opendata/activities.json?{query}")))["records"])

    assert [row["month"] for row in rows("month=2569-10")] == ["2026-10"]
    assert len(rows("province=81")) == 2
    assert rows("province=80") == rows("month=2560-01") == []
    csv_file = body(Client().get("/opendata/activities.csv?month=๒๕๖๙-๑๑&province=81")).decode()
    assert len(csv_file.splitlines()) == 2


@pytest.mark.parametrize(
    "query",
    ["month=2569-13", "month=x", f"month={'9' * 10_000}", "province=999", "province=%25", "province=xx"],
)
def test_live_filters_that_cannot_be_are_explained(query: str) -> None:
    response = Client().get(f"/opendata/activities.csv?{query}")
    assert response.status_code == 400
    assert len(response.content.decode()) > 10


@pytest.mark.parametrize(
    "path",
    [
        "people.csv",
        "activities.xlsx",
        "activities/v9.csv",
        "people/",
        "activities/dictionary.pdf",
        "occasions.csv",
    ],
)
def test_what_is_not_there_is_404(path: str) -> None:
    assert Client().get(f"/opendata/{path}").status_code == 404


def test_the_nightly_look_comes_once_a_night(cast: Cast) -> None:
    add_day("one")
    assert {version.dataset for version in refresh_due(now=NOW)} == set(BY_SLUG)
    add_day("two")
    assert refresh_due(now=NOW + timedelta(hours=5)) == []
    night = datetime(2026, 11, 22, 18, 0, tzinfo=NOW.tzinfo)  # 01:00 in Thailand
    assert refresh_due(now=night - timedelta(seconds=1)) == []
    assert [version.dataset for version in refresh_due(now=night)] == ["occasions"]


def test_upkeep_makes_the_first_versions(cast: Cast) -> None:
    add_day("one")
    upkeep(NOW)
    assert Version.objects.filter(dataset="occasions").exists()


def test_one_process_at_a_time_and_the_dead_are_passed_over(cast: Cast) -> None:
    add_day("one")
    RefreshState.objects.create(dataset="occasions", claimed_at=NOW)
    assert refresh(dataset=DAYS, now=NOW + CLAIM - timedelta(seconds=1)) is None
    assert not Version.objects.exists()
    assert refresh(dataset=DAYS, now=NOW + CLAIM + timedelta(seconds=1)) is not None


def test_a_failure_leaves_no_half_file_and_no_claim(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted(cast)
    monkeypatch.setattr("jitasa.opendata.formats.GeoJsonWriter.rows", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        refresh(dataset=ACTIVITIES, now=NOW)
    assert not Version.objects.exists()
    assert not list(incoming().iterdir())
    monkeypatch.undo()
    assert refresh(dataset=ACTIVITIES, now=NOW) is not None


def test_files_lost_on_disk_are_written_again(cast: Cast) -> None:
    accepted(cast)
    version = refresh(dataset=ACTIVITIES, now=NOW)
    assert version is not None
    path = store.path_of(version.pieces[0]["files"]["csv"]["sha256"])
    path.unlink()
    with pytest.raises(SystemExit):
        call_command("opendata", "--verify", stdout=StringIO(), stderr=StringIO())
    assert refresh(dataset=ACTIVITIES, now=NOW) is None
    assert path.is_file()
    call_command("opendata", "--verify", stdout=StringIO())


def test_newest_versions_and_the_last_of_each_month_are_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retire, "NEWEST", 2)
    days = [date(2026, 9, 1), date(2026, 9, 20), date(2026, 10, 1), date(2026, 11, 1), date(2026, 11, 2)]
    for number, day in enumerate(days):
        add_day(f"day-{number}")
        now = datetime(day.year, day.month, day.day, 12, tzinfo=NOW.tzinfo)
        refresh(dataset=DAYS, now=now)
    kept = Version.objects.kept().order_by("number").values_list("number", flat=True)
    assert list(kept) == [2, 3, 4, 5]
    gone = Client().get("/opendata/occasions/v1.csv")
    assert gone.status_code == 410
    assert "/opendata/occasions/" in gone.content.decode()
    assert Client().get("/opendata/occasions/v1.csv.sha256").status_code == 200


def test_withdrawing_a_version_takes_its_files_away(cast: Cast) -> None:
    add_day("one")
    first = refresh(dataset=DAYS, now=NOW)
    assert first is not None
    with pytest.raises(Conflict):
        retire.withdraw(dataset="occasions", number=1, reason="ผิด", now=NOW)
    add_day("two")
    refresh(dataset=DAYS, now=NOW)
    with pytest.raises(Refusal):
        retire.withdraw(dataset="occasions", number=1, reason=" ", now=NOW)
    assert Version.objects.kept().count() == 2
    later = timezone.now() + timedelta(days=365)
    retire.withdraw(dataset="occasions", number=1, reason="มีชื่อบุคคล", now=later)
    assert not store.path_of(first.pieces[0]["files"]["csv"]["sha256"]).exists()
    response = Client().get("/opendata/occasions/v1.json")
    assert (response.status_code, "มีชื่อบุคคล" in response.content.decode()) == (410, True)
    assert Client().get("/opendata/occasions.csv").status_code == 200
    assert Entry.objects.filter(verb="opendata.withdraw").count() == 1


def test_the_command(cast: Cast) -> None:
    add_day("one")
    out = StringIO()
    call_command("opendata", "occasions", "--now", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert [(each["dataset"], each["new"], each["rows"]) for each in answer["datasets"]] == [
        ("occasions", True, 1)
    ]
    for wrong, code in (("people:1", 2), ("occasions:x", 2), ("occasions:1", 1)):
        with pytest.raises(CommandError) as refused:
            call_command("opendata", "--withdraw", wrong, "--reason", "ผิด")
        assert refused.value.returncode == code


def test_page_queries_do_not_grow_with_versions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        add_day(f"day-{number}")
        refresh(dataset=DAYS, now=NOW)
    with django_assert_max_num_queries(8):
        assert Client().get("/opendata/").status_code == 200
    with django_assert_max_num_queries(4):
        assert Client().get("/opendata/occasions/").status_code == 200
