"""Somebody at a browser: the page they look at, and what must be true of every page."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import BrowserContext, ConsoleMessage, FloatRect, Locator, Page, Request, expect
from playwright.sync_api import Error as PlaywrightError

from tests.browser.one_at_a_time import AXE, LAST_ANSWERS, axe_script, last_answers

PHONE, DESKTOP = (390, 844), (1440, 900)
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
MOST_WORDS = 3_000
HAS_AXE = f"() => Boolean(globalThis.axe) || import('{AXE}').then(() => true, () => false)"  # false: no line
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A refusal is an answer: the browser also notes it in its console.
ANSWERS = re.compile(
    r"Failed to load resource: the server responded with a status of (400|401|403|404|409|413|422)"
)

# The page withdrew a question because a newer one stands for it (``hx-sync``); htmx writes that into the
# console too. A question that failed says ``sendError``, ``responseError`` or ``timeout`` beside ``afterRequest``.
WITHDRAWN = re.compile(r"^htmx:(sendAbort|afterRequest)\b")

# JavaScript: a pen that measures words as the box ``each`` writes them, and the room there is in it. The font is put
# together, for the shorthand ``style.font`` is empty in some versions of Chromium: the pen keeps its own then, unsaid.
PEN = """
  const style = getComputedStyle(each), pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  if (!pen.font.includes(style.fontSize)) throw new Error(`the pen writes in ${pen.font}`);
  const room = each.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
"""


@dataclass
class Desk:
    """``problems`` collects what the browser complains of; the fixture fails the test on any."""

    name: str
    page: Page
    site: str
    problems: list[str] = field(default_factory=list)
    no_network: bool = False  # said by a journey that cuts the line itself
    failed: list[str] = field(default_factory=list)  # requests without an answer

    def __post_init__(self) -> None:
        self.watch(self.page)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def watch(self, page: Page) -> None:
        for event, act in self._watched.items():
            page.on(event, act)  # type: ignore[call-overload]  # each act takes what its event gives

    def leaves(self) -> None:
        """The page is somebody else's from now on."""
        for event, act in self._watched.items():
            self.page.remove_listener(event, act)

    @property
    def _watched(self) -> dict[str, Callable[[Any], None]]:
        return {
            "console": self._heard,
            "pageerror": self._broken,
            "requestfailed": self._failed,
        }

    def _broken(self, error: PlaywrightError) -> None:
        self.problems.append(f"{self.name}: {error}")

    def _failed(self, asked: Request) -> None:
        if "/static/" not in asked.url:
            self.failed.append(
                f"{asked.method} {asked.url.removeprefix(self.site)} {asked.failure or 'failed'}"
            )

    def told(self) -> str:
        """For the report of a failure: the server's last answers, and what the pages say, shortened."""
        lines = [*last_answers(), *self.failed[-LAST_ANSWERS:]]
        for page in self.context.pages:
            try:
                words = page.locator("body").inner_text(timeout=2_000)
            except PlaywrightError as error:
                words = str(error)
            lines += [page.url, words[:MOST_WORDS]]
        return "\n".join(lines)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or ANSWERS.search(message.text):
            return
        if WITHDRAWN.search(message.text):
            return
        if self.no_network and re.search("net::ERR_|htmx:sendError", message.text):
            return
        if message.type == "error" or "Content Security Policy" in message.text:
            self.problems.append(f"{self.name}: {message.text} ({message.location.get('url', '')})")

    # --- acting ---------------------------------------------------------------------------------
    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def presses(self, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
        """A button or link, by what it says, of a page that is there whole: its modules ask before they act."""
        self.page.wait_for_load_state()
        place = within or self.page
        button = place.get_by_role("button", name=name, exact=exact)
        link = place.get_by_role("link", name=name, exact=exact)
        button.or_(link).locator("visible=true").first.click()

    def writes(self, label: str, text: str, *, leave: bool = True) -> None:
        box = self.box(label)
        box.fill(text)
        if leave:
            box.blur()

    def box(self, label: str) -> Locator:
        """The form's control of a label; "(ไม่บังคับ)" after it does not matter."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}(\s*\(ไม่บังคับ\))?$")).first

    def picks(self, words: str) -> None:
        """A pill of a form."""
        self.page.locator("label.pill", has_text=words).first.click()

    def turns(self, theme: Theme) -> None:
        """Light or dark, at once: while colours pass over, each of them is in between."""
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")

    # --- seeing ---------------------------------------------------------------------------------
    def measures(self, what: Locator, script: str) -> Any:
        """What a script finds at an element of a page that is there whole: an element is there before its look
        is, and a press returns when the next page begins."""
        what.wait_for(state="attached")
        self.page.wait_for_load_state()
        return what.evaluate(script)

    def place_of(self, what: Locator) -> FloatRect:
        """Where an element stands in the window of a page that is there whole, in CSS pixels."""
        what.wait_for()
        self.page.wait_for_load_state()
        found = what.bounding_box()
        assert found is not None, str(what)
        return found

    def sees(self, text: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        expect((within or self.page).get_by_text(text).locator("visible=true").first).to_be_visible()

    def examples_cut(self) -> list[str]:
        """Examples in boxes of the page that are wider than their box."""
        found: list[str] = self.page.locator("main input[placeholder]:visible").evaluate_all(
            f"""all => all.filter((each) => {{
              {PEN}
              const clear = each.type === "search" ? 20 : 0; // the room of the cross that empties it
              return pen.measureText(each.placeholder).width > room - clear + 1;
            }}).map((each) => each.placeholder)"""
        )
        return found

    def heading_is(self, text: str | re.Pattern[str]) -> None:
        """Of a page that is there whole: keys pressed next find its modules."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)
        self.page.wait_for_load_state()

    def faces_are_there(self) -> None:
        """The page is set in its own letters, and what measures words has measured."""
        self.page.evaluate("async () => { await document.fonts.ready; }")

    def page_is_sound(self) -> None:
        """No violation of WCAG 2.2 A and AA or of good practice (order of headings, landmarks) that a program
        can find, and nothing cut off at the side. Waits for the page's style sheets: an element is there before
        its look is."""
        self.page.wait_for_load_state()
        self._no_sideways()
        self.page.evaluate("scrollTo(0, 0)")  # what lies under a bar that stays is no small target
        self._brings_axe()
        found: list[dict[str, Any]] = self.page.evaluate(
            "async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})).violations",
            RULES,
        )
        short = [
            {"rule": each["id"], "where": [(n["target"], n["failureSummary"]) for n in each["nodes"][:3]]}
            for each in found
        ]
        assert not found, f"{self.page.url}\n{json.dumps(short, ensure_ascii=False, indent=1)}"

    def colours_are_sound(self) -> None:
        """Contrast alone, of a page that ``page_is_sound`` has looked at: after a change of theme."""
        self.page.wait_for_load_state()
        self._brings_axe()
        found = self.page.evaluate(
            "async () => (await axe.run(document, {runOnly: ['color-contrast'], resultTypes: ['violations']})).violations"
        )
        where = [node["target"] for each in found for node in each["nodes"][:3]]
        assert not found, f"{self.page.url}: too little contrast at {where}"

    def _brings_axe(self) -> None:
        """From the site, so that the browser keeps it: as the words of an act it costs three times as much."""
        if not self.page.evaluate(HAS_AXE):
            self.page.evaluate(axe_script())

    def _no_sideways(self) -> None:
        wide, seen = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= seen, f"{self.page.url} is {wide} px wide on a screen of {seen}"
