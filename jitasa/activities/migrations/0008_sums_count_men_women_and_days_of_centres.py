"""Men and women count a joint event once, as people do; days that a centre set are told from no day at all.

The months of offices that have such records are summed anew from the records, as ``services.tallying`` does.
"""

from decimal import Decimal
from itertools import islice

from django.db import migrations
from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

CHUNK = 300
SET_BY_CENTRE, NO_OCCASION = -1, 0
KEY = ("organization_id", "month", "status", "kind_code", "day")
COUNTS = ("activities", "events", "participants", "people", "men", "women", "photos", "budget")


def sum_anew(apps, schema_editor):
    records = apps.get_model("activities", "Activity").objects.exclude(status="withdrawn")
    told = Q(counts_upwards=False) & (Q(men__gt=0) | Q(women__gt=0))
    concerned = records.filter(told | Q(basis="centre", occasion=None))
    months = iter(list(concerned.order_by().values_list("organization_id", "month").distinct()))
    tallies = apps.get_model("rounds", "Tally")
    while part := list(islice(months, CHUNK)):
        wanted = Q()
        for office, month in part:
            wanted |= Q(organization_id=office, month=month)
        tallies.objects.filter(wanted).delete()
        tallies.objects.bulk_create(_made(tallies, row) for row in _counted(records.filter(wanted)))


def _counted(records):
    upwards = Q(counts_upwards=True)
    unnamed = Case(When(basis="centre", then=SET_BY_CENTRE), default=NO_OCCASION)
    rows = records.order_by().annotate(
        kind_code=Coalesce(F("kind__code"), Value("")), day=Coalesce(F("occasion_id"), unnamed)
    )
    return rows.values(*KEY).annotate(
        n_activities=Count("pk"),
        n_events=Count("pk", filter=upwards),
        n_participants=Sum("participants"),
        n_people=Coalesce(Sum("participants", filter=upwards), 0),
        n_men=Coalesce(Sum("men", filter=upwards), 0),
        n_women=Coalesce(Sum("women", filter=upwards), 0),
        n_photos=Sum("photo_count"),
        n_budget=Coalesce(Sum("budget_amount"), Decimal(0)),
    )


def _made(tallies, row):
    counts = {name: row[f"n_{name}"] for name in COUNTS}
    counts["budget"] = Decimal(str(counts["budget"])).quantize(
        Decimal("0.01")
    )  # SQLite sums decimals as floats
    key = {name: row[name] for name in KEY if name != "day"}
    return tallies(**key, occasion_id=row["day"], **counts)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0007_indexes_that_no_query_asks"),
        ("rounds", "0006_ready_reasons_for_nil_and_late"),
    ]

    operations = [migrations.RunPython(sum_anew, migrations.RunPython.noop)]
