"""What goes on around the reports: officers look at their boards, an export and a compilation run, clients stall."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

from bench.evening.crowd import Clerk, Notes
from bench.evening.people import Person
from bench.stall import BEGINNINGS, STALLED_FROM
from jitasa.thai.dates import month_slug

STALLED = 60  # clients
STALLED_IN = ("headers", "body")
FORM = "application/x-www-form-urlencoded"
EXPORTS = {"records-csv": "records.csv", "tables": "tables.xlsx"}  # kind: how its address ends
BETWEEN = 2.0  # seconds between two looks of one officer


class Officer(Clerk):
    """Somebody who reviews or compiles."""

    def look(self, act: str, path: str, until: float) -> None:
        self.insists(act, until, lambda: self.ask("GET", path), (200,))

    def export(self, kind: str, path: str, asked: str, until: float) -> None:
        """Have a file made by the worker, and fetch it when it is there."""
        began, body = time.monotonic(), f"kind={kind}".encode()
        self.insists("export asked for", until, lambda: self.ask("POST", asked, body, FORM), (302,))
        while time.monotonic() < until:
            answer = self.insists("export looked for", until, lambda: self.ask("GET", path), (200, 302))
            if answer is not None and answer[0] == 200:
                self.notes.took(f"export: {kind}", time.monotonic() - began)
                return
            time.sleep(BETWEEN)
        self.notes.count(f"export: {kind}: not to be had")


@contextmanager
def officers(
    port: int, keys: dict[str, str], notes: Notes, month: date, seconds: float
) -> Iterator[threading.Event]:
    """Officers of three levels at their pages until the block ends; in the middle the department compiles and exports."""
    ended = threading.Event()
    slug = month_slug(month)
    pages = {"start page": "/work/", "board": f"/work/month/{slug}/", "review": "/work/review/"}

    def looks(officer: Officer) -> None:
        while not ended.is_set():
            for act, path in pages.items():
                officer.look(f"officers: {act}", path, time.monotonic() + 60)
                ended.wait(BETWEEN)

    def compiles(officer: Officer) -> None:
        ended.wait(seconds / 2)
        answer = officer.insists(
            "compilation",
            time.monotonic() + 120,
            lambda: officer.ask("POST", f"/work/month/{slug}/compile/", b"", FORM),
            (302,),
        )
        if answer is not None and "/compilations/" in answer[1]:
            for kind, file in EXPORTS.items():
                officer.export(kind, f"{answer[1]}{file}", f"{answer[1]}files/ask/", time.monotonic() + 120)

    people = [
        Officer(port, Person(key, 0, ""), 60_000 + index, notes) for index, key in enumerate(keys.values())
    ]
    compiler = Officer(port, Person(keys["department"], 0, ""), 60_900, notes)
    threads = [threading.Thread(target=looks, args=(each,)) for each in people]
    threads.append(threading.Thread(target=compiles, args=(compiler,)))
    for thread in threads:
        thread.start()
    try:
        yield ended
    finally:
        ended.set()
        for thread in threads:
            thread.join()


@contextmanager
def stalling(port: int) -> Iterator[None]:
    """Clients that begin a request and never go on; who is sent away comes back."""
    ended = threading.Event()

    def stall(number: int) -> None:
        while not ended.is_set():
            with suppress(OSError), socket.socket() as client:
                client.settimeout(5)
                client.bind((STALLED_FROM, 0))
                client.connect(("127.0.0.1", port))
                client.sendall(BEGINNINGS[STALLED_IN[number % len(STALLED_IN)]])
                while not ended.is_set():
                    with suppress(TimeoutError):
                        if not client.recv(4096):
                            break
            ended.wait(0.5)

    threads = [threading.Thread(target=stall, args=(number,), daemon=True) for number in range(STALLED)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(6)
