"""Stored search keys hold Arabic digits and names of offices in their short form, too."""

from django.db import migrations

from jitasa.ui.stored_keys import rebuild_search_text


def rebuild(apps, schema_editor):
    rebuild_search_text(apps.get_model("activities", "Activity"), longest=None)


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_records_await_a_first_look")]
    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop, elidable=True)]
