"""A poster goes from the department to an office and out by its channel; an accepted record becomes a post."""

import re

import pyvips
from playwright.sync_api import FilePayload, expect

from jitasa.photos.models import Photo
from jitasa.photos.services.prepare import prepare
from jitasa.publicity.choices import ChannelKind
from jitasa.publicity.models import Broadcast, Campaign, Delivery, Material, MaterialFile
from jitasa.publicity.services.shape import shape
from jitasa.publicity.tests.making import make_channel
from jitasa.review.services.accept import accept
from tests.browser.conftest import Opener
from tests.browser.days import NOW
from tests.browser.desk import PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.records import sent
from tests.cast import Cast

POSTER = "โปสเตอร์ชวนเก็บขยะชายหาด"


def poster() -> FilePayload:
    """A sheet with a blue box on it, as a designer's program saves it."""
    sheet = pyvips.Image.black(600, 850, bands=3).linear([1, 1, 1], [250, 230, 180]).cast("uchar")
    sheet = sheet.copy(interpretation="srgb").draw_rect([20, 80, 160], 60, 60, 480, 240, fill=True)
    return {"name": "poster.png", "mimeType": "image/png", "buffer": sheet.write_to_buffer(".png")}


def adds_the_poster(fah: Desk) -> Material:
    fah.goes_to("/work/publicity/materials/new/")
    fah.picks("โปสเตอร์")
    fah.writes("ชื่อสื่อ", POSTER)
    fah.page.locator("input[type=file]").set_input_files(poster())
    fah.picks("CC BY 4.0")
    fah.page.get_by_label("ให้ประชาชนดาวน์โหลด").check()
    fah.presses("บันทึก")
    fah.heading_is(POSTER)
    with database():
        assert shape(file_id=MaterialFile.objects.get().pk) == "ready"
        return Material.objects.get()


def sends_it_to_krabi(fah: Desk) -> Campaign:
    fah.page.reload()
    fah.presses("ส่งถึงหน่วยงาน")
    fah.writes("ชื่อรอบเผยแพร่", "ชวนเก็บขยะชายหาดกระบี่")
    fah.page.locator("[name=add_province]").fill("กระบี่")
    fah.presses("บันทึกร่างและตรวจก่อนส่ง")
    fah.presses("ส่งถึง 5 หน่วยงาน")
    fah.presses("ส่ง", within=fah.page.locator("dialog[open]"), exact=True)
    fah.sees("ยังไม่เปิดดู")
    fah.page_is_sound()
    with database():
        return Campaign.objects.get()


def used_in_two_taps(anong: Desk) -> None:
    """From the material's page: to record, and to save."""
    page = anong.page
    anong.presses("บันทึกการเผยแพร่")
    expect(page.locator("main input[type=checkbox]:checked")).to_have_count(1)
    anong.page_is_sound()
    anong.presses("บันทึก", within=page.locator("main"), exact=True)
    page.wait_for_url(re.compile(r"^(?!.*broadcasts/new).*$"))


def test_a_poster_reaches_an_office_and_the_board_counts_it(page_for: Opener, cast: Cast) -> None:
    make_channel(cast.anong, ChannelKind.LOUDSPEAKER, "เสียงตามสายอ่าวนาง", reach=500)
    fah, anong, guest = page_for("fah"), page_for("anong", PHONE), page_for("guest", PHONE)
    material = adds_the_poster(fah)
    campaign = sends_it_to_krabi(fah)

    anong.goes_to("/work/")
    anong.presses(campaign.title)
    anong.presses(POSTER)
    with anong.page.expect_download() as download:
        anong.presses("จัตุรัส 1:1")
    assert download.value.suggested_filename.endswith(".jpg")
    used_in_two_taps(anong)
    with database():
        delivery = Delivery.objects.get(recipient=cast.aonang)
        assert delivery.seen_at
        assert delivery.downloaded_at
        assert delivery.used_at
        assert [(each.material_id, each.reach) for each in Broadcast.objects.all()] == [(material.pk, 500)]

    fah.page.reload()
    for word in ("เปิดดู", "ดาวน์โหลด", "ใช้แล้ว"):
        expect(fah.page.locator("a.kpi", has_text=word).locator("b")).to_have_text("1")
    guest.goes_to("/materials/")
    guest.presses(POSTER)
    guest.heading_is(POSTER)
    guest.page_is_sound()


def test_an_accepted_record_becomes_a_post(page_for: Opener, cast: Cast) -> None:
    make_channel(cast.anong, ChannelKind.FACEBOOK, "เพจอ่าวนาง", 900, "https://www.facebook.com/aonang.demo")
    row = sent(cast.anong, "เก็บขยะชายหาด")
    with database():
        for photo in Photo.objects.filter(uses__activity=row):
            prepare(photo)
        accept(actor=cast.dao, activity=row, now=NOW)
    anong = page_for("anong", PHONE)
    anong.goes_to(f"/work/activities/{row.uuid}/")
    anong.presses("โพสต์")
    card = anong.page.locator(".card-shelf img").first
    expect(card).to_have_js_property("naturalWidth", 1080)
    with anong.page.expect_download() as download:
        anong.page.get_by_role("link", name=re.compile("^เก็บภาพ")).first.click()
    assert download.value.suggested_filename.endswith(".png")
    anong.page_is_sound()
    used_in_two_taps(anong)
    with database():
        assert [(each.activity_id, each.reach) for each in Broadcast.objects.all()] == [(row.pk, 900)]
