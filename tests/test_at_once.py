"""Every act with an id made by the client, sent several times at one moment, is done once (PostgreSQL)."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

import jitasa
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import full_values, make_draft, make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.letters.services.compose import save_letter
from jitasa.letters.services.outside import OutsideLetter, register_outside
from jitasa.letters.tests.samples import set_up_office, values
from jitasa.occasions.services.edit import OccasionContent, add_occasion
from jitasa.organizations.choices import Role
from jitasa.organizations.services.people import NewPerson, create_person
from jitasa.organizations.viewer import GUEST
from jitasa.portal.models import Reason, Wish
from jitasa.portal.services.request_takedown import TakedownWish, request_takedown
from jitasa.portal.tests.making import make_public, use_of
from jitasa.problems import Refusal
from jitasa.publicity.choices import MaterialKind
from jitasa.publicity.services.broadcasts import OnChannel, Use, record_broadcast
from jitasa.publicity.services.campaigns import CampaignContent, save_campaign
from jitasa.publicity.services.materials import MaterialContent, save_material
from jitasa.publicity.tests.making import make_channel, make_material
from jitasa.review.services.comment import comment
from jitasa.thai.dates import today
from tests.at_once import at_once
from tests.cast import NOW, Cast, make_cast

TIMES = 4
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
Act = Callable[[], Any]


@pytest.fixture
def everybody(transactional_db: None) -> Cast:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: nothing happens at once there")
    return make_cast()


def draft(cast: Cast) -> Act:
    make_lists()
    given = full_values(cast.aonang)
    return partial(save_draft, actor=cast.anong, uuid=uuid4(), base_revision=None, values=given, now=NOW)


def record(cast: Cast) -> Act:
    """Sent with its receipt number: several times at one moment, one number."""
    make_lists()
    given = full_values(cast.aonang)
    act = partial(
        record_and_submit, actor=cast.anong, uuid=uuid4(), base_revision=None, values=given, now=NOW
    )
    return lambda: act().activity


def sending(cast: Cast) -> Act:
    make_lists()
    draft = make_draft(cast.anong)
    return partial(submit, actor=cast.anong, activity=draft, now=NOW, confirmed={uuid4()})


def said(cast: Cast) -> Act:
    make_lists()
    sent = make_sent(cast.anong)
    return partial(comment, actor=cast.dao, activity=sent, uuid=uuid4(), text="ภาพไม่ชัด", now=NOW)


def letter(cast: Cast) -> Act:
    given = values(set_up_office(cast.krabi))
    return partial(save_letter, actor=cast.ek, uuid=uuid4(), base_revision=None, values=given, now=NOW)


def outside(cast: Cast) -> Act:
    given = OutsideLetter(number="กษ 0512/123", from_text="เกษตรจังหวัด", subject="ขอเชิญร่วมปลูกป่า")
    return partial(register_outside, actor=cast.ek, uuid=uuid4(), given=given, now=NOW)


def material(cast: Cast) -> Act:
    given = MaterialContent(kind=MaterialKind.SCRIPT, title="สื่อวันพ่อ", words="ขอเชิญร่วมกิจกรรม")
    return partial(save_material, actor=cast.ek, uuid=uuid4(), content=given, now=NOW)


def campaign(cast: Cast) -> Act:
    given = CampaignContent(title="สื่อวันพ่อ", materials=[make_material(cast.ek).pk])
    return partial(save_campaign, actor=cast.ek, uuid=uuid4(), content=given, now=NOW)


def broadcast(cast: Cast) -> Act:
    channel, subject = make_channel(cast.anong), make_material(cast.ek)
    use = Use(on=today(NOW), channels=[OnChannel(channel.pk)])
    act = partial(record_broadcast, actor=cast.anong, batch=uuid4(), subject=subject, use=use, now=NOW)
    return lambda: act()[0]


def takedown(cast: Cast) -> Act:
    asked = TakedownWish(wish=Wish.REMOVE, reason=Reason.OWN_FACE)
    picture = use_of(make_public(cast)).pk
    return partial(request_takedown, actor=GUEST, picture_id=picture, asked=asked, key=uuid4(), now=NOW)


RACES: dict[str, tuple[Callable[[Cast], Act], str]] = {
    # the service: how its act is made ready, the verb of its one audit entry
    "save_draft": (draft, "activity.create"),
    "record_and_submit": (record, "activity.submit"),
    "submit": (sending, "activity.submit"),
    "comment": (said, "activity.comment"),
    "save_letter": (letter, "letter.create"),
    "register_outside": (outside, "letter.outside"),
    "save_material": (material, "material.add"),
    "save_campaign": (campaign, "campaign.add"),
    "record_broadcast": (broadcast, "broadcast.record"),
    "request_takedown": (takedown, "takedown.request"),
}


def services_with_a_key() -> Iterator[str]:
    """The names of all services somebody acts with and that take an id made by the client."""
    for found in pkgutil.walk_packages(jitasa.__path__, "jitasa."):
        if ".services." not in found.name or ".tests" in found.name:
            continue
        for name, service in inspect.getmembers(import_module(found.name), inspect.isfunction):
            asked = inspect.signature(service).parameters
            key = any("UUID" in str(each.annotation) for each in asked.values())
            if key and service.__module__ == found.name and "actor" in asked and not name.startswith("_"):
                yield name


@pytest.mark.parametrize("name", sorted(set(services_with_a_key())))
def test_sent_several_times_at_one_moment_it_is_done_once(everybody: Cast, name: str) -> None:
    """A new service of that kind fails here until it says how to race it."""
    prepare, verb = RACES[name]
    answers = at_once([prepare(everybody)] * TIMES)
    assert not [each for each in answers if isinstance(each, Exception)]
    assert len({each.pk for each in answers}) == 1
    assert Entry.objects.filter(verb=verb).count() == 1


def test_a_person_entered_several_times_at_one_moment_is_one_and_the_others_are_told(everybody: Cast) -> None:
    act = partial(
        create_person, actor=everybody.boonmee, organization=everybody.aonang, username="somying",
        role=Role.OFFICER, full_name="สมหญิง ใจดี", now=NOW,
    )  # fmt: skip
    answers = at_once([act] * TIMES)
    assert len([each for each in answers if isinstance(each, NewPerson)]) == 1
    refused = [each for each in answers if isinstance(each, Refusal)]
    assert [each.code for each in refused] == ["username_taken"] * (TIMES - 1)


def test_the_departments_day_added_several_times_at_one_moment_is_one_row(everybody: Cast) -> None:
    content = OccasionContent(name="วันรักษ์น้ำ", short_name="วันรักษ์น้ำ", date=today(NOW), kind="national")
    answers = at_once([partial(add_occasion, actor=everybody.fah, content=content, now=NOW)] * TIMES)
    assert len({each.pk for each in answers}) == 1
