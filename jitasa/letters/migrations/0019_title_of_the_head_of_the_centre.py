from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0018_foot_note_of_papers"),
    ]

    operations = [
        migrations.AddField(
            model_name="lettersettings",
            name="centre_head",
            field=models.CharField(
                blank=True, default="", max_length=200, verbose_name="คำขึ้นต้นถึงหัวหน้าศูนย์อำนวยการจิตอาสา"
            ),
            preserve_default=False,
        ),
    ]
