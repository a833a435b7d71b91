"""Channels and campaigns are found as offices are, and channels stand in dictionary order."""

from django.db import migrations, models

from jitasa.thai.search import stored
from jitasa.thai.text import sort_key

BATCH = 2000


def fill(apps, schema_editor):
    for name, title, columns in (
        ("Channel", "name", ("search_text", "sort_key")),
        ("Campaign", "title", ("search_text",)),
    ):
        model = apps.get_model("publicity", name)
        last = 0
        while rows := list(model.objects.filter(pk__gt=last).order_by("pk").only("pk", title)[:BATCH]):
            for row in rows:
                row.search_text = stored(getattr(row, title))
                if "sort_key" in columns:
                    row.sort_key = sort_key(row.name)
            model.objects.bulk_update(rows, columns, batch_size=200)
            last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("publicity", "0004_searched_in_one_folding")]

    operations = [
        migrations.AddField(
            "campaign",
            "search_text",
            models.TextField(blank=True, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "channel",
            "search_text",
            models.TextField(blank=True, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "channel",
            "sort_key",
            models.CharField(blank=True, editable=False, default="", max_length=400),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterModelOptions(name="channel", options={"ordering": ["kind", "sort_key", "id"]}),
    ]
