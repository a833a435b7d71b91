"""Pages that stay open from one journey to the next, emptied in between.

A page of a new browser context costs a process, with every script and font read anew: as much as two pages more.
Whoever changes a page for good (:data:`CHANGES`) has it for herself: it is closed at the end.
"""

from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Error as PlaywrightError

from tests.browser.days import BROWSERS_CLOCK
from tests.browser.desk import Desk, Theme
from tests.browser.one_at_a_time import BETWEEN, take_what_stays

PATIENCE = 90_000  # ms: crowded machines are slow, not wrong; what is there is seen at once
STORES = "local_storage,indexeddb,cache_storage,service_workers,file_systems"
# What the next journey would find again, or what cannot be taken back.
CHANGES = {
    "page": ("add_init_script", "close", "expose_binding", "expose_function", "on", "once", "route"),
    "context": ("add_init_script", "expose_binding", "grant_permissions", "new_cdp_session", "new_page", "route"),
}  # fmt: skip
Motion = Literal["no-preference", "reduce"]


def new_context(browser: Browser, size: tuple[int, int], **options: Any) -> BrowserContext:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="th-TH", timezone_id="Asia/Bangkok",
        has_touch=is_touched(size), **{"service_workers": "block", **options},
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    context.add_init_script(BROWSERS_CLOCK)
    return context


def is_touched(size: tuple[int, int]) -> bool:
    return size[0] < 600


class KeptPage:
    """One page, and whether a journey did to it what another would find."""

    def __init__(self, browser: Browser, size: tuple[int, int]) -> None:
        self.context = new_context(browser, size)
        self.page = self.context.new_page()
        self.touched, self.changed = is_touched(size), False
        self._session = self.context.new_cdp_session(self.page)
        for thing, names in ((self.page, CHANGES["page"]), (self.context, CHANGES["context"])):
            for name in names:
                setattr(thing, name, self._noted(getattr(thing, name)))

    def _noted(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any, **named: Any) -> Any:
            self.changed = True
            return act(*given, **named)

        return noted

    def begins(self, size: tuple[int, int], color_scheme: Theme, reduced_motion: Motion) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)

    def empties(self, site: str) -> None:
        """Nothing that a journey left is there for the next."""
        page = self.page
        self.context.set_offline(False)
        page.mouse.move(-1, -1)  # nothing lies under it
        page.goto(f"{site}{BETWEEN}")
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); window.name = ''; }")
        self.context.clear_cookies()
        self._session.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": STORES})
        if take_what_stays():
            self._session.send("Network.clearBrowserCache")
        self._session.send("Page.resetNavigationHistory")


class KeptPages:
    """Those of one browser, by whether they are touched or pointed at."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[bool, list[KeptPage]] = {True: [], False: []}
        self._used: list[tuple[KeptPage, Desk]] = []

    def take(
        self, name: str, site: str, size: tuple[int, int], *,
        color_scheme: Theme = "light", reduced_motion: Motion = "no-preference",
    ) -> Desk:  # fmt: skip
        free = self._free[is_touched(size)]
        kept = free.pop() if free else KeptPage(self._browser, size)
        kept.begins(size, color_scheme, reduced_motion)
        desk = Desk(name=name, page=kept.page, site=site)
        kept.changed = False  # whom the desk tells of the page is known and ends with it
        self._used.append((kept, desk))
        return desk

    def give_back(self, *, sound: bool) -> None:
        """All that a journey took; those of one that failed are closed, whatever is wrong with them."""
        used, self._used = self._used, []
        for kept, desk in used:
            if sound and not kept.changed and self._emptied(kept, desk):
                self._free[kept.touched].append(kept)
            else:
                kept.context.close()

    def _emptied(self, kept: KeptPage, desk: Desk) -> bool:
        desk.leaves()
        try:
            kept.empties(desk.site)
        except PlaywrightError:  # crashed, or it does not leave
            return False
        return True
