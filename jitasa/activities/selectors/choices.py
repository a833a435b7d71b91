"""What the record's form offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from jitasa.activities.choices import LIVE, Part
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.values import Parts
from jitasa.occasions.models import Occasion
from jitasa.occasions.selectors import near, offered_for
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.registry import offices_of_province
from jitasa.rounds.models import Kind, Measure, ParticipantGroup, SubKind
from jitasa.rounds.selectors import lists
from jitasa.ui.days import short_date
from jitasa.ui.numerals import shown

NEAR = timedelta(days=7)
Choice = tuple[str, str]
Grouped = list[tuple[str, list[Choice]]]


@dataclass(frozen=True)
class Offer:
    """The department's lists as offered today, with what the record already uses."""

    kinds: list[Kind]
    sub_kinds: list[SubKind]
    groups: list[ParticipantGroup]
    measures: list[Measure]


def offer_for(activity: Activity | None, parts: Parts | None = None) -> Offer:
    """Current rows, the record's own retired ones among them (by code, once); ``parts`` are the record's."""
    kinds = list(lists.offered(Kind))
    sub_kinds = list(lists.offered(SubKind))
    groups = list(lists.offered(ParticipantGroup))
    measures = list(lists.offered(Measure))
    if activity is not None:
        if activity.kind and activity.kind.code not in {row.code for row in kinds}:
            kinds.append(activity.kind)
        if activity.sub_kind and activity.sub_kind.code not in {row.code for row in sub_kinds}:
            sub_kinds.append(activity.sub_kind)
        parts = parts or parts_by_activity([activity])[activity.pk]
        known = {row.code for row in groups}
        groups += [row.group for row in parts.participations if row.group.code not in known]
        known = {row.code for row in measures}
        measures += [row.measure for row in parts.measures if row.measure.code not in known]
    return Offer(kinds, sub_kinds, groups, measures)


def sub_kind_choices(offer: Offer) -> Grouped:
    """Sub-kinds under their kind; those that fit every kind last."""
    groups: Grouped = []
    for kind in offer.kinds:
        rows = [(row.code, row.words) for row in offer.sub_kinds if row.kind_code == kind.code]
        if rows:
            groups.append((kind.words, rows))
    rest = [(row.code, row.words) for row in offer.sub_kinds if not row.kind_code]
    if rest:
        groups.append((_("ทุกประเภท"), rest))
    return groups


def occasion_choices(office: Organization, day: date | None, *, keep: int | None, today: date) -> Grouped:
    """Important days whose own window holds ``day`` (today without one), then others near it."""
    about = day or today
    around = near(office, about)
    inside = offered_for(office, about)
    others = [row for row in around if row not in inside]
    groups: Grouped = []
    if inside:
        groups.append((_("ตรงกับวันที่จัด"), [_occasion(row) for row in inside]))
    if others:
        groups.append((_("วันใกล้เคียง"), [_occasion(row) for row in others]))
    if keep and keep not in {row.pk for row in around}:
        kept = Occasion.objects.filter(pk=keep)
        groups.append((_("ที่เลือกไว้"), [_occasion(row) for row in kept]))
    return groups


def _occasion(row: Occasion) -> Choice:
    return str(row.pk), f"{short_date(row.date)} {row.name}"


def host_office_choices(office: Organization, *, keep: int | None) -> Grouped:
    """Offices of the same province that may have been the host, by level."""
    offices = [row for row in offices_of_province(office.province_code) if row.pk != office.pk]
    if keep and keep not in {row.pk for row in offices}:
        offices += list(Organization.objects.filter(pk=keep))
    names = {Level.LAO: _("อปท."), Level.DISTRICT: _("อำเภอ"), Level.PROVINCE: _("จังหวัด")}
    return [
        (label, [(str(row.pk), row.short_name) for row in offices if row.level == level])
        for level, label in names.items()
    ]


def host_activities(
    *, host_office_id: int | None, day: date | None, own: Activity | None, office: Organization | None = None
) -> list[Activity]:
    """The host's sent records of its own near ``day``, those ``office`` is invited to, and the one already linked.

    A guest sees of these no more than name, date, place and number: enough to recognise the event.
    """
    found: Iterable[Activity] = []
    if host_office_id is not None:
        rows = Activity.objects.filter(organization=host_office_id, part=Part.HOST, host_activity=None)
        near_day = Q(start_date__range=(day - NEAR, day + NEAR)) if day is not None else Q()
        asked = (
            Invitation.objects.filter(organization=office).standing() if office else Invitation.objects.none()
        )
        wanted = Q(status__in=LIVE) & near_day | Q(invites=True, pk__in=asked.values("activity"))
        found = rows.filter(wanted).order_by("-start_date", "-id")[:20]
    activities = list(found)
    linked = own.host_activity if own is not None else None
    if linked is not None and linked not in activities:
        activities.append(linked)
    return activities


def host_choice(activity: Activity) -> Choice:
    day = short_date(activity.start_date) if activity.start_date else ""
    return str(activity.uuid), " ".join(part for part in (day, activity.name, shown(activity.number)) if part)
