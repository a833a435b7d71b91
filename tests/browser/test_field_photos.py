"""Photos on the device: what they know stands there before they are sent; made smaller; two at a time; none is lost in silence."""

import re
from datetime import datetime, time
from pathlib import Path

import pyvips
from playwright.sync_api import FilePayload, Page, expect

from jitasa.photos import store
from jitasa.photos.models import Photo
from jitasa.thai.dates import BANGKOK, short_date
from tests.browser.conftest import Opener
from tests.browser.days import YESTERDAY
from tests.browser.desk import PHONE
from tests.browser.one_at_a_time import database
from tests.browser.recording import (
    RECEIPT,
    chooses_pictures,
    fills_everything,
    fills_the_rest,
    is_saved,
    opens_a_new_record,
    picture,
    stored,
)

UPLOADS = re.compile(r"/work/photos/[0-9a-f]{64}/")
HEIC = Path("jitasa/photos/tests/files/phone.heic")
# How many pictures are on their way at the same moment, at most.
COUNTING = """
globalThis.onTheWay = 0; globalThis.mostOnTheWay = 0;
const real = fetch;
globalThis.fetch = async (url, options) => {
  if (options?.method !== "PUT") return real(url, options);
  onTheWay += 1; mostOnTheWay = Math.max(mostOnTheWay, onTheWay);
  try { await new Promise((go) => setTimeout(go, 300)); return await real(url, options); } finally { onTheWay -= 1; }
};
"""


def large(seed: int) -> FilePayload:
    """What a phone held upright takes: 4,000 × 3,000 points lying on their side, with time and place."""
    small = picture(seed)
    image = pyvips.Image.new_from_buffer(small["buffer"], "").resize(4)
    noise = pyvips.Image.gaussnoise(image.width, image.height, sigma=12, seed=seed)
    image = (image + noise).cast("uchar").copy(interpretation="srgb")
    kept = pyvips.Image.new_from_buffer(small["buffer"], "")
    blob = kept.get("exif-data")
    image.set_type(pyvips.GValue.blob_type, "exif-data", blob)
    image.set_type(pyvips.GValue.gint_type, "orientation", 6)
    data = bytes(image.jpegsave_buffer(Q=90))
    return {"name": f"LARGE_{seed}.jpg", "mimeType": "image/jpeg", "buffer": data}


def no_way(page: Page) -> None:
    page.context.route(UPLOADS, lambda route: route.abort())


def test_day_time_and_place_stand_there_before_anything_is_sent(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    no_way(anong.page)
    opens_a_new_record(anong)
    anong.page.locator("#photo_files").set_input_files([picture(1)])
    expect(anong.box("วันที่จัด")).to_have_value(short_date(YESTERDAY))
    expect(anong.box("เวลาเริ่ม")).to_have_value("08:50")
    expect(anong.box("ละติจูด")).to_have_value("8.040500")
    expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(0)
    with database():
        assert not Photo.objects.exists()


def test_large_photos_are_made_smaller_upright_and_keep_time_and_place(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    opens_a_new_record(anong)
    shot = large(2)
    assert len(shot["buffer"]) > 1_200_000
    chooses_pictures(anong, shot)
    with database():
        photo = Photo.objects.get()
    assert photo.bytes < 900_000
    assert (max(photo.width, photo.height), photo.height > photo.width) == (1920, True)
    assert photo.taken_at == datetime.combine(YESTERDAY, time(9, 10), BANGKOK)
    assert (photo.latitude, photo.longitude) == (8.0405, 98.8102)
    kept = pyvips.Image.new_from_buffer(store.original(photo.sha256).read_bytes(), "")
    assert kept.get("orientation") == 1
    assert kept.get("exif-ifd3-GPSLatitude")


def test_two_at_a_time(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.page.add_init_script(COUNTING)
    opens_a_new_record(anong)
    chooses_pictures(anong, *[picture(number) for number in (1, 2, 3, 4)])
    assert anong.page.evaluate("mostOnTheWay") == 2


def test_what_cannot_be_opened_goes_as_it_is(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    opens_a_new_record(anong)
    data = HEIC.read_bytes()
    heic: FilePayload = {"name": "IMG_1.heic", "mimeType": "image/heic", "buffer": data}
    anong.page.locator("#photo_files").set_input_files([heic])
    expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(1)
    with database():
        assert store.original(Photo.objects.get().sha256).read_bytes() == data


def test_a_failed_photo_is_told_tried_again_and_not_left_out_in_silence(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    opens_a_new_record(anong)
    chooses_pictures(anong, picture(1), picture(2))
    no_way(anong.page)
    anong.page.locator("#photo_files").set_input_files([picture(3)])
    error = anong.page.locator("#shots .shot > .error")
    expect(error).to_contain_text(re.compile("สัญญาณขาด จะส่งใหม่เองใน [0-9]+ วินาที"))
    anong.presses("ต.อ่าวนาง จากภาพ")
    fills_the_rest(anong)
    anong.presses("ส่งให้ผู้ตรวจ")
    dialog = anong.page.get_by_role("dialog")
    expect(dialog).to_contain_text("ภาพ 1 ภาพยังไม่ถึงระบบ")
    anong.page_is_sound()
    anong.presses("กลับไปที่แบบบันทึก", within=dialog)
    is_saved(anong)
    assert stored().number == ""

    anong.context.unroute(UPLOADS)
    expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(3)  # by itself
    anong.presses("ส่งให้ผู้ตรวจ")
    anong.heading_is("ส่งแล้ว")
    anong.sees(RECEIPT)
    assert stored().photo_count == 3


def test_the_clerk_may_say_that_a_photo_is_left_out(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    opens_a_new_record(anong)
    chooses_pictures(anong, picture(1), picture(2))
    no_way(anong.page)
    anong.page.locator("#photo_files").set_input_files([picture(3)])
    fills_everything(anong)
    anong.presses("ส่งให้ผู้ตรวจ")
    anong.presses("ส่งโดยไม่มีภาพที่ขาด", within=anong.page.get_by_role("dialog"))
    anong.heading_is("ส่งแล้ว")
    assert stored().photo_count == 2
