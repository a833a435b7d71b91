"""The groups of recipients are ``distribution``'s now; nothing in the database changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("distribution", "0001_groups_of_recipients"),
        ("letters", "0002_letterhead_coordinator"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="RecipientGroup")]),
    ]
