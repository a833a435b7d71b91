"""How a page calls people who gave no name: by the post they held when they acted."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from jitasa.accounts.models import User
from jitasa.organizations.models import Post
from jitasa.thai.dates import day_of
from jitasa.ui.searching import holding


def show_posts(
    acts: Iterable[tuple[User | None, datetime]], *, with_office: bool = True, of: int | None = None
) -> None:
    """Makes each person without a name read as the post of that day ("นักพัฒนาชุมชน อบต.อ่าวนาง").

    ``with_office``: left out where the line says the office itself. ``of``: the office the acts were done for,
    whose post wins where somebody has several. One query, none when all have names.
    Whoever held no post on that day keeps the account's name. What is stored never reads ``shown_as``:
    it stands on the objects of this page alone.
    """
    nameless = [(user, day_of(at)) for user, at in acts if user and not user.full_name and not user.erased_at]
    if not nameless:
        return
    found: dict[int, list[Post]] = {}
    rows = Post.objects.filter(user__in={user.pk for user, _day in nameless}).select_related("organization")
    for post in rows.order_by("-from_date", "-id"):
        found.setdefault(post.user_id, []).append(post)
    for user, day in nameless:
        held = [each for each in found.get(user.pk, []) if _held(each, day)]
        if held:
            held.sort(key=lambda each: (each.organization_id != of, not each.title))
            post = held[0]
            title = post.title or str(post.get_role_display())
            user.shown_as = f"{title} {post.organization}" if with_office else title


def show_to_choose(people: Iterable[User], at: datetime, *, of: int) -> None:
    """The same for people of an office to choose among: those who read alike say their accounts' names, too."""
    people = list(people)
    show_posts(((each, at) for each in people), with_office=False, of=of)
    alike = Counter(map(str, people))
    for each in people:
        if each.shown_as and alike[str(each)] > 1:
            each.shown_as += f" ({each.username})"


def names_of(user_ids: Collection[int], at: datetime, *, of: int | None = None) -> dict[int, str]:
    """How a page calls each person today: the name given, or the post (in the office ``of`` before others)."""
    people = User.objects.in_bulk(list(user_ids))
    show_posts(((each, at) for each in people.values()), of=of)
    return {each.pk: str(each) for each in people.values()}


def people_called(text: str) -> QuerySet[User]:
    """People whose name or account holds every word of the text."""
    return User.objects.filter(holding(text, "search_text"))


def _held(post: Post, day: date) -> bool:
    return post.from_date <= day and (post.to_date is None or day <= post.to_date)
