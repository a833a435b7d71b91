"""A guest drags a box on a picture, the office blurs it with one click, the guest reads the answer."""

import re

from playwright.sync_api import expect

from jitasa.photos.models import Photo
from jitasa.photos.services.prepare import prepare
from jitasa.portal.models import State, TakedownRequest
from jitasa.review.services.accept import accept
from tests.browser.conftest import Opener
from tests.browser.days import NOW
from tests.browser.desk import PHONE
from tests.browser.one_at_a_time import database
from tests.browser.records import sent
from tests.cast import Cast


def test_from_the_box_on_the_picture_to_the_answer(page_for: Opener, cast: Cast) -> None:
    row = sent(cast.anong, "เก็บขยะชายหาด")
    with database():
        for photo in Photo.objects.filter(uses__activity=row):
            prepare(photo)
        accept(actor=cast.dao, activity=row, now=NOW)
        use = row.photos.select_related("photo").first()
    assert use is not None
    guest = page_for("guest", PHONE)
    guest.goes_to(f"/pictures/{use.pk}/request/")
    page = guest.page
    page.get_by_role("radio", name="เบลอบางส่วนของภาพ").check()
    page.get_by_role("button", name="เพิ่มกรอบ").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#id_areas")).to_have_value("0.3800,0.3500,0.2000,0.2700")
    page.get_by_role("radio", name="เห็นหน้าฉันเอง").check()
    guest.page_is_sound()
    page.get_by_role("button", name="ส่งคำขอ").click()
    expect(page).to_have_url(re.compile("/pictures/requests/[0-9a-f]{40}/$"))
    with database():
        asked = TakedownRequest.objects.get()

    anong = page_for("anong")
    anong.goes_to(f"/work/portal/requests/{asked.pk}/")
    picture = anong.page.locator(".areas-picture")
    place = anong.place_of(picture)
    mouse = anong.page.mouse
    mouse.move(place["x"] + place["width"] * 0.7, place["y"] + place["height"] * 0.1)
    mouse.down()
    mouse.move(place["x"] + place["width"] * 0.9, place["y"] + place["height"] * 0.3, steps=4)
    mouse.up()
    expect(anong.page.get_by_role("button", name="กรอบที่ 2", exact=True)).to_be_visible()
    anong.page_is_sound()
    anong.page.get_by_role("button", name="เบลอในกรอบ", exact=True).click()
    expect(anong.page.get_by_text("เบลอแล้ว").first).to_be_visible()
    with database():
        asked.refresh_from_db()
        assert (asked.state, len(asked.blurs)) == (State.BLURRED, 2)
        assert prepare(Photo.objects.get(pk=use.photo_id)).copies == 1
    page.reload()
    expect(page.get_by_text("เบลอส่วนที่ขอแล้วในทุกที่ที่ภาพนี้แสดง")).to_be_visible()
