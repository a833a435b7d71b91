"""End the sessions of people whose post has ended by its date."""

from datetime import datetime, time, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction

from jitasa.accounts.models import User
from jitasa.accounts.services.sessions import end_all_sessions
from jitasa.organizations.models import Post
from jitasa.thai.dates import BANGKOK, today

LOOK_BACK = timedelta(days=3)  # for a worker that stood still


def end_sessions_of_former(*, now: datetime) -> int:
    """Sign out whoever signed in while holding a post whose last day has passed (a chore of the worker).

    A session begun afterwards stays: somebody without a post still reads and exports her own data.
    Posts stopped at once end sessions in the act itself (``posts.end_post``). Returns how many people.
    """
    day = today(now)
    ended = Post.objects.filter(to_date__lt=day, to_date__gte=day - LOOK_BACK)
    last_days = {post.user_id: post.to_date for post in ended.order_by("to_date") if post.to_date}
    sessions = UserSession.objects.filter(user__in=last_days).values_list("user_id", "created_at")
    over = {
        user_id
        for user_id, created_at in sessions
        if created_at < datetime.combine(last_days[user_id] + timedelta(days=1), time.min, tzinfo=BANGKOK)
    }
    for user in User.objects.filter(pk__in=over):
        with transaction.atomic():
            end_all_sessions(user)
    return len(over)
