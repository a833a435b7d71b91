"""What the database says afterwards, and the report."""

import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from django.db.models import Sum

from bench.evening.crowd import Crowd, Notes
from jitasa.activities.models import Activity, ReceiptCounter
from jitasa.compilation.services.check import differences
from jitasa.photos.models import Photo, PhotoState

Figures = list[tuple[str, float, str]]
SHOWN = 8  # refusals that end a report, and without words, that are printed
FAULTS_SHOWN, FAULT_LENGTH = 3, 6_000


def verdict(crowd: Crowd, notes: Notes) -> Figures:
    """Reports accepted, lost, doubled and numbers that are wrong; all but the first must be nought."""
    sent = {report.uuid for report in crowd.reports}
    stored = Activity.objects.filter(uuid__in=sent).exclude(number="")
    found = set(stored.values_list("uuid", flat=True))
    names = Counter(stored.values_list("name", flat=True))
    numbers = Counter(Activity.objects.exclude(number="").values_list("number", flat=True))
    return [
        ("evening_reports", len(sent), "reports"),
        ("evening_accepted", len(notes.acknowledged), "reports"),
        ("evening_stored", len(found), "reports"),
        ("evening_lost", len(set(notes.acknowledged) - found), "reports"),
        ("evening_given_up", len(crowd.given_up), "reports"),
        ("evening_doubled", sum(n - 1 for n in names.values()) + sum(n - 1 for n in numbers.values()), "reports"),
        ("evening_wrong_numbers", len(list(differences())), "numbers"),
        ("evening_gaps", gaps(), "numbers"),
        ("evening_wordless", len(notes.wordless), "answers"),
        ("evening_faults", sum(n for what, n in notes.counts.items() if what.endswith(": 500")), "answers 500"),
        ("evening_pictures_waiting", Photo.objects.exclude(state=PhotoState.READY).count(), "pictures"),
    ]  # fmt: skip


def gaps() -> int:
    """Numbers that were counted and stand on no record."""
    counted = ReceiptCounter.objects.aggregate(n=Sum("last"))["n"] or 0
    return int(counted) - Activity.objects.exclude(number="").count()


def times(notes: Notes) -> Figures:
    rows: Figures = []
    for act, seconds in sorted(notes.seconds.items()):
        ordered = sorted(seconds)
        rows += [
            (f"{act}: median", statistics.median(ordered) * 1000, "ms"),
            (f"{act}: p95", ordered[int(len(ordered) * 0.95)] * 1000, "ms"),
        ]
    return rows


def say(figures: Figures, notes: Notes, broken: Sequence[str], took: float) -> None:
    for line in broken:
        print(f"broken  {line}")
    print(f"the last clerk was through after {took:.0f} s")
    for name, value, unit in figures:
        print(f"{name:<58}{value:>10,.0f} {unit}")
    print(f"{'act':<52}{'n':>7}{'median':>9}{'p95':>9}{'longest':>9}  ms")
    for act, seconds in sorted(notes.seconds.items()):
        ordered = [each * 1000 for each in sorted(seconds)]
        p95 = ordered[int(len(ordered) * 0.95)]
        print(
            f"{act:<52}{len(ordered):>7}{statistics.median(ordered):>9,.0f}{p95:>9,.0f}{ordered[-1]:>9,.0f}"
        )
    print("other answers, each tried again or told why:")
    for what, count in sorted(notes.counts.items()):
        print(f"  {what:<50}{count:>7}")
    for line in notes.final[:SHOWN]:
        print(f"  not tried again: {line}")
    for line in notes.wordless[:SHOWN]:
        print(f"  without words: {line}")


def say_faults(log: Path) -> None:
    """The first faults of the program itself (500), with what led to them."""
    found = log.read_text("utf-8", "replace").split("ERROR django.request: Internal Server Error")[1:]
    for each in found[:FAULTS_SHOWN]:
        print("fault" + each[:FAULT_LENGTH])
