"""Snapshots and lines of revisions are packed by lz4 where the server can: pglz takes several times as long.

Of rows written from now on; those that are there stay as they are. Nothing is rewritten and the lock is that of a
moment. SQLite packs nothing.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CAN = "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
TABLE = "activities_activityrevision"


def pack_quickly(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute(CAN)
        if cursor.fetchone() == (True,):
            cursor.execute(
                f"ALTER TABLE {TABLE} ALTER COLUMN data SET COMPRESSION lz4, ALTER COLUMN line SET COMPRESSION lz4"
            )


class Migration(migrations.Migration):
    dependencies = [("activities", "0016_the_line_of_a_record_in_files")]

    operations = [migrations.RunPython(pack_quickly, migrations.RunPython.noop, elidable=False)]
