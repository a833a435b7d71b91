"""Several people at the same instant: real threads, real transactions (PostgreSQL)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections

from jitasa.activities.models import Activity
from jitasa.activities.services.link_host import link_host
from jitasa.activities.services.reopen import reopen
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import DAY, full_values, make_draft, make_lists, make_sent
from jitasa.rounds.models import Tally
from tests.cast import NOW, make_cast

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def on_postgresql(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one after the other")


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at once, each in a thread and connection of its own; exceptions are answers too."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_numbers_have_no_twin_and_no_gap() -> None:
    cast = make_cast()
    make_lists()
    actors = [cast.anong, cast.chai] * 4
    drafts = [make_draft(who, start_date=DAY - timedelta(days=n)) for n, who in enumerate(actors)]
    sent = together(
        *(
            lambda who=who, draft=draft: submit(actor=who, activity=draft, now=NOW)
            for who, draft in zip(actors, drafts, strict=True)
        )
    )
    assert sorted(each.number for each in sent) == [f"81-6911-{n:06}" for n in range(1, 9)]
    assert sum(row.activities for row in Tally.objects.filter(status="submitted")) == 8


def test_same_form_at_the_same_moment_is_one_record() -> None:
    cast = make_cast()
    make_lists()
    uuid, values = uuid4(), full_values(cast.aonang)

    def save() -> Activity:
        return save_draft(actor=cast.anong, uuid=uuid, base_revision=None, values=values, now=NOW)

    saved = together(save, save, save, save)
    assert {each.pk for each in saved} == {Activity.objects.get().pk}
    assert Tally.objects.get().activities == 1


def test_host_and_guest_change_at_once_without_deadlock() -> None:
    cast = make_cast()
    make_lists()
    for _round in range(4):
        host = make_sent(cast.anong)
        guest = make_sent(cast.chai, part="guest", host_organization_id=cast.aonang.pk)
        answers = together(
            lambda host=host: reopen(actor=cast.anong, activity=host, reason="แก้", now=NOW),  # type: ignore[misc]  # bound now
            lambda host=host, guest=guest: link_host(actor=cast.ek, activity=guest, host=host, now=NOW),  # type: ignore[misc]  # bound now
        )
        assert "OperationalError" not in {type(each).__name__ for each in answers}
        guest.refresh_from_db()
        live = guest.host_activity is not None and guest.host_activity.status in ("submitted", "accepted")
        assert guest.counts_upwards is not live
