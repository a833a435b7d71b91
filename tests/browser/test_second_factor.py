"""Passkeys and codes in a real browser: add, sign in, confirm; Chromium's own virtual authenticator is the telephone."""

import os
import re
import time
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import CDPSession, expect

from jitasa.accounts.models import User
from tests.browser.conftest import Opener
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.cast import Cast

PASSWORD = "ทะเลสีครามยามเช้า"
PICTURES = os.environ.get("JITASA_PICTURES", "")  # a folder: keep pictures of the pages for looking at


@pytest.fixture
def site(one_at_a_time: None, live_server: object, settings: object) -> str:
    """By the name ``localhost``: passkeys belong to a name, never to an address."""
    url = str(getattr(live_server, "url")).replace("127.0.0.1", "localhost")  # noqa: B009
    settings.SITE_URL = url  # type: ignore[attr-defined]
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    settings.MFA_REQUIRED = "1"  # type: ignore[attr-defined]
    return url


def give_password(name: str) -> None:
    with database():
        user = User.objects.get(username=name)
        user.set_password(PASSWORD)
        user.save()


def give_telephone(desk: Desk) -> tuple[CDPSession, str]:
    """A device that keeps passkeys and knows its owner's finger."""
    session = desk.context.new_cdp_session(desk.page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, str(made["authenticatorId"])


def signs_in(desk: Desk, name: str) -> None:
    desk.goes_to("/accounts/login/")
    desk.writes("ชื่อผู้ใช้", name)
    desk.writes("รหัสผ่าน", PASSWORD)
    desk.presses("เข้าสู่ระบบ")


def signs_out(desk: Desk) -> None:
    desk.goes_to("/accounts/logout/")
    desk.page.locator("main").get_by_role("button", name="ออกจากระบบ").click()


def looks(desk: Desk, name: str) -> None:
    """Sound on a telephone and on a wide screen, readable in both themes (slow: where pictures are kept)."""
    if not PICTURES:
        desk.page_is_sound()
        return
    for width, height in (PHONE, DESKTOP):
        desk.page.set_viewport_size({"width": width, "height": height})
        desk.page_is_sound()
        _keep(desk, f"{name}-{width}-light")
        desk.turns("dark")
        desk.colours_are_sound()
        _keep(desk, f"{name}-{width}-dark")
        desk.turns("light")


def _keep(desk: Desk, name: str) -> None:
    if PICTURES:
        desk.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_an_administrator_adds_a_passkey_and_signs_in_without_a_password(
    page_for: Opener, cast: Cast
) -> None:
    give_password("dao")
    dao = page_for("guest")
    give_telephone(dao)
    signs_in(dao, "dao")
    dao.heading_is("ความปลอดภัยของบัญชี")
    dao.sees("หน้าที่ของท่านต้องใช้การยืนยันตัวสองชั้น เลือกวิธีหนึ่ง")
    looks(dao, "security-empty")
    dao.page.get_by_role("link", name="เพิ่มพาสคีย์").click()
    dao.writes("ชื่อของพาสคีย์", "คอมพิวเตอร์ที่อำเภอ")
    looks(dao, "passkey-add")
    dao.presses("เพิ่มพาสคีย์ในอุปกรณ์นี้")
    dao.heading_is("รหัสสำรองของท่าน")
    expect(dao.page.locator("ol.codes li")).to_have_count(10)
    looks(dao, "recovery-codes")
    dao.presses("เก็บไว้แล้ว ดำเนินการต่อ")
    dao.sees("คอมพิวเตอร์ที่อำเภอ")
    looks(dao, "security-passkey")
    dao.goes_to("/work/")
    dao.heading_is(re.compile("วันนี้|งาน"))
    signs_out(dao)

    dao.goes_to("/accounts/login/?next=/work/organizations/people/")
    looks(dao, "login")
    dao.presses("เข้าสู่ระบบด้วยพาสคีย์")
    dao.heading_is("ผู้ใช้และตำแหน่ง")
    signs_out(dao)

    signs_in(dao, "dao")
    dao.heading_is("ยืนยันตัวอีกชั้นหนึ่ง")
    looks(dao, "second-step")
    dao.presses("ใช้พาสคีย์")
    dao.heading_is(re.compile("วันนี้|งาน"))


def test_a_passkey_of_nobody_is_said_and_the_password_stays(page_for: Opener, cast: Cast) -> None:
    guest = page_for("guest")
    session, device = give_telephone(guest)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    guest.goes_to("/accounts/login/")
    guest.presses("เข้าสู่ระบบด้วยพาสคีย์")
    guest.sees("ใช้พาสคีย์ไม่สำเร็จหรือถูกยกเลิก ลองอีกครั้ง หรือใช้รหัสผ่าน")


def test_an_app_is_scanned_and_its_code_confirms_an_act_of_weight(
    page_for: Opener, cast: Cast, settings: object
) -> None:
    give_password("boonmee")
    boonmee = page_for("guest", PHONE)
    signs_in(boonmee, "boonmee")
    boonmee.page.get_by_role("link", name="เพิ่มแอป").click()
    boonmee.heading_is("เพิ่มแอปยืนยันตัวตน")
    boonmee.page.get_by_text("สแกนไม่ได้ พิมพ์กุญแจนี้แทน").click()
    looks(boonmee, "app-add")
    secret = (boonmee.page.locator("kbd.wrap-any").inner_text()).replace(" ", "")
    of_this_phone = boonmee.page.locator(".this-phone a").get_attribute("href") or ""
    assert of_this_phone.startswith("otpauth://totp/")  # nobody scans the screen of her own telephone
    assert f"secret={secret}" in of_this_phone
    assert copied(boonmee, "คัดลอกกุญแจ") == secret
    boonmee.writes("รหัส 6 หลักที่แอปแสดง", "000000")
    boonmee.page.get_by_role("button", name="เพิ่มแอป").click()
    boonmee.sees("รหัสไม่ตรงกับแอป")
    boonmee.writes("รหัส 6 หลักที่แอปแสดง", code_now(secret))
    boonmee.page.get_by_role("button", name="เพิ่มแอป").click()
    boonmee.heading_is("รหัสสำรองของท่าน")
    shown = boonmee.page.locator("ol.codes kbd").all_inner_texts()
    assert copied(boonmee, "คัดลอกรหัสทั้งหมด") == "\n".join(shown)
    codes = [text.replace(" ", "") for text in shown]

    settings.FRESH_MINUTES = 0  # type: ignore[attr-defined]  # as if a quarter of an hour had gone by
    anong = person_id("anong")
    boonmee.goes_to(f"/work/organizations/people/{anong}/")
    boonmee.presses("ตั้งรหัสผ่านชั่วคราว")
    boonmee.page.locator("dialog[open] button").last.click()
    boonmee.heading_is("ยืนยันว่าเป็นท่าน")
    looks(boonmee, "confirm")
    boonmee.writes("รหัส 6 หลักจากแอป หรือรหัสสำรอง", codes[0])
    boonmee.presses("ยืนยัน", exact=True)
    boonmee.heading_is("ตั้งรหัสผ่านชั่วคราวแล้ว")


def copied(desk: Desk, button: str) -> str:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.presses(button)
    desk.sees("คัดลอกแล้ว")
    return str(desk.page.evaluate("navigator.clipboard.readText()"))


def person_id(name: str) -> int:
    with database():
        return int(User.objects.get(username=name).pk)


def code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
