"""Who gets something, from words to offices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jitasa.distribution.models import RecipientGroup
from jitasa.distribution.selectors.areas import codes_in, laos_in
from jitasa.distribution.values import Addressee, Recipients
from jitasa.organizations.choices import ANSWERS_TO_PROVINCE, Level, OrganizationType
from jitasa.organizations.in_use import is_open
from jitasa.organizations.models import Organization, Succession
from jitasa.organizations.selectors.geography import place_label

T = OrganizationType
MOST_MERGERS = 10  # steps; more would be a ring
TOWNS = [T.CITY_MUNICIPALITY, T.TOWN_MUNICIPALITY, T.PATTAYA]


@dataclass(frozen=True)
class Preset:
    """A usual choice: its words as a letter says them, and the offices it means for a sender."""

    label: object
    levels: frozenset[str]
    offices: Callable[[Organization], Q]


def _here(office: Organization) -> Q:
    """In the sender's area: the country, the province, or the district it is."""
    if office.level == Level.DEPARTMENT:
        return Q()
    if office.level == Level.PROVINCE:
        return Q(province_code=office.province_code)
    return Q(district_code=office.district_code)


_D, _P, _A = Level.DEPARTMENT, Level.PROVINCE, Level.DISTRICT
PRESETS: dict[str, Preset] = {
    "governors": Preset(
        _("ผู้ว่าราชการจังหวัด ทุกจังหวัด"), frozenset({_D}), lambda _office: Q(level=Level.PROVINCE)
    ),
    "district_chiefs": Preset(
        _("นายอำเภอ ทุกอำเภอ"), frozenset({_D, _P}), lambda office: Q(level=Level.DISTRICT) & _here(office)
    ),
    "pao": Preset(_("นายก อบจ."), frozenset({_D, _P}), lambda office: Q(type=T.PAO) & _here(office)),
    "towns": Preset(
        _("นายกเทศมนตรีนครและนายกเทศมนตรีเมือง"),
        frozenset({_D, _P}),
        lambda office: Q(type__in=TOWNS) & _here(office),
    ),
    "tambon_municipalities": Preset(
        _("นายกเทศมนตรีตำบล ทุกแห่ง"),
        frozenset({_D, _P, _A}),
        lambda office: Q(type=T.TAMBON_MUNICIPALITY) & _here(office),
    ),
    "saos": Preset(
        _("นายก อบต. ทุกแห่ง"), frozenset({_D, _P, _A}), lambda office: Q(type=T.SAO) & _here(office)
    ),
    "all_laos": Preset(
        _("อปท. ทุกแห่ง"), frozenset({_D, _P, _A}), lambda office: Q(level=Level.LAO) & _here(office)
    ),
    "line": Preset(
        _("หน่วยงานถัดไปตามสายการกำกับดูแล"),
        frozenset({_D, _P, _A}),
        lambda office: _line(office),
    ),
}


def _line(office: Organization) -> Q:
    """One step down the line of letters; the same as ``rules.passes_to``, as a query."""
    if office.level == Level.DEPARTMENT:
        return Q(level=Level.PROVINCE)
    if office.level == Level.PROVINCE:
        below = Q(level=Level.DISTRICT) | Q(type__in=ANSWERS_TO_PROVINCE)
        return below & Q(province_code=office.province_code)
    return Q(type__in=[T.TAMBON_MUNICIPALITY, T.SAO], district_code=office.district_code)


def presets_for(office: Organization) -> dict[str, Preset]:
    """The presets an office of this level may choose."""
    return {key: preset for key, preset in PRESETS.items() if office.level in preset.levels}


def resolve(office: Organization, recipients: Recipients) -> list[Addressee]:
    """Every office exactly once, by id; an office merged away is replaced by its successor.

    The sender itself never receives what it sends. One query, and one more a step of mergers.
    """
    chosen = Q(pk__in=recipients.offices)
    for key, preset in presets_for(office).items():
        if key in recipients.presets:
            chosen |= preset.offices(office) & is_open()
    if codes_in(recipients.presets):
        chosen |= laos_in(office, recipients.presets)
    if recipients.groups:
        groups = RecipientGroup.objects.filter(organization=office, pk__in=recipients.groups)
        chosen |= Q(pk__in=groups.values("members"))
    return _standing(chosen, {}, office.pk)


def standing(chosen: Mapping[int, int | None], *, sender_id: int) -> list[Addressee]:
    """The same for offices chosen before: recipient id → the office chosen in its place, if another was."""
    return _standing(Q(pk__in=chosen), chosen, sender_id)


def _standing(chosen: Q, addressed: Mapping[int, int | None], sender_id: int) -> list[Addressee]:
    rows = Organization.objects.filter(chosen).exclude(pk=sender_id).order_by("pk")
    found: dict[int, Addressee] = {}
    closed: list[int] = []
    for pk, closed_on, path, level in rows.values_list("pk", "closed_on", "path", "level"):
        if closed_on is None:
            found[pk] = Addressee(pk, addressed.get(pk), path, level)
        else:
            closed.append(pk)
    for pk, (successor, path, level) in _successors(closed).items():
        if successor != sender_id:
            found.setdefault(successor, Addressee(successor, addressed.get(pk) or pk, path, level))
    return sorted(found.values(), key=lambda each: each.recipient_id)


def _successors(closed: Sequence[int]) -> dict[int, tuple[int, str, str]]:
    """Closed office → id, path and level of the office that stands in its place today, if there is one.

    Mergers are followed step by step for all of them at once.
    """
    columns = (
        "predecessor_id",
        "successor_id",
        "successor__closed_on",
        "successor__path",
        "successor__level",
    )
    known: dict[int, tuple[int, date | None, str, str]] = {}
    found: dict[int, tuple[int, str, str]] = {}
    at = {pk: pk for pk in closed}  # closed office → how far its mergers were followed
    for _step in range(MOST_MERGERS):
        if not at:
            break
        steps = Succession.objects.filter(predecessor__in=set(at.values()) - known.keys())
        known |= {row[0]: row[1:] for row in steps.values_list(*columns)}
        ends = {pk: known[here] for pk, here in at.items() if here in known}
        found |= {pk: (end[0], end[2], end[3]) for pk, end in ends.items() if end[1] is None}
        at = {pk: end[0] for pk, end in ends.items() if end[1] is not None}
    return found


@dataclass(frozen=True)
class Listed:
    """A recipient as it is shown: ``instead_of`` is the merged office it stands in for."""

    name: str
    type: str
    area: str  # code of the district, else of the province
    instead_of: str = ""

    @property
    def place(self) -> str:
        return place_label(self.area)


ORDER = {value: position for position, value in enumerate(OrganizationType.values)}


def listed(addressees: Sequence[Addressee]) -> list[Listed]:
    """Who is going to get a letter, from the department down, by place and name. One query."""
    ids = {pk for each in addressees for pk in (each.recipient_id, each.addressed_id) if pk}
    columns = ("pk", "short_name", "type", "province_code", "district_code", "sort_key")
    rows = {row[0]: row for row in Organization.objects.filter(pk__in=ids).values_list(*columns)}

    def place_in_line(each: Addressee) -> tuple[int, str, str, str]:
        _pk, _name, type_, province, district, key = rows[each.recipient_id]
        return ORDER[type_], province, district, key

    return [
        Listed(
            name=rows[each.recipient_id][1],
            type=str(OrganizationType(rows[each.recipient_id][2]).label),
            area=rows[each.recipient_id][4] or rows[each.recipient_id][3],
            instead_of=rows[each.addressed_id][1] if each.addressed_id else "",
        )
        for each in sorted(addressees, key=place_in_line)
    ]


def by_type(rows: Sequence[Listed]) -> list[tuple[str, int]]:
    """How many of each kind of office, in the order they are listed."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.type] = counts.get(row.type, 0) + 1
    return list(counts.items())
