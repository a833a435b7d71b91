"""Who holds posts where."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from jitasa.accounts.models import User
from jitasa.organizations.choices import ErasureState
from jitasa.organizations.models import ErasureRequest, Home, Organization, Post, PostOffer
from jitasa.organizations.rules_people import may_give
from jitasa.organizations.scope import scope
from jitasa.organizations.selectors.standing import managed_by
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today
from jitasa.thai.sorting import by_dictionary


@dataclass
class Member:
    """One person of an office with the posts held there.

    ``is_managed``: the reader answers for the account, and so may read its contacts. ``may_be_opened``: the
    person's page is open to the reader, for the account or for a post here that the reader may give or end.
    """

    user: User
    posts: list[Post] = field(default_factory=list)
    is_managed: bool = False
    may_be_opened: bool = False

    @property
    def title(self) -> str:
        return next((post.title for post in self.posts if post.title), "")


def posts_in(organization: Organization, now: datetime, *, ended: bool = False) -> QuerySet[Post]:
    """The office's posts that have not ended (or those that have), each person's together."""
    rows = Post.objects.filter(organization=organization)
    current = rows.not_ended_by(today(now))
    rows = rows.exclude(pk__in=current.values("pk")) if ended else current
    return rows.select_related("user", "organization").order_by("user__username", "from_date", "id")


def members(posts: QuerySet[Post], viewer: Viewer, now: datetime) -> list[Member]:
    """The posts gathered by person, in order of their names."""
    found: dict[int, Member] = {}
    for post in posts:
        found.setdefault(post.user_id, Member(post.user)).posts.append(post)
    managed = managed_by(viewer, found, now)
    for pk, member in found.items():
        member.is_managed = pk in managed
        member.may_be_opened = member.is_managed or any(
            may_give(viewer, post.organization, post.role) for post in member.posts
        )
    return by_dictionary(found.values(), lambda member: str(member.user))


def people_visible_to(viewer: Viewer) -> QuerySet[User]:
    """The people who hold or held a post in an office the viewer may see, or whose home it is."""
    at_home = Home.objects.of_today().filter(scope(viewer)).values("user_id")
    return User.objects.filter(
        Q(pk__in=Post.objects.visible_to(viewer).values("user_id")) | Q(pk__in=at_home)
    )


def foreign_offices_of(user: User, now: datetime, viewer: Viewer) -> int:
    """How many offices outside the viewer's sight the account opens: a number, not which."""
    rows = Post.objects.filter(user=user).not_ended_by(today(now)).exclude(scope(viewer))
    return rows.values("organization_id").distinct().count()


def offers_from(organization: Organization, now: datetime) -> QuerySet[PostOffer]:
    """What an office has offered to people of other lines and is not answered yet."""
    return PostOffer.objects.waiting(now).filter(organization=organization).select_related("user")


def offers_to(user: User, now: datetime) -> QuerySet[PostOffer]:
    """What a person is offered and has not answered yet."""
    rows = PostOffer.objects.waiting(now).filter(user=user)
    return rows.select_related("organization").order_by("offered_at", "id")


def waiting_erasure(user: User) -> ErasureRequest | None:
    """The person's request to have her data erased, while nobody has answered it."""
    return ErasureRequest.objects.filter(user=user, state=ErasureState.WAITING).first()


def own_posts_of(user: User, now: datetime) -> QuerySet[Post]:
    """All the person's posts that have not ended, in every office, for the person herself."""
    rows = Post.objects.filter(user=user).not_ended_by(today(now)).select_related("organization")
    return rows.order_by("from_date", "id")


def visible_posts_of(viewer: Viewer, user: User) -> QuerySet[Post]:
    """The person's posts, past ones too, in offices the viewer may see; the newest first."""
    rows = Post.objects.visible_to(viewer).filter(user=user)
    return rows.select_related("organization").order_by("-from_date", "-id")
