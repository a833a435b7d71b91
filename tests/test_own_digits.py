"""Receipt numbers stand in the digits the reader chose, on every page (not in fields, addresses and files)."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from jitasa.accounts.models import User
from tests.cast import Cast
from tests.pages import words_of
from tests.test_access import Visit
from tests.test_nothing_shown_is_refused import FILES, Offer, Walker, pages
from tests.things import World

ADDRESS = re.compile(r"https?://\S+")
NUMBER = re.compile(r"[0-9]{2}-[0-9]{4}-[0-9]{6}")


@pytest.mark.parametrize("person", ["anong", "dao", "fah"])
def test_receipt_numbers_are_in_the_readers_digits(cast: Cast, person: str) -> None:
    User.objects.filter(username=person).update(numerals="thai")
    walker, wrong, seen = Walker(cast, person), [], 0
    for route in pages():
        if Visit(route, person, foreign=False).expected() != "in" or FILES.search(route.name):
            continue
        if route.sight == "public":
            continue  # those pages know no reader
        with transaction.atomic():
            arguments = route.build(World(cast), cast.aonang) if route.build else {}
            page = walker.asks(Offer("get", reverse(route.name, kwargs=arguments)))
            if page.get("Content-Type", "").startswith("text/html") and not page.streaming:
                words = ADDRESS.sub("", words_of(page))
                wrong += [f"{route.name}: {found}" for found in NUMBER.findall(words)]
                seen += len(re.findall("[๐-๙]{2}-[๐-๙]{4}-[๐-๙]{6}", words))
            transaction.set_rollback(True)
    assert seen >= 2
    assert not wrong, wrong
