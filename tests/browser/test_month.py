"""The month: stated by the offices, seen and chased by the province, compiled by the department."""

import re
from dataclasses import replace

from playwright.sync_api import Locator, expect

from jitasa.activities.selectors.values import values_of
from jitasa.activities.services.reopen import reopen
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.review.services.accept import accept
from jitasa.rounds.models import MonthlyReturn
from jitasa.thai.dates import month_name, month_slug
from tests.browser.conftest import Opener
from tests.browser.days import LATE_DAY, LATE_MONTH, NOW
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.recording import NAME
from tests.browser.records import sent
from tests.cast import Cast

SLUG = month_slug(LATE_MONTH)
WHY_NONE = "น้ำท่วมถนนเข้าหมู่บ้านทั้งเดือน"


def made(desk: Desk, name: str) -> bytes:
    """A file of the list that somebody has to ask for: it is made, then its link gives it to keep."""
    desk.page.locator("#files li", has_text=name).get_by_role("button").click()
    return kept(desk, name)


def kept(desk: Desk, name: str) -> bytes:
    """A file of the list that is there, or is on its way."""
    link = desk.page.locator("#files li", has_text=name).get_by_role("link")
    return fetched(desk, link)


def fetched(desk: Desk, link: Locator) -> bytes:
    expect(link).to_be_visible()
    answer = desk.context.request.get(f"{desk.site}{link.get_attribute('href')}")
    assert answer.ok, answer.status
    return answer.body()


def test_chai_states_that_there_was_nothing(page_for: Opener, cast: Cast) -> None:
    chai = page_for("chai", PHONE)
    chai.goes_to(f"/work/month/{SLUG}/return/")
    chai.heading_is(month_name(LATE_MONTH))
    chai.page_is_sound()
    chai.presses("แจ้งว่าไม่มีกิจกรรม")
    expect(chai.page.locator(".field.has-error .error")).to_be_visible()  # the reason is asked for
    chai.page.locator("form[action*='/nil/']").locator("textarea, input[type=text]").first.fill(WHY_NONE)
    chai.presses("แจ้งว่าไม่มีกิจกรรม")
    chai.sees("แจ้งไม่มีกิจกรรมแล้ว")
    chai.sees(WHY_NONE)
    chai.page_is_sound()


def test_anong_confirms_late_and_ek_sees_it(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong, start_date=LATE_DAY)
    anong = page_for("anong", PHONE)
    anong.goes_to(f"/work/month/{SLUG}/return/")
    anong.page.locator("form[action*='/confirm/']").locator("textarea, input[type=text]").first.fill(
        "รอภาพจากหมู่บ้าน"
    )
    anong.presses("ยืนยันว่าครบแล้ว")
    anong.sees("ยืนยันครบแล้ว")
    anong.sees(re.compile("สาเหตุที่ล่าช้า: รอภาพจากหมู่บ้าน"))
    anong.page_is_sound()

    ek = page_for("ek", DESKTOP)
    ek.goes_to(f"/work/month/{SLUG}/?rows=laos")
    ek.heading_is(month_name(LATE_MONTH))
    row = ek.page.get_by_role("row", name=re.compile("อบต.อ่าวนาง"))
    expect(row).to_contain_text("หลังกำหนด")
    ek.page_is_sound()
    row.get_by_role("link", name="อบต.อ่าวนาง").click()
    ek.sees(re.compile("สาเหตุที่ล่าช้า: รอภาพจากหมู่บ้าน"))
    ek.page_is_sound()
    ek.page.go_back()

    row.get_by_role("cell").get_by_role("link", name="1", exact=True).first.click()
    ek.heading_is("กิจกรรม")
    ek.page_is_sound()
    ek.page.locator("#activities a", has_text=NAME).first.click()
    ek.heading_is(NAME)


def test_ek_reminds_the_late_ones(page_for: Opener, cast: Cast) -> None:
    ek = page_for("ek", DESKTOP)
    ek.goes_to(f"/work/month/{SLUG}/")
    ek.page_is_sound()
    ek.goes_to(f"/work/month/{SLUG}/?rows=laos")
    ek.page.locator(".tools .chip", has_text=re.compile("เกินกำหนด|ยังไม่รายงาน|ล่าช้า")).first.click()
    ek.page.get_by_label("เลือก อบต.เกาะกลาง").check()
    ek.page.get_by_label("เลือก อบต.ไสไทย").check()
    ek.sees("เลือก 2 แห่ง")
    ek.page_is_sound()
    ek.presses("เตือนที่เลือก")
    ek.sees(re.compile("เตือน.*2"))
    with database():
        assert MonthlyReturn.objects.filter(reminders=1).count() == 2
    assert fetched(ek, ek.page.get_by_role("link", name="Excel", exact=True)).startswith(b"PK")

    chai = page_for("chai", PHONE)
    chai.goes_to("/work/notices/")
    chai.sees(re.compile(month_name(LATE_MONTH)))
    chai.page_is_sound()


def test_the_board_on_a_phone(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong, start_date=LATE_DAY)
    ek = page_for("ek", PHONE)
    for tab in ("offices", "kinds", "occasions", "trend", "map"):
        ek.goes_to(f"/work/month/{SLUG}/?tab={tab}")
        ek.heading_is(month_name(LATE_MONTH))
        ek.page_is_sound()


def test_fah_compiles_and_a_correction_makes_a_second_revision(page_for: Opener, cast: Cast) -> None:
    record = sent(cast.anong, start_date=LATE_DAY)
    with database():
        record = accept(actor=cast.ek, activity=record, now=NOW)
    fah = page_for("fah", DESKTOP)
    fah.goes_to(f"/work/month/{SLUG}/")
    fah.page_is_sound()
    fah.presses("จัดทำรายงานประจำเดือน")
    fah.heading_is("ฉบับที่ 1")
    fah.page_is_sound()
    assert kept(fah, "รายงาน (PDF)").startswith(b"%PDF")
    assert made(fah, "ตารางทุกตาราง (Excel)").startswith(b"PK")

    with database():
        opened = reopen(actor=cast.anong, activity=record, reason="นับคนผิด", now=NOW)
        earlier = values_of(opened)
        values = replace(earlier, groups={**earlier.groups, "staff": 70})
        saved = save_draft(
            actor=cast.anong, uuid=opened.uuid, base_revision=opened.revision, values=values, now=NOW
        )
        submit(actor=cast.anong, activity=saved, now=NOW)
    fah.presses("รวบรวมอีกครั้ง")
    fah.heading_is("ฉบับที่ 2")
    differences = fah.page.locator("#differences")
    expect(differences).to_contain_text("ต่างจากฉบับที่ 1")
    expect(differences).to_contain_text("66")
    expect(differences).to_contain_text("74")
    fah.page_is_sound()
    assert kept(fah, "รายงาน (PDF)").startswith(b"%PDF")
