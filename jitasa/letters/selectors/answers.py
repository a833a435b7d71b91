"""What the recipients of a letter answered, office by office, and their short tables put together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import AnswerKind
from jitasa.letters.models import Answer, Dispatch, FollowCount, Letter
from jitasa.letters.selectors.behind import BEHIND, LETTER_HEAVY, chain, under
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer
from jitasa.ui.parsing import plain_number
from jitasa.ui.searching import holding

NOTHING = frozenset({"", "-", "–", "—"})
LARGEST = Decimal(10) ** 15  # beyond it a cell is an account number or a slip, not an amount


@dataclass(frozen=True)
class Total:
    """The sum of one column of numbers; ``unread`` cells hold something else than a number."""

    amount: Decimal
    unread: int

    def __str__(self) -> str:
        """With commas, and with decimals only where there are some."""
        return f"{self.amount:,.2f}".removesuffix(".00")


FILTERS = ("answered", "unanswered", "late", "unopened", "unregistered")  # all there may be, of any letter


def choices(letter: Letter, day: date) -> dict[str, tuple[Any, Q]]:
    """The filters of the list: name → words and rows. A letter that asks for nothing has no answers."""
    found: dict[str, tuple[Any, Q]] = {"": (_("ทั้งหมด"), Q())}
    if letter.answer_kind != AnswerKind.NONE:
        unanswered = BEHIND["unanswered"]
        found["answered"] = (_("ตอบแล้ว"), Q(answered_at__isnull=False))
        found["unanswered"] = (_("ยังไม่ตอบ"), unanswered)
        found["late"] = (_("เกินกำหนดตอบ"), unanswered & Q(due_on__lt=day))
    found["unopened"] = (_("ยังไม่เปิด"), BEHIND["unopened"])
    found["unregistered"] = (_("ยังไม่ลงรับ"), BEHIND["unregistered"])
    return found


def reached(letter: Letter, node: Organization) -> QuerySet[Dispatch]:
    """The dispatches of the letter's chain in the branch of ``node``, and the letter's own to anywhere.

    A covering letter may go to an office outside the branch of the office that wrote it.
    """
    branch = under(node)
    if branch and node.pk == letter.organization_id:
        branch |= Q(letter=letter)
    return chain(letter).filter(branch)


def listed(letter: Letter, node: Organization, *, show: str, text: str, day: date) -> QuerySet[Dispatch, int]:
    """Ids in the order of province, district and office. What a page shows of them: :func:`whole`.

    Only ids, because a country's 7,850 rows are sorted to show fifty.
    """
    _words, wanted = choices(letter, day).get(show, ("", Q()))
    rows = reached(letter, node).filter(wanted)
    return _ids(rows.filter(holding(text, "recipient__search_text")))


def filled(letter: Letter, node: Organization) -> QuerySet[Dispatch, int]:
    """Ids of those who filled in the short table, in the same order."""
    return _ids(reached(letter, node).filter(answer__kind=AnswerKind.TABLE))


def _ids(rows: QuerySet[Dispatch]) -> QuerySet[Dispatch, int]:
    order = ("recipient__province_code", "recipient__district_code", "recipient__sort_key", "id")
    return rows.order_by(*order).values_list("pk", flat=True)


def whole(pks: Iterable[int]) -> list[Dispatch]:
    """The dispatches with office, letter and answer, in the order of their ids as given."""
    wanted = list(pks)
    rows = Dispatch.objects.select_related("recipient", "letter", "answer").defer(*LETTER_HEAVY)
    found = rows.in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def counts(letter: Letter, node: Organization, day: date) -> dict[str, int]:
    """How many offices each filter leaves.

    A first letter's are read from the counts kept as things happen; a covering letter's, which may
    have gone out of its office's branch, are counted.
    """
    wanted = {name: rows for name, (_words, rows) in choices(letter, day).items() if name}
    kept = FollowCount.objects.filter(letter=letter.pk, organization=node).first()
    if letter.parent_id is None and kept is not None:
        late = reached(letter, node).filter(wanted["late"]).count() if "late" in wanted else 0
        return {
            "": kept.delivered,
            "answered": kept.answered,
            "unanswered": kept.asked - kept.answered,
            "late": late,
            "unopened": kept.delivered - kept.opened,
            "unregistered": kept.delivered - kept.registered,
        }
    columns = {f"n_{name}": Count("pk", filter=rows) for name, rows in wanted.items()}
    found = reached(letter, node).order_by().aggregate(n_=Count("pk"), **columns)
    return {name.removeprefix("n_"): number for name, number in found.items()}


def totals(letter: Letter, node: Organization) -> list[Total | None]:
    """One sum per column of the short table, over everybody who filled it in: one query."""
    filled = reached(letter, node).filter(answer__kind=AnswerKind.TABLE).order_by()
    return summed(
        len(letter.answer_columns), (rows for rows in filled.values_list("answer__rows", flat=True))
    )


def summed(width: int, tables_: Iterable[Sequence[Sequence[Any]]]) -> list[Total | None]:
    """The sums of the columns. A column is one of numbers when most of its filled cells are."""
    amounts, read, unread = [Decimal(0)] * width, [0] * width, [0] * width
    for rows in tables_:
        for row in rows:
            for at, cell in enumerate(row[:width]):
                if is_blank(cell):
                    continue
                number = amount(cell)
                if number is None:
                    unread[at] += 1
                else:
                    read[at] += 1
                    amounts[at] += number
    return [Total(amounts[at], unread[at]) if read[at] > unread[at] else None for at in range(width)]


def is_blank(cell: object) -> bool:
    return str(cell).strip() in NOTHING


def amount(cell: object) -> Decimal | None:
    """The number a cell holds, in Thai or Arabic digits, with commas; ``None`` where it holds something else."""
    try:
        number = Decimal(plain_number(str(cell)))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None


def lines(rows: Iterable[Dispatch], width: int) -> Iterator[tuple[Dispatch, bool, list[str]]]:
    """Every row of every office's table, as wide as the letter asked; whether it is the office's first."""
    for dispatch in rows:
        for at, row in enumerate(dispatch.answer.rows):
            cells = [str(cell) for cell in row[:width]]
            yield dispatch, at == 0, cells + [""] * (width - len(cells))


def answer_of(viewer: Viewer, letter: Letter, pk: int, *, may_follow: bool) -> Answer | None:
    """An answer with a file in the letter's chain that the viewer may read.

    The sender and the offices above it read every answer; others those of their own office and below it.
    """
    rows = Answer.objects.filter(pk=pk, dispatch__in=chain(letter)).exclude(sha256="")
    if not may_follow:
        rows = rows.filter(scope(viewer, "dispatch__recipient"))
    return rows.select_related("dispatch__recipient").first()


def table_for(rows: Sequence[Sequence[Any]], columns: int, least: int = 5, spare: int = 2) -> list[list[str]]:
    """The short table as it is filled in: what was answered or typed before, then empty rows."""
    there = [[str(cell) for cell in row] for row in rows]
    empty = max(least - len(there), spare)
    padded = [row[:columns] + [""] * (columns - len(row)) for row in there]
    return padded + [[""] * columns for _each in range(empty)]
