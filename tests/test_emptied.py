"""Tests that commit leave nothing to the next, and what only the models decide stays."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.cast import make_cast
from tests.emptied import KEPT, empty


def filled() -> set[str]:
    """Tables with a row, by asking each."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = set()
        for name in names:
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})")
            if cursor.fetchone()[0]:
                found.add(name)
    return found - {"django_migrations"}


@pytest.mark.django_db(transaction=True)
def test_every_row_goes_but_content_types_and_permissions() -> None:
    make_cast()
    before = ContentType.objects.count(), Permission.objects.count()
    assert {"accounts_user", "organizations_organization"} <= filled()
    empty(connection)
    assert filled() <= KEPT
    assert (ContentType.objects.count(), Permission.objects.count()) == before
    assert before > (0, 0)


@pytest.mark.django_db(transaction=True)
def test_keys_and_triggers_count_again_afterwards() -> None:
    """Leaving them aside ends with the transaction that empties."""
    make_cast()
    empty(connection)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW session_replication_role")
            assert cursor.fetchone() == ("origin",)
    make_cast()  # the same numbers and codes are free again
