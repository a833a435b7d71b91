"""Stored search keys hold Arabic digits and names of offices in their short form, too."""

from django.db import migrations

from jitasa.ui.stored_keys import rebuild_search_text


def rebuild(apps, schema_editor):
    rebuild_search_text(apps.get_model("organizations", "Organization"), longest=600)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0005_versions_of_what_is_remembered")]
    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop, elidable=True)]
