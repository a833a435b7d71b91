"""Columns for the line of command at delivery, and for when to look whether a dispatch is late."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0003_groups_stand_in_distribution"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="dispatch",
            name="path",
            field=models.CharField(default="", editable=False, max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="dispatch",
            name="escalate_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="followcount",
            name="above",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organization",
            ),
        ),
        migrations.AddField(
            model_name="register",
            name="typed",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="dispatch",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organization",
            ),
        ),
    ]
