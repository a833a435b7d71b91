"""The offices of the country and their people, signed in since the morning."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from bench.steps import BACKEND
from jitasa.accounts.adapter import BEGAN_KEY, SEEN_KEY
from jitasa.accounts.models import User
from jitasa.accounts.session_store import SessionStore
from jitasa.config.install import install
from jitasa.demo.services.seed_country import make_country, people_by_office
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.geography import tambons
from jitasa.rounds.services.rounds import open_rounds
from jitasa.thai.dates import month_of, today

OFFICERS = {"department": "fah", "province": "ek", "district": "dao"}


@dataclass(frozen=True)
class Person:
    """A key that stands for a signed-in browser, and a tambon of the office's district."""

    session: str
    office: int
    tambon: str


def prepare(offices: int) -> tuple[list[Person], dict[str, str]]:
    """So many clerks, spread over the country, and the session keys of the officers by who they are."""
    now = timezone.now()
    install(now=now, say=lambda _line: None)
    since = month_of(today(now))
    make_country(now=now, since=since, say=lambda _line: None)
    open_rounds(now=now)
    rows = list(
        Organization.objects.open()
        .laos()
        .filter(posts__role="officer", posts__to_date=None)
        .order_by("code")
        .values_list("pk", "district_code")
        .distinct()
    )
    chosen = rows[:: max(1, len(rows) // offices)][:offices]
    clerks = people_by_office()
    places = {code: tambons(code)[0].code for code in {district for _pk, district in chosen}}
    people = User.objects.in_bulk([clerks[pk] for pk, _district in chosen])
    keys = _sessions([people[clerks[pk]] for pk, _district in chosen])
    crowd = [Person(key, pk, places[district]) for key, (pk, district) in zip(keys, chosen, strict=True)]
    officers = User.objects.in_bulk(OFFICERS.values(), field_name="username")
    at_boards = _sessions([officers[name] for name in OFFICERS.values()])
    return crowd, dict(zip(OFFICERS, at_boards, strict=True))


def _sessions(people: list[User]) -> list[str]:
    """A session for each, as signing in makes it, all in one go: 7,850 sign-ins are not what is measured."""
    now, store = timezone.now(), SessionStore()
    began = int(now.timestamp())
    model = SessionStore.get_model_class()
    rows = [
        model(
            session_key=secrets.token_hex(16),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                    BEGAN_KEY: began,
                    SEEN_KEY: began,
                }
            ),
            expire_date=now + timedelta(seconds=settings.SESSION_COOKIE_AGE),
        )
        for person in people
    ]
    model.objects.bulk_create(rows, batch_size=500)
    return [row.session_key for row in rows]
