"""A dispatch keeps the line of command it was counted under, and when to look whether it is late.

Chains that went to an office which has since been moved are counted anew: until now an office's later
acts were counted under its new place and its delivery under the old one.
"""

from collections import Counter
from datetime import datetime, time, timedelta, timezone

from django.db import migrations
from django.db.models import Count, F, Max, OuterRef, Q, Subquery

BANGKOK = timezone(timedelta(hours=7))
BEFORE = {
    "opened": ("delivered",),
    "registered": ("opened", "delivered"),
    "passed_on": ("registered", "opened", "delivered"),
    "answered": ("opened", "delivered"),
}


def fill(apps, schema_editor):
    dispatches = apps.get_model("letters", "Dispatch")
    all_states = apps.get_model("organizations", "OrganizationState")
    offices = apps.get_model("organizations", "Organization")
    counts = apps.get_model("letters", "FollowCount")
    of_today = offices.objects.filter(pk=OuterRef("recipient_id")).order_by().values("path")[:1]
    dispatches.objects.update(path=Subquery(of_today))
    above = offices.objects.filter(pk=OuterRef("organization_id")).order_by().values("reports_to_id")[:1]
    counts.objects.update(above=Subquery(above))
    states = (
        all_states.objects.order_by().values("organization_id").annotate(paths=Count("path", distinct=True))
    )
    moved = set(states.filter(paths__gt=1).values_list("organization_id", flat=True))
    for state in all_states.objects.filter(organization_id__in=moved).order_by(
        "organization_id", "valid_from"
    ):
        rows = dispatches.objects.filter(recipient_id=state.organization_id)
        rows = rows.filter(delivered_at__gte=_midnight(state.valid_from))
        if state.valid_to:
            rows = rows.filter(delivered_at__lt=_midnight(state.valid_to))
        rows.update(path=state.path)
    chains = set()
    for letter, root in dispatches.objects.filter(recipient_id__in=moved).values_list(
        "letter_id", "letter__root_id"
    ):
        chains.add(root or letter)
    for chain in sorted(chains):
        _count_anew(apps, chain)


def _midnight(day):
    return datetime.combine(day, time(), tzinfo=BANGKOK)


def _count_anew(apps, chain):
    dispatches, counts = apps.get_model("letters", "Dispatch"), apps.get_model("letters", "FollowCount")
    rows = dispatches.objects.filter(Q(letter=chain) | Q(letter__root=chain))
    rows = rows.exclude(letter__parent__isnull=False, letter__status="recalled")
    totals, parents = {}, {}
    for row in rows.select_related("recipient", "letter").order_by("-delivered_at", "-pk"):
        ids = [int(part) for part in row.path.split("/") if part]
        parents.update(zip(ids, [None, *ids[:-1]], strict=True))
        for pk in ids:
            totals.setdefault(pk, Counter()).update(_amounts(row))
    counts.objects.filter(letter=chain).delete()
    counts.objects.bulk_create(
        counts(letter_id=chain, organization_id=pk, above_id=parents[pk], **amounts)
        for pk, amounts in sorted(totals.items())
    )


def _amounts(row):
    is_lao, kind = row.recipient.level == "lao", row.letter.answer_kind
    found = Counter(delivered=1)
    if kind != "none" and (kind != "activity" or is_lao):
        found["asked"] = 1
    if is_lao:
        found["lao_delivered"] = 1
        found["lao_opened"] = 1 if row.opened_at else 0
    for name, steps in BEFORE.items():
        done = getattr(row, f"{name}_at")
        if done:
            before = [getattr(row, f"{step}_at") for step in steps]
            since = next(at for at in before if (at and at <= done) or at == row.delivered_at)
            found[name] = 1
            found[f"{name}_seconds"] = max(0, int((done - since).total_seconds()))
    return found


def plan_escalation(apps, schema_editor):
    """Every open dispatch of a letter that escalates is looked at once, when its days are over."""
    dispatches, letters = apps.get_model("letters", "Dispatch"), apps.get_model("letters", "Letter")
    asking = letters.objects.filter(escalate_after_days__isnull=False, status="issued").order_by()
    left = Q(opened_at=None) | Q(answered_at=None, due_on__isnull=False)
    for days in asking.values_list("escalate_after_days", flat=True).distinct():
        rows = dispatches.objects.filter(left, letter__in=asking.filter(escalate_after_days=days))
        rows.update(escalate_at=F("delivered_at") + timedelta(days=days))


def note_typed_numbers(apps, schema_editor):
    """Up to the highest number in use a register looks whether the next one is free."""
    registers = apps.get_model("letters", "Register")
    letters, all_receipts = apps.get_model("letters", "Letter"), apps.get_model("letters", "Receipt")
    sent = letters.objects.filter(register_number__isnull=False).order_by()
    sent = sent.values_list("organization_id", "register_year").annotate(n=Max("register_number"))
    received = all_receipts.objects.filter(unit="").order_by()
    received = received.values_list("organization_id", "year").annotate(n=Max("number"))
    for kind, numbers in (("dispatch", sent), ("receipt", received)):
        highest = {(office, year): number for office, year, number in numbers}
        rows = list(registers.objects.filter(kind=kind))
        for row in rows:
            row.typed = highest.get((row.organization_id, row.year), 0)
        registers.objects.bulk_update(rows, ["typed"], batch_size=300)


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0004_path_and_due_time"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(plan_escalation, migrations.RunPython.noop),
        migrations.RunPython(note_typed_numbers, migrations.RunPython.noop),
    ]
