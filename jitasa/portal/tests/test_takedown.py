"""A guest asks, an office answers: register, private link, what is public afterwards."""

from copy import copy
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from jitasa.activities.models import Activity, ActivityPhoto, ActivityRevision
from jitasa.activities.selectors.public import cleared_photos
from jitasa.activities.services.hide_photo import hide_photo
from jitasa.audit.models import Entry
from jitasa.notices.models import Notice
from jitasa.organizations.choices import Role
from jitasa.organizations.viewer import GUEST, Viewer
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services.prepare import prepare
from jitasa.portal import rules
from jitasa.portal.models import Reason, State, TakedownRequest, Wish
from jitasa.portal.services.answer_takedown import blur_picture, refuse, remove_picture, restore
from jitasa.portal.services.erase_askers import erase_askers
from jitasa.portal.services.request_takedown import TakedownWish, request_takedown, token_of
from jitasa.portal.tests.making import make_public, use_of
from jitasa.problems import Conflict, Forbidden, Refusal
from tests.cast import NOW, Cast, viewer

AREA = (0.25, 0.25, 0.5, 0.5)
LATER = NOW + timedelta(days=2)


def ask(use: ActivityPhoto, *, key: UUID | None = None, **changes: Any) -> TakedownRequest:
    asked = TakedownWish(**{"wish": Wish.REMOVE, "reason": Reason.OWN_FACE, **changes})
    return request_takedown(actor=GUEST, picture_id=use.pk, asked=asked, key=key or uuid4(), now=NOW)


def form(**changes: str) -> dict[str, str]:
    return {"key": str(uuid4()), "wish": "remove", "reason": "own_face", **changes}


def url(use: ActivityPhoto) -> str:
    return reverse("portal:takedown", args=[use.pk])


def picture(use: ActivityPhoto) -> int:
    return Client().get(reverse("portal:picture", args=[use.pk, "small"])).status_code


# --- asking ----------------------------------------------------------------------------------------


@pytest.mark.at(NOW)
def test_a_guest_asks_and_gets_a_number_and_a_private_page(cast: Cast) -> None:
    use, client = use_of(make_public(cast)), Client()
    assert b"csrfmiddlewaretoken" in client.get(url(use)).content
    answer = client.post(url(use), form(words="คนที่สองจากซ้าย", areas="0.1,0.1,0.2,0.2"))
    row = TakedownRequest.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("portal:takedown_answer", args=[token_of(row.key)])
    assert (row.organization, row.register_number, row.areas) == (
        cast.aonang,
        "1/2569",
        [[0.1, 0.1, 0.2, 0.2]],
    )
    page = client.get(answer["Location"])
    assert "1/2569" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert token_of(row.key) not in row.token_hash, "only its hash is kept"


def test_the_office_and_everybody_above_it_are_told(cast: Cast) -> None:
    row = ask(use_of(make_public(cast)))
    page = reverse("portal_desk:request", args=[row.pk])
    told = set(Notice.objects.filter(url=page).values_list("organization", flat=True))
    assert told == {cast.aonang.pk, cast.mueang.pk, cast.krabi.pk, cast.department.pk}
    entry = Entry.objects.get(verb="takedown.request")
    assert entry.chain_id == "takedown"
    assert "words" not in entry.data


def test_the_same_form_twice_is_one_request(cast: Cast) -> None:
    use, sent = use_of(make_public(cast)), form()
    first, second = (Client().post(url(use), sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert TakedownRequest.objects.count() == 1


def test_another_form_with_the_same_content_is_told_that_it_waits(cast: Cast) -> None:
    use = use_of(make_public(cast))
    ask(use)
    answer = Client().post(url(use), form())
    assert answer.status_code == 400
    assert "1/2569" in answer.content.decode()
    assert TakedownRequest.objects.count() == 1
    ask(use, reason=Reason.CHILD)
    assert TakedownRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": "ก" * 2000}, "2,000"),
        ({"reason": ""}, "เลือกเหตุผล"),
        ({"reason": "other"}, "ระบุเหตุผลสั้น ๆ"),
        ({"wish": "blur"}, "ชี้ส่วนที่ต้องการ"),
        ({"wish": "blur", "areas": "9,9,9,9;x"}, "ชี้ส่วนที่ต้องการ"),
        ({"website": "https://example.com"}, "ลบข้อความในช่องนี้"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_entered(
    cast: Cast, changes: dict[str, str], words: str
) -> None:
    use = use_of(make_public(cast))
    answer = Client().post(url(use), form(**changes))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not TakedownRequest.objects.exists()


def test_without_javascript_one_of_nine_fields_is_an_area(cast: Cast) -> None:
    use = use_of(make_public(cast))
    Client().post(url(use), form(wish="blur", cells="5"))
    assert TakedownRequest.objects.get().areas == [[1 / 3, 1 / 3, 1 / 3, 1 / 3]]


def test_a_picture_that_is_not_public_says_the_same_whatever_it_was(cast: Cast) -> None:
    use = use_of(make_public(cast))
    hide_photo(actor=cast.anong, activity=use.activity, photo=use.photo, reason="", now=NOW)
    pages = []
    for pk in (use.pk, 999_999):
        address = reverse("portal:takedown", args=[pk])
        for answer in (Client().get(address), Client().post(address, form())):
            assert answer.status_code == 404
            pages.append(answer.content.decode().replace(address, ""))
    assert all("ไม่อยู่บนเว็บไซต์แล้ว" in page for page in pages)
    assert not TakedownRequest.objects.exists()


def test_too_many_from_one_address_wait_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_AN_HOUR", 2)
    use, client = use_of(make_public(cast)), Client()
    answers = [client.post(url(use), form(words=f"คนที่ {n}")) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[2]["Retry-After"] == "3600"
    assert "คนที่ 2" in answers[2].content.decode(), "what was typed stays"
    assert client.post(url(use), form(words="อื่น"), REMOTE_ADDR="10.1.1.1").status_code == 302


def test_a_wrong_link_is_no_answer(cast: Cast) -> None:
    assert Client().get(reverse("portal:takedown_answer", args=["0" * 40])).status_code == 404


# --- answering -------------------------------------------------------------------------------------


def test_taking_down_is_public_at_once_and_needs_no_reopening(cast: Cast) -> None:
    activity = make_public(cast)
    use, row = use_of(activity), ask(use_of(activity))
    before = ActivityRevision.objects.count(), activity.revision, activity.status
    assert picture(use) == 200
    remove_picture(actor=cast.anong, request=row, now=LATER)
    assert picture(use) == 404
    assert not cleared_photos().exists()
    activity.refresh_from_db()
    assert (ActivityRevision.objects.count(), activity.revision, activity.status) == before
    assert Entry.objects.filter(verb__in=["activity.hide_photo", "takedown.removed"]).count() == 2
    page = Client().get(reverse("portal:takedown_answer", args=[token_of(row.key)])).content.decode()
    assert "นำภาพลงแล้ว" in page


def test_the_same_bytes_are_gone_from_every_record_and_their_offices_are_told(cast: Cast) -> None:
    use = use_of(make_public(cast))
    twin = Activity.objects.get(pk=use.activity_id)
    twin.pk, twin.uuid, twin.number, twin.organization = None, uuid4(), "81-6911-000999", cast.kokklang
    twin.save()
    same = ActivityPhoto.objects.create(activity=twin, photo=use.photo, position=0)
    assert picture(same) == 200
    remove_picture(actor=cast.dao, request=ask(use), now=LATER)
    assert picture(same) == 404
    assert Notice.objects.filter(organization=cast.kokklang, title__contains="ถูกนำลง").exists()


def test_blurring_leaves_the_picture_public_with_another_face(cast: Cast) -> None:
    use = use_of(make_public(cast))
    row = blur_picture(actor=cast.anong, request=ask(use), areas=[AREA], now=LATER)
    assert picture(use) == 404, "out of sight until the new copies are made"
    assert prepare(Photo.objects.get(pk=use.photo_id)).copies == 1
    assert picture(use) == 200
    assert (row.state, len(row.blurs)) == (State.BLURRED, 1)


def test_a_refusal_needs_a_reason_that_the_asker_reads(cast: Cast) -> None:
    row = ask(use_of(make_public(cast)))
    with pytest.raises(Refusal):
        refuse(actor=cast.anong, request=row, reason="  ", now=LATER)
    refuse(actor=cast.anong, request=row, reason="ไม่เห็นใบหน้า", now=LATER)
    page = Client().get(reverse("portal:takedown_answer", args=[token_of(row.key)])).content.decode()
    assert "ไม่เห็นใบหน้า" in page
    assert picture(use_of(Activity.objects.get())) == 200


def test_what_was_done_can_be_undone_with_a_reason(cast: Cast) -> None:
    use = use_of(make_public(cast))
    first, second = ask(use), ask(use, reason=Reason.CHILD)
    remove_picture(actor=cast.anong, request=first, now=LATER)
    remove_picture(actor=cast.anong, request=second, now=LATER)
    restore(actor=cast.anong, request=first, reason="ขอผิดภาพ", now=LATER)
    assert picture(use) == 404, "the other request still holds"
    restore(actor=cast.anong, request=second, reason="ขอผิดภาพ", now=LATER)
    assert picture(use) == 200
    third = ask(use, reason=Reason.FAMILY)
    blur_picture(actor=cast.anong, request=third, areas=[AREA], now=LATER)
    restore(actor=cast.anong, request=third, reason="ขอผิดภาพ", now=LATER)
    photo = prepare(Photo.objects.get(pk=use.photo_id))
    assert (photo.state, photo.copies) == (PhotoState.READY, 2)
    assert not photo.blurs.filter(undone_at=None).exists()


def test_two_officers_at_once_the_second_is_told(cast: Cast) -> None:
    row = ask(use_of(make_public(cast)))
    refuse(actor=cast.dao, request=row, reason="ไม่เห็นใบหน้า", now=LATER)
    with pytest.raises(Conflict):
        remove_picture(actor=cast.anong, request=row, now=LATER)
    assert not Photo.objects.exclude(withheld_at=None).exists()


def test_who_may_answer(cast: Cast) -> None:
    row = ask(use_of(make_public(cast)))
    reader = viewer(cast.people["anong"], cast.aonang)
    chai_in_her_office = viewer(cast.people["chai"], cast.kokklang, Role.OFFICER)
    for actor in (reader, chai_in_her_office, GUEST):
        with pytest.raises(Forbidden):
            remove_picture(actor=actor, request=row, now=LATER)
    row.refresh_from_db()
    assert row.is_open
    assert not Photo.objects.exclude(withheld_at=None).exists()


# --- the desk --------------------------------------------------------------------------------------


def act(client: Client, row: TakedownRequest, **data: str) -> Any:
    return client.post(reverse("portal_desk:request_act", args=[row.pk]), data)


def test_one_click_at_the_desk(cast: Cast) -> None:
    row = ask(use_of(make_public(cast)), areas=(AREA,), words="เสื้อเหลือง", contact="081")
    client = cast.client("anong")
    page = client.get(reverse("portal_desk:request", args=[row.pk])).content.decode()
    assert "เสื้อเหลือง" in page
    assert 'value="0.2500,0.2500,0.5000,0.5000"' in page
    assert act(client, row, act="refuse").status_code == 400
    assert act(client, row, act="blur").status_code == 400
    assert act(client, row, act="burn").status_code == 400
    row.refresh_from_db()
    assert row.is_open
    assert act(client, row, act="remove").status_code == 302
    assert act(client, row, act="remove").status_code == 409
    assert act(client, row, act="restore", reason="ขอผิดภาพ").status_code == 302


def test_another_office_sees_nothing_of_it(cast: Cast) -> None:
    row = ask(use_of(make_public(cast)))
    client = cast.client("chai")
    assert client.get(reverse("portal_desk:request", args=[row.pk])).status_code == 404
    assert act(client, row, act="remove").status_code == 404
    assert row.register_number not in client.get(reverse("portal_desk:requests")).content.decode()


def test_the_list_asks_the_same_of_the_database_for_three_and_thirty(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    use, client = use_of(make_public(cast)), cast.client("ek")
    address = reverse("portal_desk:requests")

    def count() -> int:
        with django_assert_max_num_queries(30) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for n in range(3):
        ask(use, words=f"{n}")
    client.get(address)
    three = count()
    first = TakedownRequest.objects.order_by("pk")[0]
    more = []
    for n in range(4, 31):
        first.pk, first.number, first.key, first.token_hash = None, n, uuid4(), f"{n}"
        more.append(copy(first))
    TakedownRequest.objects.bulk_create(more)
    assert count() == three


def test_the_register_as_a_workbook_holds_no_personal_words(cast: Cast) -> None:
    row = ask(use_of(make_public(cast)), words="เสื้อเหลือง", contact="081-234-5678")
    remove_picture(actor=cast.anong, request=row, now=LATER)
    answer = cast.client("ek").get(reverse("portal_desk:requests_xlsx"), {"year": "2569"})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    words = str(rows)
    assert "1/2569" in words
    assert "นำภาพลงแล้ว" in words
    assert "081" not in words
    assert "เสื้อเหลือง" not in words


# --- retention -------------------------------------------------------------------------------------


def test_what_askers_wrote_is_erased_after_the_answer_and_the_register_stays(cast: Cast) -> None:
    use = use_of(make_public(cast))
    row, waiting = ask(use, words="เสื้อเหลือง", contact="081"), ask(use, words="รอ", contact="082")
    refuse(actor=cast.anong, request=row, reason="ไม่เห็น", now=LATER)
    assert erase_askers(now=LATER + rules.ERASED_AFTER) == 0
    after = LATER + rules.ERASED_AFTER + timedelta(seconds=1)
    assert erase_askers(now=after) == 1
    assert erase_askers(now=after) == 0
    row.refresh_from_db()
    waiting.refresh_from_db()
    assert (row.words, row.contact, row.erased_at) == ("", "", after)
    assert (row.number, row.answer) == (1, "ไม่เห็น")
    assert waiting.contact == "082"


def test_numbers_run_per_office_and_year(cast: Cast) -> None:
    use = use_of(make_public(cast))
    ask(use, words="1")
    assert ask(use, words="2").register_number == "2/2569"
    asked = TakedownWish(Wish.REMOVE, Reason.CHILD)
    next_year = NOW + timedelta(days=60)
    made = request_takedown(actor=Viewer(), picture_id=use.pk, asked=asked, key=uuid4(), now=next_year)
    assert made.register_number == "1/2570"
