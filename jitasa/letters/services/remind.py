"""Chase a letter: remind one office, all that are behind in a branch, and tell the level above."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.selectors.behind import BEHIND, Behind, chain, under
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import deliver, notify, written
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.thai.dates import short_date, today

AGAIN_AFTER = timedelta(hours=20)  # nobody is reminded of the same letter twice a day
CHUNK = 200
AT_ONCE = 400  # more are reminded by the worker
WORDS = {"unopened": "ยังไม่เปิดอ่าน", "unregistered": "ยังไม่ลงรับ", "unanswered": "ยังไม่ตอบ"}


def remind(
    *, actor: Viewer, letter: Letter, node: Organization, behind: Behind, now: datetime
) -> tuple[int, bool]:
    """Remind every office in ``node``'s branch (itself included) that is ``behind``.

    Whoever was reminded in the last 20 hours is left out, so that a second press reminds nobody
    twice. Answers how many, and whether the worker does it because they are many.

    :raises Forbidden: the letter is not the actor's to follow.
    """
    if not rules.may_remind(actor, letter):
        raise Forbidden("เตือนได้เฉพาะหน่วยงานที่ออกหนังสือและหน่วยงานเหนือขึ้นไป")
    count = to_remind(letter, node, behind, now).count()
    if not count:
        return 0, False
    record(
        actor=actor, verb="letter.remind", subject=letter,
        data={"branch": node.short_name, "behind": behind, "count": count}, now=now,
    )  # fmt: skip
    sender = actor.office_id or 0
    if count > AT_ONCE:
        transaction.on_commit(lambda: _enqueue(letter.pk, node.pk, behind, sender))
        return count, True
    return remind_all(letter=letter, node=node, behind=behind, sender_id=sender, now=now), False


def _enqueue(letter_id: int, node_id: int, behind: Behind, sender_id: int) -> None:
    from jitasa.letters.tasks import remind as task

    task.enqueue(letter_id, node_id, behind, sender_id)


def to_remind(letter: Letter, node: Organization, behind: Behind, now: datetime) -> QuerySet[Dispatch]:
    """The dispatches of the chain in the branch that are behind and were not reminded lately."""
    fresh = Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN_AFTER)
    return chain(letter).filter(fresh, under(node), BEHIND[behind])


def remind_all(*, letter: Letter, node: Organization, behind: Behind, sender_id: int, now: datetime) -> int:
    """Chunk by chunk, each in its transaction: interrupted, it goes on where it stopped."""
    sender = Organization.objects.filter(pk=sender_id).first()
    pks = list(to_remind(letter, node, behind, now).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        _remind_chunk(pks[start : start + CHUNK], sender, behind, now)
    return len(pks)


@transaction.atomic
def _remind_chunk(pks: Sequence[int], sender: Organization | None, behind: Behind, now: datetime) -> None:
    rows = Dispatch.objects.select_for_update(of=("self",)).select_related("letter", "recipient")
    fresh = Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN_AFTER)
    deliver(
        written(
            organization=row.recipient,
            kind=NoticeKind.REMINDER,
            title=f"หนังสือ {row.letter.number} {WORDS[behind]}{_answer_by(row)}",
            body=row.letter.subject,
            url=reverse("letters:show", args=[row.letter.uuid]),
            sender=sender,
            now=now,
        )
        for row in rows.filter(fresh, pk__in=pks).order_by("pk")
    )
    Dispatch.objects.filter(fresh, pk__in=pks).update(reminded_at=now)


def _answer_by(row: Dispatch) -> str:
    return f" กำหนดตอบภายใน {short_date(row.due_on)}" if row.due_on else ""


def escalate(*, now: datetime) -> int:
    """Tell the level above of offices that have not opened a letter, or not answered it in time.

    Only letters that say after how many days (``escalate_after_days``); one notice an office above
    and letter. A dispatch is told of once, and once more when its day of answering has passed. Called by the worker's upkeep; answers how many were told of.
    """
    letters = Letter.objects.filter(status=LetterStatus.ISSUED, escalate_after_days__isnull=False)
    return sum(_escalate(letter, now) for letter in letters.order_by("pk"))


@transaction.atomic
def _escalate(letter: Letter, now: datetime) -> int:
    late = Q(due_on__lt=today(now), answered_at=None)
    untold = Q(escalated_at=None) | late & Q(escalated_at__date__lte=F("due_on"))
    since = now - timedelta(days=letter.escalate_after_days or 0)
    rows = Dispatch.objects.filter(
        Q(opened_at=None) | late,
        untold,
        letter=letter,
        delivered_at__lte=since,
        recipient__reports_to__isnull=False,
    )
    found = list(
        rows.select_for_update(of=("self",)).order_by("pk").annotate(above_id=F("recipient__reports_to"))
    )
    by_office: dict[int, list[int]] = {}
    for row in found:
        by_office.setdefault(row.above_id, []).append(row.recipient_id)  # type: ignore[attr-defined]  # annotated
    for above in Organization.objects.filter(pk__in=by_office).order_by("pk"):
        _tell(letter, above, by_office[above.pk], now)
    Dispatch.objects.filter(pk__in=[row.pk for row in found]).update(escalated_at=now)
    return len(found)


def _tell(letter: Letter, above: Organization, recipients: list[int], now: datetime) -> None:
    names = (
        Organization.objects.filter(pk__in=recipients)
        .order_by("sort_key")
        .values_list("short_name", flat=True)
    )
    notify(
        organization=above,
        kind=NoticeKind.REMINDER,
        title=f"หนังสือ {letter.number} ค้างอยู่ {len(recipients)} แห่ง เกิน {letter.escalate_after_days} วัน",
        body=f"ยังไม่เปิดหรือยังไม่ตอบ: {' · '.join(names)}",
        url=reverse("letters:show", args=[letter.uuid]),
        sender=letter.organization,
        now=now,
    )
