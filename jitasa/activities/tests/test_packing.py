"""Snapshots and lines of revisions are packed by what is quick, where the server can (PostgreSQL)."""

import pytest
from django.db import connection

pytestmark = pytest.mark.postgresql
COLUMNS = """SELECT attname, attcompression FROM pg_attribute
 WHERE attrelid = 'activities_activityrevision'::regclass AND attname IN ('data', 'line')"""


@pytest.mark.django_db
def test_what_revisions_hold_is_packed_by_lz4() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
        )
        if cursor.fetchone() != (True,):
            pytest.skip("this server was built without lz4")
        cursor.execute(COLUMNS)
        assert dict(cursor.fetchall()) == {"data": "l", "line": "l"}
