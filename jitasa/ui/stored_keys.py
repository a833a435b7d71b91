"""Rebuild stored search keys; for migrations."""

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Replace

from jitasa.thai.search import stored

BATCH = 2000


def rebuild_search_text(model: Any, *, longest: int | None = None) -> None:
    """Bring ``search_text`` of every row of a historical model to what ``thai.search.stored`` makes of it.

    Rows are read and written ``BATCH`` at a time, by key; ``longest`` is the column's length.
    """
    last = 0
    while True:
        rows = list(model.objects.filter(pk__gt=last).order_by("pk").only("pk", "search_text")[:BATCH])
        if not rows:
            return
        changed = []
        for row in rows:
            key = stored(row.search_text)[:longest]
            if key != row.search_text:
                row.search_text = key
                changed.append(row)
        model.objects.bulk_update(changed, ["search_text"], batch_size=200)
        last = rows[-1].pk


def replace_in_search_text(model: Any, old: str, new: str) -> None:
    """Write ``new`` for ``old`` in every stored key of a historical model, in one statement."""
    model.objects.filter(search_text__contains=old).update(
        search_text=Replace(F("search_text"), Value(old), Value(new))
    )
