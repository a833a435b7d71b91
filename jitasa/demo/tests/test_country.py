"""Records written in bulk are what the services write: every reader of records reads them."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest

from jitasa.activities.models import Activity, ActivityRevision
from jitasa.activities.selectors.values import parts_of
from jitasa.activities.services.content import search_text
from jitasa.activities.services.revise import content_hash, snapshot
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.values import ActivityValues
from jitasa.compilation.outputs import records
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.demo.services.seed_country import PAGE, CountryMonth
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import SYSTEM
from jitasa.rounds.services.install import install_defaults
from tests.cast import NOW, Cast

MONTH = date(2026, 11, 1)


@pytest.fixture
def bulk(cast: Cast) -> list[Activity]:
    """A month of the cast's local governments."""
    install_defaults(actor=SYSTEM, now=NOW)
    offices = list(Organization.objects.open().laos().order_by("pk"))
    assert CountryMonth(MONTH, offices, 12, NOW).write() > 20
    return list(Activity.objects.order_by("pk"))


def test_a_revision_is_what_the_recording_service_keeps(bulk: list[Activity]) -> None:
    for activity in bulk:
        kept = activity.revisions.get()
        assert kept.data == snapshot(activity, parts_of(activity)) | {"page": PAGE}
        assert kept.hash == content_hash(kept.data)
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


def test_the_export_reads_every_one(cast: Cast, bulk: list[Activity]) -> None:
    content = b"".join(records.csv_chunks(records.of_month(ReportScope(cast.department, MONTH))))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]
    sent = [each for each in bulk if each.status in ("submitted", "accepted")]
    assert {row[0] for row in rows} == {str(each.uuid) for each in sent}
