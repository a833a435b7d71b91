"""Every address of the product and who may use it: the table that ``tests/test_access.py`` walks.

A new route needs one line here, or the walk fails:

    R("app:name", "anong boonmee dao ek fah", builder)

* the second column names who may among those who *see* the thing; the rest of them get 403.
  Anong stands for an officer, Boonmee for the approver and administrator of an LAO. Chai, officer of
  an LAO in another district, is expected to be treated in her own office as Anong is in hers.
* ``builder(world, office)`` (``tests/things.py``) makes the thing in an office and gives the route's
  arguments. Each is walked twice: with Anong's office and with Chai's, which must not be found.
* ``sight``: ``line`` (the office and those above it; everybody else 404), ``office`` (its own people
  only), ``self`` (its clerk only), ``all`` (one thing for the whole country), ``public`` (guests too).
* ``post=True``: the route acts, so it is walked by POST, and GET must not be answered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from jitasa.organizations.models import Organization
from tests import things
from tests.things import World

Builder = Callable[[World, Organization], dict[str, Any]]
LAO = "anong boonmee"
UPPER = "dao ek fah"
ALL = f"{LAO} {UPPER}"
ADMINISTRATORS = "boonmee dao ek fah"


@dataclass(frozen=True)
class Route:
    name: str
    who: str
    build: Builder | None = None
    post: bool = False
    sight: Literal["line", "office", "self", "all", "public"] = "line"
    data: dict[str, str] = field(default_factory=dict)


R = Route
ROUTES: list[Route] = [
    # people, sign-in
    R("front", ALL, sight="public"),
    R("account_login", ALL, sight="public"),
    R("account_logout", ALL, sight="public"),
    R("account_inactive", ALL, sight="public"),
    R("accounts:token", ALL, sight="public"),
    R("accounts:language", ALL, post=True, sight="public"),
    R("accounts:password", ALL),
    R("accounts:profile", ALL),
    R("accounts:sessions", ALL),
    R("accounts:session_end", "anong", things.session, post=True, sight="self"),
    R("accounts:sessions_end_others", ALL, post=True),
    R("accounts:signed_in", ALL),
    # posts, switching, viewing as
    R("organizations:people", ALL),
    R("organizations:people_of", ALL, things.office),
    R("organizations:person_add", "boonmee dao", things.office),
    R("organizations:person_link", "boonmee dao", things.office),
    R("organizations:person", "boonmee", things.person),
    R("organizations:person_reset", "boonmee", things.person, post=True),
    R("organizations:person_active", "boonmee", things.person, post=True),
    R("organizations:post_end", "boonmee", things.post),
    R("organizations:post_title", "boonmee", things.post, post=True),
    R("organizations:switch", ALL, post=True),
    R("organizations:view_as", "dao ek fah", things.office, post=True),
    R("organizations:view_as_stop", ALL, post=True),
    # audit, notices
    R("audit:list", ADMINISTRATORS),
    R("notices:list", ALL),
    R("notices:read", LAO, things.notice, post=True, sight="office"),
    R("notices:read_all", ALL, post=True),
]
