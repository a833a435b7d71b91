from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("rounds", "0007_due_days_are_working_days")]

    operations = [
        migrations.AlterField("round", "nominal_due_on", models.DateField(verbose_name="ครบกำหนดตามที่ตั้ง")),
        migrations.AddConstraint(
            "round",
            models.CheckConstraint(
                condition=Q(due_on__gte=F("nominal_due_on")), name="round_due_not_before_nominal"
            ),
        ),
    ]
