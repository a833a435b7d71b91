"""Chase a letter: remind one office, all that are behind in a branch, and tell the level above."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.distribution.services import escalate as escalation
from jitasa.distribution.services.remind import AT_ONCE, not_lately, remind_rows
from jitasa.letters import rules
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.selectors.behind import BEHIND, LETTER_HEAVY, Behind, chain, under
from jitasa.notices.models import Notice, NoticeKind
from jitasa.notices.services.notify import deliver, written
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.thai.dates import short_date

WORDS = {"unopened": "ยังไม่เปิดอ่าน", "unregistered": "ยังไม่ลงรับ", "unanswered": "ยังไม่ตอบ"}


def remind(
    *, actor: Viewer, letter: Letter, node: Organization, behind: Behind, now: datetime
) -> tuple[int, bool]:
    """Remind every office in ``node``'s branch (itself included) that is ``behind``.

    Whoever was reminded in the last 20 hours is left out, so that a second press reminds nobody twice.

    :return: how many, and whether the worker does it because they are many.
    :raises Forbidden: the letter is not the actor's to follow.
    """
    if not rules.may_remind(actor, letter):
        raise Forbidden(_("เตือนได้เฉพาะหน่วยงานที่ออกหนังสือและหน่วยงานระดับเหนือขึ้นไป"))
    with transaction.atomic():
        rows = to_remind(letter, node, behind, now)
        count = rows.count()
        by_worker = count > AT_ONCE
        if by_worker:
            _enqueue(letter.pk, node.pk, behind, actor.office_id or 0)
        elif count:
            count = _remind(rows, actor.organization, behind, now)
        if count:
            data = {"branch": node.short_name, "behind": behind, "count": count}
            record(actor=actor, verb="letter.remind", subject=letter, data=data, now=now)
    return count, by_worker


def _enqueue(letter_id: int, node_id: int, behind: Behind, sender_id: int) -> None:
    from jitasa.letters.tasks import remind as task

    task.enqueue(letter_id, node_id, behind, sender_id)


def to_remind(letter: Letter, node: Organization, behind: Behind, now: datetime) -> QuerySet[Dispatch]:
    """The dispatches of the chain in the branch that are behind and were not reminded lately."""
    rows = chain(letter).filter(not_lately(now), under(node), BEHIND[behind])
    return rows.select_related("letter", "recipient").defer(*LETTER_HEAVY)


def remind_all(*, letter: Letter, node: Organization, behind: Behind, sender_id: int, now: datetime) -> int:
    """What the worker does of a reminder of many; safe to run again."""
    sender = Organization.objects.filter(pk=sender_id).first()
    return _remind(to_remind(letter, node, behind, now), sender, behind, now)


def _remind(rows: QuerySet[Dispatch], sender: Organization | None, behind: Behind, now: datetime) -> int:
    def tell(chunk: Sequence[Dispatch]) -> None:
        deliver(_reminder(row, sender, behind, now) for row in chunk)

    return remind_rows(rows, tell=tell, now=now)


def _reminder(row: Dispatch, sender: Organization | None, behind: Behind, now: datetime) -> Notice:
    answer_by = f" กำหนดตอบภายใน {short_date(row.due_on)}" if row.due_on else ""
    return written(
        organization=row.recipient,
        kind=NoticeKind.REMINDER,
        title=f"หนังสือ {row.letter.number} {WORDS[behind]}{answer_by}",
        body=row.letter.subject,
        url=reverse("letters:show", args=[row.letter.uuid]),
        sender=sender,
        now=now,
    )


def escalate(*, now: datetime) -> int:
    """Tell the level above of offices that have not opened a letter, or not answered it in time.

    Only letters that say after how many days (``escalate_after_days``); one notice an office above
    and letter. A dispatch is told of once, and once more when its day of answering has passed. Called
    by the worker's upkeep every minute: with nothing due it is one statement over an index.

    :return: the number of dispatches told of.
    """
    rows = Dispatch.objects.select_related("letter__organization", "recipient__reports_to")
    return escalation.escalate(
        rows.defer(*LETTER_HEAVY),
        of="letter",
        when=rules.escalates_at,
        tell=lambda late: deliver(_tellings(late, now)),
        now=now,
    )


def _tellings(late: Sequence[Dispatch], now: datetime) -> list[Notice]:
    """One notice for each office above and letter."""
    groups: dict[tuple[int, int], list[Dispatch]] = {}
    for row in late:
        if row.recipient.reports_to_id is not None:
            groups.setdefault((row.letter_id, row.recipient.reports_to_id), []).append(row)
    return [_telling(rows, now) for _key, rows in sorted(groups.items())]


def _telling(rows: Sequence[Dispatch], now: datetime) -> Notice:
    letter, above = rows[0].letter, rows[0].recipient.reports_to
    assert above is not None
    names = [row.recipient.short_name for row in sorted(rows, key=lambda row: row.recipient.sort_key)]
    return written(
        organization=above,
        kind=NoticeKind.REMINDER,
        title=f"หนังสือ {letter.number} ค้างอยู่ {len(rows)} แห่ง เกิน {letter.escalate_after_days} วัน",
        body=f"ยังไม่เปิดหรือยังไม่ตอบ: {' · '.join(names)}",
        url=reverse("letters:show", args=[letter.uuid]),
        sender=letter.organization,
        now=now,
    )
