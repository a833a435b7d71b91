"""Wrong tries are counted by ``accounts.Guesses``; the tables of django-axes, with the names people typed
(passwords among them), go away."""

from django.db import migrations


def drop(apps, schema_editor):
    there = set(schema_editor.connection.introspection.table_names())
    for table in (
        "axes_accessattemptexpiration",
        "axes_accessattempt",
        "axes_accessfailurelog",
        "axes_accesslog",
    ):
        if table in there:
            schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(table)}")
    if "django_migrations" in there:
        schema_editor.execute("DELETE FROM django_migrations WHERE app = 'axes'")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_notices_guesses_erasure"),
    ]

    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]
