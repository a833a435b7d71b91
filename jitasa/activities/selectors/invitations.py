"""Invitations to joint events, and what an invited office's record begins with (docs/adr/0078)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from jitasa.activities.choices import Basis, Part, Status
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.rules import may_record
from jitasa.activities.values import ActivityValues
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors import geography
from jitasa.organizations.viewer import Viewer
from jitasa.ui.days import short_date

SHOWN_MOST = 100


@dataclass(frozen=True)
class InvitedOffice:
    """An invitation with the record of the office that was asked, if it has one."""

    invitation: Invitation
    record: Activity | None


def waiting_for(office_id: int | None) -> list[Invitation]:
    """What the office is asked to or has accepted and not yet recorded, the nearest day first.

    Every way in offers these: page, API, phones, ODK Collect, Excel. One statement.
    """
    rows = Invitation.objects.filter(organization=office_id).standing().unrecorded()
    return list(with_words(rows).order_by("activity__start_date", "pk")[:SHOWN_MOST])


def invited_count(viewer: Viewer) -> int:
    """How many invitations wait for an answer or a record; no statement for those who record nothing."""
    if not may_record(viewer) or viewer.organization is None:
        return 0
    return Invitation.objects.filter(organization=viewer.organization).standing().unrecorded().count()


def answered_by(office_id: int | None) -> list[Invitation]:
    """The others the office was asked to, the newest first."""
    waiting = Invitation.objects.standing().unrecorded().values("pk")
    rows = Invitation.objects.filter(organization=office_id).exclude(pk__in=waiting)
    return list(with_words(rows).order_by("-invited_at", "-pk")[:SHOWN_MOST])


def with_words(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """With what an invitation names, so that it can be told in words."""
    return rows.select_related(
        "organization",
        "activity",
        "activity__organization",
        "activity__kind",
        "activity__sub_kind",
        "activity__occasion",
    )


def asked_to(event: Activity) -> list[InvitedOffice]:
    """Everybody asked to an event, with their records: two statements."""
    records = {
        row.organization_id: row
        for row in event.guest_activities.exclude(status=Status.WITHDRAWN).order_by("-pk")
    }
    rows = event.invitations.select_related("organization").order_by("organization__sort_key", "pk")
    return [InvitedOffice(row, records.get(row.organization_id)) for row in rows]


def first_values(invitation: Invitation) -> ActivityValues:
    """The event as its host has it: what, when, where. People, results and pictures are the office's own."""
    event = invitation.activity
    own_days = event.organization.province_code == invitation.organization.province_code
    occasion = event.occasion if event.occasion and (own_days or not event.occasion.organization_id) else None
    return ActivityValues(
        name=event.name,
        kind=event.kind.code if event.kind else "",
        sub_kind=event.sub_kind.code if event.sub_kind else "",
        basis=Basis.NONE if event.basis == Basis.OCCASION and occasion is None else event.basis,
        occasion_id=occasion.pk if occasion else None,
        part=Part.CO_HOST,
        host_organization_id=event.organization_id,
        host_activity=event.uuid,
        start_date=event.start_date,
        start_time=event.start_time,
        end_date=event.end_date,
        end_time=event.end_time,
        place=event.place,
        moo=event.moo,
        tambon_code=event.tambon_code,
        latitude=event.latitude,
        longitude=event.longitude,
        point_source=event.point_source,
        chair_position=event.chair_position,
        day_confirmed=event.day_confirmed,
    )


def words_of(invitation: Invitation) -> str:
    """The event in a line: what choices in forms and sheets say."""
    return event_words(invitation.activity)


def event_words(event: Activity) -> str:
    """Day, host, name."""
    day = short_date(event.start_date) if event.start_date else ""
    return " ".join(part for part in (day, event.organization_name, str(event)) if part)


def answerable(viewer: Viewer) -> QuerySet[Invitation]:
    """The invitations a person may see, told in words."""
    return with_words(Invitation.objects.visible_to(viewer))


def offices_to_ask(event: Activity) -> list[tuple[str, list[Organization]]]:
    """Local governments of the host's province by district, its own district first, without the host."""
    host = event.organization
    rows = Organization.objects.open().filter(province_code=host.province_code, level=Level.LAO)
    groups: dict[str, list[Organization]] = {}
    for office in rows.exclude(pk=host.pk).order_by("sort_key", "pk"):
        groups.setdefault(office.district_code, []).append(office)
    order = sorted(groups, key=lambda code: (code != host.district_code, code))
    names = {row.code: f"อ.{row.name_th}" for row in geography.districts(host.province_code)}
    return [(names.get(code, ""), groups[code]) for code in order]
