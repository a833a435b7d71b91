"""Open a month's round with the rules of the month before, and change its rules."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations import versions
from jitasa.organizations.models import Topic
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.rounds import rules
from jitasa.rounds.models import Round, RoundRevision
from jitasa.rounds.rules_due import due_from
from jitasa.rounds.rules_heading import DEFAULT_HEADING
from jitasa.rounds.selectors.rounds import read_round
from jitasa.thai.dates import add_months, month_of, month_slug, today

FIRST_MONTH = date(2017, 1, 1)  # nothing is reported for the time before royal volunteer work began
MONTHS_AHEAD = 2


@dataclass(frozen=True)
class RoundRules:
    """All that the department decides about a month. ``due_on`` is the day as it was set; one on which offices rest
    makes the next working day the due day of the round (``rules_due``)."""

    due_on: date
    required_fields: tuple[str, ...]
    photos_least: int
    photos_most: int
    nil_allowed: bool
    note: str = ""
    report_heading: str = DEFAULT_HEADING


def rules_of(round_: Round) -> RoundRules:
    """The rules of a round as a value to compare or copy."""
    return RoundRules(
        due_on=round_.nominal_due_on,
        required_fields=tuple(round_.required_fields),
        photos_least=round_.photos_least,
        photos_most=round_.photos_most,
        nil_allowed=round_.nil_allowed,
        note=round_.note,
        report_heading=round_.report_heading,
    )


def ensure_round(month: date, *, now: datetime) -> Round:
    """The stored round of ``month``, opened with the rules of the latest earlier round if need be.

    The new round is stored, with revision 1 by nobody, for months :func:`in_reach` of ``now`` from the
    first stored round on. Any other month's is returned unsaved: a month named by chance leaves no row,
    and an office that states something about a month before the first round does not make every month
    since then one that everybody owes (``selectors.rounds.asked_months``).
    """
    found = read_round(month)
    if not found._state.adding or not in_reach(month, now) or _before_the_first(month):
        return found
    return _store(found, now)


def _columns(of: RoundRules) -> dict[str, Any]:
    return asdict(of) | {"nominal_due_on": of.due_on, "due_on": due_from(of.due_on)}


def _before_the_first(month: date) -> bool:
    first = Round.objects.order_by("month").values_list("month", flat=True).first()
    return first is not None and month < first


def _store(found: Round, now: datetime) -> Round:
    with transaction.atomic():
        defaults = _columns(rules_of(found)) | {"required_fields": found.required_fields}
        round_, created = Round.objects.get_or_create(month=found.month, defaults=defaults)
        if created:
            _write_revision(round_, by=None, now=now)
    return round_


def in_reach(month: date, now: datetime) -> bool:
    """Whether the month may have a round: from ``FIRST_MONTH`` until two months ahead."""
    return FIRST_MONTH <= month <= add_months(month_of(today(now)), MONTHS_AHEAD)


def open_rounds(*, now: datetime) -> None:
    """Store the rounds of this month and the next, so that a month keeps the rules it began with."""
    this_month = month_of(today(now))
    for month in (this_month, add_months(this_month, 1)):
        ensure_round(month, now=now)


def change_round(
    *, actor: Viewer, month: date, to: RoundRules, now: datetime, based_on: int | None = None
) -> Round:
    """Give the round of ``month`` other rules; a revision and an audit entry say what changed.

    ``based_on`` is the number of the revision the person saw (0: none was stored then). Rounds that
    are stored keep their rules, and so does what was confirmed: its "on time" was judged with the due
    day of then.

    :raises Forbidden: unless the actor is the department.
    :raises Refusal: for rules that contradict themselves, by field.
    :raises Conflict: when somebody changed the round since ``based_on``.
    """
    if not rules.may_edit_round(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่กรมเท่านั้นที่แก้หลักเกณฑ์การรายงานของรอบได้ หากเห็นว่าควรแก้ โปรดแจ้งกรม"))
    problems = rules.round_problems(
        month=month,
        due_on=to.due_on,
        required_fields=to.required_fields,
        photos_least=to.photos_least,
        photos_most=to.photos_most,
        report_heading=to.report_heading,
    )
    if problems:
        raise Refusal(fields=problems)
    with transaction.atomic():
        round_ = Round.objects.select_for_update(no_key=True).get(pk=_stored(month, now).pk)
        latest = round_.revisions.last()
        if based_on is not None and latest is not None and latest.number != max(based_on, 1):
            raise Conflict(
                _("มีผู้แก้หลักเกณฑ์การรายงานของเดือนนี้ไปก่อนแล้ว ดูหลักเกณฑ์การรายงานล่าสุดด้านล่าง แล้วแก้อีกครั้งถ้ายังต้องการ")
            )
        _write(round_, to, actor=actor, now=now)
    return round_


def _stored(month: date, now: datetime) -> Round:
    """The round to be changed; the department may also open an earlier month than the first."""
    found = read_round(month)
    if not found._state.adding:
        return found
    if not in_reach(month, now):
        raise Refusal(_("เดือนนี้อยู่ไกลเกินไป กำหนดหลักเกณฑ์การรายงานได้ล่วงหน้าไม่เกิน 2 เดือน"))
    return _store(found, now)


def _write(round_: Round, to: RoundRules, *, actor: Viewer, now: datetime) -> None:
    before = rules_of(round_)
    wanted = _columns(to) | {"required_fields": rules.ordered_fields(to.required_fields)}
    for name, value in wanted.items():
        setattr(round_, name, value)
    if rules_of(round_) == before:
        return
    round_.save()
    _write_revision(round_, by=actor.user_id, now=now)
    record(
        actor=actor,
        verb="round.change",
        subject=round_,
        data={
            "month": month_slug(round_.month),
            "before": asdict(before),
            "after": asdict(rules_of(round_)),
        },
        now=now,
    )


def _write_revision(round_: Round, *, by: int | None, now: datetime) -> None:
    data = asdict(rules_of(round_))
    data["due_on"] = round_.nominal_due_on.isoformat()
    versions.changed(Topic.ROUNDS)
    RoundRevision.objects.create(
        round=round_, number=round_.revisions.count() + 1, at=now, by_id=by, data=data
    )
