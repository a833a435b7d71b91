from django.db import migrations


class Migration(migrations.Migration):
    """The model gets a plain name; its table keeps its own, so that nothing happens in the database."""

    dependencies = [("ui", "0001_count_who_asks")]

    operations = [
        migrations.AlterModelTable(name="Asked", table="ui_asked"),
        migrations.RenameModel(old_name="Asked", new_name="RequestCount"),
    ]
