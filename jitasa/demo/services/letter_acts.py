"""What the demonstration's letters have in common: who acts for an office, issuing, receiving."""

import random
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


def clerk_of(office: Organization) -> Viewer:
    """Who acts for the office; one who cannot sign in is made where it has nobody."""
    post = Post.objects.filter(organization=office, role=Role.OFFICER).select_related("user").first()
    if post is None:
        user = User.objects.create(
            username=f"clerk-{office.code}",
            full_name="",
            search_text=search_text(full_name="", username=f"clerk-{office.code}"),
            password=make_password(None),
        )
        Home.objects.create(user=user, organization=office, from_date=office.founded_on)
        post = Post.objects.create(
            user=user,
            organization=office,
            role=Role.OFFICER,
            title="เจ้าหน้าที่สารบรรณ",
            from_date=office.founded_on,
        )
    return Viewer(user=post.user, organization=office, roles=frozenset({Role.OFFICER}), title=post.title)


def way_to(letter: Letter, office: Organization) -> Dispatch:
    """How the letter came to the office."""
    return Dispatch.objects.select_related("letter", "recipient").get(letter=letter, recipient=office)


def issue_as(
    actor: Viewer, values: LetterValues, at: datetime, rng: random.Random, number: str = ""
) -> Letter:
    """Write, sign and send a letter of the actor's office; with its own number where one is given."""
    signer = Signer.objects.get(organization=actor.organization)
    given = replace(values, signer_id=signer.pk)
    uuid = seeded_uuid(at, rng)
    draft = save_letter(actor=actor, uuid=uuid, base_revision=None, values=given, now=at)
    return issue(actor=actor, letter=draft, now=at, typed_number=number)


def receive_some(
    actor: Viewer, way: Dispatch, rng: random.Random, sent: datetime, shares: tuple[float, float]
) -> None:
    """Registered, only opened, or left alone, by the ``shares`` of the first two."""
    at, said = sent + timedelta(hours=rng.uniform(1, 70)), rng.random()
    if said < sum(shares):
        open_letter(actor=actor, dispatch=way, now=at)
    if said < shares[0]:
        register(actor=actor, dispatch=way, now=at + timedelta(minutes=rng.randint(5, 300)))
