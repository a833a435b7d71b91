"""Photograph every screen of the product and say what a machine can see wrong with it.

    python scripts/every_screen.py [--site URL] [--data FOLDER] [--out FOLDER] [--widths 390 1366 1440]
                                   [--only ROUTE …] [--who PERSON …] [--plan]

Without ``--site`` a server with demonstration data of its own is started. Each person of the demonstration is
followed through all links from their start page; every route (and every tab or view of it) is photographed as
the first two people who see it, where its page is fullest: at each width in the light and in the dark. Written
into ``--out``: ``plan.json`` (what is looked at; used again when it is there), ``<width>/…png``, ``found-<width>.txt``
(overflow, cut words, things over things, small targets, axe, the console, addresses that were refused, Thai
words broken inside) and contact sheets ``sheet-<width>-<theme>-<n>.png``. Needs Debian's chromium.
"""

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pyvips
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")

from manual_pictures import CHROMIUM, FLAGS, PAINTED, PATIENCE, SETTLED, server  # noqa: E402

LOOK = (ROOT / "scripts" / "every_screen.js").read_text(encoding="utf-8")
AXE = (ROOT / "tests" / "browser" / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PEOPLE = ("anong", "fah", "ek", "boonmee", "dao", "hathai", "guest", "")  # "" has not signed in
STARTS = ("/work/", "/", "/field/", "/manual/", "/data/", "/accounts/security/", "/work/find/?q=อ่าวนาง")
NO_PAGE = re.compile(
    r"\.(pdf|png|jpe?g|webp|docx|xlsx|csv|json|geojson|ics|xml|zip|txt)$|/logout/|/atom|/export"
)
PUBLIC = re.compile(r"portal:|manual:|opendata:|front|receipt|api:|field:|account")  # the same for everybody
VIEWS = {"tab", "view", "by"}  # keys of a query that make another screen
VIEWS_OF_ONE, ASKED_OF_ONE, SEEN_BY = 2, 2, 2
SHEET = 1440  # pixels across a sheet
COLUMNS = 3  # parts of one page at most


@dataclass
class Screen:
    """One page as one person sees it."""

    name: str
    who: str
    path: str
    size: int = 0

    @property
    def file(self) -> str:
        return re.sub(r"[^\w=-]+", "_", f"{self.name}_{self.who or 'nobody'}")


# --- what there is -------------------------------------------------------------------------------------------
def plan(browser: Browser, site: str, kept: Path) -> None:
    """Every screen that the people of the demonstration come to by following links; person by person into ``kept``."""
    best: dict[str, dict[str, Screen]] = {}
    walked: list[str] = []
    if kept.exists():
        told = json.loads(kept.read_text())
        walked = told["walked"]
        for row in told["screens"]:
            best.setdefault(row["name"], {})[row["who"]] = Screen(**row)
    for who in [each for each in PEOPLE if each not in walked]:
        context = signed_in(browser, site, who, 1440)
        for screen in walk(context, site, who, set(best)):
            seen = best.setdefault(screen.name, {})
            if who in seen:
                seen[who] = max(seen[who], screen, key=lambda each: each.size)
            elif len(seen) < (1 if PUBLIC.match(screen.name) else SEEN_BY) or screen.name == "home:start":
                seen[who] = screen
        context.close()
        walked.append(who)
        screens = [asdict(screen) for name in sorted(best) for screen in best[name].values()]
        kept.write_text(json.dumps({"walked": walked, "screens": screens}, ensure_ascii=False, indent=0))
        print(f"  {who or 'nobody'}: {len(screens)} screens so far", flush=True)


def walk(context: BrowserContext, site: str, who: str, known: set[str]) -> Iterator[Screen]:
    """Page by page; what is the same for everybody and known is not asked for again."""
    waiting, asked, times = list(STARTS), set[str](), dict[str, int]()
    views: dict[str, set[str]] = {}
    while waiting:
        path = waiting.pop(0)
        name = name_of(path, views)
        if path in asked or not name or times.get(name, 0) >= ASKED_OF_ONE:
            continue
        if name in known and PUBLIC.match(name):
            continue
        asked.add(path)
        times[name] = times.get(name, 0) + 1
        answer = context.request.get(site + path, timeout=PATIENCE, max_redirects=5)
        if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if "/login/" in answer.url and "/login/" not in path:
            continue
        body = answer.text()
        yield Screen(name, who, path, len(body))
        for link in re.findall(r'<a\s[^>]*?href="([^"]+)"', body):
            url = urlsplit(urljoin(site + path, unescape(link)))
            if f"{url.scheme}://{url.netloc}" == site and not NO_PAGE.search(url.path):
                waiting.append(url.path + (f"?{url.query}" if url.query else ""))


def name_of(path: str, views: dict[str, set[str]]) -> str:
    """The route of an address, with the view of it; empty for what is no page of ours or a view too many."""
    from django.urls import Resolver404, resolve

    url = urlsplit(path)
    try:
        name = resolve(url.path).view_name or url.path
    except Resolver404:
        return ""
    view = "&".join(f"{key}={value}" for key, value in parse_qsl(url.query) if key in VIEWS)
    known = views.setdefault(name, set())
    if view and view not in known:
        if len(known) >= VIEWS_OF_ONE:
            return ""
        known.add(view)
    return f"{name}?{view}" if view else name


# --- looking ---------------------------------------------------------------------------------------------------
def look(browser: Browser, site: str, screens: list[Screen], width: int, out: Path) -> None:
    """Each screen at one width in both themes: its pictures and what is wrong with it."""
    folder = out / str(width)
    folder.mkdir(parents=True, exist_ok=True)
    people: dict[str, BrowserContext] = {}
    with (out / f"found-{width}.txt").open("a", encoding="utf-8") as report:
        for screen in screens:
            if (folder / f"{screen.file}-dark.png").exists():
                continue  # begun before and ended
            context = people.get(screen.who) or signed_in(browser, site, screen.who, width)
            people[screen.who] = context
            for row in look_at(context, site, screen, folder):
                report.write(f"{screen.name} [{screen.who}] {row}\n")
            report.flush()


def look_at(context: BrowserContext, site: str, screen: Screen, folder: Path) -> list[str]:
    page, heard = context.new_page(), list[str]()
    page.on("console", lambda m: heard.append(f"console: {m.text[:160]}") if m.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(f"console: {error}"))
    page.on("response", lambda r: heard.append(f"refused: {r.status} {r.url}") if r.status >= 400 else None)
    try:
        page.goto(site + screen.path, timeout=PATIENCE)
        settle(page)
        page.screenshot(path=folder / f"{screen.file}-light.png", full_page=True, timeout=PATIENCE)
        seen: dict[str, Any] = page.evaluate(LOOK)
        heard += [
            f"{kind}: {where}: {words}" for kind, where, words in dict.fromkeys(map(tuple, seen["found"]))
        ]
        heard += list(dict.fromkeys(wrong_breaks(seen["broken"])))
        if page.viewport_size and seen["high"] > 6 * page.viewport_size["height"]:
            heard.append(f"long: {seen['high'] / page.viewport_size['height']:.1f} screens")
        page.evaluate("scrollTo(0, 0)")
        page.evaluate(AXE)
        heard += axe(page, {"type": "tag", "values": RULES})
        page.emulate_media(color_scheme="dark")
        page.wait_for_timeout(150)
        page.screenshot(path=folder / f"{screen.file}-dark.png", full_page=True, timeout=PATIENCE)
        heard += [f"dark {each}" for each in axe(page, {"type": "rule", "values": ["color-contrast"]})]
    except Exception as problem:  # the next one may well be fine
        heard.append(f"not seen: {str(problem).splitlines()[0]}")
    finally:
        page.close()
    return heard


def axe(page: Page, only: dict[str, Any]) -> list[str]:
    found = page.evaluate(
        "async (only) => (await axe.run(document, {runOnly: only, resultTypes: ['violations']})).violations",
        only,
    )
    return [f"axe {each['id']}: {[n['target'] for n in each['nodes'][:3]]}" for each in found]


def wrong_breaks(broken: list[tuple[str, str, int]]) -> Iterator[str]:
    """Lines that end inside a Thai word, by the dictionary with which documents are set."""
    from jitasa.documents.pieces import MAY_BREAK
    from jitasa.documents.words import with_breaks

    for where, text, at in broken:
        start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
        run = re.split(r"\s", text[start:])[0]
        here, ends = at - start, 0
        for piece in with_breaks(run).split(MAY_BREAK):
            ends += len(piece)
            if ends == here:
                break
            if ends > here:
                yield f"word broken: {where}: {text[max(0, at - 12) : at].strip()}|{text[at : at + 12].strip()}"
                break


def settle(page: Page) -> None:
    page.wait_for_load_state("load", timeout=PATIENCE)
    page.wait_for_function(SETTLED, timeout=20_000)
    page.evaluate(PAINTED)
    page.wait_for_timeout(250)


def signed_in(browser: Browser, site: str, who: str, width: int) -> BrowserContext:
    size = ViewportSize(width=width, height={390: 844, 1366: 768}.get(width, 900))
    context = browser.new_context(
        viewport=size, locale="th-TH", color_scheme="light", reduced_motion="reduce",
        has_touch=width < 500, is_mobile=width < 500, service_workers="block",
    )  # fmt: skip
    if who:
        page = context.new_page()
        page.goto(f"{site}/accounts/login/", timeout=PATIENCE)
        page.fill("[name=login]", who)
        page.fill("[name=password]", f"jitasa-{who}")
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url, timeout=PATIENCE)
        page.close()
    return context


# --- sheets ------------------------------------------------------------------------------------------------------
def sheets(screens: Iterable[Screen], width: int, theme: str, out: Path) -> int:
    """Several pages to a picture, side by side and one below the other; how many pictures there are."""
    wide, high = (280, 1400) if width < 500 else (560, 1120)
    done, columns = 0, [[] for _each in range(SHEET // wide)]  # type: ignore[var-annotated]  # pictures
    for tile in tiles(screens, width, theme, out, wide, high):
        column = min(columns, key=lambda each: sum(part.height for part in each))
        if sum(part.height for part in column) + tile.height > high + 40:
            done += 1
            _write(columns, out / f"sheet-{width}-{theme}-{done:02}.png")
            columns = [[] for _each in columns]
            column = columns[0]
        column.append(tile)
    if any(columns):
        done += 1
        _write(columns, out / f"sheet-{width}-{theme}-{done:02}.png")
    return done


def tiles(
    screens: Iterable[Screen], width: int, theme: str, out: Path, wide: int, high: int
) -> Iterator[pyvips.Image]:
    """Each page with its name above it, made smaller; a long one in parts, at most ``COLUMNS``."""
    for screen in screens:
        path = out / str(width) / f"{screen.file}-{theme}.png"
        if not path.exists():
            continue
        picture = pyvips.Image.new_from_file(str(path)).colourspace("srgb")[:3].resize(wide / width)
        most = COLUMNS if width < 500 else 1
        for top in list(range(0, picture.height, high))[:most]:
            part = picture.crop(0, top, wide, min(high, picture.height - top))
            part = part.embed(0, 20, wide, part.height + 24, extend="background", background=[128, 128, 128])
            words = pyvips.Image.text(f"{screen.name} {screen.who} {'…' if top else ''}", font="sans 9")[0]
            yield part.insert(words.bandjoin([words, words]).copy(interpretation="srgb"), 4, 2)


def _write(columns: list[list[pyvips.Image]], path: Path) -> None:
    joined = [_stacked(each) for each in columns if each]
    pyvips.Image.arrayjoin(joined, across=len(joined), shim=6).write_to_file(str(path))


def _stacked(parts: list[pyvips.Image]) -> pyvips.Image:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.join(part, "vertical")
    return whole


def main() -> int:
    """Look at everything; the exit code is 1 when nothing could be looked at."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", help="a running demonstration, http://localhost:8000")
    parser.add_argument("--data", type=Path, help="a folder that holds demonstration data")
    parser.add_argument("--out", type=Path, default=Path("screens"))
    parser.add_argument("--widths", type=int, nargs="+", default=[390, 1366, 1440])
    parser.add_argument("--only", nargs="+", default=[], help="routes")
    parser.add_argument("--who", nargs="+", default=[])
    parser.add_argument("--plan", action="store_true", help="only find out what there is")
    asked = parser.parse_args()
    import django

    django.setup()
    asked.out.mkdir(parents=True, exist_ok=True)
    with place(asked) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        kept = asked.out / "plan.json"
        plan(browser, site, kept)
        screens = [Screen(**each) for each in json.loads(kept.read_text())["screens"]]
        screens = [s for s in screens if not asked.only or s.name.split("?")[0] in asked.only]
        screens = [s for s in screens if not asked.who or s.who in asked.who]
        print(f"{len(screens)} screens")
        for width in [] if asked.plan else asked.widths:
            look(browser, site, screens, width, asked.out)
            for theme in ("light", "dark"):
                print(f"{width} {theme}: {sheets(screens, width, theme, asked.out)} sheets", flush=True)
        browser.close()
    return 0 if screens else 1


@contextmanager
def place(asked: argparse.Namespace) -> Iterator[str]:
    if asked.site:
        yield asked.site.rstrip("/")
        return
    with (
        nullcontext(str(asked.data)) if asked.data else tempfile.TemporaryDirectory() as folder,
        server(Path(folder), seeded=bool(asked.data)) as site,
    ):
        yield site


if __name__ == "__main__":
    raise SystemExit(main())
