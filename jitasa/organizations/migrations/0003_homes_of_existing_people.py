"""Everybody who holds or held a post gets a home office.

It is the office, among those where posts have not ended, in which the person was first given one: a post
that another office added later never wins. Without an open post it is the first office of all. An office
that was merged stands for the one that goes on.
"""

from datetime import date

from django.db import migrations
from django.utils import timezone


def home_for(posts: list[tuple[int, date, date | None, bool]], today: date) -> tuple[int, date]:
    """The office's id and the first day there, from ``(office, from, to, revoked)`` in order of first days."""
    open_offices = {
        office for office, _first, last, revoked in posts if not revoked and (last is None or last >= today)
    }
    for office, first, _last, _revoked in posts:
        if not open_offices or office in open_offices:
            return office, first
    raise AssertionError("an open post is one of the posts")


def give_homes(apps, schema_editor):
    Post = apps.get_model("organizations", "Post")
    Home = apps.get_model("organizations", "Home")
    Succession = apps.get_model("organizations", "Succession")
    goes_on = dict(Succession.objects.values_list("predecessor_id", "successor_id"))
    today = timezone.localdate()
    people: dict[int, list[tuple[int, date, date | None, bool]]] = {}
    rows = Post.objects.order_by("user_id", "from_date", "id")
    names = ("user_id", "organization_id", "from_date", "to_date", "revoked_at")
    for user_id, office, first, last, revoked in rows.values_list(*names).iterator(chunk_size=5000):
        people.setdefault(user_id, []).append((office, first, last, revoked is not None))
    known = set(Home.objects.values_list("user_id", flat=True))
    homes = []
    for user_id, posts in people.items():
        office, first = home_for(posts, today)
        while office in goes_on:
            office = goes_on[office]
        if user_id not in known:
            homes.append(Home(user_id=user_id, organization_id=office, from_date=first))
    Home.objects.bulk_create(homes, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0002_home_offices_and_offers"),
    ]

    operations = [migrations.RunPython(give_homes, migrations.RunPython.noop)]
