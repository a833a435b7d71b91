"""The one statement behind every board: offices as at the period, joined to their tallies and returns.

It is written as SQL because it groups one month of the whole country in a single pass, on SQLite and
PostgreSQL alike. Only constants of this module are put together; values go in as parameters:
``month``, ``month_end``, ``due_until`` (instant), ``office`` (id), ``path`` (prefix with ``%``).
"""

from collections.abc import Sequence
from typing import Final

from jitasa.rounds.counted import COUNTED, COUNTED_OF_PART

# Of an office's records by their state: all of them are counted as activities.
_BY_STATUS: Final = {
    "submitted": "= 'submitted'",
    "accepted": "= 'accepted'",
    "returned": "= 'returned'",
    "drafts": "IN ('draft', 'awaiting')",
}
# What the reviewed ones of them amount to upwards: what the public is told of.
_OF_ACCEPTED: Final = {"accepted_events": "events", "accepted_people": "people"}
SUM_NAMES: Final = (*COUNTED, *_BY_STATUS, *_OF_ACCEPTED)
SHOWN: Final = ("activities", "events", "people", "photos", "returned", "drafts")  # of them on a board's page
_LIVE: Final = "IN ('submitted', 'accepted')"
_COUNTED: Final = {
    **{name: (name, _LIVE) for name in COUNTED},
    **{name: ("activities", status) for name, status in _BY_STATUS.items()},
    **{name: (column, "= 'accepted'") for name, column in _OF_ACCEPTED.items()},
}


def _counts(names: Sequence[str]) -> str:
    """The sums of each office; whole numbers stay such, which PostgreSQL adds up faster than what sums of them become."""
    sums = {
        name: f"COALESCE(SUM(t.{column}) FILTER (WHERE t.status {status}), 0)"
        for name, (column, status) in _COUNTED.items()
    }
    return ", ".join(
        f"{sums[name] if name == 'budget' else f'CAST({sums[name]} AS BIGINT)'} AS {name}" for name in names
    )


# Each office exactly once: the state valid at the month's end; an office that recorded something
# without being in force then keeps its nearest earlier state (or its first) and is not expected.
AS_AT: Final = """
WITH counted AS (
  SELECT t.organization_id AS office_id, __counts__
  FROM rounds_tally t WHERE t.month = %(month)s __near__ GROUP BY t.organization_id
), there AS (
  SELECT s.organization_id AS office_id, __words__ s.province_code, s.lies_in_id, s.path
  FROM organizations_organizationstate s
  WHERE s.valid_from <= %(month_end)s AND (s.valid_to IS NULL OR s.valid_to > %(month_end)s)
), place AS (
  SELECT s.office_id, o.level, __words__ s.province_code,
    s.lies_in_id, s.path, CASE WHEN o.level = 'lao' THEN 1 ELSE 0 END AS in_force,
    CASE WHEN o.level = 'lao' AND s.office_id NOT IN (__unserved__) THEN 1 ELSE 0 END AS expected
  FROM there s JOIN organizations_organization o ON o.id = s.office_id
  WHERE o.level = 'lao' OR s.office_id IN (SELECT office_id FROM counted)
  UNION ALL
  SELECT s.organization_id, o.level, __words__ s.province_code,
    s.lies_in_id, s.path, 0, 0
  FROM (SELECT n.office_id FROM counted n LEFT JOIN there v ON v.office_id = n.office_id
        WHERE v.office_id IS NULL) c
  JOIN organizations_organization o ON o.id = c.office_id
  JOIN organizations_organizationstate s ON s.organization_id = c.office_id
    AND s.valid_from = COALESCE(
      (SELECT MAX(b.valid_from) FROM organizations_organizationstate b
       WHERE b.organization_id = c.office_id AND b.valid_from <= %(month_end)s),
      (SELECT MIN(b.valid_from) FROM organizations_organizationstate b
       WHERE b.organization_id = c.office_id))
)
"""

# Somebody came to these after the month: they are not asked for it (``rounds.selectors.returns.owed_months``).
_UNSERVED: Final = """SELECT n.organization_id FROM organizations_post n WHERE n.from_date > %(month_end)s
      AND NOT EXISTS (SELECT 1 FROM organizations_post e
        WHERE e.organization_id = n.organization_id AND e.from_date <= %(month_end)s)"""

# Today's registry: the numbers of a closed office belong to the one that took its place.
AS_NOW: Final = """
WITH RECURSIVE heir AS (
  SELECT o.id AS member_id, o.id AS office_id FROM organizations_organization o
  WHERE NOT EXISTS (SELECT 1 FROM organizations_succession s WHERE s.predecessor_id = o.id)
  UNION ALL
  SELECT s.predecessor_id, h.office_id
  FROM organizations_succession s JOIN heir h ON s.successor_id = h.member_id
), counted AS (
  SELECT h.office_id, __counts__
  FROM rounds_tally t JOIN heir h ON h.member_id = t.organization_id
  WHERE t.month = %(month)s __near__ GROUP BY h.office_id
), place AS (
  SELECT o.id AS office_id, o.level, o.code, o.type, o.name, o.short_name, o.province_code,
    o.lies_in_id, o.path,
    CASE WHEN o.level = 'lao' AND o.closed_on IS NULL THEN 1 ELSE 0 END AS in_force,
    CASE WHEN o.level = 'lao' AND o.closed_on IS NULL THEN 1 ELSE 0 END AS expected
  FROM organizations_organization o
  WHERE (o.level = 'lao' AND o.closed_on IS NULL) OR o.id IN (SELECT office_id FROM counted)
)
"""

# The facts of an office in one number, a bit each in the order of ``states.OfficeFacts``: one column to group by.
FACTS: Final = """p.in_force + 2 * p.expected
  + CASE WHEN c.activities > 0 THEN 4 ELSE 0 END
  + CASE WHEN c.returned > 0 THEN 8 ELSE 0 END
  + CASE WHEN c.drafts > 0 THEN 16 ELSE 0 END
  + CASE WHEN r.nil_at IS NULL THEN 0 ELSE 32 END
  + CASE WHEN r.confirmed_at IS NULL THEN 0 ELSE 64 END
  + CASE WHEN r.confirmed_at IS NOT NULL THEN CASE WHEN r.on_time THEN 128 ELSE 0 END
       WHEN r.nil_at < %(due_until)s THEN 128 ELSE 0 END"""

FROM: Final = """
FROM place p
LEFT JOIN counted c ON c.office_id = p.office_id
LEFT JOIN rounds_monthlyreturn r ON r.organization_id = p.office_id AND r.month = %(month)s
"""

EVERYWHERE: Final = " WHERE 1 = 1 "
# A district also counts what stands in it and answers to the province, as the scope filter lets it see.
IN_OFFICE: Final = " WHERE (p.path LIKE %(path)s OR p.lies_in_id = %(office)s) "
SEEN: Final = " AND (p.expected = 1 OR c.office_id IS NOT NULL) "

# Offices that ever stood here: keeps the database from counting the whole country for one district.
_NEAR_AS_AT: Final = """AND t.organization_id IN (SELECT x.organization_id
  FROM organizations_organizationstate x WHERE x.path LIKE %(path)s OR x.lies_in_id = %(office)s)"""
_NEAR_AS_NOW: Final = """AND h.office_id IN (SELECT x.id
  FROM organizations_organization x WHERE x.path LIKE %(path)s OR x.lies_in_id = %(office)s)"""


_WORDS: Final = "s.code, s.type, s.name, s.short_name,"


def _head(
    *, as_now: bool, whole_country: bool, sums: Sequence[str] = ("activities",), words: bool = False
) -> str:
    """The places of the month with what the offices counted; of the sums those asked for, and their words if asked for."""
    near = "" if whole_country else (_NEAR_AS_NOW if as_now else _NEAR_AS_AT)
    text = (AS_NOW if as_now else AS_AT).replace("__unserved__", _UNSERVED)
    text = text.replace("__words__", _WORDS if words else "")
    return text.replace("__counts__", _counts(sums)).replace("__near__", near)


GROUP_KEYS: Final = {"province": "p.province_code", "district": "p.lies_in_id", "office": "p.office_id"}


def grouped(*, as_now: bool, whole_country: bool, key: str, sums: Sequence[str]) -> str:
    """Facts, number of offices and sums (of ``SUM_NAMES``) per (key, facts); ``key`` is one of ``GROUP_KEYS``."""
    column = GROUP_KEYS[key]
    where = EVERYWHERE if whole_country else IN_OFFICE
    needed = dict.fromkeys((*sums, "activities", "returned", "drafts"))
    head = _head(as_now=as_now, whole_country=whole_country, sums=[*needed])
    added = ", ".join(f"COALESCE(SUM(c.{name}), 0)" for name in sums)
    return f"{head} SELECT {column}, {FACTS}, COUNT(*), {added} {FROM} {where} {SEEN} GROUP BY {column}, 2"


def offices(*, as_now: bool, whole_country: bool) -> str:
    """One row per office with its facts and numbers."""
    where = EVERYWHERE if whole_country else IN_OFFICE
    head = _head(as_now=as_now, whole_country=whole_country, sums=SUM_NAMES, words=True)
    numbers = ", ".join(f"COALESCE(c.{name}, 0)" for name in SUM_NAMES)
    return (
        f"{head} SELECT p.office_id, {FACTS}, {numbers}, p.level, p.code, p.type, p.name, p.short_name, "
        f"p.province_code, p.lies_in_id {FROM} {where} {SEEN} ORDER BY p.code, p.office_id"
    )


_MEMBER: Final = {
    False: "JOIN place p ON p.office_id = t.organization_id",
    True: "JOIN heir h ON h.member_id = t.organization_id JOIN place p ON p.office_id = h.office_id",
}
SPLIT_KEYS: Final = {"kind": "t.kind_code", "occasion": "t.occasion_id"}


def split(*, as_now: bool, whole_country: bool, by: str, key: str | None = None) -> str:
    """Live numbers per kind or occasion (``by``), and per place as well when ``key`` is given."""
    where = EVERYWHERE if whole_country else IN_OFFICE
    head = _head(as_now=as_now, whole_country=whole_country)
    columns = f"{GROUP_KEYS[key]}, {SPLIT_KEYS[by]}" if key else SPLIT_KEYS[by]
    sums = ", ".join(f"SUM(t.{name})" for name in COUNTED_OF_PART)
    return (
        f"{head} SELECT {columns}, {sums} FROM rounds_tally t {_MEMBER[as_now]} {where} "  # noqa: S608 (constants only)
        f"AND t.month = %(month)s AND t.status {_LIVE} GROUP BY {columns}"
    )


def unstated(*, whole_country: bool, months: int) -> str:
    """Per n-th month: the local governments in force and served at its end, and those of them that stated nothing."""
    span = ", ".join(f"({n}, %(month{n})s, %(end{n})s)" for n in range(months))
    inside = "" if whole_country else " AND (s.path LIKE %(path)s OR s.lies_in_id = %(office)s)"
    return (
        f"WITH span(n, month, month_end) AS (VALUES {span}) "  # noqa: S608 (constants only)
        "SELECT m.n, COUNT(*), SUM(CASE WHEN r.confirmed_at IS NULL AND r.nil_at IS NULL THEN 1 ELSE 0 END) "
        "FROM span m JOIN organizations_organizationstate s ON s.valid_from <= m.month_end "
        "AND (s.valid_to IS NULL OR s.valid_to > m.month_end) "
        "JOIN organizations_organization o ON o.id = s.organization_id AND o.level = 'lao' "
        "LEFT JOIN rounds_monthlyreturn r ON r.organization_id = s.organization_id AND r.month = m.month "
        "LEFT JOIN (SELECT organization_id, MIN(from_date) AS since FROM organizations_post "
        "GROUP BY organization_id) p ON p.organization_id = s.organization_id "
        f"WHERE (p.since IS NULL OR p.since <= m.month_end) {inside} GROUP BY m.n"
    )


_SENT_BY: Final = {False: "a.organization_id", True: "h.office_id"}
_SENT_FROM: Final = {False: "", True: "JOIN heir h ON h.member_id = a.organization_id"}


_TOLD: Final = ("activities", "events", "people", "photos")
_REPORTED: Final = """COALESCE(SUM(p.expected), 0), COALESCE(SUM(CASE WHEN p.expected = 1
  AND (c.activities > 0 OR r.nil_at IS NOT NULL) THEN 1 ELSE 0 END), 0)"""


def reported(*, as_now: bool) -> str:
    """Expected offices, those that have reported, and what all live records amount to: events, people, photos.

    The sums that ``grouped`` gives for everything within an office below the department, for a third of the work.
    """
    head = _head(as_now=as_now, whole_country=False, sums=_TOLD)
    sums = "COALESCE(SUM(c.events), 0), COALESCE(SUM(c.people), 0), COALESCE(SUM(c.photos), 0)"
    return f"{head} SELECT {_REPORTED}, {sums} {FROM} {IN_OFFICE}"


def reporting(*, as_now: bool) -> str:
    """Of the whole country, whose sums are kept: expected offices, and those of them that have reported."""
    head = _head(as_now=as_now, whole_country=True)
    return f"{head} SELECT {_REPORTED} {FROM} WHERE p.expected = 1"


def reported_until(*, as_now: bool, whole_country: bool) -> str:
    """Expected offices, those that had reported, and what their live records sent before ``until`` amount to."""
    near = "" if whole_country else (_NEAR_AS_NOW if as_now else _NEAR_AS_AT).replace("t.", "a.")
    where = EVERYWHERE if whole_country else IN_OFFICE
    head = _head(as_now=as_now, whole_country=whole_country)
    return (
        f"{head}, sent AS (SELECT {_SENT_BY[as_now]} AS office_id, "  # noqa: S608 (constants only)
        "SUM(CASE WHEN a.counts_upwards THEN 1 ELSE 0 END) AS events, "
        "SUM(CASE WHEN a.counts_upwards THEN a.participants ELSE 0 END) AS people, SUM(a.photo_count) AS photos "
        f"FROM activities_activity a {_SENT_FROM[as_now]} WHERE a.month = %(month)s "
        f"AND a.status {_LIVE} AND a.submitted_at < %(until)s {near} GROUP BY {_SENT_BY[as_now]}) "
        "SELECT COALESCE(SUM(p.expected), 0), COALESCE(SUM(CASE WHEN p.expected = 1 "
        "AND (s.office_id IS NOT NULL OR r.nil_at < %(until)s) THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(s.events), 0), COALESCE(SUM(s.people), 0), COALESCE(SUM(s.photos), 0) "
        "FROM place p LEFT JOIN sent s ON s.office_id = p.office_id "
        f"LEFT JOIN rounds_monthlyreturn r ON r.organization_id = p.office_id AND r.month = %(month)s {where}"
    )


_TREND_KEYS: Final = {
    False: {"province": "s.province_code", "district": "s.lies_in_id", "office": "s.organization_id"},
    True: {"province": "s.province_code", "district": "s.lies_in_id", "office": "s.id"},
}
_TREND_PLACE: Final = {
    False: """JOIN organizations_organizationstate s ON s.organization_id = t.organization_id
      AND s.valid_from <= m.month_end AND (s.valid_to IS NULL OR s.valid_to > m.month_end OR NOT EXISTS (
        SELECT 1 FROM organizations_organizationstate n WHERE n.organization_id = s.organization_id
        AND n.valid_from > s.valid_from AND n.valid_from <= m.month_end))""",
    True: """JOIN heir h ON h.member_id = t.organization_id
      JOIN organizations_organization s ON s.id = h.office_id""",
}
_HEIR: Final = """heir AS (
  SELECT o.id AS member_id, o.id AS office_id FROM organizations_organization o
  WHERE NOT EXISTS (SELECT 1 FROM organizations_succession s WHERE s.predecessor_id = o.id)
  UNION ALL
  SELECT s.predecessor_id, h.office_id
  FROM organizations_succession s JOIN heir h ON s.successor_id = h.member_id
), """


def trend(*, as_now: bool, whole_country: bool, key: str, months: int) -> str:
    """Live events and people per (key, n-th month); parameters ``month0``, ``end0`` and so on."""
    column = _TREND_KEYS[as_now][key]
    span = ", ".join(f"({n}, %(month{n})s, %(end{n})s)" for n in range(months))
    listed = ", ".join(f"%(month{n})s" for n in range(months))
    near = "" if whole_country or as_now else _NEAR_AS_AT.replace("t.organization_id", "y.organization_id")
    inside = "" if whole_country else " WHERE (s.path LIKE %(path)s OR s.lies_in_id = %(office)s)"
    return (
        f"WITH RECURSIVE {_HEIR if as_now else ''} span(n, month, month_end) AS (VALUES {span}), t AS ("  # noqa: S608 (constants only)
        "SELECT y.month, y.organization_id, SUM(y.events) AS events, SUM(y.people) AS people "
        # The months stand here once, and as a list: joined to the span, all months or all offices would be read.
        f"FROM rounds_tally y WHERE y.month IN ({listed}) AND y.status {_LIVE} {near} "
        "GROUP BY y.month, y.organization_id) "
        f"SELECT {column}, m.n, SUM(t.events), SUM(t.people) FROM t JOIN span m ON m.month = t.month "
        f"{_TREND_PLACE[as_now]} {inside} GROUP BY {column}, m.n"
    )


_LIVE_RECORDS: Final = """
FROM place p
JOIN activities_activity a ON a.organization_id = p.office_id
JOIN activities_activityrevision v ON v.activity_id = a.id AND v.number = a.revision
"""
_LIVE_WHERE: Final = " AND a.month = %(month)s AND a.status IN ('submitted', 'accepted') "


def live_records(*, whole_country: bool) -> str:
    """(uuid, revision number, revision hash, status, counts upwards) of an office's live records, as at the period."""
    where = EVERYWHERE if whole_country else IN_OFFICE
    return (
        f"{_head(as_now=False, whole_country=whole_country)} SELECT a.uuid, v.number, v.hash, a.status, a.counts_upwards "
        f"{_LIVE_RECORDS} {where} {_LIVE_WHERE} ORDER BY a.uuid"
    )


def keep_records(*, whole_country: bool) -> str:
    """Copies the same records into the compilation ``%(compilation)s``."""
    where = EVERYWHERE if whole_country else IN_OFFICE
    return (
        f"{_head(as_now=False, whole_country=whole_country)} "
        "INSERT INTO compilation_compiledrecord (compilation_id, revision_id, status, counts_upwards) "
        f"SELECT %(compilation)s, v.id, a.status, a.counts_upwards {_LIVE_RECORDS} {where} {_LIVE_WHERE}"
    )


def live_revisions(*, whole_country: bool) -> str:
    """(revision id, status, counts upwards) of the same records, by office and day."""
    where = EVERYWHERE if whole_country else IN_OFFICE
    return (
        f"{_head(as_now=False, whole_country=whole_country)} SELECT v.id, a.status, a.counts_upwards "
        f"{_LIVE_RECORDS} {where} {_LIVE_WHERE} ORDER BY a.organization_code, a.start_date, a.id"
    )
