"""What Anong types and photographs."""

import re
from datetime import datetime, time, timedelta
from functools import cache

from playwright.sync_api import FilePayload, expect

from jitasa.activities.models import Activity
from jitasa.demo.pictures import Shot, draw
from jitasa.thai.dates import BANGKOK, short_date
from tests.browser.days import TODAY, YESTERDAY
from tests.browser.desk import Desk
from tests.browser.one_at_a_time import database

NAME = "ทำความสะอาดชายหาดนพรัตน์ธารา"
AT_THE_BEACH = (8.0405, 98.8102)
RECEIPT = re.compile(r"81-[0-9]{4}-[0-9]{6}")


def picture(seed: int, *, scene: str = "beach", name: str = "") -> FilePayload:
    """A phone's JPEG, taken yesterday morning at the beach."""
    taken = datetime.combine(YESTERDAY, time(8, 30), BANGKOK) + timedelta(minutes=20 * (seed % 10))
    return _jpeg(scene, seed, taken, name)


def picture_of_a_reset_clock(seed: int) -> FilePayload:
    """From a camera whose battery was out: it counts from 2002."""
    return _jpeg("beach", seed, datetime(2002, 1, 1, 0, 10, tzinfo=BANGKOK), "")


@cache  # many journeys show the same ones
def _drawn(shot: Shot) -> bytes:
    return draw(shot)


def _jpeg(scene: str, seed: int, taken: datetime, name: str) -> FilePayload:
    data = _drawn(Shot(scene=scene, seed=seed, taken_at=taken, point=AT_THE_BEACH))
    return {"name": name or f"IMG_{seed:04}.jpg", "mimeType": "image/jpeg", "buffer": data}


def file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def opens_a_new_record(desk: Desk) -> None:
    desk.goes_to("/work/activities/new/")
    desk.heading_is("บันทึกกิจกรรมจิตอาสา")


def chooses_pictures(desk: Desk, *pictures: FilePayload) -> None:
    desk.page.locator("#photo_files").set_input_files(list(pictures))
    expect(desk.page.locator("#shots .shot[data-sha]")).to_have_count(len(pictures))


def chooses_pictures_too(desk: Desk, *pictures: FilePayload) -> None:
    """Beside those already there."""
    there = desk.page.locator("#shots .shot[data-sha]").count()
    desk.page.locator("#photo_files").set_input_files(list(pictures))
    expect(desk.page.locator("#shots .shot[data-sha]")).to_have_count(there + len(pictures))


def fills_the_rest(desk: Desk, *, name: str = NAME) -> None:
    """Everything a round asks for beyond what the pictures tell."""
    desk.writes("ชื่อกิจกรรม", name)
    desk.picks("จิตอาสาพัฒนา")
    desk.box("ลักษณะงาน").select_option(label="ปรับภูมิทัศน์/ทำความสะอาด")
    desk.writes("สถานที่", "หาดนพรัตน์ธารา")
    desk.writes("จิตอาสา 904", "๔")
    desk.writes("ข้าราชการ/พนักงาน อปท.", "62")
    desk.writes("ผลการดำเนินงาน", "เก็บขยะตลอดแนวชายหาด 2 กิโลเมตร")


def fills_everything(desk: Desk, *, name: str = NAME) -> None:
    """Day and place too, for a record without pictures that know them."""
    desk.writes("วันที่จัด", short_date(TODAY - timedelta(days=1)))
    desk.box("ตำบล").select_option(label="อ่าวนาง")
    fills_the_rest(desk, name=name)


def is_saved(desk: Desk) -> None:
    expect(desk.page.locator("#save-state")).to_contain_text("บันทึกแล้ว")


def stored() -> Activity:
    """The one record in the database, as the server has it."""
    with database():
        return Activity.objects.get()
