"""Each costs at every insert, and whatever could ask it has another one or never asks (docs/adr/0046).

The constraints stay; on SQLite the tables are not copied for it.
"""

import django.db.models.deletion
from django.db import migrations, models

GONE = (("photos_upload_photo_id_879a0282", "photos_upload", "photo_id"),)


class Migration(migrations.Migration):
    dependencies = [
        ("photos", "0004_pictures_are_their_own_queue"),
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
                    model_name="upload",
                    name="photo",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="photos.photo",
                    ),
                ),
            ],
        )
    ]
