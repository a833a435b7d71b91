"""Who presided is named inside the line only."""

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.rules_people import may_see_chair_name
from jitasa.activities.selectors.sheet import sheet
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import GUEST, SYSTEM, Viewer
from tests.cast import Cast, make_person, viewer

NAME = "นายสมชาย ใจดี"


@pytest.fixture
def record(cast: Cast) -> Activity:
    make_lists()
    return make_sent(cast.anong, chair_name=NAME)


@pytest.mark.parametrize(
    ("name", "sees"),
    [("anong", True), ("boonmee", True), ("dao", True), ("ek", True), ("fah", True), ("chai", False)],
)
def test_the_recording_office_and_its_line_read_the_name(
    cast: Cast, record: Activity, name: str, sees: bool
) -> None:
    assert may_see_chair_name(getattr(cast, name), record) == sees
    page = cast.client(name).get(f"/work/activities/{record.uuid}/")
    assert (page.status_code, NAME in page.content.decode()) == (200 if sees else 404, sees)


def test_who_only_looks_on_and_who_stands_beside_the_line_do_not(cast: Cast, record: Activity) -> None:
    looker = make_person("looker", cast.krabi, Role.VIEWER)
    client = cast.client("ek")
    client.force_login(looker, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/work/activities/{record.uuid}/")
    assert page.status_code == 200
    assert NAME not in page.content.decode()
    assert record.chair_position in page.content.decode()
    as_seen_below = Viewer(
        user=cast.fah.user, organization=cast.aonang, roles=frozenset({Role.VIEWER}), read_only=True
    )
    beside = viewer(make_person("beside", cast.saithai, Role.ADMINISTRATOR), cast.saithai, Role.ADMINISTRATOR)
    assert not any(may_see_chair_name(each, record) for each in (GUEST, as_seen_below, beside))
    assert may_see_chair_name(SYSTEM, record)


def test_a_district_does_not_read_the_name_from_a_town_that_only_lies_in_it(
    cast: Cast, record: Activity
) -> None:
    Activity.objects.filter(pk=record.pk).update(organization=cast.town)
    record.refresh_from_db()
    record.organization = Organization.objects.get(pk=cast.town.pk)
    assert not may_see_chair_name(cast.dao, record)
    assert may_see_chair_name(cast.ek, record)


def test_the_sheet_that_is_sent_on_names_nobody(record: Activity) -> None:
    data, _files = sheet(record, code="")
    assert data["chair"] == "นายก อบต.อ่าวนาง"
    assert NAME not in str(data)
