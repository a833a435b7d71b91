"""The month for somebody who leads and only reads, in her language."""

import re

import pytest

from jitasa.accounts.models import User
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.organizations.choices import Role
from tests.cast import Cast, make_person
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def test_periods_are_in_the_readers_language(cast: Cast) -> None:
    make_lists()
    make_sent(cast.anong)
    chief = make_person("chief", cast.krabi, Role.VIEWER)
    client = cast.client("ek")
    client.force_login(chief, backend="allauth.account.auth_backends.AuthenticationBackend")
    thai = words_of(client.get("/work/"))
    assert re.search(r"เดือน\S+ 25\d\d", thai)
    assert re.search(r"ไตรมาสที่ \d ปีงบประมาณ 25\d\d", thai)
    User.objects.filter(username="chief").update(language="en")
    english = words_of(client.get("/work/"))
    assert re.search(r"Quarter \d of fiscal year B.E. 25\d\d \([A-Z]", english)
    assert re.search(r"Fiscal year B.E. 25\d\d", english)
    assert "ไตรมาส" not in english
    assert "เดือน" not in english
