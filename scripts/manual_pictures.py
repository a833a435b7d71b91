"""Photograph the real screens for the manual: ``make docs``.

Starts a server on demonstration data of its own in a temporary folder, signs in as the people of the
demonstration and writes ``jitasa/manual/static/manual/pictures/<name>.webp``. A screen that cannot be
reached is reported and skipped; the manual shows nothing in its place.

    python scripts/manual_pictures.py [--data FOLDER] [--only NAME …] [--docs]

``--docs`` takes the pictures of the README instead, into ``docs/pictures``.
``--data`` uses a folder that already holds demonstration data. Needs Debian's chromium.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "jitasa" / "manual" / "static" / "manual" / "pictures"
DOCS = ROOT / "docs" / "pictures"
CHROMIUM = os.environ.get("JITASA_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none"]
DESKTOP, PHONE = (1200, 800), (390, 780)
PATIENCE = 60_000  # milliseconds: the picture of a report is drawn while its page waits for it
# What a picture waits for: nothing is being fetched by htmx, letters have their face, and no picture in sight
# is on its way (one that is hidden or further down may never be asked for).
SETTLED = """() => document.fonts.status === "loaded" && !document.querySelector(".htmx-request")
  && [...document.images].every((each) => each.complete || !each.getClientRects().length
    || each.getBoundingClientRect().top > innerHeight)"""
PAINTED = """() => Promise.all([...document.images].filter((each) => each.complete)
  .map((each) => each.decode().catch(() => 0)))"""


@dataclass(frozen=True)
class Shot:
    """One picture. ``steps`` are selectors clicked in order before it is taken.

    ``path`` is where to go, ``{month}`` in it this month.
    """

    name: str
    who: str
    path: str
    steps: tuple[str, ...] = ()
    tall: int = 0  # pixels, when the screen is worth more than the window shows

    @property
    def size(self) -> tuple[int, int]:
        wide, high = PHONE if self.name.endswith("-phone") else DESKTOP
        return wide, self.tall or high


FIRST_MAIL = ".mails .mail-link"
SHOTS = (
    Shot("sign-in", "", "/accounts/login/"),
    Shot("start-lao", "anong", "/work/"),
    Shot("start-lao-phone", "anong", "/work/"),
    Shot("record", "anong", "/work/activities/new/", tall=1000),
    Shot("record-phone", "anong", "/work/activities/new/"),
    Shot(
        "receipt", "anong", "/work/activities/?status=accepted", ("table.table tbody a", "a[href$='/sent/']")
    ),
    Shot("returned", "anong", "/work/activities/?status=returned", ("table.table tbody a",)),
    Shot("monthly-return", "anong", "/work/month/"),
    Shot("review", "ek", "/work/review/?month={month}", (FIRST_MAIL,), tall=900),
    Shot("review-record-phone", "ek", "/work/review/?show=flagged", (FIRST_MAIL,)),
    Shot(
        "review-return",
        "ek",
        "/work/review/?month={month}",
        (FIRST_MAIL, "[data-return]", "dialog[open] label.pill"),
    ),
    Shot(
        "review-compare",
        "ek",
        "/work/review/?show=flagged",
        (FIRST_MAIL, ".evidence a[href*='/compare/']"),
        tall=1000,
    ),
    Shot("board", "ek", "/work/month/", tall=1000),
    Shot("compile", "fah", "/work/month/", ("form[action$='/compile/'] button",)),
    Shot("registry", "ek", "/work/organizations/"),
    Shot("people", "boonmee", "/work/organizations/people/"),
    Shot(  # the last of his: he stays in his second office
        "approve",
        "boonmee",
        "/work/",
        (
            ".office-switch summary",
            ".office-switch button[aria-pressed=false]",
            ".my-work li:has-text('รออนุมัติ') a.btn",
        ),
    ),
    Shot("settings", "fah", "/work/rounds/"),
    Shot("lists", "fah", "/work/rounds/lists/return-reasons/"),
    Shot("letter", "dao", "/work/letters/", ("main a[href^='/work/letters/0']",), tall=1000),
    Shot("letter-write", "ek", "/work/letters/new/", tall=1000),
    Shot("letter-follow", "fah", "/work/letters/sent/", ("main a[href$='/follow/']",), tall=900),
    Shot("materials", "anong", "/work/publicity/materials/", tall=900),
    Shot(
        "broadcast",
        "anong",
        "/work/publicity/materials/",
        ("main a[href^='/work/publicity/materials/']:not([href*='new'])", "a[href*='/broadcasts/new/']"),
    ),
    Shot("account-security", "anong", "/accounts/security/"),
    Shot("account-posts", "boonmee", "/work/organizations/people/mine/"),
    Shot("calendar", "anong", "/work/occasions/?month={month}", tall=1000),
    Shot(
        "occasion-board",
        "ek",
        "/work/occasions/?month={month}",
        (".days a[href^='/work/month/occasions/']",),
        tall=1000,
    ),
    Shot("start-centre", "hathai", "/work/", tall=1000),
)

SHOTS_OF_DOCS = (
    Shot("front", "", "/"),
    Shot(
        "campaign",
        "fah",
        "/work/publicity/campaigns/",
        ("main a:has-text('สื่อวันพ่อแห่งชาติ')",),
    ),
    Shot(
        "occasion",
        "ek",
        "/work/occasions/?month={month}",
        (".days a[href^='/work/month/occasions/']",),
    ),
)


def main() -> int:
    """Take every picture asked for; the exit code is 1 when one could not be taken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a folder that holds demonstration data")
    parser.add_argument("--only", nargs="+", default=[], help="names of pictures")
    parser.add_argument("--docs", action="store_true", help="the pictures of the README")
    asked = parser.parse_args()
    listed, folder = (SHOTS_OF_DOCS, DOCS) if asked.docs else (SHOTS, PICTURES)
    shots = [shot for shot in listed if not asked.only or shot.name in asked.only]
    if not Path(CHROMIUM).exists():
        print(f"ไม่พบ {CHROMIUM} ติดตั้งด้วย: apt-get install chromium", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as made,
        server(asked.data or Path(made), seeded=bool(asked.data)) as base,
    ):
        failed = take_all(base, shots, folder)
    return 1 if failed else 0


def take_all(base: str, shots: list[Shot], folder: Path) -> list[str]:
    """Names of the pictures that could not be taken."""
    folder.mkdir(parents=True, exist_ok=True)
    failed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        people: dict[tuple[str, bool], BrowserContext] = {}
        for shot in shots:
            key = (shot.who, shot.name.endswith("-phone"))
            people[key] = people.get(key) or signed_in(browser, base, shot)
            if not take(people[key], base, shot, folder):
                failed.append(shot.name)
        browser.close()
    return failed


def take(context: BrowserContext, base: str, shot: Shot, folder: Path) -> bool:
    """One picture; says why not when it cannot be taken."""
    page = context.new_page()
    page.set_viewport_size({"width": shot.size[0], "height": shot.size[1]})
    try:
        go(page, base + shot.path.format(month=this_month()))
        for step in shot.steps:
            page.locator(step).locator("visible=true").first.click(timeout=PATIENCE)
            settle(page)
        save(page, folder / f"{shot.name}.webp")
    except Exception as problem:  # the next picture may well be fine
        print(f"  – {shot.name}: {str(problem).splitlines()[0]}", file=sys.stderr)
        return False
    finally:
        page.close()
    print(f"  ✓ {shot.name}")
    return True


def this_month() -> str:
    """``2569-11``: the pictures of the newest records are the first that are prepared."""
    now = time.localtime()
    return f"{now.tm_year + 543}-{now.tm_mon:02}"


def go(page: Page, url: str) -> None:
    answer = page.goto(url, timeout=PATIENCE)
    if answer is None or not answer.ok:
        raise RuntimeError(f"{url}: {answer.status if answer else 'no answer'}")
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page shows what it will show; the network may go on (the next record's pictures)."""
    page.wait_for_timeout(500)  # what a press begins has begun
    page.wait_for_load_state("load", timeout=PATIENCE)
    page.wait_for_function(SETTLED, timeout=PATIENCE)
    page.evaluate(PAINTED)
    page.wait_for_timeout(500)


def save(page: Page, path: Path) -> None:
    """WebP at twice the pixels, so that print is sharp."""
    import pyvips

    image = pyvips.Image.new_from_buffer(page.screenshot(), "")
    image.webpsave(str(path), Q=72, strip=True)


def signed_in(browser: Browser, base: str, shot: Shot) -> BrowserContext:
    """A browser of the person in the light theme."""
    context = browser.new_context(device_scale_factor=1.5, locale="th-TH", color_scheme="light")
    if shot.who:
        page = context.new_page()
        go(page, f"{base}/accounts/login/")
        page.fill("[name=login]", shot.who)
        page.fill("[name=password]", f"jitasa-{shot.who}")
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url, timeout=PATIENCE)
        page.close()
    return context


@contextmanager
def server(data: Path, *, seeded: bool) -> Iterator[str]:
    """The product on a free port over demonstration data."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"JITASA_DATA_DIR": str(data), "JITASA_DEBUG": "1", "JITASA_MFA_REQUIRED": "0"}
    jitasa = str(Path(sys.executable).with_name("jitasa"))
    if not seeded:
        for command in (["migrate", "-v", "0"], ["seed-demo"], ["worker", "--once"], ["pictures", "--once"]):
            subprocess.run([jitasa, *command], env=environment, check=True)
    command = [jitasa, "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{port}"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(f"{base}/manual/", process)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(180):
        if process.poll() is not None:
            raise SystemExit("เซิร์ฟเวอร์ไม่เริ่มทำงาน ลองสั่ง jitasa check")
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"{url} ไม่ตอบ")


if __name__ == "__main__":
    raise SystemExit(main())
