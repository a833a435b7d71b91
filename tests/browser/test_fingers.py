"""What fingers do on a touch screen: put photos in order, look at one closely."""

import re

from playwright.sync_api import CDPSession, FloatRect, Locator, expect

from tests.browser.conftest import Opener
from tests.browser.desk import PHONE, Desk
from tests.browser.recording import chooses_pictures, opens_a_new_record, picture

Spot = tuple[float, float]
HELD = 500  # ms: longer than a finger must rest before it drags


class Hand:
    """Real touches, as the screen's driver sends them."""

    def __init__(self, desk: Desk) -> None:
        self.page = desk.page
        self.session: CDPSession = desk.context.new_cdp_session(desk.page)
        self.session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})

    def touch(self, kind: str, *spots: Spot) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(spots)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def drags(self, start: Spot, end: Spot, *, hold: int = 0, lifts: bool = True) -> None:
        self.touch("touchStart", start)
        self.page.wait_for_timeout(hold)
        for step in range(1, 9):
            part = step / 8
            self.touch("touchMove", tuple(a + (b - a) * part for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
            self.page.wait_for_timeout(16)
        if lifts:
            self.touch("touchEnd")

    def spreads(self, middle: Spot, *, wide: float) -> None:
        """Two fingers, from 40 px beside the middle to ``wide`` px."""
        x, y = middle
        self.touch("touchStart", (x - 40, y), (x + 40, y))
        for step in range(1, 9):
            away = 40 + (wide - 40) * step / 8
            self.touch("touchMove", (x - away, y), (x + away, y))
            self.page.wait_for_timeout(16)
        self.touch("touchEnd")


def middle(box: FloatRect) -> Spot:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def order_of(tiles: Locator) -> list[str | None]:
    return [tile.get_attribute("data-sha") for tile in tiles.all()]


def test_a_finger_that_rests_puts_a_photo_elsewhere_and_one_that_does_not_scrolls(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    hand = Hand(anong)
    opens_a_new_record(anong)
    chooses_pictures(anong, *[picture(number) for number in (1, 2, 3)])
    tiles = anong.page.locator("#shots .shot[data-sha]")
    expect(tiles).to_have_count(3)
    before = order_of(tiles)
    tiles.nth(1).scroll_into_view_if_needed()
    spots = [middle(anong.place_of(tiles.nth(number).locator(".ph"))) for number in (0, 2)]
    hand.drags(spots[1], spots[0])
    assert order_of(tiles) == before
    spots = [middle(anong.place_of(tiles.nth(number).locator(".ph"))) for number in (0, 2)]
    hand.drags(spots[1], spots[0], hold=HELD)
    assert order_of(tiles) == [before[2], before[0], before[1]]
    expect(anong.page.locator("dialog.viewer")).to_have_count(0)  # a drag is no tap
    hand.touch("touchStart", middle(anong.place_of(tiles.nth(0).locator(".ph"))))
    hand.touch("touchEnd")
    expect(anong.page.locator("dialog.viewer[open]")).to_be_visible()  # and the next tap is one


def test_two_fingers_zoom_and_a_picture_is_never_lost(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    hand = Hand(anong)
    opens_a_new_record(anong)
    chooses_pictures(anong, picture(1))
    anong.page.locator("#shots .shot img").first.click()
    viewer = anong.page.locator("dialog.viewer")
    image, stage = viewer.locator("img"), anong.place_of(viewer.locator(".stage"))
    expect(viewer.get_by_role("button", name=re.compile("ภาพ(ก่อนหน้า|ถัดไป)"))).to_have_count(0)  # of one
    flat = anong.place_of(image)
    hand.spreads(middle(stage), wide=160)
    near = anong.place_of(image)
    assert 3.5 < near["width"] / flat["width"] < 4.5
    hand.drags(middle(stage), (stage["x"] + 380, stage["y"] + 600))
    hand.drags((stage["x"] + 10, stage["y"] + 20), (stage["x"] + 380, stage["y"] + 600))
    moved = anong.place_of(image)
    assert moved["x"] > near["x"] + 50
    assert moved["x"] <= stage["x"] + 1  # it covers the stage still
    assert moved["x"] + moved["width"] >= stage["x"] + stage["width"] - 1
    hand.spreads(middle(stage), wide=4)
    assert anong.place_of(image)["width"] == flat["width"]
    anong.page_is_sound()
