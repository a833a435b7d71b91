"""Takes over the flags from ``activities``, in the table where they stand: nothing changes in the database."""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("same_photo", "ภาพซ้ำกับกิจกรรมอื่น"),
    ("photo_date", "วันที่ไม่ตรงกับภาพ"),
    ("photo_place", "สถานที่ไม่ตรงกับภาพ"),
    ("outside_area", "อยู่นอกพื้นที่ของหน่วยงาน"),
    ("head_count", "จำนวนคนต่างจากปกติมาก"),
    ("same_event", "อาจเป็นกิจกรรมเดียวกับของหน่วยงานอื่น"),
]


def to_activity(**options):
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="activities.activity", **options)


FLAG = migrations.CreateModel(
    name="Flag",
    fields=[
        (
            "id",
            models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
        ),
        ("kind", models.CharField(choices=KINDS, max_length=12)),
        (
            "evidence",
            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        ("found_at", models.DateTimeField()),
        ("activity", to_activity(related_name="flags")),
        ("other", to_activity(null=True, related_name="+")),
    ],
    options={
        "db_table": "activities_flag",
        "constraints": [
            models.UniqueConstraint(
                condition=models.Q(("other", None)), fields=("activity", "kind"), name="flag_once"
            ),
            models.UniqueConstraint(
                condition=models.Q(("other__isnull", False)),
                fields=("activity", "kind", "other"),
                name="flag_once_per_other",
            ),
        ],
    },
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("activities", "0005_flags_belong_to_review")]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[FLAG])]
