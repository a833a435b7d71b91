"""What the walk of ``tests/test_access.py`` reads on a page, and what it says of it (``tests/offers.py``)."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from jitasa.accounts.models import User
from tests.cast import Cast, sign_in
from tests.offers import RECEIPT, THAI_RECEIPT, Offer, Reader, offers_of
from tests.pages import words_of
from tests.routes import ROUTES
from tests.things import World
from tests.undone import Browser


def anong(cast: Cast) -> Reader:
    return Reader("anong", sign_in(cast)["anong"], Browser(), lambda name: name == "notices:list", set())


@pytest.mark.django_db
def test_what_is_refused_is_told_with_other_digits_and_names_of_accounts(cast: Cast) -> None:
    page = HttpResponse(
        f'<main><a href="{reverse("system")}">x</a><form method="post" action="{reverse("notices:list")}">'
        "<button>y</button></form>81-6911-000001 by boonmee</main>"
    )
    assert anong(cast).refusals(page, "/work/", knows_reader=True) == [
        "anong on /work/: 81-6911-000001",
        "anong on /work/: boonmee",
        f"anong on /work/: get {reverse('system')} answers 403",
        "anong on /work/: post /work/notices/ answers 405",
    ]


@pytest.mark.django_db
def test_only_what_no_other_test_asks_is_pressed(cast: Cast) -> None:
    reader = anong(cast)
    there, elsewhere = Offer("get", "/work/notices/"), Offer("get", "/work/notices/?show=all")
    assert reader.is_asked_elsewhere(there, "/work/")
    assert reader.is_asked_elsewhere(elsewhere, elsewhere.url)
    for offer in (elsewhere, Offer("get", "/work/system/"), Offer("post", "/work/notices/")):
        assert not reader.is_asked_elsewhere(offer, "/work/")


@pytest.mark.django_db
def test_a_page_says_receipts_in_the_digits_of_its_reader(cast: Cast) -> None:
    route = next(route for route in ROUTES if route.name == "activities:detail" and route.build)
    assert route.build
    address = reverse(route.name, kwargs=route.build(World(cast), cast.aonang))
    User.objects.filter(username="anong").update(numerals="thai")
    page = Browser().asks(sign_in(cast)["anong"], "get", address).response
    assert THAI_RECEIPT.search(words_of(page))
    assert not RECEIPT.search(words_of(page))


def test_the_walk_sees_links_forms_and_buttons() -> None:
    markup = (
        '<a href="/outside/"></a><main><a href="/work/">x</a><a href="#top">y</a><form method="post" '
        'action="/work/letters/"><input type="hidden" name="a" value="1"><button name="act" value="b">'
        '</button><button disabled name="act" value="c"></button></form><b hx-get="/work/month/"></b></main>'
    )
    assert list(offers_of(markup, "/work/notices/")) == [
        Offer("get", "/work/"),
        Offer("post", "/work/letters/", (("a", "1"), ("act", "b"))),
        Offer("get", "/work/month/"),
    ]
