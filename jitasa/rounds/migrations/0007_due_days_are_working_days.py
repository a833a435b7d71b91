"""The due day keeps the day that was set and is the next working day from it.

Months whose due day has passed keep it: what was stated then was judged by it.
"""

from django.db import migrations, models
from django.db.models import F
from django.utils import timezone

from jitasa.rounds.rules_due import due_from
from jitasa.thai.dates import today


def keep_and_move(apps, schema_editor):
    rounds = apps.get_model("rounds", "Round")
    rounds.objects.update(nominal_due_on=F("due_on"))
    for row in rounds.objects.filter(due_on__gte=today(timezone.now())):
        row.due_on = due_from(row.nominal_due_on)
        row.save(update_fields=["due_on"])


def set_back(apps, schema_editor):
    apps.get_model("rounds", "Round").objects.update(due_on=F("nominal_due_on"))


class Migration(migrations.Migration):
    dependencies = [("rounds", "0006_ready_reasons_for_nil_and_late")]

    operations = [
        migrations.AddField(
            "round", "nominal_due_on", models.DateField(null=True, verbose_name="ครบกำหนดตามที่ตั้ง")
        ),
        migrations.RunPython(keep_and_move, set_back),
    ]
