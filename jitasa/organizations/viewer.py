"""Who is looking or acting: a person in one office, with the roles held there today."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.apps import apps

from jitasa.organizations.choices import Level, Role

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from jitasa.accounts.models import User
    from jitasa.audit.selectors.entries import Span
    from jitasa.organizations.models import Organization


@dataclass(frozen=True)
class Viewer:
    """Passed as ``viewer`` to every read and as ``actor`` to every service.

    ``read_only`` is set while an officer of the level above looks at an office as it sees itself
    ("view as"): every ``may_<verb>`` rule refuses then. ``is_system`` is the program itself
    (command line, worker), which is not a person and sees everything.
    """

    user: User | None = None
    organization: Organization | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    title: str = ""
    address: str = ""
    offices: tuple[Organization, ...] = ()  # where the person holds a post today: to switch between
    read_only: bool = False
    viewing_from: Organization | None = None
    is_system: bool = False
    program: str = ""  # the name of the program that acts for the office with a token; then there is no user
    served_since: date | None = None  # the first day of anybody's post in the present office
    needs_second_factor: bool = False  # whether the person's posts ask for one (rules_second_factor)

    def has(self, *roles: Role) -> bool:
        """Whether the person holds one of the roles in the current office and may act there now."""
        return not self.read_only and not self.roles.isdisjoint(roles)

    @property
    def can_write(self) -> bool:
        return self.is_system or self.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)

    @property
    def is_administrator(self) -> bool:
        return self.is_system or self.has(Role.ADMINISTRATOR)

    @property
    def is_centre(self) -> bool:
        """Whether the person acts for the volunteer centre beside the office (``rules_centre``)."""
        return self.has(Role.CENTRE)

    @property
    def only_steers(self) -> bool:
        """Whether she acts for the centre alone: the work of the office's clerks is not hers."""
        return self.is_centre and not self.can_write

    def visible_offices(self) -> QuerySet[Organization]:
        """The offices whose records the viewer may see (for apps that stand below the registry)."""
        model: type[Organization] = apps.get_model("organizations", "Organization")
        return model.objects.visible_to(self)

    def spans_at(self, office_id: int) -> list[Span]:
        """When the people of an office served there while it was their home; nobody's outside the
        viewer's own line (a district sees a town that lies in it, but does not answer for its people)."""
        from jitasa.organizations.selectors.spans import spans_at

        return spans_at(self, office_id)

    def in_own_line(self, user_ids: Collection[int]) -> set[int]:
        """Those of the people whose home office is the viewer's or below it."""
        from jitasa.organizations.selectors.spans import in_own_line

        return in_own_line(self, user_ids)

    def names_of(self, user_ids: Collection[int], *, of: int) -> dict[int, str]:
        """How a page of the office ``of`` calls each of the people today."""
        from django.utils import timezone

        from jitasa.organizations.selectors.naming import names_of

        return names_of(user_ids, timezone.now(), of=of)

    def people_called(self, text: str) -> QuerySet[User]:
        """People whose name or account holds every word of the text."""
        from jitasa.organizations.selectors.naming import people_called

        return people_called(text)

    @property
    def level(self) -> str:
        return self.organization.level if self.organization else ""

    @property
    def is_department(self) -> bool:
        return self.level == Level.DEPARTMENT

    @property
    def is_lao(self) -> bool:
        return self.level == Level.LAO

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def user_name(self) -> str:
        if self.program:
            return f"API {self.program}"
        return str(self.user) if self.user else ("ระบบ" if self.is_system else "ผู้เยี่ยมชม")

    @property
    def office_id(self) -> int | None:
        return self.organization.pk if self.organization else None

    @property
    def office_name(self) -> str:
        return str(self.organization) if self.organization else ""


GUEST = Viewer()
SYSTEM = Viewer(is_system=True)
