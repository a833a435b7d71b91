"""``Look`` is called ``RefreshState``; its table keeps its name, nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("opendata", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Look", "RefreshState"),
                migrations.AlterModelTable("RefreshState", "opendata_look"),
            ]
        ),
    ]
