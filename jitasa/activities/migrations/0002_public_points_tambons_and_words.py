"""Indexes of the public site: points on a map, records of one tambon, words inside Thai text.

The last is of PostgreSQL only (``pg_trgm``). Where the database's owner may not add the extension, search
works without it and is slow with many records: docs/operator.md says how to add it afterwards.
"""

import logging

from django.db import migrations, models, transaction
from django.db.models import Q
from django.db.utils import DatabaseError

log = logging.getLogger(__name__)
INDEX = (
    "CREATE INDEX IF NOT EXISTS activity_words ON activities_activity USING gin (search_text gin_trgm_ops)"
)


def add_words(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(INDEX)
    except DatabaseError as refused:
        log.warning("pg_trgm is not available, search of words has no index: %s", refused)


def remove_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS activity_words")


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=Q(("latitude__isnull", False), ("status", "accepted")),
                fields=["latitude", "longitude"],
                name="activity_public_point",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=Q(("status", "accepted"), Q(("tambon_code", ""), _negated=True)),
                fields=["tambon_code", "-start_date"],
                name="activity_public_tambon",
            ),
        ),
        migrations.RunPython(add_words, remove_words),
    ]
