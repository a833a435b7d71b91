"""ฤๅษี and ฤาษี are one word to whoever searches: stored keys have the second spelling."""

from django.db import migrations

from jitasa.ui.stored_keys import replace_in_search_text


def fold(apps, schema_editor):
    for name in ("User",):
        for letter in ("ฤ", "ฦ"):
            replace_in_search_text(apps.get_model("accounts", name), f"{letter}ๅ", f"{letter}า")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_morning_mail")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]
