"""Each costs at every insert, and whatever could ask it has another one or never asks (docs/adr/0046).

The constraints stay; on SQLite the tables are not copied for it.
"""

import django.db.models.deletion
from django.db import migrations, models

GONE = (("rounds_tally_organization_id_3e2503b2", "rounds_tally", "organization_id"),)


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0007_facts_to_be_checked"),
        ("rounds", "0004_the_department_words_the_reports_heading"),
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
                    model_name="tally",
                    name="organization",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="organizations.organization",
                    ),
                ),
            ],
        )
    ]
