"""What a new compilation says differently from the one before it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityRevision
from jitasa.activities.selectors.values import LABELS
from jitasa.compilation.models import Compilation, CompiledRecord
from jitasa.compilation.selectors.columns import COUNTS, OFFICES
from jitasa.compilation.services.digest import Record, canonical

LISTED = 1000  # at most so many of a kind are listed one by one; the rest is counted
Difference = dict[str, Any]


def differences(last: Compilation, content: dict[str, Any], records: Sequence[Record]) -> list[Difference]:
    """Totals old and new, offices whose state changed, records added, removed and changed.

    Each is a dictionary with ``what``: ``total``, ``office``, ``added``, ``removed``, ``changed``,
    ``status`` (only reviewed: counted, not listed), ``table`` (rows of a summary that changed, counted)
    or ``more`` (``of`` and ``count`` not listed). Nothing at all: both say the same.
    """
    old = {uuid: (number, hash_, status) for uuid, number, hash_, status, _up in records_of(last)}
    new = {uuid: (number, hash_, status) for uuid, number, hash_, status, _up in records}
    added = sorted(new.keys() - old.keys())
    removed = sorted(old.keys() - new.keys())
    both = old.keys() & new.keys()
    changed = sorted(uuid for uuid in both if old[uuid][1] != new[uuid][1])
    return [
        *_totals(last.tables["totals"], content["totals"]),
        *_limited("office", _offices(last.tables, content)),
        *_limited("added", _named("added", added)),
        *_limited("removed", _named("removed", removed)),
        *_limited("changed", _changed(last, changed)),
        *_statuses((old[uuid][2], new[uuid][2]) for uuid in both),
        *_tables(last.tables["tables"], content["tables"]),
    ]


def records_of(compilation: Compilation) -> list[Record]:
    """(uuid, revision number, revision hash, status, counts upwards) of what a compilation holds, by uuid."""
    rows = (
        CompiledRecord.objects.filter(compilation=compilation)
        .order_by("revision__activity__uuid")
        .values_list(
            "revision__activity__uuid", "revision__number", "revision__hash", "status", "counts_upwards"
        )
    )
    return [(uuid.hex, number, hash_, status, up) for uuid, number, hash_, status, up in rows]


def _totals(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for column in OFFICES + COUNTS:
        before, after = old.get(column.key), new.get(column.key)
        if before != after and column.key in old:  # what an older program did not count is no change
            yield {"what": "total", "label": column.title, "before": before, "after": after}


def _offices(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    before, after = _states(old), _states(new)
    for code in sorted(before.keys() | after.keys()):
        old_state, new_state = before.get(code, ("", "")), after.get(code, ("", ""))
        if old_state[1] != new_state[1]:
            name = new_state[0] or old_state[0]
            yield {
                "what": "office",
                "code": code,
                "name": name,
                "before": old_state[1],
                "after": new_state[1],
            }


def _states(content: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Office code → (name, state in words)."""
    table = content["tables"]["laos"]
    keys = [key for key, _title, _kind in table["columns"]]
    code, name, state = keys.index("code"), keys.index("name"), keys.index("state")
    return {row[code]: (row[name], row[state]) for row in table["rows"]}


def _named(what: str, uuids: Sequence[str]) -> Iterator[Difference]:
    listed = [UUID(uuid) for uuid in uuids[:LISTED]]
    found = {row.uuid.hex: row for row in Activity.objects.filter(uuid__in=listed)}
    for uuid in uuids:
        row = found.get(uuid)
        yield {"what": what, "uuid": uuid, **(_identity(row) if row else {})}


def _identity(row: Activity) -> Difference:
    return {
        "number": row.number,
        "name": row.name,
        "office": row.organization_name,
        "status": Status(row.status).label,
    }


def _changed(last: Compilation, uuids: Sequence[str]) -> Iterator[Difference]:
    listed = [UUID(uuid) for uuid in uuids[:LISTED]]
    rows = {row.uuid.hex: row for row in Activity.objects.filter(uuid__in=listed)}
    old = {
        kept.revision.activity_id: kept.revision.data
        for kept in last.records.filter(revision__activity__uuid__in=listed).select_related("revision")
    }
    new = _current_data(rows.values())
    for uuid in uuids:
        row = rows.get(uuid)
        if row is None:
            yield {"what": "changed", "uuid": uuid}
            continue
        fields = _differing(old.get(row.pk, {}), new.get(row.pk, {}))
        yield {"what": "changed", "uuid": uuid, **_identity(row), "fields": fields}


def _current_data(rows: Iterable[Activity]) -> dict[int, dict[str, Any]]:
    numbers = {row.pk: row.revision for row in rows}
    revisions = ActivityRevision.objects.filter(activity_id__in=numbers)
    return {row.activity_id: row.data for row in revisions if row.number == numbers[row.activity_id]}


def _differing(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    before, after = old.get("values", {}), new.get("values", {})
    return [str(label) for name, label in LABELS.items() if before.get(name) != after.get(name)]


def _statuses(pairs: Iterable[tuple[str, str]]) -> Iterator[Difference]:
    counted = Counter(pair for pair in pairs if pair[0] != pair[1])
    for (before, after), count in sorted(counted.items()):
        yield {
            "what": "status",
            "before": Status(before).label,
            "after": Status(after).label,
            "count": count,
        }


def _tables(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    """Summaries whose rows changed: also a reason, an important day's name, a measure.

    Compared by the columns that both have: tables and columns of a newer program are no change.
    """
    for name in [name for name in new if name in old]:
        kept = [key for key in _keys(new[name]) if key in _keys(old[name])]
        changed = _rows(old[name], kept) ^ _rows(new[name], kept)
        if changed:
            yield {"what": "table", "label": new[name]["title"], "count": len(changed)}


def _keys(table: dict[str, Any]) -> list[str]:
    return [key for key, _title, _kind in table["columns"]]


def _rows(table: dict[str, Any], keys: Sequence[str]) -> set[str]:
    at = [_keys(table).index(key) for key in keys]
    return {canonical([row[index] for index in at]) for row in table["rows"]}


def _limited(what: str, found: Iterable[Difference]) -> Iterator[Difference]:
    more = 0
    for index, difference in enumerate(found):
        if index < LISTED:
            yield difference
        else:
            more += 1
    if more:
        yield {"what": "more", "of": what, "count": more}
