"""The demonstration's people and posts."""

from datetime import date

from django.contrib.auth.hashers import make_password

from jitasa.accounts.models import User
from jitasa.accounts.rules import search_text
from jitasa.demo.people import LOG_INS, SECOND_POSTS, LogIn
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Home, Organization, Post
from jitasa.organizations.viewer import Viewer


def make_people(*, since: date) -> None:
    """One person per role with a printed password, and a clerk without one for every office left."""
    for log_in in LOG_INS:
        _make(log_in, since)
    for username, code, title, role in SECOND_POSTS:
        user, office = (
            User.objects.get(username=username),
            Organization.objects.open().get(code=code),
        )
        Post.objects.create(user=user, organization=office, role=role, title=title, from_date=since)
    taken = {log_in.organization_code for log_in in LOG_INS}
    for office in Organization.objects.open().laos().filter(province_code="81").exclude(code__in=taken):
        user = User.objects.create(
            username=f"clerk-{office.code}",
            full_name="",
            search_text=search_text(full_name="", username=f"clerk-{office.code}"),
            password=make_password(None),
        )
        Home.objects.create(user=user, organization=office, from_date=since)
        Post.objects.create(
            user=user, organization=office, role=Role.OFFICER, title="นักพัฒนาชุมชน", from_date=since
        )


def _make(log_in: LogIn, since: date) -> None:
    user = User.objects.create(
        username=log_in.username,
        full_name="",
        search_text=search_text(full_name="", username=log_in.username),
        password=make_password(log_in.password),
    )
    office = Organization.objects.open().get(code=log_in.organization_code)
    Home.objects.create(user=user, organization=office, from_date=since)
    for role in log_in.roles:
        Post.objects.create(user=user, organization=office, role=role, title=log_in.title, from_date=since)


def officers(codes: list[str]) -> dict[str, Viewer]:
    """Who acts for each office, by office code."""
    posts = Post.objects.filter(organization__code__in=codes, role=Role.OFFICER).select_related(
        "user", "organization"
    )
    return {
        post.organization.code: Viewer(
            user=post.user, organization=post.organization, roles=frozenset({Role.OFFICER}), title=post.title
        )
        for post in posts
    }
