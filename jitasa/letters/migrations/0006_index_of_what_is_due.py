from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("letters", "0005_counted_by_the_path_at_delivery")]

    operations = [
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=Q(("escalate_at__isnull", False)),
                fields=["escalate_at", "letter"],
                name="dispatch_to_escalate",
            ),
        ),
    ]
