"""The check finds every kind of wrong number, and the repair mends it."""

from collections.abc import Callable
from datetime import date

import pytest

from jitasa.activities.models import Activity, ReceiptCounter
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.compilation.models import Compilation
from jitasa.compilation.services.check import differences
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.repair import repair
from jitasa.rounds.models import CountrySum, MonthlyReturn, Tally
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def records(cast: Cast) -> None:
    make_lists()
    host = make_sent(cast.anong)
    make_sent(
        cast.chai,
        part="guest",
        host_organization_id=cast.aonang.pk,
        host_activity=host.uuid,
        groups={"people": 20},
    )
    make_draft(cast.anong)


def test_true_numbers_show_no_difference() -> None:
    assert list(differences()) == []


def spoil_tally() -> None:
    Tally.objects.filter(status="submitted").update(people=5)


def drop_tally() -> None:
    Tally.objects.filter(status="draft").delete()


def stray_tally() -> None:
    row = Tally.objects.earliest("pk")
    Tally.objects.create(
        organization_id=row.organization_id, month=date(2020, 1, 1), status="accepted", events=1
    )


def spoil_country() -> None:
    CountrySum.objects.filter(status="submitted").update(people=5)


def drop_country() -> None:
    CountrySum.objects.filter(status="draft").delete()


def spoil_photos() -> None:
    Activity.objects.filter(status="submitted").update(photo_count=9)


def spoil_people() -> None:
    Activity.objects.filter(status="draft").update(participants=1)


def spoil_upwards() -> None:
    Activity.objects.update(counts_upwards=True)


def spoil_month() -> None:
    Activity.objects.filter(status="draft").update(month=date(2026, 10, 1))


def spoil_counter() -> None:
    ReceiptCounter.objects.update(last=40)


def spoil_nil() -> None:
    row = Activity.objects.filter(status="submitted").earliest("pk")
    MonthlyReturn.objects.create(
        organization_id=row.organization_id, month=MONTH, nil_reason="ไม่จริง", nil_at=NOW
    )


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (spoil_tally, "tally"),
        (drop_tally, "tally"),
        (stray_tally, "tally"),
        (spoil_country, "country_sum"),
        (drop_country, "country_sum"),
        (spoil_photos, "activity.photo_count"),
        (spoil_people, "activity.participants"),
        (spoil_upwards, "activity.counts_upwards"),
        (spoil_month, "activity.month"),
        (spoil_counter, "receipt_counter"),
        (spoil_nil, "return.nil"),
    ],
)
def test_a_wrong_number_is_found_and_mended(spoil: Callable[[], None], what: str) -> None:
    spoil()
    found = list(differences())
    assert what in {each.what for each in found}
    assert all(each.stored != each.counted and each.where for each in found)
    repair(found, now=NOW)
    assert list(differences()) == []
    assert Entry.objects.filter(verb="check.repair").exists()


def test_a_touched_compilation_is_found_but_not_mended(cast: Cast) -> None:
    made = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    tables = made.tables
    tables["totals"]["people"] = 1
    Compilation.objects.filter(pk=made.pk).update(tables=tables)
    found = list(differences())
    assert [each.what for each in found] == ["compilation.hash"]
    assert repair(found, now=NOW) == 0
