"""Hashes with a key: what was written before stays plain, its end sealed by an anchor."""

import json

from django.conf import settings
from django.db import migrations, models

BATCH = 500


def anchor_chains(apps, schema_editor):
    """Written out here: a migration must do the same in ten years, whatever ``hashing`` does then."""
    Chain = apps.get_model("audit", "Chain")
    batch = []
    for chain in Chain.objects.filter(length__gt=0).order_by("key").iterator():
        text = json.dumps([chain.key, chain.length, chain.head], ensure_ascii=False, separators=(",", ":"))
        chain.plain_length = chain.length
        chain.anchor = settings.KEYS["audit"].mac(text, purpose="audit.anchor")
        batch.append(chain)
        if len(batch) == BATCH:
            Chain.objects.bulk_update(batch, ["plain_length", "anchor"])
            batch = []
    Chain.objects.bulk_update(batch, ["plain_length", "anchor"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="HeadsSent",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("tried_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("chains", models.PositiveIntegerField(default=0)),
                ("entries", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("trouble", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.AddField("chain", "anchor", models.CharField(default="", max_length=64)),
        migrations.AddField("chain", "plain_length", models.PositiveBigIntegerField(default=0)),
        migrations.AddField(
            "entry",
            "scheme",
            models.PositiveSmallIntegerField(choices=[(1, "Plain"), (2, "Keyed")], default=1),
        ),
        migrations.AddField("entry", "seal", models.CharField(blank=True, max_length=64, default=""), False),
        migrations.RunPython(anchor_chains, migrations.RunPython.noop),
    ]
