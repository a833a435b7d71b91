"""Who holds posts where."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from jitasa.accounts.models import User
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today


@dataclass
class Member:
    """One person of an office with the posts held there."""

    user: User
    posts: list[Post] = field(default_factory=list)

    @property
    def title(self) -> str:
        return next((post.title for post in self.posts if post.title), "")


def posts_in(organization: Organization, now: datetime, *, ended: bool = False) -> QuerySet[Post]:
    """The office's posts that have not ended (or those that have), people in order of their names."""
    rows = Post.objects.filter(organization=organization)
    current = rows.not_ended_by(today(now))
    rows = rows.exclude(pk__in=current.values("pk")) if ended else current
    return rows.select_related("user").order_by("user__full_name", "user__username", "from_date", "id")


def members(posts: QuerySet[Post]) -> list[Member]:
    """The posts gathered by person, in the order given."""
    found: dict[int, Member] = {}
    for post in posts:
        found.setdefault(post.user_id, Member(post.user)).posts.append(post)
    return list(found.values())


def people_visible_to(viewer: Viewer) -> QuerySet[User]:
    """The people who hold or held a post in an office the viewer may see."""
    return User.objects.filter(pk__in=Post.objects.visible_to(viewer).values("user_id"))


def open_posts_of(user: User, now: datetime) -> QuerySet[Post]:
    """All the person's posts that have not ended, in every office: what the account opens."""
    return Post.objects.filter(user=user).not_ended_by(today(now)).select_related("organization")


def visible_posts_of(viewer: Viewer, user: User) -> QuerySet[Post]:
    """The person's posts, past ones too, in offices the viewer may see; the newest first."""
    rows = Post.objects.visible_to(viewer).filter(user=user)
    return rows.select_related("organization").order_by("-from_date", "-id")
