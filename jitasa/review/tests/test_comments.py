"""The thread between the office that wrote a record and those that review it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.notices.models import Notice
from jitasa.organizations.choices import Role
from jitasa.organizations.services.merge import merge
from jitasa.organizations.services.rename import rename
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.review.models import Comment
from jitasa.review.rules import may_comment, may_read_comments
from jitasa.review.services.comment import comment
from jitasa.thai.dates import today
from tests.cast import NOW, Cast, viewer

pytestmark = pytest.mark.django_db
SECRET = "ภาพที่สองถ่ายวันไหน"


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def say(actor: Any, activity: Activity, text: str = SECRET, **more: Any) -> Comment:
    return comment(actor=actor, activity=activity, text=text, now=NOW, **{"uuid": uuid4(), **more})


def test_who_reads_and_who_writes(cast: Cast) -> None:
    sent, draft = make_sent(cast.anong), make_draft(cast.anong)
    for one in (cast.anong, cast.boonmee, cast.dao, cast.ek, cast.fah):
        assert may_comment(one, sent)
        assert not may_comment(one, draft)  # nobody above has seen it
    assert not may_read_comments(cast.chai, sent)
    with pytest.raises(Forbidden):
        say(cast.chai, sent)
    town = make_sent(viewer(cast.people["anong"], cast.town, Role.OFFICER))
    assert not may_read_comments(cast.dao, town)  # it stands in the district and answers to the province
    assert may_comment(cast.ek, town)
    assert Comment.objects.count() == 0


def test_the_other_side_is_told_and_the_audit_repeats_no_words(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    say(cast.ek, sent)
    say(cast.anong, sent, "ถ่ายวันเดียวกัน")
    told = Notice.objects.filter(kind="comment").order_by("pk")
    assert [notice.organization for notice in told] == [cast.aonang, cast.krabi]  # to whom spoke last
    assert told[0].url == reverse("activities:detail", args=[sent.uuid]) + "#comments"
    assert told[1].url == reverse("review:record", args=[sent.uuid]) + "#comments"
    assert [row.from_above for row in sent.comments.all()] == [True, False]
    entries = Entry.objects.filter(verb="activity.comment")
    assert entries.count() == 2
    assert (
        SECRET not in f"{[entry.data for entry in entries]}{[notice.title + notice.body for notice in told]}"
    )


def test_the_first_word_of_the_office_goes_to_whom_it_answers(cast: Cast) -> None:
    say(cast.anong, make_sent(cast.anong))
    assert Notice.objects.get(kind="comment").organization == cast.mueang


def test_sent_twice_it_is_one(cast: Cast) -> None:
    sent, key = make_sent(cast.anong), uuid4()
    assert say(cast.dao, sent, uuid=key) == say(cast.dao, sent, uuid=key)
    assert (Comment.objects.count(), Notice.objects.filter(kind="comment").count()) == (1, 1)
    with pytest.raises(Conflict):
        say(cast.anong, sent, uuid=key)


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b\u202e", "ก" * 2001])
def test_nothing_and_too_much_are_refused(cast: Cast, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        say(cast.anong, make_sent(cast.anong), text)
    assert "text" in refused.value.fields
    assert Comment.objects.count() == 0


def test_what_comes_in_is_clean(cast: Cast) -> None:
    assert say(cast.anong, make_sent(cast.anong), "  น\u0e4d\u0e49า\u202e\x0bดี ").text == "น้ำ\nดี"


def test_it_is_on_both_pages_and_the_mail_box_says_who_waits(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    box, inside = reverse("review:list"), reverse("activities:detail", args=[sent.uuid])
    waits = "มีความเห็นรอตอบ"
    assert waits not in cast.client("dao").get(box).content.decode()
    answer = cast.client("anong").post(
        reverse("review:comment", args=[sent.uuid]), {"uuid": str(uuid4()), "text": SECRET}
    )
    assert answer["Location"] == inside + "#comments"
    assert waits in cast.client("dao").get(box).content.decode()
    for who, address in (
        ("dao", reverse("review:record", args=[sent.uuid])),
        ("boonmee", inside),
        ("dao", inside),
    ):
        assert SECRET in cast.client(who).get(address).content.decode()
    reply = cast.client("dao").post(
        reverse("review:comment", args=[sent.uuid]),
        {"uuid": str(uuid4()), "text": "รับทราบ"},
        headers={"HX-Request": "true"},
    )
    assert reply.status_code == 200
    page = reply.content.decode()
    assert page.startswith('<section class="card stack comments" id="comments"')
    assert "รับทราบ" in page
    assert "<html" not in page
    assert waits not in cast.client("dao").get(box).content.decode()


def test_an_empty_comment_says_so_and_keeps_the_page(cast: Cast) -> None:
    address = reverse("review:comment", args=[make_sent(cast.anong).uuid])
    answer = cast.client("anong").post(address, {"uuid": str(uuid4()), "text": " "})
    assert answer.status_code == 400
    assert "เขียนความเห็นก่อน แล้วจึงส่ง" in answer.content.decode()


def test_who_sees_the_record_and_does_not_review_it_sees_no_thread(cast: Cast) -> None:
    town = make_sent(viewer(cast.people["anong"], cast.town, Role.OFFICER))
    say(cast.ek, town)
    page = cast.client("dao").get(reverse("activities:detail", args=[town.uuid]))
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    address = reverse("review:comment", args=[town.uuid])
    assert cast.client("dao").post(address, {"uuid": str(uuid4()), "text": "ก"}).status_code == 404


def test_it_outlives_the_name_and_the_end_of_its_office(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    say(cast.anong, sent)
    rename(actor=cast.fah, organization=cast.aonang, name="อ่าวนางใหม่", effective_on=today(NOW), now=NOW)
    address = reverse("review:record", args=[sent.uuid])
    page = cast.client("dao").get(address).content.decode()
    assert SECRET in page
    assert "อ่าวนางใหม่" in page
    later = NOW + timedelta(days=1)
    day = today(later)
    merge(actor=cast.fah, predecessors=[cast.aonang], successor=cast.saithai, effective_on=day, now=later)
    assert Comment.objects.get().organization_id == cast.aonang.pk
    assert SECRET in cast.client("dao").get(address).content.decode()


def test_statements_of_a_page_do_not_grow_with_the_thread(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    client, counts = cast.client("dao"), []
    address = reverse("review:record", args=[sent.uuid])
    client.get(address)
    for _ in range(2):
        for _more in range(3):
            say(cast.dao, sent)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]
