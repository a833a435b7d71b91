"""ฤๅษี and ฤาษี are one word to whoever searches: stored keys have the second spelling."""

from django.db import migrations

from jitasa.ui.stored_keys import replace_in_search_text


def fold(apps, schema_editor):
    for name in ("Organization",):
        for letter in ("ฤ", "ฦ"):
            replace_in_search_text(apps.get_model("organizations", name), f"{letter}ๅ", f"{letter}า")


class Migration(migrations.Migration):
    dependencies = [("organizations", "0009_volunteer_centres")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]
