"""The people of an office: who may be handed a letter, who may be its signer."""

from datetime import datetime

from jitasa.accounts.models import User
from jitasa.organizations.models import Post
from jitasa.organizations.selectors.naming import show_to_choose
from jitasa.thai.dates import today
from jitasa.thai.sorting import by_dictionary


def people_of(office_id: int, now: datetime) -> list[User]:
    """The people with a post in the office today, in the order of the dictionary."""
    posts = Post.objects.filter(organization=office_id).valid_on(today(now))
    people = list(User.objects.filter(pk__in=posts.values("user_id"), is_active=True).order_by("username"))
    show_to_choose(people, now, of=office_id)
    return by_dictionary(people, str)
