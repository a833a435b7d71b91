"""A destroyed letter is found by its line in the registers: subject, sender, addressee."""

from django.db import migrations

from jitasa.thai.search import stored

BATCH = 2000


def fill(apps, schema_editor):
    letters = apps.get_model("letters", "Letter").objects.exclude(destroyed_at=None)
    last = 0
    while rows := list(
        letters.filter(pk__gt=last).order_by("pk").only("pk", "subject", "from_text", "to_text")[:BATCH]
    ):
        for row in rows:
            row.search_text = stored(row.subject, row.from_text, row.to_text)
        letters.bulk_update(rows, ["search_text"], batch_size=200)
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("letters", "0007_searched_in_one_folding")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
