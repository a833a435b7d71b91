"""Reminding everybody that lacks something: the number on the button is the number that hears of it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.compilation.selectors.chase import GROUPS, chased
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.notices.models import Notice
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.models import Organization
from jitasa.rounds.models import MonthlyReturn
from jitasa.rounds.selectors.rounds import round_for
from jitasa.rounds.services.returns import confirm
from jitasa.rounds.services.rounds import change_round, rules_of
from tests.cast import NOW, Cast, make_organization

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)
AFTER_DUE = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def lists(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """November is over; six more SAOs make eleven local governments in Krabi, two of which confirmed."""
    make_lists()
    for number in range(6):
        district = (cast.mueang, cast.lanta)[number % 2]
        make_organization(
            f"068102{number:02}",
            OrganizationType.SAO,
            f"อบต.ที่ {number}",
            reports_to=district,
            lies_in=district,
        )
    for actor in (cast.anong, cast.chai):
        make_sent(actor)
        confirm(actor=actor, organization=actor.organization, month=MONTH, now=NOW)  # type: ignore[arg-type]
    monkeypatch.setattr(timezone, "now", lambda: AFTER_DUE)


def told() -> set[str]:
    rows = Notice.objects.filter(kind="reminder").select_related("organization")
    return {notice.organization.level + ":" + notice.organization.code for notice in rows}


def late(cast: Cast) -> set[str]:
    rows = Organization.objects.laos().exclude(pk__in=[cast.aonang.pk, cast.kokklang.pk])
    return {f"lao:{code}" for code in rows.values_list("code", flat=True)}


def press(client: Client, cast: Cast, who: str, **more: str) -> int:
    """The two clicks: the button of the board, then the button of the list. Returns the number promised."""
    board = client.get("/work/month/2569-11/").content.decode()
    address = f"/work/month/2569-11/{cast.krabi.pk}/remind/{who}/"
    assert address in board
    page = client.get(address).content.decode()
    found = re.search(r'name="count" value="(\d+)"', page)
    assert found is not None
    assert client.post(address, {"count": found[1], **more}).status_code == 302
    return int(found[1])


def test_all_nine_late_ones_hear_of_it_and_nobody_else(cast: Cast) -> None:
    client = cast.client("ek")
    board = client.get("/work/month/2569-11/").content.decode()
    assert "เตือน อปท. ที่ล่าช้า 9 แห่ง" in board
    assert press(client, cast, "late", message="ส่งภายในวันศุกร์") == 9
    assert told() == late(cast)
    assert Notice.objects.filter(kind="reminder", body__contains="ส่งภายในวันศุกร์").count() == 9
    assert Entry.objects.filter(verb="month.remind").count() == 1


@pytest.mark.parametrize("who", ["late", "missing", "unconfirmed"])
def test_the_number_of_each_group_is_who_is_told(cast: Cast, who: str) -> None:
    saithai = Organization.objects.get(pk=cast.saithai.pk)
    clerk = type(cast.anong)(user=cast.people["anong"], organization=saithai, roles=cast.anong.roles)
    make_sent(clerk)  # reported, not confirmed: late, and no longer missing
    client = cast.client("ek")
    board = client.get("/work/month/2569-11/").content.decode()
    number = press(client, cast, who)
    assert re.search(rf"remind/{who}/[^<]*<[^>]*>.*? {number} แห่ง</a>", board, re.DOTALL)
    assert len(told()) == Notice.objects.filter(kind="reminder").count() == number
    assert number == {"late": 9, "missing": 8, "unconfirmed": 9}[who]
    assert ("lao:06810107" in told()) == (who != "missing")


def test_a_chip_shows_the_offices_it_counts(cast: Cast) -> None:
    page = cast.client("ek").get("/work/month/2569-11/?show=late")
    assert {line.row.code for line in page.context["lines"]} == {code[4:] for code in late(cast)}
    assert "อ.เมืองกระบี่" not in [line.label for line in page.context["lines"]]


def test_nobody_is_told_when_the_number_has_changed_or_was_reminded_just_now(cast: Cast) -> None:
    client = cast.client("ek")
    address = f"/work/month/2569-11/{cast.krabi.pk}/remind/late/"
    assert client.post(address, {"count": "8"}).status_code == 200
    assert told() == set()
    assert press(client, cast, "late") == 9
    page = client.get(address).content.decode()
    assert 'name="count" value="0"' in page
    assert "จะไม่ได้รับซ้ำ" in page
    assert client.post(address, {"count": "0"}).status_code == 200
    assert Notice.objects.filter(kind="reminder").count() == 9


def test_an_office_above_is_not_reminded_in_place_of_those_below(cast: Cast) -> None:
    client = cast.client("ek")
    assert 'name="office"' not in client.get("/work/month/2569-11/").content.decode()
    assert client.post("/work/month/2569-11/remind/", {"office": [cast.mueang.pk]}).status_code == 302
    assert told() == set()


def test_whom_to_chase_first(cast: Cast) -> None:
    """Most often late, then nothing begun, then most often reminded; an office founded later was not asked."""
    opened = rules_of(round_for(date(2026, 8, 1)))
    change_round(actor=cast.fah, month=date(2026, 8, 1), to=opened, now=NOW)
    MonthlyReturn.objects.create(
        organization=cast.town, month=date(2026, 7, 1), confirmed_at=NOW, on_time=True
    )
    for back in range(1, 4):
        month = date(2026, 11 - back, 1)
        at = datetime(2026, 12 - back, 2, 3, 0, tzinfo=UTC)
        for office in Organization.objects.laos().exclude(pk=cast.town.pk):
            MonthlyReturn.objects.create(organization=office, month=month, confirmed_at=at, on_time=True)
    MonthlyReturn.objects.filter(organization=cast.saithai, month=date(2026, 10, 1)).update(on_time=False)
    MonthlyReturn.objects.create(organization=cast.pao, month=MONTH, reminders=2, reminded_at=NOW)
    clerk = type(cast.anong)(
        user=cast.people["anong"],
        organization=Organization.objects.get(code="06810200"),
        roles=cast.anong.roles,
    )
    make_draft(clerk)
    lines = chased(ReportScope(cast.krabi, MONTH), GROUPS["late"], AFTER_DUE)
    assert [(line.office.pk, line.late_months, line.months) for line in lines[:3]] == [
        (cast.town.pk, 3, 3),
        (cast.saithai.pk, 1, 3),
        (cast.pao.pk, 0, 3),
    ]
    assert lines[-1].office.code == "06810200"
    page = cast.client("ek").get(f"/work/month/2569-11/{cast.krabi.pk}/remind/late/").content.decode()
    assert "ล่าช้าหรือไม่แจ้ง 3 จาก 3 เดือน" in page
    assert '<th scope="col">ย้อนหลัง 3 เดือน</th>' in page
    assert page.index("ทม.กระบี่") < page.index("อบต.ไสไทย") < page.index("อบจ.กระบี่")


def test_who_may_not(cast: Cast) -> None:
    assert cast.client("dao").get(f"/work/month/2569-11/{cast.krabi.pk}/remind/late/").status_code == 404
    assert cast.client("ek").get(f"/work/month/2569-11/{cast.aonang.pk}/remind/late/").status_code == 404
    assert cast.client("ek").get(f"/work/month/2569-11/{cast.krabi.pk}/remind/x/").status_code == 404
    assert cast.client("anong").get(f"/work/month/2569-11/{cast.aonang.pk}/remind/late/").status_code in (
        403,
        404,
    )


def test_the_list_asks_as_often_for_many_as_for_few(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    make_organization("06810399", OrganizationType.SAO, "อบต.ใหม่", reports_to=cast.lanta, lies_in=cast.lanta)
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture of pytest-django
        lines = chased(ReportScope(cast.krabi, MONTH), GROUPS["late"], AFTER_DUE)
    assert len(lines) == 10
