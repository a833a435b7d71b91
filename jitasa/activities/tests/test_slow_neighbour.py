"""One office whose act stands still holds no neighbour of its province (PostgreSQL; order of events, no clock).

A trigger makes the transaction of one office wait, in the middle of its inserts, for an advisory lock that
the test holds. The neighbour of the same province must be through before the lock is given back.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection, connections

from jitasa.activities.models import Activity
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.tests.making import full_values, make_lists
from jitasa.activities.values import ActivityValues
from jitasa.organizations.viewer import Viewer
from tests.cast import NOW, make_cast
from tests.databases import somebody_waits

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.own_session,
    pytest.mark.django_db(transaction=True),
]
KEY = 2569
GIVEN_UP = 60  # seconds, far above what the neighbour needs; the lock is held until it is through
OF_OFFICE = {
    "activities_activity": "NEW.organization_id",
    "activities_participation": "(SELECT organization_id FROM activities_activity WHERE id = NEW.activity_id)",
    "activities_step": "(SELECT organization_id FROM activities_activity WHERE id = NEW.activity_id)",
    "rounds_tally": "NEW.organization_id",
}


@pytest.fixture(autouse=True)
def on_postgresql(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one after the other")


@contextmanager
def standing_still(table: str, office_id: int) -> Iterator[None]:
    """Inserts of one office into ``table`` wait for the advisory lock ``KEY``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {OF_OFFICE[table]} = {int(office_id)} THEN PERFORM pg_advisory_xact_lock({KEY}); END IF;"
            " RETURN NEW; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER stand_still AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION stand_still()"
        )
        try:
            yield
        finally:
            cursor.execute(f"DROP TRIGGER stand_still ON {table}")
            cursor.execute("DROP FUNCTION stand_still()")


def send(actor: Viewer, values: ActivityValues) -> Activity:
    try:
        return record_and_submit(
            actor=actor, uuid=uuid4(), base_revision=None, values=values, now=NOW
        ).activity
    finally:
        connections.close_all()


def numbers_when_the_first_stands_still(
    table: str, slow: tuple[Viewer, ActivityValues], quick: tuple[Viewer, ActivityValues]
) -> tuple[str, str]:
    """The numbers of the quick one, which must be through while the slow one stands still, and of the slow one."""
    office = slow[0].office_id
    assert office is not None
    with standing_still(table, office), ThreadPoolExecutor(2) as pool, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
        first = pool.submit(send, *slow)
        try:
            while not somebody_waits():
                assert not first.done(), first.result()
            neighbour = pool.submit(send, *quick).result(timeout=GIVEN_UP)
            assert not first.done()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
        return neighbour.number, first.result(timeout=GIVEN_UP).number


@pytest.mark.parametrize("table", OF_OFFICE)
def test_a_slow_office_holds_no_neighbour(table: str) -> None:
    cast = make_cast()
    make_lists()
    slow, quick = (cast.anong, full_values(cast.aonang)), (cast.chai, full_values(cast.kokklang))
    numbers = numbers_when_the_first_stands_still(table, slow, quick)
    assert numbers == ("81-6911-000001", "81-6911-000002")
