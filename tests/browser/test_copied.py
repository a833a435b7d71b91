"""A record copied from an earlier one takes day, time and place from its own pictures."""

from playwright.sync_api import expect

from jitasa.activities.tests.making import make_draft
from jitasa.thai.dates import short_date
from tests.browser.conftest import Opener
from tests.browser.days import NOW, YESTERDAY
from tests.browser.desk import DESKTOP
from tests.browser.one_at_a_time import database
from tests.browser.recording import chooses_pictures, picture
from tests.cast import Cast


def test_the_pictures_facts_win_over_what_was_copied(page_for: Opener, cast: Cast) -> None:
    with database():
        earlier = make_draft(
            cast.anong, now=NOW, groups={"staff": 62}, latitude=8.1234, longitude=98.7, tambon_code="810101"
        )
    anong = page_for("anong", DESKTOP)
    anong.goes_to(f"/work/activities/new/?copy={earlier.uuid}")
    expect(anong.box("เวลาเริ่ม")).to_have_value("08:30")
    expect(anong.box("เวลาสิ้นสุด")).to_have_value("10:30")
    chooses_pictures(anong, picture(1), picture(2))
    expect(anong.box("วันที่จัด")).to_have_value(short_date(YESTERDAY))
    expect(anong.box("เวลาเริ่ม")).to_have_value("08:50")
    expect(anong.page.locator("[name=latitude]")).to_have_value("8.040500")
    expect(anong.page.locator("[name=end_time]")).not_to_have_value("10:30")
    expect(anong.page.locator("[name=name]")).to_have_value(earlier.name)
    expect(anong.box("ตำบล")).to_have_value("810101")  # what the picture says is offered beside
    anong.presses("ต.อ่าวนาง จากภาพ")
    expect(anong.box("ตำบล")).to_have_value("810116")
