"""What the demonstration's letters have in common: who acts for an office, issuing, receiving."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from jitasa.accounts.models import User
from jitasa.accounts.rules import search_text
from jitasa.demo.crowd import seeded_uuid
from jitasa.letters.models import Dispatch, Letter, Signer
from jitasa.letters.services.compose import save_letter
from jitasa.letters.services.issue import issue
from jitasa.letters.services.receive import open_letter, register
from jitasa.letters.values import LetterValues
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Home, Organization, Post
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import BANGKOK

SIGNER = "ผู้ลงนาม"  # printed in brackets; nobody's name is invented
SATURDAY = 5
LONGEST = timedelta(days=4)  # every letter of the demonstration was sent at least so long ago


def clerks_of(offices: Sequence[Organization]) -> dict[str, Viewer]:
    """Who acts for each office, by its code; who cannot sign in is made where an office has nobody."""
    held = Post.objects.filter(role=Role.OFFICER).select_related("user").order_by("-pk")
    posts = {post.organization_id: post for post in held}  # the first of several
    made = _new_clerks([office for office in offices if office.pk not in posts])
    posts |= {post.organization_id: post for post in made}
    return {
        office.code: Viewer(
            user=posts[office.pk].user,
            organization=office,
            roles=frozenset({Role.OFFICER}),
            title=posts[office.pk].title,
        )
        for office in offices
    }


def _new_clerks(offices: Sequence[Organization]) -> list[Post]:
    names = [f"clerk-{office.code}" for office in offices]
    users = User.objects.bulk_create(
        User(
            username=name,
            full_name="",
            search_text=search_text(full_name="", username=name),
            password=make_password(None),
        )
        for name in names
    )
    pairs = list(zip(offices, users, strict=True))
    Home.objects.bulk_create(
        Home(user=user, organization=office, from_date=office.founded_on) for office, user in pairs
    )
    return Post.objects.bulk_create(
        Post(
            user=user,
            organization=office,
            role=Role.OFFICER,
            title="เจ้าหน้าที่สารบรรณ",
            from_date=office.founded_on,
        )
        for office, user in pairs
    )


def way_to(letter: Letter, office: Organization) -> Dispatch:
    """How the letter came to the office."""
    return Dispatch.objects.select_related("letter", "recipient").get(letter=letter, recipient=office)


def first_signer(office: Organization | None) -> Signer:
    """Who signs what the office sends."""
    return Signer.objects.filter(organization=office).earliest("position_order", "pk")


def issue_as(
    actor: Viewer,
    values: LetterValues,
    at: datetime,
    rng: random.Random,
    number: str = "",
    by: Signer | None = None,
) -> Letter:
    """Write, sign and send a letter of the actor's office; with its own number where one is given."""
    signer = by or first_signer(actor.organization)
    given = replace(values, signer_id=signer.pk)
    uuid = seeded_uuid(at, rng)
    draft = save_letter(actor=actor, uuid=uuid, base_revision=None, values=given, now=at)
    return issue(actor=actor, letter=draft, now=at, typed_number=number)


def in_office_hours(at: datetime) -> datetime:
    """The moment itself, or the next at which an office is open: Monday to Friday, 8.30 to 16.30."""
    local = at.astimezone(BANGKOK)
    morning = local.replace(hour=8, minute=30 + local.minute % 30)
    if local < morning.replace(minute=30):
        local = morning
    elif local > local.replace(hour=16, minute=30):
        local = morning + timedelta(days=1)
    while local.weekday() >= SATURDAY:
        local = local.replace(hour=8, minute=30 + local.minute % 30) + timedelta(days=1)
    return local


def receive_some(
    actor: Viewer, way: Dispatch, rng: random.Random, sent: datetime, shares: tuple[float, float]
) -> None:
    """Registered, only opened, or left alone, by the ``shares`` of the first two; stamps stand at office hours.

    What would come after the time that all of this takes is left alone: it has not come to the demonstration's day.
    """
    at, said = in_office_hours(sent + timedelta(hours=rng.uniform(1, 70))), rng.random()
    stamped = in_office_hours(at + timedelta(minutes=rng.randint(5, 300)))
    if at - sent > LONGEST or stamped - sent > LONGEST:
        return
    if said < sum(shares):
        open_letter(actor=actor, dispatch=way, now=at)
    if said < shares[0]:
        register(actor=actor, dispatch=way, now=stamped)
