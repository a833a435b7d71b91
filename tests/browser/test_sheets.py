"""Thirty activities from Excel: what was read is seen, mended on the page, and taken."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from jitasa.activities.models import Activity
from jitasa.sheets import batches
from jitasa.sheets.models import SheetImport
from jitasa.sheets.tests.made import GOOD, told_apart, workbook_of
from tests.browser.conftest import Opener
from tests.browser.desk import DESKTOP, PHONE, THEMES, Desk
from tests.browser.one_at_a_time import database
from tests.cast import Cast

PICTURES = os.environ.get("JITASA_SHEET_PICTURES", "")  # a folder to look at them


ROW = {
    name: GOOD[name]
    for name in ("name", "kind", "start_date", "start_time", "place", "tambon_code", "result")
}


def look(desk: Desk, name: str) -> None:
    if PICTURES:
        desk.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def book_of(*rows: dict[str, object]) -> FilePayload:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "activities.xlsx", "mimeType": kind, "buffer": workbook_of(rows)}


def test_a_sheet_is_seen_mended_and_taken(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong", DESKTOP)
    page = anong.page
    anong.goes_to("/work/sheets/")
    look(anong, "start-1440")
    anong.page_is_sound()
    wrong = {**ROW, "name": "ปลูกป่าชายเลน", "start_date": "31/2/2569", "place": "คลองจิหลาด"}
    page.set_input_files("input[name=file]", book_of(dict(ROW), wrong))
    page.get_by_role("button", name="ดูทุกแถวก่อนนำเข้า").click()
    anong.heading_is("ทุกแถวก่อนนำเข้า")
    anong.sees("อ่านวันที่นี้ไม่ได้")
    look(anong, "review-1440")
    anong.page_is_sound()
    cell = page.locator("tr[data-row='1'] td[data-key=start_date]")
    cell.focus()
    page.keyboard.press("Enter")
    cell.locator("textarea").fill("21 พ.ย. 2569")
    page.keyboard.press("Enter")
    expect(cell.locator(".cell")).to_have_text("21 พ.ย. 2569")
    importing = page.locator("[data-import]")
    expect(importing).to_be_disabled()
    page.get_by_role("button", name="ตรวจอีกครั้ง").click()
    expect(importing).to_be_enabled()
    expect(page.locator("td.wrong").filter(has_text="อ่านวันที่นี้ไม่ได้")).to_have_count(0)
    importing.click()
    anong.heading_is("นำเข้าแล้ว")
    look(anong, "done-1440")
    anong.page_is_sound()
    assert set(Activity.objects.values_list("name", flat=True)) == {ROW["name"], "ปลูกป่าชายเลน"}


def test_several_cells_are_pasted_at_once_and_the_phone_scrolls(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong", PHONE)
    page = anong.page
    anong.goes_to("/work/sheets/")
    look(anong, "start-390")
    anong.page_is_sound()
    rows = "\t".join(["ชื่อกิจกรรม", "วันที่เริ่ม", "สถานที่"]) + "\nก\tx\tวัด\nข\ty\tวัด\n"
    page.get_by_label("หรือวางแถวจาก Excel").fill(rows)
    page.get_by_role("button", name="ดูทุกแถวก่อนนำเข้า").click()
    anong.heading_is("ทุกแถวก่อนนำเข้า")
    look(anong, "review-390")
    anong.page_is_sound()
    page.evaluate(
        """() => {
            const cell = document.querySelector("tr[data-row='0'] td[data-key=start_date]");
            const data = new DataTransfer();
            data.setData("text/plain", "20/11/2569\\tวัดถ้ำเสือ\\n21/11/2569\\tวัดแก้ว\\n");
            cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(page.locator("tr[data-row='1'] td[data-key=place] .cell")).to_have_text("วัดแก้ว")
    page.get_by_role("button", name="ตรวจอีกครั้ง").click()
    expect(page.locator("td[data-key=start_date].wrong")).to_have_count(0)
    anong.turns("dark")
    look(anong, "review-dark-390")
    anong.page_is_sound()


def looks_all_round(desk: Desk, name: str) -> None:
    """Both widths, both themes."""
    for size in (PHONE, DESKTOP):
        desk.page.set_viewport_size({"width": size[0], "height": size[1]})
        for theme in THEMES:
            desk.turns(theme)
            look(desk, f"{name}-{size[0]}-{theme}")
        desk.page_is_sound()
    desk.turns("light")


def test_a_large_sheet_is_checked_mended_and_taken_while_nobody_waits(
    page_for: Opener, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 3)  # what 500 are otherwise
    anong = page_for("anong", DESKTOP)
    page = anong.page
    rows = [{**ROW, **told_apart(n), "start_date": f"{n + 1}/11/2569"} for n in range(4)]
    wrong = {
        **ROW,
        "name": "ปลูกป่าชายเลนร่วมกับโรงเรียนบ้านคลองจิหลาดและกลุ่มอนุรักษ์ป่าชายเลน" * 2,
        "start_date": "31/2/2569",
    }
    anong.goes_to("/work/sheets/")
    page.set_input_files(
        "input[name=file]", book_of(*rows, wrong, {**wrong, "place": "คลองจิหลาด", "start_time": "เช้า"})
    )
    page.get_by_role("button", name="ดูทุกแถวก่อนนำเข้า").click()
    anong.heading_is("ทุกแถวก่อนนำเข้า")
    anong.sees("อ่านวันที่นี้ไม่ได้")
    looks_all_round(anong, "large-ready")
    page.get_by_role("button", name=re.compile("นำเข้า . แถวที่ถูกต้อง")).click()
    anong.heading_is("นำเข้าแล้ว")
    with database():
        assert Activity.objects.count() == 4
    cell = page.locator("tr[data-row='0'] td[data-key=start_date]")
    cell.focus()
    page.keyboard.press("Enter")
    cell.locator("textarea").fill("21 พ.ย. 2569")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="ตรวจอีกครั้ง").click()
    page.get_by_role("button", name=re.compile("นำเข้า . แถวที่ถูกต้อง")).click()
    anong.heading_is("นำเข้าแล้ว")
    with database():
        assert Activity.objects.count() == 5
    looks_all_round(anong, "large-done")
    with database():
        SheetImport.objects.update(stage="checking", row_count=10_000, to_do=10_000, done_count=3_500)
    page.reload()
    anong.sees("กำลังตรวจ 3,500 จาก 10,000 แถว")
    looks_all_round(anong, "large-checking")
    anong.goes_to("/work/sheets/")
    looks_all_round(anong, "large-start")
    page.go_back()
    with database():
        SheetImport.objects.update(stage="done")
    anong.heading_is("นำเข้าแล้ว")  # the page finds out by itself
