"""The registry as at a date, people and their posts, working for several offices, looking over a shoulder."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from jitasa.thai.dates import short_date
from tests.browser.conftest import Opener
from tests.browser.days import TODAY
from tests.browser.desk import DESKTOP, PHONE
from tests.browser.one_at_a_time import database
from tests.cast import FOUNDED, Cast

OWN_WORDS = "ข้าวเหนียวมะม่วงหน้าวัด"


def test_fah_finds_an_office_and_raises_its_rank(page_for: Opener, cast: Cast) -> None:
    fah = page_for("fah", DESKTOP)
    fah.goes_to("/work/organizations/")
    fah.page_is_sound()
    fah.page.locator("#main [name=q]").fill("ไสไท")
    fah.presses("แสดง")
    fah.presses("อบต.ไสไทย")
    fah.heading_is("อบต.ไสไทย")
    fah.page_is_sound()

    fah.page.locator("summary", has_text="เปลี่ยนทะเบียน").click()
    fah.presses("ยกฐานะ")
    fah.heading_is("ยกฐานะ")
    fah.page_is_sound()
    fah.box("ประเภทใหม่").select_option(label="เทศบาลตำบล")
    fah.writes("รหัสใหม่", "05810107")
    fah.writes("วันที่มีผล", short_date(TODAY))
    fah.presses("ดูผลก่อนบันทึก")
    fah.sees("สิ่งที่จะเปลี่ยน")
    fah.sees("05810107")
    fah.page_is_sound()
    with database():
        assert Organization.objects.filter(code="06810107").exists()  # looking changes nothing
    fah.presses("ยืนยัน", exact=True)
    fah.heading_is("ทต.ไสไทย")

    before = short_date(TODAY - timedelta(days=30))
    fah.page.get_by_label("ดูทะเบียน ณ วันที่").fill(before)
    fah.presses("ดู", exact=True)
    fah.heading_is("อบต.ไสไทย")
    fah.sees("06810107")
    fah.page_is_sound()


def test_boonmee_adds_a_person_who_sets_a_password_of_her_own(page_for: Opener, cast: Cast) -> None:
    boonmee = page_for("boonmee", DESKTOP)
    boonmee.goes_to("/work/organizations/people/")
    boonmee.heading_is("ผู้ใช้และตำแหน่ง")
    boonmee.page_is_sound()
    boonmee.presses("เพิ่มผู้ใช้")
    boonmee.page_is_sound()
    boonmee.writes("ชื่อผู้ใช้", "gan.aonang")
    boonmee.writes("ตำแหน่ง", "นักวิชาการสาธารณสุข")
    boonmee.presses("เพิ่มผู้ใช้")
    boonmee.heading_is("เพิ่มผู้ใช้แล้ว")
    boonmee.page_is_sound()
    given = boonmee.page.locator("dd kbd").inner_text()

    gan = page_for("guest", PHONE)
    gan.goes_to("/work/")
    gan.writes("ชื่อผู้ใช้", "gan.aonang")
    gan.writes("รหัสผ่าน", given)
    gan.presses("เข้าสู่ระบบ")
    gan.heading_is("ตั้งรหัสผ่านของท่านเอง")
    gan.page_is_sound()
    gan.goes_to("/work/activities/")
    gan.heading_is("ตั้งรหัสผ่านของท่านเอง")
    gan.writes("รหัสผ่านชั่วคราวที่ได้รับ", given)
    gan.writes("รหัสผ่านใหม่", OWN_WORDS)
    gan.writes("รหัสผ่านใหม่อีกครั้ง", OWN_WORDS)
    gan.presses("ตั้งรหัสผ่านใหม่")
    gan.heading_is("วันนี้")


def test_anong_works_for_two_offices(page_for: Opener, cast: Cast) -> None:
    with database():
        Post.objects.create(
            user=cast.people["anong"], organization=cast.saithai, role=Role.OFFICER, from_date=FOUNDED
        )
    anong = page_for("anong", DESKTOP)
    anong.goes_to("/work/")
    here = anong.page.locator(".office-switch summary")
    now, other = ("อบต.อ่าวนาง", "อบต.ไสไทย")
    if other in here.inner_text():
        now, other = other, now
    expect(here).to_contain_text(now)
    here.click()
    anong.page_is_sound()
    anong.presses(other)
    expect(anong.page.locator(".office-switch summary")).to_contain_text(other)


def test_dao_looks_over_anongs_shoulder_and_can_change_nothing(page_for: Opener, cast: Cast) -> None:
    dao = page_for("dao", DESKTOP)
    dao.goes_to(f"/work/organizations/people/of/{cast.aonang.pk}/")
    dao.page_is_sound()
    dao.presses("ดูหน้าจอของสำนักงานนี้")
    bar = dao.page.locator(".view-as")
    expect(bar).to_contain_text("อบต.อ่าวนาง")
    dao.page_is_sound()
    expect(dao.page.get_by_role("link", name="บันทึกกิจกรรม")).to_have_count(0)
    dao.goes_to("/work/activities/new/")
    dao.sees(re.compile("ไม่ได้|เฉพาะ|อย่างเดียว"))
    dao.goes_to("/work/")
    dao.presses("กลับสำนักงานของฉัน")
    expect(dao.page.locator(".view-as")).to_have_count(0)
