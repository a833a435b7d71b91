"""One browser for all journeys; every journey has a fresh database, the cast and the default lists."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.http import HttpRequest
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from pytest_django import DjangoDbBlocker

from tests.browser.beginning import Beginning, beginning, make_beginning
from tests.browser.days import NOW
from tests.browser.desk import DESKTOP, Desk
from tests.browser.kept_pages import PATIENCE, KeptPages, new_context
from tests.browser.one_at_a_time import close_doors, open_doors
from tests.cast import Cast

# The driver runs an event loop in the test's own thread; Django would take the test for asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
HERE = Path(__file__).parent
PICTURES_OF_FAILURES = HERE.parent.parent / "test-artifacts"
# Features that Chromium is started without. The last list given counts, so this one repeats Playwright's own. The
# first two fill an address bar that nobody sees, with more processor than the page below it (docs/adr/0146).
WITHOUT = [
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
]  # fmt: skip
# A page lives for a second or two: what two more compilers make of its scripts costs more than it saves, and so does
# collecting its garbage at every megabyte.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--disable-features={','.join(WITHOUT)}",
    "--js-flags=--no-opt,--no-maglev,--min-semi-space-size=16",
]  # fmt: skip
# The shell is the same engine without windows, tabs and address bars: less than half the processor of a journey.
CHROMIUM = (
    os.environ.get("JITASA_CHROMIUM")
    or shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
    or "/usr/bin/chromium"
)
SIGNED_IN = "allauth.account.auth_backends.AuthenticationBackend"
expect.set_options(timeout=PATIENCE)

Opener = Callable[..., Desk]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.at(NOW))
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        words = "chromium is missing; install it (apt-get install chromium) or name it in JITASA_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def whole_chromium() -> str:
    """Chromium itself, for the few things that its shell has not (``@pytest.mark.whole_browser``)."""
    path = os.environ.get("JITASA_CHROMIUM") or shutil.which("chromium")
    if path is None:
        words = "only chromium itself has this; install it (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return path


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The journeys' SQLite is a file, as the product's: each thread has a connection of its own.

    In memory all threads share one, and whoever reads while the test signs somebody in finds the table locked.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("site") / "journeys.sqlite3")


@pytest.fixture(scope="session")
def one_at_a_time() -> None:
    """Before the server starts: it reads the list once."""
    django_settings.MIDDLEWARE = ["tests.browser.one_at_a_time.OneAtATime", *django_settings.MIDDLEWARE]


@pytest.fixture(scope="session")
def quick_answers() -> Iterator[None]:
    """A browser asks for a style sheet or a script once, as the product's answers tell it, and not at every page."""
    serve = StaticFilesHandler.serve

    def kept(self: StaticFilesHandler, request: HttpRequest) -> Any:
        answer = serve(self, request)
        answer["Cache-Control"] = "max-age=31536000, immutable"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", kept)
        # Head and body of an answer are two packets; held back until the first is acknowledged, each took 40 ms.
        patch.setattr(QuietWSGIRequestHandler, "disable_nagle_algorithm", True)
        yield


@pytest.fixture
def site(one_at_a_time: None, quick_answers: None, live_server: Any, settings: Any) -> str:
    settings.SITE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture(scope="session")
def kept_beginning(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Beginning | None]:
    with beginning(django_db_blocker) as found:
        yield found


@pytest.fixture
def cast(kept_beginning: Beginning | None, transactional_db: None) -> Cast:
    """The cast with the department's lists and important days."""
    return kept_beginning.begins() if kept_beginning else make_beginning()


@pytest.fixture(scope="session")
def kept_pages(browser: Browser) -> KeptPages:
    return KeptPages(browser)


@pytest.fixture
def page_for(
    request: pytest.FixtureRequest, browser: Browser, kept_pages: KeptPages, site: str, cast: Cast
) -> Iterator[Opener]:
    """``page_for("anong", PHONE)``: a browser of her own, signed in; ``"guest"`` is nobody.

    With service workers it is a process of its own, too: in one that had served many journeys before, a new
    worker was seen to hang while it took over, and every navigation after it (in some runs of all journeys, never
    in a process of its own).
    """
    desks: list[Desk] = []
    own: list[Browser] = []
    contexts: list[BrowserContext] = []
    request.node.desks = desks  # a failure says what was on them
    path = whole_chromium() if request.node.get_closest_marker("whole_browser") else CHROMIUM

    def open_for(name: str, size: tuple[int, int] = DESKTOP, **options: Any) -> Desk:
        if path == CHROMIUM and set(options) <= {"color_scheme", "reduced_motion"}:
            desk = kept_pages.take(name, site, size, **options)
        else:
            alone = options.get("service_workers") == "allow" or path != CHROMIUM
            if alone and not own:
                own.append(browser.browser_type.launch(executable_path=path, args=ARGUMENTS))
            contexts.append(new_context(own[0] if alone else browser, size, **options))
            desk = Desk(name=name, page=contexts[-1].new_page(), site=site)
        if name != "guest":
            morsel = cast.client(name).cookies["sessionid"]
            desk.context.add_cookies([{"name": "sessionid", "value": morsel.value, "url": site}])
        desks.append(desk)
        return desk

    open_doors()
    yield open_for
    problems = [line for desk in desks for line in desk.problems]
    report = getattr(request.node, "report_of_call", None)
    sound = not problems and report is not None and not report.failed
    if not sound:
        _keep_pictures(request.node.name, desks)
    close_doors()
    for context in contexts:
        context.close()
    for each in own:
        each.close()
    kept_pages.give_back(sound=sound)
    assert not problems, "\n".join(problems)


def _keep_pictures(test: str, desks: list[Desk]) -> None:
    PICTURES_OF_FAILURES.mkdir(exist_ok=True)
    name = re.sub(r"[^\w-]+", "-", test)
    for desk in desks:
        for index, page in enumerate(desk.context.pages):
            with suppress(PlaywrightError):  # a page that hangs has no picture; the failure itself is said
                path = PICTURES_OF_FAILURES / f"{name}-{desk.name}-{index}.png"
                page.screenshot(path=path, full_page=True, timeout=10_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.report_of_call = report  # type: ignore[attr-defined]  # read by the fixture above
        if report.failed:
            for desk in getattr(item, "desks", []):
                report.sections.append((f"what {desk.name} had before them", desk.told()))
    return report
