"""The recording page on a phone: 390 × 844, processor slowed four times, slow 4G; as it is served, with fresh data.

    make bench ONLY=field

Prints what the first visit costs (kB over the wire, seconds until the form can be used), the next one from the worker,
and four photos of 2.6 MB: seconds until day and place stand there, until all four have arrived.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
from jitasa.demo.pictures import Shot, draw

PORT = int(os.environ.get("BENCH_PORT", "8371"))
SITE = f"http://localhost:{PORT}"
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
PHOTO_BYTES = 2_600_000
READY = "document.querySelector('#record')?.dataset.ready !== undefined"


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
    drawn = pyvips.Image.new_from_buffer(draw(Shot("beach", seed, timezone.now(), (8.0405, 98.8102))), "")
    grain = pyvips.Image.gaussnoise(4096, 3072, sigma=14, seed=seed)
    image = (drawn.resize(4) + grain).cast("uchar").copy(interpretation="srgb")
    image.set_type(pyvips.GValue.blob_type, "exif-data", drawn.get("exif-data"))
    data = min(
        (bytes(image.jpegsave_buffer(Q=quality)) for quality in (80, 86, 90, 94)),
        key=lambda each: abs(len(each) - PHOTO_BYTES),
    )
    return {"name": f"IMG_{seed}.jpg", "mimeType": "image/jpeg", "buffer": data}


class Wire:
    """Bytes that came over the wire, headers included."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._came)

    def _came(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])


def slowed(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return session


def visit(page: Page, path: str) -> float:
    began = time.perf_counter()
    page.goto(f"{SITE}{path}", wait_until="commit")
    page.wait_for_function(READY, timeout=60_000)
    return time.perf_counter() - began


def measured(page: Page) -> None:
    session = slowed(page)
    wire = Wire(session)
    first = visit(page, "/work/activities/new/")
    print(f"first visit: usable after {first:.1f} s, {wire.bytes / 1000:.0f} kB over the wire")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("async () => navigator.serviceWorker.controller !== null", timeout=120_000)
    print(f"with what the worker keeps: {wire.bytes / 1000:.0f} kB of the page's own requests")
    print(f"next visit: usable after {visit(page, '/field/?new=1'):.2f} s from the device")
    photos(page)


def photos(page: Page) -> None:
    chosen = [photo(seed) for seed in (1, 2, 3, 4)]
    before = sum(len(each["buffer"]) for each in chosen)
    began = time.perf_counter()
    page.locator("#photo_files").set_input_files(chosen)
    page.wait_for_function("document.querySelector('#id_start_date').value !== ''", timeout=120_000)
    print(
        f"day and place of {len(chosen)} photos of {before / 4e6:.1f} MB: after {time.perf_counter() - began:.1f} s"
    )
    page.wait_for_function(
        "document.querySelectorAll('#shots .shot[data-sha]').length === 4", timeout=300_000
    )
    print(f"all four have arrived after {time.perf_counter() - began:.1f} s")


def main() -> int:
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    name = prepare()[0]
    with server(), sync_playwright() as driver:
        clerk = Clerk(PORT, name, PASSWORD, 1)
        while not clerk.is_up():
            time.sleep(0.2)
        clerk.sign_in()
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="th-TH", timezone_id="Asia/Bangkok", has_touch=True
        )
        context.add_cookies([{"name": "sessionid", "value": clerk.cookies["sessionid"], "url": SITE}])
        measured(context.new_page())
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
