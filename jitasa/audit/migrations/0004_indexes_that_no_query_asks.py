"""Each costs at every insert, and whatever could ask it has another one or never asks (docs/adr/0046).

The constraints stay; on SQLite the tables are not copied for it.
"""

import django.db.models.deletion
from django.db import migrations, models

GONE = (
    ("audit_entry_chain_id_982a3b6b", "audit_entry", "chain_id"),
    ("audit_entry_chain_id_982a3b6b_like", "audit_entry", "chain_id"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_entries_can_be_reduced"),
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
                    model_name="entry",
                    name="chain",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="audit.chain",
                    ),
                ),
            ],
        )
    ]
