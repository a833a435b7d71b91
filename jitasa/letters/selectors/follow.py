"""How far a letter got: the counts of its chain, branch by branch, the slowest first.

Numbers come from ``FollowCount`` (kept as things happen), so the page costs the same for 3 and for
7,850 recipients: it reads the branches of one level and never the recipients below them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from jitasa.distribution.paths import ids_in, in_branch
from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Dispatch, FollowCount, Letter
from jitasa.letters.selectors.behind import chain, under
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.thai.dates import today
from jitasa.ui.reading import identifier

STEPS = ("opened", "registered", "passed_on", "answered")


@dataclass(frozen=True)
class Branch:
    """An office of the level looked at, with all below it. ``own`` is how the letter came to itself."""

    office: Organization
    count: FollowCount
    own: Dispatch | None
    covering: Letter | None
    overdue: int
    now: datetime

    @property
    def is_leaf(self) -> bool:
        return self.office.is_lao

    @property
    def unopened(self) -> int:
        return self.count.delivered - self.count.opened

    @property
    def holds_up(self) -> bool:
        """The letter lies here: it came, and was not passed on to the offices below."""
        return self.own is not None and not self.is_leaf and self.own.passed_on_at is None

    @property
    def no_lao_opened(self) -> bool:
        return not self.is_leaf and self.count.lao_opened == 0

    @property
    def state(self) -> tuple[str, Any]:
        """Where the letter is in the office itself: a tone and the words for it."""
        own = self.own
        if own is None:
            return "", ""
        if own.answered_at:
            return "ok", _("ตอบแล้ว")
        if own.passed_on_at:
            return "ok", _("ส่งต่อแล้ว")
        if own.registered_at:
            return ("ok" if self.is_leaf else "warn"), _("ลงรับแล้ว")
        return ("warn", _("เปิดแล้ว")) if own.opened_at else ("bad", _("ยังไม่เปิด"))

    @property
    def behind(self) -> str:
        """What the branch can be reminded of; empty when nothing is left to do."""
        if self.unopened > 0:
            return "unopened"
        return "unanswered" if self.count.asked > self.count.answered else ""

    @property
    def waiting_hours(self) -> int | None:
        """How long the office itself has left the letter unopened."""
        if self.own is None or self.own.opened_at is not None:
            return None
        return max(0, int((self.now - self.own.delivered_at).total_seconds() // 3600))

    def mean_hours(self, step: str) -> float | None:
        """The mean time from the step before, in hours; ``None`` where nobody got so far."""
        done: int = getattr(self.count, step)
        seconds: int = getattr(self.count, f"{step}_seconds")
        return seconds / done / 3600 if done else None

    @property
    def times(self) -> list[float | None]:
        return [self.mean_hours(step) for step in STEPS]

    @property
    def slowness(self) -> tuple[Any, ...]:
        share = self.unopened / self.count.delivered if self.count.delivered else 0
        taken = sum(hours for hours in self.times if hours is not None)
        return (not self.holds_up, -share, -self.overdue, -taken, self.office.sort_key)


@dataclass(frozen=True)
class Follow:
    """One level of the tree: the office looked at, its sums, its branches."""

    letter: Letter
    node: Organization
    total: Branch
    branches: list[Branch]
    line: list[Organization]  # from the top of what may be looked at down to ``node``


CHIPS = {
    "": _("ทั้งหมด"),
    "unopened": _("ยังไม่เปิด"),
    "no_lao": _("ยังไม่มี อปท. ใดเปิด"),
    "held": _("ยังไม่ส่งต่อ"),
    "overdue": _("เกินกำหนดตอบ"),
}


def chosen(branches: list[Branch], chip: str) -> list[Branch]:
    """The branches a filter leaves."""
    tests: dict[str, Callable[[Branch], bool]] = {
        "unopened": lambda row: row.own is not None and row.own.opened_at is None,
        "no_lao": lambda row: row.no_lao_opened,
        "held": lambda row: row.holds_up,
        "overdue": lambda row: row.overdue > 0,
    }
    test = tests.get(chip)
    return [row for row in branches if test(row)] if test else branches


def top_of(letter: Letter) -> Organization:
    """Where following begins: the sender, or the root of the tree when it went to others than its own."""
    office = letter.organization
    if letter.parent_id is not None:
        return office
    rows = FollowCount.objects.filter(letter=letter, organization__in=ids_in(office.path))
    delivered = dict(rows.values_list("organization_id", "delivered"))
    root = ids_in(office.path)[0]
    if delivered.get(office.pk, 0) == delivered.get(root, 0):
        return office
    return Organization.objects.get(pk=root)


def node_of(letter: Letter, pk: str) -> Organization | None:
    """The office asked for, if the chain has reached its branch and it lies below where following begins."""
    top = top_of(letter)
    if not pk:
        return top
    node = Organization.objects.filter(pk=identifier(pk) or 0).first()
    return node if node is not None and node in line_to(letter, node, top) else None


def follow(letter: Letter, node: Organization, now: datetime) -> Follow:
    """One level of the tree, in a number of queries that does not grow with it."""
    counts = FollowCount.objects.filter(letter=letter.chain_id, above=node)
    children = {row.organization_id: row for row in counts.select_related("organization")}
    own = _own(letter, [node.pk, *children])
    coverings = {
        row.organization_id: row
        for row in Letter.objects.filter(
            root=letter.chain_id, organization__in=children, status=LetterStatus.ISSUED
        ).only("uuid", "number", "organization_id")
    }
    late = _overdue(letter, node, today(now))
    branches = [
        Branch(count.organization, count, own.get(pk), coverings.get(pk), late.get(pk, 0), now)
        for pk, count in children.items()
    ]
    sums = FollowCount.objects.filter(letter=letter.chain_id, organization=node).first()
    total = Branch(
        node, sums or FollowCount(letter=letter, organization=node), own.get(node.pk), None,
        sum(late.values()), now,
    )  # fmt: skip
    line = line_to(letter, node)
    return Follow(letter, node, total, sorted(branches, key=lambda row: row.slowness), line)


def _own(letter: Letter, pks: list[int]) -> dict[int, Dispatch]:
    """How the letter first came to each office itself."""
    rows = chain(letter).filter(recipient__in=pks).select_related("addressed")
    found: dict[int, Dispatch] = {}
    for row in rows.order_by("delivered_at", "id"):
        found.setdefault(row.recipient_id, row)
    return found


def _overdue(letter: Letter, node: Organization, day: date) -> dict[int, int]:
    """Child → dispatches below it (its own included) that are past their day; grouped by the database."""
    rows = chain(letter).filter(under(node), due_on__lt=day, answered_at=None).order_by()
    paths: QuerySet[Any, Any] = rows.values_list("path").annotate(n=Count("pk"))
    found: dict[int, int] = {}
    for path, count in paths:
        ids = ids_in(path)
        below = ids[ids.index(node.pk) + 1 :] if node.pk in ids else []
        key = below[0] if below else node.pk
        found[key] = found.get(key, 0) + count
    return found


def line_to(letter: Letter, node: Organization, top: Organization | None = None) -> list[Organization]:
    """The offices from ``top`` (where following begins) down to ``node``, as the line was at delivery.

    Empty when the chain did not reach ``node``, or it does not lie below.
    """
    top = top or top_of(letter)
    reached = chain(letter).filter(in_branch(top), in_branch(node)).order_by("delivered_at", "pk")
    path = ids_in(reached.values_list("path", flat=True).first() or "")
    if top.pk not in path or node.pk not in path:
        return [node] if node == top else []
    ids = path[path.index(top.pk) : path.index(node.pk) + 1]
    offices = Organization.objects.in_bulk(ids)
    return [offices[pk] for pk in ids]


def shades(branches: list[Branch]) -> dict[str, int]:
    """Province → per cent of its dispatches that were opened, for the map of the country."""
    return {
        row.office.province_code: round(100 * row.count.opened / row.count.delivered)
        for row in branches
        if row.office.level == Level.PROVINCE and row.count.delivered
    }


def points(letter: Letter, node: Organization) -> list[tuple[float, float, str, str, str]]:
    """The offices of a branch that lie on the map: place, name, state as a tone. One query."""
    rows = chain(letter).filter(under(node), recipient__latitude__isnull=False).order_by("-delivered_at")
    found = {}
    for row in rows.select_related("recipient"):
        office = row.recipient
        tone = "ok" if row.registered_at else "warn" if row.opened_at else "bad"
        found[office.pk] = (office.latitude or 0.0, office.longitude or 0.0, office.short_name, tone, "")
    return list(found.values())
