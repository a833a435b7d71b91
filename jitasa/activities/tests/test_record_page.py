"""The recording page: as a plain form, as it saves itself, and when things go wrong."""

import re
import secrets
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import pyvips
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_draft, make_lists, make_photo, make_sent
from jitasa.activities.views import kept
from jitasa.photos.models import Photo
from jitasa.review.services.return_record import return_record
from jitasa.rounds.models import Round, SubKind
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def typed(cast: Cast, who: str = "anong", **changes: Any) -> dict[str, Any]:
    """What the browser posts for a whole record."""
    photos = [make_photo(cast.aonang, str(uuid4())).sha256 for _ in range(2)]
    form = {
        "base_revision": "",
        "page": "p1",
        "writer": str(cast.people[who].pk),
        "photos_shown": "1",
        "photo": photos,
        **{f"publish_{sha}": "1" for sha in photos},
        "name": "ทำความสะอาดชายหาด",
        "kind": "development",
        "sub_kind": "landscape",
        "start_date": "20 พ.ย. 2569",
        "start_time": "08:30",
        "end_time": "๑๐.๓๐",
        "place": "หาดนพรัตน์ธารา",
        "tambon_code": "810116",
        "basis": "none",
        "part": "host",
        "budget_source": "none",
        "group_v904": "4",
        "group_people": "๖๒",
        "measure_waste": "1,240",
    }
    return form | changes


def edit_url(uuid: object) -> str:
    return reverse("activities:edit", args=[uuid])


def test_new_leads_to_an_empty_form(cast: Cast) -> None:
    client = cast.client("anong")
    response = client.get(reverse("activities:new"), follow=True)
    assert response.status_code == 200
    assert "บันทึกกิจกรรมจิตอาสา" in response.content.decode()
    assert Activity.objects.count() == 0


@pytest.mark.at(NOW)
def test_plain_form_saves_and_sends(cast: Cast) -> None:
    client, uuid = cast.client("anong"), uuid4()
    form = typed(cast)
    response = client.post(edit_url(uuid), form | {"action": "save"})
    assert response.status_code == 302
    activity = Activity.objects.get()
    assert (activity.status, activity.participants, activity.photo_count) == (Status.DRAFT, 66, 2)
    assert str(activity.end_time) == "10:30:00"
    assert "ทำความสะอาดชายหาด" in client.get(edit_url(uuid)).content.decode()
    form |= {"action": "submit", "base_revision": str(activity.revision)}
    response = client.post(edit_url(uuid), form)
    assert response["Location"] == reverse("activities:sent", args=[uuid])
    page = client.get(response["Location"]).content.decode()
    assert "81-6911-000001" in page


@pytest.mark.at(NOW)
def test_same_form_sent_twice_is_one_record(cast: Cast) -> None:
    client, uuid = cast.client("anong"), uuid4()
    form = typed(cast, action="submit")
    answers = [client.post(edit_url(uuid), form)["Location"] for _ in range(2)]
    assert answers == [reverse("activities:sent", args=[uuid])] * 2
    assert Activity.objects.count() == 1
    assert Activity.objects.get().steps.filter(act="submitted").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end_date": "19 พ.ย. 2569"}, "วันสิ้นสุดอยู่ก่อนวันเริ่ม"),
        ({"start_date": "1 ม.ค. 2580"}, "ยังมาไม่ถึง"),
        ({"start_date": "เมื่อวาน"}, "อ่านวันที่นี้ไม่ได้"),
        ({"latitude": "35.6", "longitude": "139.7"}, "นอกประเทศไทย"),
        ({"group_v904": "0", "group_people": ""}, "ผู้เข้าร่วม"),
        ({"group_v904": "99999", "group_people": "99999"}, "เกิน 100,000 คน"),
        ({"name": "ก" * 300}, "ยาว 300 ตัวอักษร"),
        ({"tambon_code": "810303"}, "ตำบลนี้ไม่อยู่ในพื้นที่"),
        ({"men": "1", "women": "1"}, "ไม่เท่ากับผู้เข้าร่วมรวม"),
        ({"measure_waste": "สองร้อย"}, "ตัวเลข"),
        ({"publicity_link": "ไม่ใช่ลิงก์"}, "ลิงก์ไม่ถูกต้อง"),
        ({"photo": []}, "ใส่ภาพอีก 2 ภาพ"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(cast: Cast, changes: dict[str, Any], words: str) -> None:
    client, uuid = cast.client("anong"), uuid4()
    form = typed(cast) | {"result": "ข้อความที่พิมพ์ไว้", "action": "submit"} | changes
    response = client.post(edit_url(uuid), form)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "ข้อความที่พิมพ์ไว้" in page
    assert not Activity.objects.filter(status=Status.SUBMITTED).exists()
    for name, value in changes.items():
        if isinstance(value, str) and value and not name.startswith("tambon"):
            assert (value if len(value) > 5 else f'value="{value}"') in page


def test_autosave_answers_with_what_is_missing(cast: Cast) -> None:
    client, uuid = cast.client("anong"), uuid4()
    url = reverse("activities:autosave", args=[uuid])
    answer = client.post(url, typed(cast, name="", photo=[]))
    data = answer.json()
    assert (answer.status_code, data["revision"], data["sum"]) == (200, 1, 66)
    assert "เขียนชื่อกิจกรรม" in data["html"]
    assert "ใส่ภาพอีก 2 ภาพ" in data["html"]
    answer = client.post(url, typed(cast, base_revision="1", end_date="1 ม.ค. 2560"))
    assert answer.status_code == 422
    assert "วันสิ้นสุดอยู่ก่อนวันเริ่ม" in answer.json()["error"]
    assert Activity.objects.get().revision == 1


def test_session_gone_while_typing(cast: Cast) -> None:
    uuid, form = uuid4(), typed(cast)
    client = Client()
    assert client.post(reverse("activities:autosave", args=[uuid]), form).status_code == 401
    response = client.post(edit_url(uuid), form | {"action": "submit"})
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
    client.force_login(cast.people["anong"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(edit_url(uuid)).content.decode()
    assert "หาดนพรัตน์ธารา" in page
    assert "นำข้อความที่พิมพ์ไว้" in page
    assert Activity.objects.count() == 0


def test_kept_text_is_only_for_its_writer(cast: Cast) -> None:
    uuid = uuid4()
    client = Client()
    client.post(edit_url(uuid), typed(cast, result="ของอนงค์"))
    client.force_login(cast.people["chai"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "ของอนงค์" not in client.get(edit_url(uuid)).content.decode()


def test_what_a_stranger_can_make_the_site_keep(cast: Cast) -> None:
    """Twenty posts of a form as large as a form may be: a few small rows that end in half an hour."""
    form = typed(cast, result="".join(chr(0xE01 + (n * n + n // 7) % 46) for n in range(6_000)))
    answers = [Client().post(edit_url(uuid4()), form) for _each in range(20)]
    assert {answer.status_code for answer in answers} == {302, 413}
    assert "เข้าสู่ระบบในแท็บใหม่" in answers[-1].content.decode()
    rows = list(Session.objects.all())
    assert len(rows) <= kept.MOST_KEPT
    assert sum(len(row.session_data) for row in rows) < 250_000
    assert all(row.expire_date <= timezone.now() + timedelta(seconds=kept.KEPT_SECONDS) for row in rows)
    large = Client().post(edit_url(uuid4()), typed(cast, result=secrets.token_urlsafe(100_000)))
    assert large.status_code == 413
    assert Session.objects.count() == len(rows)


def test_two_people_at_once_see_both_versions(cast: Cast) -> None:
    uuid = uuid4()
    anong, boonmee = cast.client("anong"), cast.client("boonmee")
    form = typed(cast)
    anong.post(edit_url(uuid), form | {"action": "save"})
    boonmee.post(
        edit_url(uuid), form | {"base_revision": "1", "page": "p2", "name": "ชื่อของบุญมี", "place": "วัดของบุญมี"}
    )
    mine = form | {"base_revision": "1", "page": "p3", "name": "ชื่อของอนงค์", "place": "หาดของอนงค์"}
    assert anong.post(reverse("activities:autosave", args=[uuid]), mine).status_code == 409
    answer = anong.post(edit_url(uuid), mine | {"action": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("ชื่อของบุญมี", "ชื่อของอนงค์", "วัดของบุญมี", "หาดของอนงค์"):
        assert words in page
    assert Activity.objects.get().name == "ชื่อของบุญมี"
    chosen = mine | {"base_revision": "2", "resolve": "1", "choose_name": "mine", "choose_place": "theirs"}
    assert anong.post(edit_url(uuid), chosen | {"action": "save"}).status_code == 302
    activity = Activity.objects.get()
    assert (activity.name, activity.place, activity.revision) == ("ชื่อของอนงค์", "วัดของบุญมี", 3)


def test_file_in_the_form_itself(cast: Cast) -> None:
    picture = pyvips.Image.gaussnoise(64, 48, mean=128, sigma=20).cast("uchar")
    file = BytesIO(picture.write_to_buffer(".jpg"))
    file.name = "ภาพ.jpg"
    client, uuid = cast.client("anong"), uuid4()
    response = client.post(edit_url(uuid), typed(cast, photo=[]) | {"action": "save", "photo_files": [file]})
    assert response.status_code == 302
    assert Activity.objects.get().photo_count == 1
    wrong = BytesIO(b"not a picture")
    wrong.name = "x.jpg"
    response = client.post(
        edit_url(uuid),
        typed(cast, photo=[Photo.objects.get(uses__isnull=False).sha256], base_revision="1")
        | {"action": "save", "photo_files": [wrong]},
    )
    assert response.status_code == 422
    assert "x.jpg" in response.content.decode()
    assert Activity.objects.get().photo_count == 1


def test_foreign_is_404_forbidden_is_403(cast: Cast) -> None:
    draft, sent = make_draft(cast.anong), make_sent(cast.anong)
    for name, activity, status in [
        ("chai", draft, 404),
        ("chai", sent, 404),
        ("dao", draft, 404),
        ("dao", sent, 403),
        ("fah", sent, 403),
    ]:
        client = cast.client(name)
        assert client.get(edit_url(activity.uuid)).status_code == status
        assert client.post(edit_url(activity.uuid), typed(cast)).status_code == status
    assert cast.client("dao").get(edit_url(uuid4())).status_code == 403
    assert cast.client("dao").get(reverse("activities:new")).status_code == 403
    assert cast.client("guest").get(edit_url(uuid4())).status_code == 302


def test_returned_reason_stands_at_its_field(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    return_record(actor=cast.dao, activity=sent, reason="ภาพไม่ตรงวันที่", fields=["photos", "place"], now=NOW)
    page = cast.client("anong").get(edit_url(sent.uuid)).content.decode()
    assert page.count("ภาพไม่ตรงวันที่") == 3  # on top, at the photos, at the place


def test_copy_keeps_what_stays(cast: Cast) -> None:
    activity = make_sent(cast.anong)
    page = cast.client("anong").get(f"{reverse('activities:new')}?copy={activity.uuid}", follow=True)
    text = page.content.decode()
    assert activity.name in text
    assert 'value="62"' not in text
    assert cast.client("chai").get(f"{edit_url(uuid4())}?copy={activity.uuid}").status_code == 404


def test_offers_for_a_day_and_a_host(cast: Cast) -> None:
    host = make_sent(cast.anong)
    make_draft(cast.anong, name="ร่างลับ")
    client = cast.client("chai")
    query: dict[str, str | int] = {"host_organization_id": cast.aonang.pk, "start_date": "2026-11-21"}
    page = client.get(reverse("activities:hosts"), query).content.decode()
    assert str(host.uuid) in page
    assert "ร่างลับ" not in page
    assert client.get(reverse("activities:occasions"), {"start_date": "2026-11-21"}).status_code == 200


def folds(page: str) -> dict[str, bool]:
    """Summary → whether that fold is open."""
    found = re.findall(
        r"<details class=\"[^\"]*more[^\"]*\"[^>]*?( open)?><summary>(.*?)</summary>", page, re.DOTALL
    )
    return {re.sub("<[^>]+>", "", words).strip().split("  ")[0]: bool(is_open) for is_open, words in found}


def test_what_is_not_asked_for_is_folded_away(cast: Cast) -> None:
    page = cast.client("anong").get(edit_url(uuid4())).content.decode()
    assert folds(page)
    assert not any(folds(page).values())


def test_what_the_month_asks_for_or_somebody_filled_is_in_sight(cast: Cast) -> None:
    Round.objects.create(
        month="2026-11-01",
        nominal_due_on="2026-12-05",
        due_on="2026-12-08",
        required_fields=["chair_position", "budget", "photo_captions"],
    )
    client, uuid = cast.client("anong"), uuid4()
    client.post(edit_url(uuid), typed(cast, end_date="21 พ.ย. 2569", part="guest", action="save"))
    page = client.get(edit_url(uuid)).content.decode()
    opened = {words for words, is_open in folds(page).items() if is_open}
    assert {"จัดหลายวัน", "แยกชายหญิง ประธานในพิธี", "งบประมาณ และอื่น ๆ"} <= opened
    assert any(words.startswith("บทบาท") for words in opened)
    assert page.count('<details class="shot-more" open>') == 3  # two pictures, and the model of the next


def test_measures_of_the_sub_kind_stand_first(cast: Cast) -> None:
    SubKind._default_manager.filter(code="landscape").update(measures=["road"])
    page = (
        cast.client("anong").post(edit_url(uuid4()), typed(cast, photo=[], action="submit")).content.decode()
    )
    assert page.index('name="measure_road"') < page.index('name="measure_waste"')


@pytest.mark.at(NOW)
def test_the_bar_says_how_many_are_left_and_leads_to_the_first(cast: Cast) -> None:
    client = cast.client("anong")
    page = client.get(edit_url(uuid4())).content.decode()
    bar = re.search(r'<a class="left-over"[^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    assert bar is not None
    assert bar[1] == "#photos"
    assert "เหลืออีก 7" in bar[2]
    answer = client.post(reverse("activities:autosave", args=[uuid4()]), typed(cast, kind=""))
    assert 'data-left="id_kind_0"' in answer.json()["html"]


def test_a_fault_is_called_as_its_field_is(cast: Cast) -> None:
    """The columns of a sheet and of a report call the day otherwise than the form."""
    page = cast.client("anong").post(edit_url(uuid4()), typed(cast, start_date="") | {"action": "submit"})
    summary = page.content.decode().split("data-errors", 1)[1].split("</ul>", 1)[0]
    assert "วันที่จัด: " in summary
    assert "วันที่เริ่ม" not in summary
