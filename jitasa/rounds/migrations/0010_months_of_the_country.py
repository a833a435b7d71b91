"""What each month of the whole country amounts to, from the tallies that are there (docs/adr/0162)."""

from django.db import migrations, models

COUNTS = ("activities", "events", "participants", "people", "men", "women", "photos")
FILL = (
    f"INSERT INTO rounds_countrysum (month, status, kind_code, {', '.join(COUNTS)}, budget) "  # noqa: S608 (constants)
    f"SELECT month, status, kind_code, {', '.join(f'SUM({name})' for name in COUNTS)}, ROUND(SUM(budget), 2) "
    "FROM rounds_tally GROUP BY month, status, kind_code HAVING SUM(activities) <> 0"
)


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0009_words_have_one_form"),
        ("activities", "0008_sums_count_men_women_and_days_of_centres"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountrySum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("activities", models.IntegerField(default=0)),
                ("events", models.IntegerField(default=0)),
                ("participants", models.BigIntegerField(default=0)),
                ("people", models.BigIntegerField(default=0)),
                ("men", models.BigIntegerField(default=0)),
                ("women", models.BigIntegerField(default=0)),
                ("photos", models.IntegerField(default=0)),
                ("budget", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("month", models.DateField(db_index=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("awaiting", "Awaiting"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("accepted", "Accepted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("kind_code", models.CharField(blank=True, max_length=40)),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
