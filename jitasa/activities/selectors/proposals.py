"""What the recording page proposes: from the pictures, the day, the name typed, and the office's earlier records."""

from dataclasses import dataclass, field
from datetime import date
from math import cos, radians
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When

from jitasa.activities import rules, rules_offers
from jitasa.activities.choices import Basis
from jitasa.activities.models import Activity
from jitasa.activities.points import Point
from jitasa.activities.rules_offers import LAST_YEAR, NEAR_M, Earlier, Match, Typed
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.places import home_tambon, tambon_words
from jitasa.activities.selectors.values import Parts
from jitasa.occasions.models import Occasion
from jitasa.occasions.selectors import offered_for
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors import geography
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.models import Kind, ParticipantGroup, SubKind
from jitasa.rounds.selectors import lists
from jitasa.ui.searching import holding

LOOKED_AT = 40  # earlier records that are weighed; the office's newest come last among them
NAME_LEAST = 3  # letters typed before earlier names are looked for
M_A_DEGREE = 111_000.0
OCCASIONS_MOST, PLACES_MOST, TAMBONS_MOST = 2, 3, 3
Fill = dict[str, str]  # field of the form → what a tap puts there


@dataclass(frozen=True)
class Proposal:
    """One tap: ``fill`` goes into the form; ``match`` is the earlier record it comes from, if it does."""

    key: str
    fill: Fill
    words: str
    match: Match | None = None
    detail: str = ""
    occasion: Occasion | None = None
    on_the_day: bool = False
    counts: list[tuple[ParticipantGroup, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Proposals:
    """Everything proposed at one moment, by the place of the page where it stands."""

    records: list[Proposal]
    kinds: list[Proposal]
    places: list[Proposal]
    tambons: list[Proposal]
    occasions: list[Proposal]
    people: list[Proposal]


def proposals_for(viewer: Viewer, office: Organization, typed: Typed, *, own: UUID | None) -> Proposals:
    """What to propose now. At most three statements of its own, however many records the office has.

    ``own`` is the record being written, which is no earlier one. Only records the viewer may see, and of
    these only the office's own that were sent: a draft or a withdrawn one proves nothing.
    """
    rows = {row.pk: row for row in _weighed(viewer, office, typed, own)}
    found = rules_offers.matches(typed, map(_earlier, rows.values()))
    named = [(match, rows[match.record.id]) for match in found]
    parts = parts_by_activity([named[0][1]]) if named and named[0][1].participants else {}
    return Proposals(
        records=[_record(match, row) for match, row in named],
        kinds=_kinds(typed),
        places=_places(named),
        tambons=_tambons(office, typed, named),
        occasions=_occasions(office, typed.day),
        people=[_people(*named[0], parts[named[0][1].pk])] if parts else [],
    )


@dataclass(frozen=True)
class KeptProposal:
    """An earlier record as a device keeps it, to be proposed without a signal: by its point and its day."""

    record: Proposal
    people: Proposal | None
    point: Point | None
    day: date | None


def kept_proposals(viewer: Viewer, office: Organization) -> list[KeptProposal]:
    """The office's last sent records that the viewer may see, the newest first. Two statements."""
    nothing = Typed(name="", day=None, point=None)
    rows = list(_weighed(viewer, office, nothing, None))
    parts = parts_by_activity(rows) if rows else {}
    return [_kept(row, parts[row.pk]) for row in rows]


def _kept(row: Activity, parts: Parts) -> KeptProposal:
    match = Match(_earlier(row), rules_offers.LAST)
    people = _people(match, row, parts) if row.participants else None
    return KeptProposal(_record(match, row), people, match.record.point, match.record.day)


def _weighed(viewer: Viewer, office: Organization, typed: Typed, own: UUID | None) -> QuerySet[Activity]:
    """The office's sent records that fit, then its newest. One statement."""
    rows = Activity.objects.visible_to(viewer).live().filter(organization=office).exclude(name="")
    if own is not None:
        rows = rows.exclude(uuid=own)
    fits = Case(When(_fitting(typed), then=Value(0)), default=Value(1))
    return (
        rows.select_related("kind", "sub_kind")
        .annotate(fits=fits)
        .order_by("fits", "-start_date", "-id")
        .defer("search_text", "result", "problems", "suggestions")[:LOOKED_AT]
    )


def _fitting(typed: Typed) -> Q:
    """Near the picture, about the same day last year, or with the words typed."""
    fitting = Q(pk__in=[])
    if typed.point is not None:
        up = NEAR_M / M_A_DEGREE
        aside = up / cos(radians(typed.point.latitude))
        fitting |= Q(
            latitude__range=(typed.point.latitude - up, typed.point.latitude + up),
            longitude__range=(typed.point.longitude - aside, typed.point.longitude + aside),
        )
    if typed.day is not None:
        fitting |= Q(start_date__range=rules_offers.year_before(typed.day))
    if len(typed.name) >= NAME_LEAST:
        fitting |= holding(typed.name, "search_text")
    return fitting


def _earlier(row: Activity) -> Earlier:
    point = None
    if row.latitude is not None and row.longitude is not None:
        point = Point(row.latitude, row.longitude)
    return Earlier(id=row.pk, name=row.name, place=row.place, day=row.start_date, point=point)


def _record(match: Match, row: Activity) -> Proposal:
    """Name, place, kind and sub-kind of an earlier record in one tap; words no longer offered are left out."""
    kind = lists.offered_by_code(Kind).get(row.kind.code) if row.kind else None
    sub_kind = lists.offered_by_code(SubKind).get(row.sub_kind.code) if row.sub_kind else None
    fill = {
        "name": row.name,
        "place": row.place,
        "moo": "" if row.moo is None else str(row.moo),
        "tambon_code": row.tambon_code,
        "kind": kind.code if kind else "",
        "sub_kind": sub_kind.code if sub_kind else "",
    }
    tambon = geography.tambon(row.tambon_code)
    label = sub_kind or kind
    words = (row.place, f"ต.{tambon.name_th}" if tambon else "", label.words if label else "")
    detail = " · ".join(each for each in words if each)
    return Proposal(f"record-{row.pk}", _filled(fill), row.name, match, detail)


def _filled(fill: Fill) -> Fill:
    return {name: value for name, value in fill.items() if value}


def _kinds(typed: Typed) -> list[Proposal]:
    """Kind and sub-kind by the words of the name (``SubKind.keywords``, which the department keeps)."""
    kinds = lists.offered_by_code(Kind)
    found = rules_offers.sub_kinds_for(typed.name, lists.offered(SubKind)) if typed.name else []
    made = []
    for row in found:
        kind = kinds.get(row.kind_code)
        words = f"{kind.words} · {row.words}" if kind else row.words
        fill = _filled({"kind": kind.code if kind else "", "sub_kind": row.code})
        made.append(Proposal(f"kind-{row.code}", fill, words))
    return made


def _places(named: list[tuple[Match, Activity]]) -> list[Proposal]:
    """Places of the earlier records that are near or of the same day; each once."""
    once: dict[str, Proposal] = {}
    for match, row in named:
        if row.place and row.place not in once:
            fill = _filled({"place": row.place, "moo": "" if row.moo is None else str(row.moo)})
            once[row.place] = Proposal(f"place-{row.pk}", fill, row.place, match)
    return list(once.values())[:PLACES_MOST]


def _tambons(office: Organization, typed: Typed, named: list[tuple[Match, Activity]]) -> list[Proposal]:
    """The tambon nearest to the pin, those of the earlier records, the one that bears the office's name."""
    found: dict[str, Proposal] = {}
    if typed.point is not None and rules.in_thailand(typed.point.latitude, typed.point.longitude):
        near = geography.nearest_tambon(
            typed.point.latitude, typed.point.longitude, province_code=office.province_code
        )
        if near is not None:
            found[near.code] = _tambon(near.code, "point")
    for match, row in named:
        if match.why <= LAST_YEAR and row.tambon_code:
            found.setdefault(row.tambon_code, _tambon(row.tambon_code, "", match))
    home = home_tambon(office)
    if home:
        found.setdefault(home, _tambon(home, "home"))
    return list(found.values())[:TAMBONS_MOST]


def _tambon(code: str, detail: str, match: Match | None = None) -> Proposal:
    tambon = geography.tambon(code)
    words = f"ต.{tambon.name_th}" if tambon else tambon_words(code)
    return Proposal(f"tambon-{code}", {"tambon_code": code}, words, match, detail)


def _occasions(office: Organization, day: date | None) -> list[Proposal]:
    """The important days whose window holds the day of the pictures, the nearest first."""
    if day is None:
        return []
    return [
        Proposal(
            f"occasion-{row.pk}",
            {"basis": Basis.OCCASION, "occasion_id": str(row.pk)},
            row.name,
            occasion=row,
            on_the_day=row.date == day,
        )
        for row in offered_for(office, day)[:OCCASIONS_MOST]
    ]


def _people(match: Match, row: Activity, parts: Parts) -> Proposal:
    """Who came the time before, by group; men and women too when they were counted."""
    offered = lists.offered_by_code(ParticipantGroup)
    counts = [
        (offered[each.group.code], each.count)
        for each in parts.participations
        if each.group.code in offered and each.count
    ]
    fill: dict[str, Any] = {f"group_{group.code}": str(count) for group, count in counts}
    if counts and row.men is not None and row.women is not None:
        fill |= {"men": str(row.men), "women": str(row.women)}
    return Proposal(f"people-{row.pk}", fill, row.name, match, counts=counts)
