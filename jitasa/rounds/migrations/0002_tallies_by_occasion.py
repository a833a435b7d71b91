from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("rounds", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                condition=Q(("occasion_id", 0), _negated=True),
                fields=["occasion_id"],
                name="tally_by_occasion",
            ),
        ),
    ]
