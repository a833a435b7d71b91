"""People are found by name and username, in the one folding of all searches."""

from django.db import migrations, models

from jitasa.thai.search import stored

BATCH = 2000


def fill(apps, schema_editor):
    people = apps.get_model("accounts", "User").objects.filter(erased_at=None)
    last = 0
    while rows := list(people.filter(pk__gt=last).order_by("pk").only("pk", "full_name", "username")[:BATCH]):
        for row in rows:
            row.search_text = stored(row.full_name, row.username)[:500]
        people.bulk_update(rows, ["search_text"], batch_size=200)
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_kinds_of_personal_notices")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="search_text",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
