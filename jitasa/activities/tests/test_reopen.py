"""Reopening goes by the state the row has under the lock, not by the page that was open."""

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.services.reopen import reopen
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.notices.models import Notice
from jitasa.review.services.accept import accept
from tests.cast import NOW, Cast


@pytest.fixture
def open_page(cast: Cast) -> Activity:
    """A record as Anong's page has it: sent, not accepted."""
    make_lists()
    return Activity.objects.get(pk=make_sent(cast.anong).pk)


def asked_again(cast: Cast, activity: Activity) -> int:
    """How many notices the district gets of the reopening."""
    Notice.objects.all().delete()
    reopen(actor=cast.anong, activity=activity, reason="พิมพ์จำนวนผิด", now=NOW)
    return Notice.objects.filter(organization=cast.mueang).count()


def test_the_office_above_is_told_although_the_page_was_older_than_its_acceptance(
    cast: Cast, open_page: Activity
) -> None:
    accept(actor=cast.dao, activity=Activity.objects.get(pk=open_page.pk), now=NOW)
    assert asked_again(cast, open_page) == 1


def test_nobody_is_told_of_what_was_never_accepted(cast: Cast, open_page: Activity) -> None:
    assert asked_again(cast, open_page) == 0
