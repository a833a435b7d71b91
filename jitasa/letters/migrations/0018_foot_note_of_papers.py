from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0017_ruesi_is_found_in_both_spellings"),
    ]

    operations = [
        migrations.AddField(
            model_name="lettersettings",
            name="foot_note",
            field=models.CharField(blank=True, default="", max_length=150, verbose_name="ข้อความท้ายกระดาษ"),
            preserve_default=False,
        ),
    ]
