"""The test signs people in while pages of others still load: none of them finds the database locked."""

from threading import Event, Thread

import requests

from tests.browser.conftest import Opener
from tests.cast import Cast

SIGNED_IN = 40


def test_pages_load_while_others_sign_in(page_for: Opener, cast: Cast, site: str) -> None:
    key = cast.client("dao").cookies["sessionid"].value
    page_for("guest")  # the doors are open
    enough, statuses = Event(), list[int]()

    def ask() -> None:
        with requests.Session() as session:
            while not enough.is_set():
                answer = session.get(f"{site}/accounts/sessions/", cookies={"sessionid": key}, timeout=60)
                statuses.append(answer.status_code)

    asking = [Thread(target=ask) for _ in range(2)]
    for thread in asking:
        thread.start()
    try:
        for _ in range(SIGNED_IN):
            cast.client("anong")
    finally:
        enough.set()
    for thread in asking:
        thread.join(timeout=60)
    assert set(statuses) == {200}, statuses
