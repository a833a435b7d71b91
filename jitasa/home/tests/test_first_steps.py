"""The first days of an office: what it needs, from how things are, and who is shown and may do what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.home.first_steps import StepLine, first_steps
from jitasa.home.models import FirstStepsDismissal
from jitasa.home.rules_first_steps import NEW_FOR, FirstStep, OfficeFacts, are_over, is_new, steps_of
from jitasa.home.services.first_steps import dismiss_first_steps
from jitasa.letters.models import LetterSettings
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.selectors.viewers import viewer_for
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.review.services.accept import accept
from jitasa.thai.dates import today
from tests.cast import NOW, Cast, make_person
from tests.pages import words_of

pytestmark = pytest.mark.django_db
URL = "/work/"
DAY = today(NOW)
BEGUN = DAY - timedelta(days=10)
NOTHING = OfficeFacts(
    has_contact=False, has_place=False, people=1, has_approver=False, wants_approval=False,
    factor_asked=True, factor_lacking={1: "ก"}, sent=False, accepted=False, dismissed=False,
)  # fmt: skip


@pytest.fixture(autouse=True)
def new_office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """อบต.อ่าวนาง was given its first people ten days ago, and has no pin."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    make_lists()
    Post.objects.filter(organization=cast.aonang).update(from_date=BEGUN)
    Organization.objects.filter(pk=cast.aonang.pk).update(latitude=None, longitude=None)


def lines(cast: Cast, who: str) -> dict[str, StepLine]:
    viewer = viewer_for(cast.people[who], NOW)
    assert viewer.organization is not None
    return {line.title: line for line in first_steps(viewer, viewer.organization, NOW, accepted=0)}


def page_of(cast: Cast, who: str) -> str:
    answer = cast.client(who).get(URL)
    assert answer.status_code == 200
    return answer.content.decode()


def test_five_steps_at_most_and_only_those_needed() -> None:
    assert list(steps_of(NOTHING)) == list(FirstStep)
    assert not any(steps_of(NOTHING).values())
    assert FirstStep.SECOND_FACTOR not in steps_of(replace(NOTHING, factor_asked=False, factor_lacking={}))


def test_where_records_wait_two_people_need_an_approver_among_them() -> None:
    two = replace(NOTHING, people=2)
    assert steps_of(two)[FirstStep.PEOPLE]
    assert not steps_of(replace(two, wants_approval=True))[FirstStep.PEOPLE]
    assert steps_of(replace(two, wants_approval=True, has_approver=True))[FirstStep.PEOPLE]
    alone = replace(NOTHING, wants_approval=True, has_approver=True)
    assert not steps_of(alone)[FirstStep.PEOPLE]


@pytest.mark.parametrize(
    ("facts", "done", "over"),
    [
        (NOTHING, [False, True], False),
        (replace(NOTHING, sent=True), [False, True], False),
        (NOTHING, [True, True], True),
        (replace(NOTHING, accepted=True), [False], True),
        (replace(NOTHING, dismissed=True), [False], True),
    ],
)
def test_when_they_are_over(facts: OfficeFacts, done: list[bool], over: bool) -> None:
    assert are_over(facts, done) is over


def test_an_office_is_new_for_sixty_days() -> None:
    assert is_new(DAY, DAY)
    assert is_new(DAY - NEW_FOR, DAY)
    assert not is_new(DAY - NEW_FOR - timedelta(days=1), DAY)
    assert not is_new(None, DAY)


def test_the_office_is_as_old_as_its_first_post_also_an_ended_one(cast: Cast) -> None:
    assert viewer_for(cast.people["anong"], NOW).served_since == BEGUN
    gone = Post.objects.get(user=cast.people["boonmee"], role=Role.APPROVER)
    Post.objects.filter(pk=gone.pk).update(from_date=BEGUN - timedelta(days=90), to_date=BEGUN)
    assert viewer_for(cast.people["anong"], NOW).served_since == BEGUN - timedelta(days=90)
    assert "เริ่มต้นใช้งาน" not in page_of(cast, "anong")


def test_the_administrator_is_led_to_each_page(cast: Cast) -> None:
    client = cast.client("boonmee")
    found = lines(cast, "boonmee")
    assert [line.done for line in found.values()] == [False, False, True, False]  # two people work there
    for line in found.values():
        assert bool(line.url) is not line.done
        assert not line.url or client.get(line.url, follow=True).status_code == 200
    page = page_of(cast, "boonmee")
    assert "1 จาก 4" in page
    assert reverse("organizations:settings", args=[cast.aonang.pk]) in page


def test_a_clerk_is_led_to_recording_only(cast: Cast) -> None:
    found = lines(cast, "anong")
    assert [line.url for line in found.values() if line.url] == [reverse("activities:new")]
    page = page_of(cast, "anong")
    assert reverse("organizations:settings", args=[cast.aonang.pk]) not in page
    assert "ผู้ดูแลสำนักงานเป็นผู้ทำ" in page


def test_each_line_follows_how_things_are(cast: Cast) -> None:
    LetterSettings.objects.create(organization=cast.aonang, phone="075 637 146")
    assert not lines(cast, "boonmee")["กรอกที่ตั้งและโทรศัพท์ของสำนักงาน"].done
    LetterSettings.objects.update(address="อ.เมืองกระบี่ จ.กระบี่")
    assert lines(cast, "boonmee")["กรอกที่ตั้งและโทรศัพท์ของสำนักงาน"].done
    Organization.objects.filter(pk=cast.aonang.pk).update(latitude=8.05, longitude=98.8)
    assert lines(cast, "boonmee")["ปักหมุดสำนักงานบนแผนที่"].done
    make_draft(cast.anong)
    assert not lines(cast, "anong")["ส่งกิจกรรมแรก"].done


def test_a_second_person_and_an_approver(cast: Cast) -> None:
    Post.objects.filter(user=cast.people["anong"]).update(role=Role.VIEWER)  # only reads
    line = lines(cast, "boonmee")["เพิ่มผู้ใช้คนที่สอง"]
    assert (line.done, line.url) == (False, reverse("organizations:person_add", args=[cast.aonang.pk]))
    make_person("second", cast.aonang, Role.OFFICER)
    Post.objects.filter(user__username="second").update(from_date=BEGUN)
    assert lines(cast, "boonmee")["เพิ่มผู้ใช้คนที่สอง"].done
    Post.objects.filter(role=Role.APPROVER).delete()
    Organization.objects.filter(pk=cast.aonang.pk).update(approval_required=True)
    line = lines(cast, "boonmee")["มีผู้บันทึกและผู้อนุมัติคนละคน"]
    assert (line.done, line.url) == (False, reverse("organizations:people"))


def test_second_factors_where_they_are_asked_for(cast: Cast, settings: object) -> None:
    title = "ยืนยันตัวสองชั้นครบทุกคนที่ต้องมี"
    assert title not in lines(cast, "boonmee")
    settings.MFA_REQUIRED = "1"  # type: ignore[attr-defined]  # pytest-django
    line = lines(cast, "boonmee")[title]
    assert (line.done, line.url, line.words) == (False, reverse("accounts:security"), "ยังไม่มี: Boonmee")
    assert lines(cast, "anong")[title].url == ""  # hers is not asked for
    assert len(lines(cast, "boonmee")) == 5
    Authenticator.objects.create(user=cast.people["boonmee"], type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not lines(cast, "boonmee")[title].done
    Authenticator.objects.create(user=cast.people["boonmee"], type=Authenticator.Type.TOTP, data={})
    assert lines(cast, "anong")[title].done
    settings.MFA_REQUIRED = "all"  # type: ignore[attr-defined]  # pytest-django
    assert lines(cast, "boonmee")[title].words == "ยังไม่มี: Anong"


def test_sent_is_ticked_and_accepted_ends_it(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    assert lines(cast, "anong")["ส่งกิจกรรมแรก"].done
    accept(actor=cast.dao, activity=sent, now=NOW)
    assert lines(cast, "anong") == {}  # also when the months read do not hold it
    assert "เริ่มต้นใช้งาน" not in page_of(cast, "anong")


def test_nobody_else_is_shown_them(cast: Cast) -> None:
    Post.objects.filter(organization__in=[cast.mueang, cast.krabi]).update(from_date=BEGUN)
    for who in ("dao", "ek", "fah", "chai"):
        assert "เริ่มต้นใช้งาน" not in page_of(cast, who)
    Post.objects.filter(user=cast.people["anong"]).update(role=Role.VIEWER)
    assert "เริ่มต้นใช้งาน" not in page_of(cast, "anong")


def test_the_office_puts_them_away_for_everybody_once(cast: Cast) -> None:
    client = cast.client("anong")
    address = reverse("home:dismiss_first_steps")
    assert address in client.get(URL).content.decode()
    answer = client.post(address, follow=True)
    assert "ปิดรายการเริ่มต้นใช้งานของสำนักงานแล้ว" in words_of(answer)
    client.post(address)
    assert address not in page_of(cast, "boonmee")
    assert FirstStepsDismissal.objects.get().organization_id == cast.aonang.pk
    assert Entry.objects.filter(verb="home.dismiss_first_steps").count() == 1


@pytest.mark.parametrize(
    "actor",
    [
        lambda cast: cast.dao,
        lambda cast: cast.fah,
        lambda cast: replace(cast.boonmee, read_only=True),
        lambda cast: replace(cast.anong, roles=frozenset({Role.VIEWER})),
    ],
)
def test_a_refusal_changes_nothing(cast: Cast, actor: Callable[[Cast], Viewer]) -> None:
    with pytest.raises(Forbidden):
        dismiss_first_steps(actor=actor(cast), now=NOW)
    assert not FirstStepsDismissal.objects.exists()
    assert not Entry.objects.filter(verb="home.dismiss_first_steps").exists()


def test_an_office_is_dismissed_once_in_the_database_too(cast: Cast) -> None:
    dismiss_first_steps(actor=cast.anong, now=NOW)
    with (
        pytest.raises(IntegrityError, match=r"first_steps_dismissed_once|organization_id"),
        transaction.atomic(),
    ):
        FirstStepsDismissal.objects.create(organization=cast.aonang, at=NOW)


def statements(cast: Cast) -> int:
    client = cast.client("anong")
    client.get(URL)
    with CaptureQueriesContext(connection) as captured:
        client.get(URL)
    return len(captured)


def test_only_a_new_office_pays_and_no_more_than_two_statements(cast: Cast) -> None:
    new = statements(cast)
    with patch("jitasa.home.views.first_steps", return_value=[]):
        without = statements(cast)
    assert new == without + 2
    Post.objects.filter(user=cast.people["boonmee"]).update(from_date=DAY - timedelta(days=90))
    assert statements(cast) == without  # an old office, a new clerk, nothing accepted


def test_many_people_cost_no_statement_more(cast: Cast) -> None:
    few = statements(cast)
    for _number in range(5):
        make_person(f"p-{uuid4()}"[:20], cast.aonang, Role.OFFICER)
    Post.objects.filter(organization=cast.aonang).update(from_date=BEGUN)
    assert statements(cast) == few
