"""Rebuild stored search keys; for migrations."""

from typing import Any

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
