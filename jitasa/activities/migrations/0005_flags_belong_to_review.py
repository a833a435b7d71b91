"""The app ``review`` keeps the flags now, in the table where they stand: nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("activities", "0004_searched_in_one_folding")]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Flag")]),
    ]
