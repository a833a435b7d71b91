"""The groups of recipients move here from ``letters``; their two tables stay where and as they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("letters", "0002_letterhead_coordinator"), ("organizations", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="RecipientGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="ชื่อกลุ่ม")),
                        (
                            "members",
                            models.ManyToManyField(
                                db_table="letters_recipientgroup_members",
                                related_name="+",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recipient_groups",
                                to="organizations.organization",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "letters_recipientgroup",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organization", "name"), name="recipient_group_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
