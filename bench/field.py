"""The recording page on a phone: 390 × 844, processor slowed four times, slow 4G; as it is served, with fresh data.

    make bench ONLY=field

Prints what the first visit costs (kB over the wire, seconds until the form can be used), the next one from the worker,
and four photos of 2.6 MB: seconds until day and place stand there, until all four have arrived; and the minute: from
"บันทึกกิจกรรม" on the start page to the receipt, taking what is proposed, with the machine's part of each tap. Beside the
seconds stands what the page's own thread cost of the processor, slowed as it is, and what of that was scripts, styles
and layout.
``BENCH_JSON`` names a file that the figures are written to.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FOLDER = tempfile.TemporaryDirectory(prefix="jitasa-field-")
os.environ |= {"JITASA_DATA_DIR": FOLDER.name, "JITASA_DATABASE_URL": ""}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")

import django

django.setup()

import pyvips
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import CDPSession, FilePayload, Page, sync_playwright

from bench.browser import Clerk
from bench.data import PASSWORD, prepare
from jitasa.activities.models import Activity
from jitasa.demo.pictures import Shot, draw
from jitasa.thai.dates import add_months, today

PORT = int(os.environ.get("BENCH_PORT", "8371"))
SITE = f"http://localhost:{PORT}"
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
PHOTO_BYTES = 2_600_000
PLACE = (8.0405, 98.8102)  # of the photos, and of the office's earlier record
READY = "#record[data-ready]"
FIGURES: list[dict[str, str | float]] = []


@contextmanager
def server() -> Iterator[None]:
    command = [sys.executable, "-m", "jitasa.config", "serve", "--web-only", "--port", str(PORT)]
    process = subprocess.Popen(command)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def photo(seed: int) -> FilePayload:
    """4,000 × 3,000 points of about 2.6 MB, with time and place."""
    drawn = pyvips.Image.new_from_buffer(draw(Shot("beach", seed, timezone.now(), PLACE)), "")
    grain = pyvips.Image.gaussnoise(4096, 3072, sigma=14, seed=seed)
    image = (drawn.resize(4) + grain).cast("uchar").copy(interpretation="srgb")
    image.set_type(pyvips.GValue.blob_type, "exif-data", drawn.get("exif-data"))
    data = min(
        (bytes(image.jpegsave_buffer(Q=quality)) for quality in (80, 86, 90, 91, 92, 94)),
        key=lambda each: abs(len(each) - PHOTO_BYTES),
    )
    return {"name": f"IMG_{seed}.jpg", "mimeType": "image/jpeg", "buffer": data}


class Wire:
    """Bytes that came over the wire, headers included."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        self.names: dict[str, str] = {}
        self.of: dict[str, int] = {}
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)

    def _asked(self, event: dict[str, Any]) -> None:
        self.names[event["requestId"]] = event["request"]["url"].removeprefix(SITE)

    def _came(self, event: dict[str, Any]) -> None:
        size = int(event["encodedDataLength"])
        self.bytes += size
        name = self.names.get(event["requestId"], "?")
        self.of[name] = self.of.get(name, 0) + size

    def heaviest(self, most: int = 12) -> str:
        """The largest answers, a line each."""
        rows = sorted(self.of.items(), key=lambda each: -each[1])[:most]
        return "\n".join(f"  {size / 1000:6.1f} kB  {name}" for name, size in rows)


def slowed(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return session


def processor(session: CDPSession) -> tuple[float, str]:
    """Milliseconds of the (slowed) processor that the page's thread has used since it was opened, and for what."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    ms = {each["name"]: 1000 * float(each["value"]) for each in metrics if each["name"].endswith("Duration")}
    parts = (("Script", "scripts"), ("RecalcStyle", "styles"), ("Layout", "layout"))
    words = ", ".join(f"{label} {ms[f'{name}Duration']:.0f}" for name, label in parts)
    return ms["TaskDuration"], f"{ms['TaskDuration']:.0f} ms of processor ({words})"


def tell(name: str, value: float, words: str) -> None:
    """Print a figure and keep it."""
    FIGURES.append({"name": name, "value": round(value, 2), "unit": name.rsplit("_", 1)[1]})
    print(words)


def until(page: Page, expression: str, seconds: float) -> None:
    """Wait until the page says yes. Asked from outside: the page's policy lets no text be run inside it."""
    end = time.perf_counter() + seconds
    while not page.evaluate(expression):
        if time.perf_counter() > end:
            raise TimeoutError(expression)
        time.sleep(0.05)


def visit(page: Page, path: str) -> float:
    began = time.perf_counter()
    page.goto(f"{SITE}{path}", wait_until="commit")
    page.wait_for_selector(READY, timeout=60_000)
    return time.perf_counter() - began


def measured(page: Page) -> None:
    session = slowed(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    wire = Wire(session)
    first = visit(page, "/work/activities/new/")
    (cost, what), size = processor(session), wire.bytes / 1000
    tell("field_first_s", first, f"first visit: usable after {first:.1f} s, {what}")
    tell("field_first_cpu_ms", cost, f"until then {size:.0f} kB over the wire, of {len(wire.of)} answers")
    print(wire.heaviest())
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null", 120)
    size = wire.bytes / 1000
    tell("field_first_kb", size, f"with what came after that: {size:.0f} kB, of {len(wire.of)} answers")
    print(wire.heaviest(80))
    again = visit(page, "/field/?new=1")
    cost, what = processor(session)
    tell(
        "field_next_s",
        again,
        f"next visit: usable after {again:.2f} s from the device, {what}",
    )
    tell("field_next_cpu_ms", cost, f"and {wire.bytes / 1000 - size:.0f} kB over the wire")
    photos(page)
    minute(page)


def photos(page: Page) -> None:
    chosen = [photo(seed) for seed in (1, 2, 3, 4)]
    before = sum(len(each["buffer"]) for each in chosen)
    began = time.perf_counter()
    page.locator("#photo_files").set_input_files(chosen)
    until(page, "document.querySelector('#id_start_date').value !== ''", 120)
    told = time.perf_counter() - began
    tell(
        "field_day_s",
        told,
        f"day and place of {len(chosen)} photos of {before / 4e6:.1f} MB: after {told:.1f} s",
    )
    until(page, "document.querySelectorAll('#shots .shot[data-sha]').length === 4", 300)
    came = time.perf_counter() - began
    tell("field_photos_s", came, f"all four have arrived after {came:.1f} s")


def minute(page: Page) -> None:
    """A record with four photos from the start page to its receipt, by what is proposed; the machine's part alone."""
    page.goto(f"{SITE}/work/")
    chosen, steps = [photo(seed) for seed in (5, 6, 7, 8)], []

    def tap(words: str, act: Callable[[], object], seen: str) -> None:
        began = time.perf_counter()
        act()
        page.wait_for_selector(seen)
        steps.append((words, time.perf_counter() - began))

    record = page.get_by_role("link", name="บันทึกกิจกรรม").locator("visible=true").first
    tap("บันทึกกิจกรรม", record.click, READY)
    pictures = page.locator("#photo_files")
    tap("เลือกภาพ 4 ภาพ", lambda: pictures.set_input_files(chosen), "#offers-record .offer")
    like_before = page.locator("#offers-record .offer").first
    tap("เหมือนบันทึกครั้งก่อน", like_before.click, "#offers-people .offer")
    people = page.locator("#offers-people .offer").first
    tap("จำนวนคนเหมือนครั้งก่อน", people.click, "#shots .shot[data-sha]:nth-of-type(4)")
    send = page.get_by_role("button", name="ส่งให้ผู้ตรวจ").locator("visible=true").first
    tap("ส่ง", send.click, "h1:has-text('ส่งแล้ว')")
    total = sum(seconds for _words, seconds in steps)
    tell("field_minute_s", total, f"a record of four photos, {len(steps)} taps: {total:.1f} s of the machine")
    print(
        "\n".join(f"  {number}. {words}: {seconds:.1f} s" for number, (words, seconds) in enumerate(steps, 1))
    )


def recorded_before(clerk: Clerk) -> None:
    """What the office did where the photos are taken, a month ago: from it the page proposes."""
    clerk.record(visit=True)
    before = add_months(today(timezone.now()), -1)
    Activity.objects.update(
        latitude=PLACE[0], longitude=PLACE[1], point_source="map", start_date=before, end_date=before
    )


def main() -> int:
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    name = prepare()[0]
    with server():
        clerk = Clerk(PORT, name, PASSWORD, 1)
        while not clerk.is_up():
            time.sleep(0.2)
        clerk.sign_in()
        recorded_before(clerk)
        on_the_phone(clerk.cookies["sessionid"])
    if os.environ.get("BENCH_JSON"):
        Path(os.environ["BENCH_JSON"]).write_text(json.dumps(FIGURES, indent=1))
    return 0


def on_the_phone(session: str) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": 390, "height": 844},
            device_scale_factor=3,  # as a telephone has it
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            has_touch=True,
        )
        context.set_default_timeout(300_000)
        context.add_cookies([{"name": "sessionid", "value": session, "url": SITE}])
        measured(context.new_page())
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
