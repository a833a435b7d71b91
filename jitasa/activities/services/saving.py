"""What has been typed becomes a change of a record: checks and columns, nothing is written here.

``save_draft``, ``record_and_submit`` and ``record_batch`` all come through here: the same refusals,
whichever way a record came in.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.activities import rules
from jitasa.activities.choices import LIVE, Invited, Part, Status
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.rules_drawn import undrawn
from jitasa.activities.selectors.days import question_about_day
from jitasa.activities.selectors.rounds import rules_for
from jitasa.activities.selectors.values import Parts, values_of
from jitasa.activities.services import content, revise, transitions
from jitasa.activities.services.linked import LinkedRecords
from jitasa.activities.services.parts import PartChanges, changed_parts
from jitasa.activities.services.transition import Transition
from jitasa.activities.services.write import CONTENT_COLUMNS, SENT_COLUMNS, STEP_COLUMNS, Change, step
from jitasa.activities.values import ActivityValues, as_json, differing
from jitasa.inserting import new_row
from jitasa.notices.models import Notice, NoticeKind
from jitasa.notices.services.notify import written
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo
from jitasa.problems import Conflict, Forbidden, NotFound, Refusal
from jitasa.thai.dates import month_of, today

NO_RIGHT = gettext_noop("เฉพาะเจ้าหน้าที่ของหน่วยงานที่บันทึกรายการนี้เท่านั้นที่แก้ไขได้")


class EditConflict(Conflict):
    """Two people changed the record at once: both versions, and the fields in which they differ."""

    def __init__(self, *, stored: Activity, theirs: ActivityValues, mine: ActivityValues) -> None:
        self.stored, self.theirs, self.mine = stored, theirs, mine
        self.fields_differing = differing(theirs, mine)
        show_posts([(stored.updated_by, stored.updated_at)], with_office=False, of=stored.organization_id)
        who = str(stored.updated_by) if stored.updated_by else _("ระบบ")
        words = _("%(who)s แก้ไขรายการนี้ไปพร้อมกับท่าน ดูทั้งสองฉบับแล้วเลือกว่าจะเก็บอย่างไร") % {"who": who}
        super().__init__(words, code="stale_revision")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A record as somebody typed it, clean (``content.cleaned``); ``send`` asks for more than keeping it.

    ``base_revision`` is the revision it was typed over, ``None`` for a new record. ``page`` names the
    open page that sends: a save whose answer was lost does not stand against the next one from there.
    ``confirmed`` holds the UUIDs of records that look like this one and are known to be others.
    """

    uuid: UUID
    values: ActivityValues
    base_revision: int | None = None
    page: str = ""
    send: bool = False
    confirmed: Container[UUID] = ()


@dataclass(kw_only=True)
class Desk:
    """What the changes of one transaction have in common.

    ``twins`` are the records that look like one to be sent, by its UUID; ``refused`` of the same batch are none.
    """

    actor: Viewer
    now: datetime
    linked: LinkedRecords
    photos: Mapping[str, Photo] = field(default_factory=dict)
    host_ids: Mapping[UUID, int] = field(default_factory=dict)
    differences: PartChanges = field(default_factory=PartChanges)
    twins: Mapping[UUID, Sequence[Activity]] = field(default_factory=dict)
    refused: set[UUID] = field(default_factory=set)

    def asked_about(self, typed: Typed) -> list[Activity]:
        """Records that look like this one and that nobody has told apart from it."""
        others = self.twins.get(typed.uuid, ())
        return [each for each in others if each.uuid not in typed.confirmed and each.uuid not in self.refused]


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The change to write, ``None`` when nothing differs; ``problems`` and ``twins`` say why it is kept but not sent."""

    row: Activity
    change: Change | None = None
    problems: rules.Problems = field(default_factory=dict)
    twins: Sequence[Activity] = ()


def prepare_new(desk: Desk, typed: Typed) -> Prepared:
    """A record nobody has begun. :raises Forbidden: :raises Refusal: by field."""
    office = desk.actor.organization
    if office is None or not rules.may_record(desk.actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    row = new_row(
        Activity,
        uuid=typed.uuid,
        organization=office,
        month=month_of(today(desk.now)),
        created_at=desk.now,
        created_by=desk.actor.user,
    )
    nothing = ActivityValues()
    content.fill(row, typed.values, before=nothing, actor=desk.actor, now=desk.now)
    _set_host(desk, row, typed.values)
    parts = changed_parts(row, typed.values, stored=Parts(), photos=desk.photos, into=desk.differences)
    created = step(actor=desk.actor, row=row, act=Act.CREATED, now=desk.now)
    change = Change(
        row=row,
        to=Status.DRAFT,
        verb="activity.create",
        actor=desk.actor,
        new=True,
        parts=parts,
        values=typed.values,
        page=typed.page,
        steps=[created],
    )
    problems, alike = _send(desk, change, typed, created=True) if typed.send else ({}, [])
    return Prepared(row=row, change=change, problems=problems, twins=alike)


def _no_right(actor: Viewer, row: Activity) -> Forbidden:
    """That another office has a record of this UUID is nobody's business."""
    if Activity.objects.visible_to(actor).filter(pk=row.pk).exists():
        return Forbidden(_(NO_RIGHT))
    return NotFound(_("ไม่พบรายการนี้ ตรวจรหัสของรายการ หรือสร้างรายการใหม่"))


def prepare_change(desk: Desk, row: Activity, stored: Parts, typed: Typed) -> Prepared:
    """A change of a locked record.

    :raises Forbidden: the person does not record for that office; ``NotFound`` where she may not see it either.
    :raises EditConflict: somebody else saved since ``base_revision``.
    :raises Conflict: the record's state no longer lets its content change.
    :raises Refusal: by field.
    """
    if not rules.writes_for(desk.actor, row):
        raise _no_right(desk.actor, row)
    before = values_of(row, stored)
    same = as_json(before) == as_json(typed.values)
    if same and (not typed.send or (row.number and row.status in LIVE)):
        return Prepared(row=row)
    if not same:
        _check_base(row, typed, before)
        if not rules.may_edit(desk.actor, row):
            words = _("รายการนี้อยู่ในสถานะ “%(status)s” จึงแก้ไขไม่ได้ โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด")
            raise Conflict(words % {"status": row.get_status_display()}, code="wrong_state")
    change = Change(
        row=row, to=Status(row.status), verb="activity.save", actor=desk.actor, page=typed.page, parts=stored
    )
    if not same:
        _change_content(desk, change, before, stored, typed)
    row.revision += 1
    problems, alike = _send(desk, change, typed) if typed.send else ({}, [])
    if same and (problems or alike):
        row.revision -= 1
        return Prepared(row=row, problems=problems, twins=alike)
    return Prepared(row=row, change=change, problems=problems, twins=alike)


def _change_content(desk: Desk, change: Change, before: ActivityValues, stored: Parts, typed: Typed) -> None:
    row, values = change.row, typed.values
    if not typed.send:
        change.typed = revise.last_typed(row, desk.actor, desk.now, typed.page)
    content.fill(row, values, before=before, actor=desk.actor, now=desk.now)
    if before.host_activity != values.host_activity:
        _set_host(desk, row, values)
    _keep_part_of_host(desk, row)
    change.columns = CONTENT_COLUMNS
    change.values = values
    change.parts = changed_parts(row, values, stored=stored, photos=desk.photos, into=desk.differences)


def _keep_part_of_host(desk: Desk, row: Activity) -> None:
    """:raises Refusal: others have joined the event, or are asked to."""
    if row.part == Part.HOST:
        return
    if desk.linked.guests_of(row):
        raise Refusal(fields={"part": [_("มีหน่วยงานอื่นเชื่อมโยงกับรายการนี้ในฐานะเจ้าภาพแล้ว จึงเปลี่ยนบทบาทไม่ได้")]})
    if row.invites and row.invitations.filter(state__in=[Invited.OPEN, Invited.ACCEPTED]).exists():
        raise Refusal(fields={"part": [_("เชิญหน่วยงานอื่นร่วมงานนี้ไว้ ยกเลิกคำเชิญก่อน แล้วจึงเปลี่ยนบทบาท")]})


def _check_base(row: Activity, typed: Typed, before: ActivityValues) -> None:
    if typed.base_revision == row.revision:
        return
    later = row.revisions.filter(number__gt=typed.base_revision or 0)
    if typed.page and set(later.values_list("data__page", flat=True)) == {typed.page}:
        return
    raise EditConflict(stored=row, theirs=before, mine=typed.values)


def _set_host(desk: Desk, row: Activity, values: ActivityValues) -> None:
    if values.host_activity is None:
        row.host_activity = None
        return
    host_id = desk.host_ids.get(values.host_activity)
    host = desk.linked.rows.get(host_id) if host_id is not None else None
    if host is None:
        raise Refusal(fields={"host_activity": [_("ไม่พบกิจกรรมของเจ้าภาพ เลือกใหม่จากรายการ")]}, code="invalid")
    put_host(desk.linked, row, host)


def put_host(linked: LinkedRecords, row: Activity, host: Activity | None) -> None:
    """Put the host, locked, on a row (not saved). :raises Refusal: it cannot be its host."""
    if host is None:
        row.host_activity = None
        return
    invited = (host.pk, row.organization_id) in linked.invitations
    guests = bool(row.pk and linked.guests_of(row))
    problem = rules.host_problem(row.pk, host, has_guests=guests, invited=invited)
    if not problem and row.part == Part.HOST:
        problem = _("รายการนี้บันทึกว่าจัดเอง เปลี่ยนบทบาทเป็นร่วมจัดหรือไปเข้าร่วมก่อน")
    if problem:
        raise Refusal(fields={"host_activity": [problem]})
    row.host_activity, row.host_organization = host, host.organization


def _send(
    desk: Desk, change: Change, typed: Typed, *, created: bool = False
) -> tuple[rules.Problems, list[Activity]]:
    """Make the change one that sends the record, or say what is missing or asked and leave it a save."""
    row = change.row
    transition = sending_transition(desk.actor, row)
    if row.status not in transition.sources:
        raise Conflict(
            _("รายการนี้อยู่ในสถานะ “%(status)s” แล้ว โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด")
            % {"status": row.get_status_display()},
            code="wrong_state",
        )
    problems, alike = not_ready(row, typed.values, desk.now), desk.asked_about(typed)
    if problems or alike:
        return problems, alike
    row.updated_at, row.updated_by = desk.now, desk.actor.user
    change.to, change.verb = transition.to, transition.verb
    change.data = {"reason": "", **({"created": True} if created else {})}
    change.sends = transition.to == Status.SUBMITTED
    if change.columns == STEP_COLUMNS and change.sends:
        change.columns = SENT_COLUMNS
    change.steps.append(step(actor=desk.actor, row=row, act=transition.act, now=desk.now))
    change.notices += sending_notices(row, desk.actor, desk.now, asks=not change.sends)
    return {}, []


def sending_transition(actor: Viewer, row: Activity) -> Transition:
    """What "send" means for this person and record: sending, approving, or asking the approver."""
    if row.status == Status.AWAITING and rules.approves_for(actor, row):
        return transitions.APPROVE
    return transitions.ASK if rules.needs_approval(actor, row.organization) else transitions.SUBMIT


def not_ready(row: Activity, values: ActivityValues, now: datetime) -> rules.Problems:
    """What is missing or wrong before sending, by field; empty when nothing is."""
    month_rules = rules_for(row.month)
    problems = rules.refusals(values, today=today(now), office=row.organization, rules=month_rules)
    for name, words in rules.missing(values, month_rules):
        problems.setdefault(name, [words])
    if "start_date" not in problems and (asked := question_about_day(values, row.organization, today(now))):
        problems["start_date"] = [asked]
    for name, texts in undrawn(values).items():
        problems.setdefault(name, []).extend(texts)
    return problems


def incomplete(problems: rules.Problems) -> Refusal:
    """The refusal that says how much is left to do."""
    return Refusal(_("ยังส่งไม่ได้ เหลืออีก %(n)d อย่าง") % {"n": len(problems)}, fields=problems, code="incomplete")


def sending_notices(row: Activity, actor: Viewer, now: datetime, *, asks: bool) -> list[Notice]:
    """Who hears of it: the approver who is asked, or the office that had returned the record."""
    if not asks and not row.number:  # sent for the first time: nobody has returned it
        return []
    url = reverse("activities:detail", args=[row.uuid])
    if asks:
        return [
            written(
                organization=row.organization,
                kind=NoticeKind.APPROVAL,
                title=f"รออนุมัติ: {row.name[:200]}",
                body=f"{actor.user_name} เสนอให้อนุมัติก่อนส่ง",
                url=url,
                sender=actor.organization,
                now=now,
            )
        ]
    returned = row.steps.filter(act=Act.RETURNED).exclude(organization=row.organization_id)
    last = returned.select_related("organization").last()
    if last is None or last.organization is None:
        return []
    return [
        written(
            organization=last.organization,
            kind=NoticeKind.SUBMITTED,
            title=f"{row.organization_name} แก้ไขและส่งใหม่: {row.name[:120]}",
            url=url,
            sender=actor.organization,
            now=now,
        )
    ]
