"""Each costs at every insert, and whatever could ask it has another one or never asks (docs/adr/0046).

The constraints stay; on SQLite the tables are not copied for it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GONE = (
    ("activities_activity_organization_id_e9cc18fa", "activities_activity", "organization_id"),
    ("activities_activity_created_by_id_b5334206", "activities_activity", "created_by_id"),
    ("activities_activity_updated_by_id_6fdf5294", "activities_activity", "updated_by_id"),
    ("activities_activityrevision_activity_id_0b3053df", "activities_activityrevision", "activity_id"),
    ("activities_activityrevision_by_id_6df72f8c", "activities_activityrevision", "by_id"),
    ("activities_participation_activity_id_398b3752", "activities_participation", "activity_id"),
    ("activities_measurevalue_activity_id_ce2b6e75", "activities_measurevalue", "activity_id"),
    ("activities_activityphoto_activity_id_a5edf268", "activities_activityphoto", "activity_id"),
    ("activities_step_by_id_8570d7fd", "activities_step", "by_id"),
    ("activities_step_organization_id_d280d279", "activities_step", "organization_id"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0006_a_day_said_yes_to"),
        ("organizations", "0007_facts_to_be_checked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({column})"
                )
                for name, table, column in GONE
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="activity",
                    name="created_by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="activity",
                    name="organization",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="organizations.organization",
                    ),
                ),
                migrations.AlterField(
                    model_name="activity",
                    name="updated_by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="activityphoto",
                    name="activity",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="activities.activity",
                    ),
                ),
                migrations.AlterField(
                    model_name="activityrevision",
                    name="activity",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="activities.activity",
                    ),
                ),
                migrations.AlterField(
                    model_name="activityrevision",
                    name="by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="measurevalue",
                    name="activity",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="activities.activity",
                    ),
                ),
                migrations.AlterField(
                    model_name="participation",
                    name="activity",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="activities.activity",
                    ),
                ),
                migrations.AlterField(
                    model_name="step",
                    name="by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="step",
                    name="organization",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
        )
    ]
