"""What is asked back before it is done: a flagged record, a day far off, the same activity again."""

import re

from playwright.sync_api import expect

from jitasa.activities.models import Activity
from jitasa.review.choices import FlagKind
from jitasa.review.models import Flag
from tests.browser.conftest import Opener
from tests.browser.days import NOW
from tests.browser.desk import DESKTOP, PHONE
from tests.browser.one_at_a_time import database
from tests.browser.records import drafted, sent
from tests.cast import Cast


def test_one_key_does_not_accept_a_flagged_record(page_for: Opener, cast: Cast) -> None:
    record = sent(cast.anong, "ลอกคลองสาธารณะ", seeds=(1, 2))
    with database():
        Flag.objects.filter(activity=record).delete()
        evidence = {"count": 900, "usual": 57, "basis": "country", "times": 15.8}
        Flag.objects.create(activity=record, kind=FlagKind.HEAD_COUNT, evidence=evidence, found_at=NOW)
        Activity.objects.filter(pk=record.pk).update(awaits_look=False)
    dao = page_for("dao", DESKTOP)
    dao.goes_to("/work/review/")
    expect(dao.page.locator("#record article h2").first).to_have_text("ลอกคลองสาธารณะ")
    dao.page.keyboard.press("a")
    expect(dao.page.locator("[data-asks]")).to_be_focused()
    dao.page.keyboard.press("a")  # at once: meant for the first question
    dao.sees("มีข้อสังเกต 1 ข้อ")
    dao.page_is_sound()
    dao.page.wait_for_timeout(1000)
    dao.page.keyboard.press("a")
    dao.sees("รับ “ลอกคลองสาธารณะ” แล้ว")


def test_a_day_far_off_and_the_same_activity_are_asked_on_a_phone(page_for: Opener, cast: Cast) -> None:
    first = sent(cast.anong, "ลอกคลองสาธารณะ")
    again = drafted(cast.anong, "งานอื่น", place="ที่อื่น", seeds=(3, 4))
    anong = page_for("anong", PHONE)
    anong.goes_to(f"/work/activities/{again.uuid}/edit/")
    anong.page.locator("[name=name]").fill(first.name)
    anong.page.locator("[name=place]").fill(first.place)
    anong.page.locator("button[value=submit]").first.click()
    expect(anong.page.locator("#twins")).to_be_visible()
    anong.page_is_sound()
    anong.page.locator("[name=start_date]").fill("22/11/2526")
    anong.page.locator("button[value=submit]").first.click()
    expect(anong.page.locator("[name=start_date_sure]")).to_have_value(re.compile("1983-11-22"))
    anong.page_is_sound()
