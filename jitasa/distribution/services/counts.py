"""Keep the counts of a sending as things happen, for the recipient and every office above it.

An amount is added under the path stored at delivery, and taken back under the same path, wherever the
recipient stands in the tree by then.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, F, Value, When

from jitasa import counters
from jitasa.distribution.models import BranchCount
from jitasa.distribution.paths import ids_in

Amounts = Counter[str]


def summed(parts: Iterable[tuple[str, Amounts]]) -> dict[int, Amounts]:
    """Office id → the sum of the amounts of all paths that lead through it.

    In the order in which the rows are locked: the root, which every path begins with, then by id. So two
    acts on one sending wait for each other at the root and never in a ring.
    """
    totals: dict[int, Amounts] = {}
    roots = set()
    for path, amounts in parts:
        ids = ids_in(path)
        roots.update(ids[:1])
        for pk in ids:
            totals.setdefault(pk, Counter()).update(amounts)
    return dict(sorted(totals.items(), key=lambda item: (item[0] not in roots, item[0])))


def parents(paths: Iterable[str]) -> dict[int, int | None]:
    """Office id → the id of the office above it in the paths (``None`` for the root)."""
    found: dict[int, int | None] = {}
    for path in paths:
        ids = ids_in(path)
        found.update(zip(ids, [None, *ids], strict=False))
    return found


def add(model: type[BranchCount], key: Mapping[str, Any], parts: Iterable[tuple[str, Amounts]]) -> None:
    """Add amounts at paths, in one statement."""
    listed = list(parts)
    above = parents(path for path, _amounts in listed)
    counters.add(
        model,
        key=key,
        by="organization",
        amounts=summed(listed),
        first={pk: {"above": parent} for pk, parent in above.items()},
    )


def take_back(model: type[BranchCount], key: Mapping[str, Any], parts: Iterable[tuple[str, Amounts]]) -> None:
    """Subtract amounts that were added under the same paths, in two statements."""
    totals = summed(parts)
    rows = model._default_manager.filter(**key, organization_id__in=totals)
    root_first = F("above").asc(nulls_first=True)
    list(rows.select_for_update(no_key=True).order_by(root_first, "organization_id").values_list("pk"))
    changes: dict[str, Any] = {}
    for name in sorted({name for amounts in totals.values() for name in amounts}):
        same: dict[int, list[int]] = {}
        for pk, amounts in totals.items():
            same.setdefault(amounts[name], []).append(pk)
        cases = [When(organization_id__in=pks, then=Value(amount)) for amount, pks in same.items() if amount]
        changes[name] = F(name) - Case(*cases, default=Value(0))
    if changes:
        rows.update(**changes)
