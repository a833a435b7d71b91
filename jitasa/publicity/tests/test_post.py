"""The ready post: first words, saving, who may, and the page."""

import re

import pytest

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.publicity.models import ActivityPost
from jitasa.publicity.rules_post import PostFacts, first_text, hashtags
from jitasa.publicity.selectors.post import post_of
from jitasa.publicity.services.post import save_post
from tests.cast import NOW, Cast


@pytest.fixture
def activity(cast: Cast) -> Activity:
    make_lists()
    made = make_sent(cast.anong, pictures=3, chair_name="นายสมชาย ใจดี")
    Activity.objects.filter(pk=made.pk).update(status=Status.ACCEPTED)
    made.refresh_from_db()
    return made


def shas(activity: Activity) -> list[str]:
    return list(activity.photos.values_list("photo__sha256", flat=True))


def save(actor: Viewer, activity: Activity, **changes: object) -> ActivityPost:
    given = {"title": "ชายหาดสะอาด", "text": "ขอบคุณทุกคน", "pictures": shas(activity)[:2], "base_revision": 0}
    return save_post(actor=actor, activity=activity, now=NOW, **{**given, **changes})  # type: ignore[arg-type]


def address(activity: Activity) -> str:
    return f"/work/publicity/activities/{activity.uuid}/post/"


# --- first words ------------------------------------------------------------------------------------


def test_the_first_text_tells_the_record_and_names_nobody(activity: Activity) -> None:
    post = post_of(activity)
    assert post.title == activity.name
    assert activity.organization_name in post.text
    assert "20 พฤศจิกายน 2569" in post.text
    assert "66 คน" in post.text
    assert "ขยะ 240 กก." in post.text
    assert f"/a/{activity.number}/" in post.text
    assert "#จิตอาสาพัฒนา" in post.text
    assert "สมชาย" not in post.text
    assert len(post.photos) == 3


@pytest.mark.parametrize("result", ["นายสมชายเปิดงาน", "พบ ด.ญ.น้ำ ช่วยเก็บขยะ", "มีนางสาวดาวร่วมด้วย"])
def test_a_result_that_names_somebody_is_left_to_the_officer(result: str) -> None:
    assert result not in first_text(PostFacts(name="ก", office="อบต.ข", result=result))
    people = first_text(PostFacts(name="ก", office="อบต.ข", people=70))
    assert "มีผู้เข้าร่วม 70 คน" in people  # officials and pupils are among them
    assert "เก็บขยะ" in first_text(PostFacts(name="ก", office="อบต.ข", result="เก็บขยะ"))


def test_a_long_result_ends_at_a_word_and_missing_facts_leave_no_holes() -> None:
    text = first_text(PostFacts(name="ก", office="อบต.ข", result="คำ " * 400))
    assert "คำ …" in text
    assert "\n\n\n" not in text
    assert "None" not in text


def test_hashtags_hold_together() -> None:
    assert hashtags("จิตอาสา", "อบต.อ่าวนาง", "จิตอาสา", "", "งาน วันที่ 5") == [
        "#จิตอาสา",
        "#อบตอ่าวนาง",
        "#งานวันที่5",
    ]


# --- saving -----------------------------------------------------------------------------------------


def test_saved_words_and_pictures_come_back_and_the_audit_knows(cast: Cast, activity: Activity) -> None:
    wanted = shas(activity)[::-1][:2]
    save(cast.anong, activity, pictures=wanted)
    post = post_of(activity)
    assert (post.title, post.text, post.revision) == ("ชายหาดสะอาด", "ขอบคุณทุกคน", 1)
    assert [use.photo.sha256 for use in post.photos] == wanted
    assert Entry.objects.get(verb="post.save").data["pictures"] == wanted


def test_lines_stay_lines(cast: Cast, activity: Activity) -> None:
    save(cast.anong, activity, text="บรรทัดแรก\r\n\r\nนํ้าใจ  ไทย\r\n")
    assert post_of(activity).text == "บรรทัดแรก\n\nน้ำใจ ไทย"


def test_the_same_twice_is_one_and_a_stale_page_is_told(cast: Cast, activity: Activity) -> None:
    save(cast.anong, activity)
    assert save(cast.anong, activity).revision == 1
    assert Entry.objects.filter(verb="post.save").count() == 1
    with pytest.raises(Conflict):
        save(cast.boonmee, activity, title="ชื่อใหม่")
    assert post_of(activity).title == "ชายหาดสะอาด"
    assert save(cast.boonmee, activity, title="ชื่อใหม่", base_revision=1).revision == 2


@pytest.mark.parametrize("who", ["chai", "dao", "ek", "fah"])
def test_only_the_office_itself_posts(cast: Cast, activity: Activity, who: str) -> None:
    with pytest.raises(Forbidden):
        save(getattr(cast, who), activity)
    assert not ActivityPost.objects.exists()


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.RETURNED, Status.WITHDRAWN])
def test_only_what_is_accepted_is_posted(cast: Cast, activity: Activity, status: str) -> None:
    Activity.objects.filter(pk=activity.pk).update(status=status)
    with pytest.raises(Forbidden):
        save(cast.anong, activity)
    assert not ActivityPost.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "ก" * 251}, "title"),
        ({"text": ""}, "text"),
        ({"text": "ก" * 5001}, "text"),
        ({"pictures": ["0" * 64]}, "pictures"),
        ({"pictures": [f"{n:064}" for n in range(5)]}, "pictures"),
    ],
)
def test_what_cannot_be_posted_is_said_at_its_field(
    cast: Cast, activity: Activity, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        save(cast.anong, activity, **changes)
    assert field in refused.value.fields
    assert not ActivityPost.objects.exists()


def test_a_picture_with_children_is_not_taken_and_one_withdrawn_later_is_left_out(
    cast: Cast, activity: Activity
) -> None:
    first, second, _third = shas(activity)
    save(cast.anong, activity, pictures=[first, second])
    ActivityPhoto.objects.filter(activity=activity, photo__sha256=first).update(publish=False)
    assert [use.photo.sha256 for use in post_of(activity).photos] == [second]
    with pytest.raises(Refusal):
        save(cast.anong, activity, pictures=[first], base_revision=1)


# --- pages ------------------------------------------------------------------------------------------


def test_the_page_saves_and_shows_what_goes_out(cast: Cast, activity: Activity) -> None:
    client = cast.client("anong")
    first, second, third = shas(activity)
    given = {"title": "หาดของเรา", "text": "มาช่วยกัน", "picture": [first, third], "lead": third, "revision": 0}
    assert client.post(address(activity), given).status_code == 302
    assert ActivityPost.objects.get().pictures == [third, first]
    page = client.get(address(activity)).content.decode()
    assert "หาดของเรา" in page
    assert "มาช่วยกัน" in page
    ticked = re.findall(r'name="picture" value="(\w+)" checked', page)
    assert ticked == [first, third]
    assert second not in ticked
    assert f"lineit/share?url=http%3A%2F%2Flocalhost%3A8000%2Fa%2F{activity.number}%2F" in page
    assert "facebook.com/sharer/sharer.php?u=http" in page
    assert "<script src=" not in page.replace('<script src="/static', "")


def test_a_stale_page_keeps_what_was_typed_and_shows_the_latest(cast: Cast, activity: Activity) -> None:
    save(cast.boonmee, activity)
    given = {"title": "ของฉัน", "text": "ข้อความของฉัน", "picture": [], "revision": 0}
    answer = cast.client("anong").post(address(activity), given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ข้อความของฉัน" in page
    assert "ขอบคุณทุกคน" in page
    assert 'name="revision" value="1"' in page
    assert ActivityPost.objects.get().text == "ขอบคุณทุกคน"


def test_those_above_look_and_do_not_change(cast: Cast, activity: Activity) -> None:
    client = cast.client("dao")
    page = client.get(address(activity)).content.decode()
    assert "ท่านดูและนำไปใช้ได้" in page
    assert "readonly" in page
    assert client.post(address(activity), {"title": "ก", "text": "ข"}).status_code == 403
    assert not ActivityPost.objects.exists()


def test_a_record_not_accepted_says_what_to_wait_for(cast: Cast) -> None:
    make_lists()
    waiting, draft = make_sent(cast.anong), make_draft(cast.anong)
    client = cast.client("anong")
    for each in (waiting, draft):
        assert "รอการรับรายงานก่อน" in client.get(address(each)).content.decode()
        assert client.get(f"/work/publicity/activities/{each.uuid}/card-square.png").status_code == 404
    assert cast.client("chai").get(address(waiting)).status_code == 404


def test_a_card_is_sent_once_and_kept_under_its_number(cast: Cast, activity: Activity) -> None:
    client = cast.client("anong")
    url = f"/work/publicity/activities/{activity.uuid}/card-square.png"
    answer = client.get(f"{url}?download=1")
    assert answer["Content-Type"] == "image/png"
    assert f'attachment; filename="{activity.number}-square.png"' in answer["Content-Disposition"]
    assert "private" in answer["Cache-Control"]
    assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    save(cast.anong, activity)
    assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 200
    assert client.get(url.replace("square", "round")).status_code == 404


def test_the_record_and_its_receipt_lead_to_the_post_once_accepted(cast: Cast, activity: Activity) -> None:
    client = cast.client("anong")
    pages = [f"/work/activities/{activity.uuid}/", f"/work/activities/{activity.uuid}/sent/"]
    for page in pages:
        assert address(activity) in client.get(page).content.decode()
    Activity.objects.filter(pk=activity.pk).update(status=Status.SUBMITTED)
    for page in pages:
        assert address(activity) not in client.get(page).content.decode()


def test_whoever_only_reads_the_post_has_what_its_script_looks_for(cast: Cast, activity: Activity) -> None:
    """Copying, sharing and the cards work from the same places on both pages."""
    for name in ("anong", "dao"):
        page = cast.client(name).get(address(activity)).content.decode()
        assert " data-post-form" in page, name
