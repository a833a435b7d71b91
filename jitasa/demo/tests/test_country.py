"""Records written in bulk are what the services write: every reader of records reads them."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest

from jitasa.activities.models import Activity, ActivityRevision, Step
from jitasa.activities.report_line import report_line
from jitasa.activities.selectors.values import parts_of
from jitasa.activities.services.content import search_text
from jitasa.activities.services.revise import content_hash, snapshot
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.values import ActivityValues
from jitasa.compilation.outputs import records
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.check import differences
from jitasa.demo.country_event import PAGE
from jitasa.demo.services.country_month import Country, CountryMonth
from jitasa.demo.services.seed_country import facts_of_laos, make_pictures, people_by_office, point_of
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.geography import tambons
from jitasa.organizations.viewer import SYSTEM
from jitasa.review.services.accept import accept
from jitasa.rounds.models import MonthlyReturn
from jitasa.rounds.services.install import install_defaults
from jitasa.rounds.services.rounds import ensure_round
from tests.cast import NOW, Cast

MONTH = date(2026, 11, 1)


@pytest.fixture
def bulk(cast: Cast) -> list[Activity]:
    """A month of the cast's local governments, with people, points and pictures."""
    install_defaults(actor=SYSTEM, now=NOW)
    offices = list(Organization.objects.open().laos().order_by("pk"))
    country = Country(
        offices=offices,
        clerks=people_by_office(),
        points={office.pk: point_of(office) for office in offices},
        pictures=make_pictures(offices, NOW, 4),
    )
    assert CountryMonth(ensure_round(MONTH, now=NOW), country, 24, NOW).write() > 40
    return list(Activity.objects.order_by("pk"))


def test_nothing_kept_differs_from_the_records(bulk: list[Activity]) -> None:
    assert list(differences()) == []
    assert MonthlyReturn.objects.exists()


def test_every_kind_of_row_is_among_them(bulk: list[Activity]) -> None:
    assert {each.status for each in bulk} == {"accepted", "submitted", "returned", "draft"}
    assert any(each.photo_count for each in bulk)
    assert any(each.latitude for each in bulk)
    assert any(each.flag_count for each in bulk)
    assert any(each.tambon_code for each in bulk)


def test_a_revision_is_what_the_recording_service_keeps(bulk: list[Activity]) -> None:
    for activity in bulk:
        first, *later = activity.revisions.all()
        for kept, page in ((first, PAGE), *((each, "") for each in later)):
            assert kept.data == snapshot(activity, parts_of(activity)) | {"page": page}
            assert kept.hash == content_hash(kept.data)
            assert kept.line == report_line(kept.data, kept.status)
        assert len(later) == activity.revision - 1
        assert activity.search_text == search_text(activity)


def test_it_has_the_keys_of_a_record_that_was_typed(cast: Cast, bulk: list[Activity]) -> None:
    typed = save_draft(
        actor=cast.anong, uuid=uuid4(), base_revision=None,
        values=ActivityValues(name="เก็บขยะ", start_date=MONTH), now=NOW,
    )  # fmt: skip
    by_hand, in_bulk = typed.revisions.get().data, ActivityRevision.objects.exclude(activity=typed)
    for row in in_bulk:
        assert row.data.keys() == by_hand.keys()
        assert row.data["words"].keys() == by_hand["words"].keys()
        assert row.data["values"].keys() == by_hand["values"].keys()


def test_a_record_can_go_on_by_the_services(cast: Cast, bulk: list[Activity]) -> None:
    waiting = next(each for each in bulk if each.status == "submitted" and not each.flag_count)
    accepted = accept(actor=cast.ek, activity=waiting, now=NOW)
    assert [each.act for each in Step.objects.filter(activity=accepted)] == [
        "created",
        "submitted",
        "accepted",
    ]
    assert list(differences()) == []


def test_the_export_reads_every_one(cast: Cast, bulk: list[Activity]) -> None:
    content = b"".join(
        records.csv_chunks(records.lines_of(records.of_month(ReportScope(cast.department, MONTH))))
    )
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]
    sent = [each for each in bulk if each.status in ("submitted", "accepted")]
    assert {row[0] for row in rows} == {str(each.uuid) for each in sent}


def test_the_country_has_as_many_offices_as_are_wanted() -> None:
    districts = [
        Organization(code=f"{province}{number:02}", type=OrganizationType.DISTRICT)
        for province in range(80, 87)
        for number in (1, 2)
    ]
    saos = sum(len(tambons(district.code)) for district in districts)
    facts = facts_of_laos(districts, saos + 9)
    assert len({each.code for each in facts}) == saos + 9
    municipalities = [each.code for each in facts if each.type == OrganizationType.TAMBON_MUNICIPALITY]
    assert municipalities == [f"05{province}0101" for province in range(80, 87)] + ["05800201", "05810201"]
    assert len(facts_of_laos(districts, 3)) == saos  # more tambons than are wanted: no municipality
