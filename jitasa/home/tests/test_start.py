"""The start page says what is to do, and nothing that is not."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.home import duties
from jitasa.home.work import ago
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.review.services.return_record import return_record
from jitasa.rounds.models import MonthlyReturn
from jitasa.rounds.selectors.rounds import round_for
from jitasa.rounds.services.rounds import change_round, rules_of
from tests.cast import NOW, Cast, make_person, viewer
from tests.pages import words_of

pytestmark = pytest.mark.django_db
URL = "/work/"


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def page_of(cast: Cast, who: str, now: datetime = NOW) -> str:
    with patch("jitasa.home.views.timezone.now", return_value=now):
        answer = cast.client(who).get(URL)
    assert answer.status_code == 200
    return answer.content.decode()


def test_clerk_sees_what_came_back_with_the_reason(cast: Cast) -> None:
    sent = make_sent(cast.anong, name="ทำความสะอาดชายหาด")
    make_draft(cast.anong, name="ร่างค้างไว้")
    return_record(actor=cast.dao, activity=sent, reason="ภาพที่ 3 ซ้ำ", fields=["photos"], now=NOW)
    page = page_of(cast, "anong")
    assert "อ.เมืองกระบี่: ภาพที่ 3 ซ้ำ" in page
    assert "ร่างค้างไว้" in page
    assert reverse("activities:edit", args=[sent.uuid]) in page
    assert "ทำความสะอาดชายหาด" not in page_of(cast, "chai")


def test_late_month_is_due(cast: Cast) -> None:
    page = page_of(cast, "anong")
    assert "รายงานเดือนตุลาคม 2569" in page
    assert "เกินกำหนด" in page
    assert "บันทึกกิจกรรม" in page


def test_approver_sees_what_waits(cast: Cast) -> None:
    cast.aonang.approval_required = True
    cast.aonang.save(update_fields=["approval_required"])
    submit(actor=cast.anong, activity=make_draft(cast.anong, name="รอบุญมี"), now=NOW)
    assert "รอบุญมี" in page_of(cast, "boonmee")
    assert "ตรวจและอนุมัติ" not in page_of(cast, "anong")


def test_coming_day_until_something_is_planned(cast: Cast) -> None:
    day = Occasion.objects.create(
        code="vajiravudh", date="2026-11-25", name="วันสมเด็จพระมหาธีรราชเจ้า", short_name="ร.6", kind="royal"
    )
    assert "วันสมเด็จพระมหาธีรราชเจ้า" in page_of(cast, "anong")
    make_draft(cast.anong, basis="occasion", occasion_id=day.pk)
    assert "วันสมเด็จพระมหาธีรราชเจ้า" not in page_of(cast, "anong")


@pytest.mark.parametrize("who", ["dao", "ek", "fah"])
def test_above_sees_review_and_who_is_late(cast: Cast, who: str) -> None:
    make_sent(cast.anong)
    page = page_of(cast, who)
    assert "ตรวจกิจกรรมที่ส่งเข้ามา 1 รายการ" in page
    assert "หน่วยงานยังไม่ยืนยัน" in page
    assert "record-btn" not in page


def test_somebody_without_a_post(cast: Cast) -> None:
    cast.people["nobody"] = make_person("nobody", cast.aonang)
    assert "ยังไม่มีตำแหน่ง" in page_of(cast, "nobody")


def test_guest_signs_in_first(cast: Cast) -> None:
    assert "/accounts/login/" in cast.client("guest").get(URL)["Location"]


def test_queries_do_not_grow_with_records(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = cast.client("anong")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    for _ in range(3):
        sent = make_sent(cast.anong)
        return_record(actor=cast.dao, activity=sent, reason="แก้", fields=[], now=NOW)
    few = queries()
    for _ in range(12):
        sent = make_sent(cast.anong)
        return_record(actor=cast.dao, activity=sent, reason="แก้", fields=[], now=NOW)
        make_draft(cast.anong)
    assert queries() <= few + 1  # drafts are read too, once


# --- letters, the count in the navigation, digits ---------------------------------------------------


def sent_letter(cast: Cast, **changes: object) -> None:
    from jitasa.distribution.values import Recipients
    from jitasa.letters.models import Signer
    from jitasa.letters.services.issue import issue
    from jitasa.letters.tests.samples import draft, values

    signer = Signer.objects.create(
        organization=cast.department, name="นาย ข", position="อธิบดี", user=cast.fah.user
    )
    given = values(signer, recipients=Recipients(offices=(cast.aonang.pk, cast.mueang.pk)), **changes)
    issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)


def test_letters_that_wait_stand_on_the_start_page_until_opened(cast: Cast) -> None:
    for number in range(5):
        sent_letter(cast, subject=f"ขอเชิญร่วมกิจกรรม {number}")
    page = page_of(cast, "anong")
    assert page.count("ขอเชิญร่วมกิจกรรม") == 2 * 3  # the title, and the button for those who hear the page
    assert "อีก 2 ฉบับ" in page
    assert "ขอเชิญร่วมกิจกรรม" in page_of(cast, "dao")
    assert "ขอเชิญร่วมกิจกรรม" not in page_of(cast, "chai")


def test_a_letter_to_answer_says_until_when(cast: Cast) -> None:
    sent_letter(cast, subject="ตอบรับ", answer_kind="acknowledge", answer_by=date(2026, 11, 25))
    page = page_of(cast, "anong")
    assert "25 พ.ย. 2569" in page
    assert "อีก 3 วัน" in page
    assert "เกินกำหนดตอบ" in page_of(cast, "anong", NOW + timedelta(days=10))


def test_the_navigation_counts_what_waits_for_the_reviewer(cast: Cast) -> None:
    assert page_of(cast, "dao").count('data-nav-count="review" hidden></span>') == 2
    for _ in range(3):
        make_sent(cast.anong)
    assert page_of(cast, "dao").count('data-nav-count="review">3<') == 2
    assert "nav-count" not in page_of(cast, "anong")  # nothing to count, nothing to hide


def test_the_count_is_asked_once_and_never_beyond_a_hundred(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = cast.client("dao")
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("notices:list"))
    counted = [query["sql"] for query in captured if "LIMIT 100" in query["sql"]]
    assert len(counted) == 1


def test_digits_as_the_reader_wants_them(cast: Cast) -> None:
    make_sent(cast.anong)
    assert "20 พ.ย. 2569" not in page_of(cast, "anong")
    assert "22 พฤศจิกายน 2569" in page_of(cast, "anong")
    user = cast.people["anong"]
    user.numerals = "thai"
    user.save(update_fields=["numerals"])
    page = page_of(cast, "anong")
    assert "๒๒ พฤศจิกายน ๒๕๖๙" in page
    assert "เดือนพฤศจิกายน ๒๕๖๙" in page
    assert re.search("วันนี้มี [๐-๙]+ เรื่อง", page)
    assert '<b class="num">๑</b>' in page
    assert reverse("activities:new") in page
    assert "22 พฤศจิกายน 2569" in page_of(cast, "chai")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 22, 17, 5, tzinfo=UTC), "00:05 น."),
        (datetime(2026, 11, 22, 16, 55, tzinfo=UTC), "เมื่อวาน"),
        (datetime(2026, 11, 20, 3, 0, tzinfo=UTC), "3 วันก่อน"),
        (datetime(2026, 10, 1, 3, 0, tzinfo=UTC), "1 ต.ค. 2569"),
    ],
)
def test_how_long_ago_is_told_from_the_moment_given(moment: datetime, words: str) -> None:
    assert ago(moment, datetime(2026, 11, 22, 18, 0, tzinfo=UTC)) == words


# --- only what is to be done, and only for those who may do it ---------------------------------------


def first_round(month: date) -> None:
    from jitasa.rounds.services.rounds import ensure_round

    ensure_round(month, now=NOW)


def test_a_month_long_late_is_due_and_one_before_the_first_round_is_not(cast: Cast) -> None:
    first_round(date(2026, 8, 1))
    page = page_of(cast, "anong", datetime(2026, 11, 26, 3, 0, tzinfo=UTC))
    assert "รายงานเดือนสิงหาคม 2569" in page
    assert "ล่าช้า 80 วัน" in page  # from Monday 7 September: the 5th was a Saturday
    assert "รายงานเดือนกรกฎาคม 2569" not in page
    month = (
        cast.client("anong")
        .get(reverse("compilation:month_return", args=[date(2026, 5, 1)]))
        .content.decode()
    )
    assert "ก่อนรอบแรกของระบบ" in month
    assert "เกินกำหนด" not in month.split("<main")[1].split('id="state"')[0]


def test_months_beyond_five_are_one_line(cast: Cast) -> None:
    first_round(date(2026, 1, 1))
    page = page_of(cast, "anong")
    assert "รายงานก่อนหน้านี้อีก 6 เดือนยังไม่ยืนยัน" in page
    assert "รายงานเดือนกรกฎาคม 2569" in page
    assert "รายงานเดือนมิถุนายน 2569" not in page


def test_what_was_accepted_is_news_and_not_work(cast: Cast) -> None:
    from jitasa.review.services.accept import accept

    first_round(date(2026, 11, 1))
    accept(actor=cast.dao, activity=make_sent(cast.anong, name="ปลูกป่า"), now=NOW)
    page = page_of(cast, "anong")
    assert "รับรายงานแล้ว: ปลูกป่า" not in page
    assert "วันนี้ไม่มีเรื่องค้าง" in page
    assert "รับรายงานแล้ว: ปลูกป่า" in cast.client("anong").get(reverse("notices:list")).content.decode()


def test_nobody_is_late_before_the_first_round(cast: Cast) -> None:
    first_round(date(2026, 11, 1))
    assert "หน่วยงานยังไม่ยืนยัน" not in page_of(cast, "dao")


@pytest.mark.parametrize("office", ["aonang", "mueang", "krabi", "department"])
def test_somebody_who_only_reads_sees_the_month_and_no_tasks(cast: Cast, office: str) -> None:
    cast.people["reader"] = make_person("reader", getattr(cast, office), Role.VIEWER)
    sent = make_sent(cast.anong)
    make_sent(cast.anong, groups={"people": 1234})
    make_draft(cast.anong)
    return_record(actor=cast.dao, activity=sent, reason="ภาพซ้ำ", fields=["photos"], now=NOW)
    page = page_of(cast, "reader")
    assert 'class="my-work"' not in page
    assert "ที่ต้องทำ" not in page
    assert "ภาพซ้ำ" not in page
    assert "1,234" in page
    client = cast.client("reader")
    for url in re.findall(r'<a class="btn(?: main)?" href="([^"]+)"', page):
        assert client.get(url.replace("&amp;", "&")).status_code == 200, url


def test_who_looks_at_an_office_as_it_sees_itself_is_led_to_read(cast: Cast) -> None:
    """Its work, each item where it is read."""
    sent = make_sent(cast.anong)
    return_record(actor=cast.dao, activity=sent, reason="ภาพซ้ำ", fields=["photos"], now=NOW)
    items = duties.of_office(replace(cast.anong, read_only=True), cast.aonang, NOW)
    assert items
    assert {item.button for item in items} == {"เปิดดู"}
    for item in items:
        assert cast.client("anong").get(item.url).status_code == 200, item.url


@pytest.mark.parametrize("who", ["dao", "ek"])
def test_the_start_page_counts_the_list_it_leads_to(cast: Cast, who: str) -> None:
    """A town stands in the district and answers to the province: no work of the district's."""
    cast.people["town"] = make_person("town", cast.town, Role.OFFICER)
    make_sent(viewer(cast.people["town"], cast.town, Role.OFFICER))
    assert ("ตรวจกิจกรรมที่ส่งเข้ามา" in page_of(cast, who)) == (who == "ek")


# --- months of those below, and the month before by the same day -------------------------------------


def test_above_sees_every_month_that_is_open_not_only_the_last(cast: Cast) -> None:
    """August, late for 76 days, stands before October; the numbers are those of the boards they lead to."""
    opened = rules_of(round_for(date(2026, 8, 1)))
    change_round(actor=cast.fah, month=date(2026, 8, 1), to=opened, now=NOW)
    for month in (date(2026, 9, 1), date(2026, 10, 1)):
        for office in Organization.objects.laos():
            MonthlyReturn.objects.create(organization=office, month=month, confirmed_at=NOW, on_time=True)
    MonthlyReturn.objects.filter(month=date(2026, 10, 1), organization=cast.town).delete()
    page = page_of(cast, "ek")
    assert "เดือนสิงหาคม 2569: 5 หน่วยงานยังไม่ยืนยัน" in page
    assert "เดือนตุลาคม 2569: 1 หน่วยงานยังไม่ยืนยัน" in page
    assert page.index("เดือนสิงหาคม 2569:") < page.index("เดือนตุลาคม 2569:")
    assert "เดือนกันยายน 2569:" not in page
    assert "เดือนกรกฎาคม 2569" not in page  # before the first round
    assert "เกินกำหนด 76 วัน" in page
    board = cast.client("ek").get("/work/month/2569-08/?show=unconfirmed")
    assert len(board.context["lines"]) == 5


def test_a_month_that_runs_stands_beside_the_same_day_of_the_month_before(cast: Cast) -> None:
    for day in (10, 30):
        sent = make_sent(cast.anong, start_date=date(2026, 10, day))
        Activity.objects.filter(pk=sent.pk).update(submitted_at=datetime(2026, 10, day, 3, 0, tzinfo=UTC))
    for who in ("anong", "dao", "ek", "fah"):
        words = words_of(page_of(cast, who))
        assert "กิจกรรม เดือนก่อน 1 " in words, who
        assert "ตามที่รายงานถึง 22 ต.ค. 2569" in words, who


def test_a_month_without_activities_says_so(cast: Cast) -> None:
    """No bar and no "0 จาก 0"."""
    page = page_of(cast, "anong")
    assert "เดือนนี้ยังไม่มีกิจกรรม" in page
    assert "จาก 0" not in page
    make_sent(cast.anong)
    assert "ส่งแล้ว 1 จาก 1 กิจกรรม" in page_of(cast, "anong")
