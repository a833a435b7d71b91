"""The iCalendar feeds, read by an independent parser; 304, 429; whose days they hold."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import http_date
from hypothesis import given
from hypothesis import strategies as st

from jitasa.occasions.ical import DayEvent, calendar
from jitasa.occasions.models import Occasion, OccasionKind
from jitasa.occasions.services.adopt import adopt_year
from jitasa.occasions.services.edit import OccasionContent, add_occasion, edit_occasion, retire_occasion
from jitasa.occasions.services.install import install_occasions
from jitasa.occasions.views.feeds import MOST_A_MINUTE
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.viewer import SYSTEM
from tests.cast import NOW, Cast, make_organization

HARD = OccasionContent(
    date=date(2026, 11, 28),
    name="วันรวมใจ; ชาวกระบี่, ครั้งที่ 1 \\ " + "ทำความสะอาดคลองปกาสัย" * 6,
    short_name="วันรวมใจ",
    kind=OccasionKind.LOCAL,
    guidance="บรรทัดแรก\r\nบรรทัดที่สอง, กับ; เครื่องหมาย",
)


def events_of(body: bytes) -> dict[str, icalendar.Component]:
    """Summary → event, as the parser reads it."""
    found = icalendar.Calendar.from_ical(body)
    return {str(event["SUMMARY"]): event for event in found.walk("VEVENT")}


def office_feed(code: str) -> bytes:
    response = Client().get(reverse("calendar_feed_office", args=[code]))
    assert response.status_code == 200
    return response.content


def test_the_addresses_are_short() -> None:
    assert reverse("calendar_feed") == "/calendar.ics"
    assert reverse("calendar_feed_office", args=["06810104"]) == "/calendar/06810104.ics"


@pytest.mark.at(NOW)
def test_an_independent_parser_reads_every_day_as_it_is(cast: Cast) -> None:
    install_occasions(years=[2569, 2570], actor=SYSTEM, now=NOW)
    response = Client().get("/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    read = icalendar.Calendar.from_ical(response.content)
    assert str(read["X-WR-CALNAME"]) == "วันสำคัญของชาติ"
    assert (read["VERSION"], read["CALSCALE"]) == ("2.0", "GREGORIAN")
    events = list(read.walk("VEVENT"))
    assert not [event.errors for event in events if event.errors]
    rows = {(row.name, row.date) for row in Occasion.objects.all()}
    assert {(str(event["SUMMARY"]), event.decoded("DTSTART")) for event in events} == rows
    for event in events:
        assert type(event.decoded("DTSTART")) is date
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
        assert event.decoded("DTSTAMP").utcoffset() == timedelta(0)
    assert len({str(event["UID"]) for event in events}) == len(events)


@pytest.mark.at(NOW)
def test_lines_are_crlf_and_at_most_75_octets(cast: Cast) -> None:
    add_occasion(actor=cast.ek, content=HARD, now=NOW)
    body = office_feed("06810104")
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    for line in body.split(b"\r\n"):
        line.decode()  # no character is cut in two
    event = next(iter(events_of(body).values()))
    assert str(event["SUMMARY"]) == HARD.name
    assert "บรรทัดแรก\nบรรทัดที่สอง, กับ; เครื่องหมาย" in str(event["DESCRIPTION"])
    assert "กำหนดโดย สถจ.กระบี่" in str(event["DESCRIPTION"])


@given(st.text(max_size=300))
def test_any_text_comes_back_from_the_parser(text: str) -> None:
    event = DayEvent(
        uid=UUID(int=1), day=HARD.date, summary=text, description="", category="x", changed_at=NOW
    )
    read = icalendar.Calendar.from_ical(calendar("วัน", "", [event])).walk("VEVENT")[0]
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = [letter for letter in lines if letter == "\n" or (letter >= " " and letter != "\x7f")]
    assert str(read["SUMMARY"]) == "".join(kept)


@pytest.mark.at(NOW)
def test_an_office_gets_its_own_provinces_days_and_no_other(cast: Cast) -> None:
    phangnga = make_organization("82", OrganizationType.PROVINCE, "สถจ.พังงา", reports_to=cast.department)
    add_occasion(actor=cast.fah, content=replace(HARD, name="วันของชาติ"), now=NOW)
    add_occasion(actor=cast.ek, content=replace(HARD, name="วันของกระบี่"), now=NOW)
    own = {"date": HARD.date, "short_name": "x", "kind": "local", "organization": phangnga}
    Occasion.objects.create(code="82-day-1", name="วันของพังงา", **own)
    for code in ("06810104", "8101", "81"):
        assert set(events_of(office_feed(code))) == {"วันของชาติ", "วันของกระบี่"}
    assert set(events_of(office_feed("82"))) == {"วันของชาติ", "วันของพังงา"}
    assert set(events_of(office_feed("00"))) == {"วันของชาติ"}
    assert set(events_of(Client().get("/calendar.ics").content)) == {"วันของชาติ"}
    assert Client().get("/calendar/99999999.ics").status_code == 404


def test_an_address_with_an_earlier_code_still_answers(cast: Cast) -> None:
    cast.aonang.states.update(code="05810104")
    assert Client().get("/calendar/05810104.ics").status_code == 200


@pytest.mark.at(NOW)
def test_a_moved_day_keeps_its_uid_and_counts_its_changes(cast: Cast) -> None:
    day = add_occasion(actor=cast.fah, content=replace(HARD, name="ก"), now=NOW)
    before = events_of(Client().get("/calendar.ics").content)["ก"]
    later = NOW + timedelta(hours=1)
    moved = replace(HARD, name="ข", date=date(2026, 11, 30))
    new = edit_occasion(actor=cast.fah, occasion=day, content=moved, now=later)
    events = events_of(Client().get("/calendar.ics").content)
    assert set(events) == {"ข"}
    assert events["ข"]["UID"] == before["UID"]
    assert (before["SEQUENCE"], events["ข"]["SEQUENCE"]) == (0, 1)
    assert events["ข"].decoded("DTSTAMP") == later
    retire_occasion(actor=cast.fah, occasion=new, now=later)
    assert not events_of(Client().get("/calendar.ics").content)


@pytest.mark.at(NOW)
def test_national_days_are_tentative_until_the_year_is_in_force(cast: Cast) -> None:
    add_occasion(actor=cast.fah, content=HARD, now=NOW)
    assert events_of(Client().get("/calendar.ics").content)[HARD.name]["STATUS"] == "TENTATIVE"
    adopt_year(actor=cast.fah, year=2569, now=NOW)
    assert events_of(Client().get("/calendar.ics").content)[HARD.name]["STATUS"] == "CONFIRMED"


@pytest.mark.at(NOW)
def test_nothing_new_is_304_and_every_change_is_seen(cast: Cast) -> None:
    day = add_occasion(actor=cast.fah, content=HARD, now=NOW)
    client = Client()
    first = client.get("/calendar.ics")
    assert first["Last-Modified"] == http_date(NOW.timestamp())
    again = client.get("/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    since = client.get("/calendar.ics", headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304
    later = NOW + timedelta(minutes=5)
    edit_occasion(actor=cast.fah, occasion=day, content=replace(HARD, guidance="ใหม่"), now=later)
    assert client.get("/calendar.ics", headers={"If-None-Match": first["ETag"]}).status_code == 200
    asked = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get("/calendar.ics", headers=asked).status_code == 200


@pytest.mark.at(NOW)  # a whole minute lies ahead: the count begins anew with every minute
def test_asking_all_the_time_is_429(cast: Cast) -> None:
    client = Client()
    answers = [client.get("/calendar.ics").status_code for _ in range(MOST_A_MINUTE + 60)]
    assert answers[0] == 200
    assert 429 in answers  # the minute may have turned while the test asked
    refused = client.get("/calendar.ics")
    assert refused.status_code == 200 or refused["Retry-After"] == "60"


def test_a_feed_is_public_cacheable_and_opens_no_session(cast: Cast) -> None:
    response = Client().get("/calendar.ics")
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    assert Client().post("/calendar.ics").status_code == 405
    assert Client().head("/calendar.ics").status_code == 200


@pytest.mark.parametrize("address", ["/calendar.ics", "/calendar/06810104.ics"])
def test_queries_of_a_feed_do_not_grow(cast: Cast, address: str) -> None:
    counts = []
    for year in (2569, 2570):
        install_occasions(years=[year], actor=SYSTEM, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            Client().get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_feed_is_the_same_for_everybody_who_asks(cast: Cast) -> None:
    install_occasions(years=[2569], actor=SYSTEM, now=NOW)
    for path in (reverse("calendar_feed"), reverse("calendar_feed_office", args=["06810104"])):
        guest, officer = Client().get(path), cast.client("anong").get(path)
        assert guest.content == officer.content
        assert "Cookie" not in officer.get("Vary", "")
        assert not officer.cookies
