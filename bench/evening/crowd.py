"""The clerks: when each begins, what each sends, and how each goes on until it is acknowledged."""

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

import uuid6

from bench.browser import BOUNDARY, Form, fresh_picture
from bench.browser import filled as filled_form
from bench.evening import PEAK
from bench.evening.people import Person

TWICE, BROKEN, WHOLE_PAGE = 0.10, 0.02, 0.10  # shares that send twice, break an upload, open the form first
PICTURES = 2
PATIENCE = 150.0  # seconds after the evening in which a clerk still tries again
CSRF = "e" * 32
TAGS = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)
SESSION, THAI = "sessionid", re.compile(r"[ก-๙]|\\u0e[0-9a-f]{2}")
KIND = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True)
class Report:
    """One office's report: when its clerk presses, and what is odd about it."""

    number: int
    person: Person
    due: float
    uuid: UUID
    twice: bool
    breaks: bool
    opens: bool


@dataclass
class Notes:
    """What was seen, by all threads."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    final: list[str] = field(default_factory=list)  # answers after which nobody tries again
    wordless: list[str] = field(default_factory=list)  # refused without a Thai word
    acknowledged: dict[UUID, int] = field(default_factory=dict)  # with how many receipts
    receipts: list[float] = field(default_factory=list)  # when they came
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, act: str, seconds: float) -> None:
        with self.lock:
            self.seconds.setdefault(act, []).append(seconds)

    def count(self, what: str) -> None:
        with self.lock:
            self.counts[what] += 1

    def refused(self, act: str, status: int, body: bytes) -> None:
        """Every answer but the wished one needs words that its reader understands."""
        words = body.decode("utf-8", "replace")
        with self.lock:
            self.counts[f"{act}: {status}"] += 1
            if not THAI.search(words):
                self.wordless.append(f"{act} {status} {words[:200]!r}")

    def gave_up(self, act: str, status: int, body: bytes) -> None:
        words = " ".join(TAGS.sub(" ", body.decode("utf-8", "replace")).split())
        with self.lock:
            self.final.append(f"{act} {status} {words[:200]}")

    def acknowledge(self, uuid: UUID) -> None:
        with self.lock:
            self.acknowledged[uuid] = self.acknowledged.get(uuid, 0) + 1
            self.receipts.append(time.monotonic())


def plan(people: Sequence[Person], seconds: float) -> list[Report]:
    """One report for each, along a curve that rises to its peak at three quarters; the same in every run but the UUIDs."""
    chance = random.Random(3000)
    reports = [
        Report(
            number=number,
            person=person,
            due=chance.triangular(0, seconds, PEAK * seconds),
            uuid=uuid6.uuid7(),
            twice=chance.random() < TWICE,
            breaks=chance.random() < BROKEN,
            opens=chance.random() < WHOLE_PAGE,
        )
        for number, person in enumerate(people)
    ]
    return sorted(reports, key=lambda report: report.due)


class Clerk:
    """A browser of one office: its connection and cookies."""

    def __init__(self, port: int, person: Person, number: int, notes: Notes) -> None:
        self.port, self.person, self.number, self.notes = port, person, number, notes
        self.source = f"127.0.{1 + number % 250}.{1 + number // 250 % 250}"
        self.connection = self._connected()

    def _connected(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.source, 0))

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = ""
    ) -> tuple[int, str, bytes] | None:
        """Status, address it leads to and body; ``None`` when nobody answered."""
        headers = {"Cookie": f"{SESSION}={self.person.session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
        if body is not None:
            headers["Content-Type"] = kind
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return None

    def insists(
        self, act: str, until: float, send: Callable[[], tuple[int, str, bytes] | None], good: Sequence[int]
    ) -> tuple[int, str, bytes] | None:
        """Sends until the answer is ``good`` or a refusal that trying again does not change; waits between."""
        wait = 0.25
        while time.monotonic() < until:
            began = time.monotonic()
            answer = send()
            if answer is not None and answer[0] in good:
                self.notes.took(act, time.monotonic() - began)
                return answer
            if answer is None:
                self.notes.count(f"{act}: no answer")
            else:
                self.notes.refused(act, answer[0], answer[2])
                if answer[0] not in {429, 500, 502, 503, 504, 507}:
                    self.notes.gave_up(act, answer[0], answer[2])
                    return answer
            time.sleep(wait)
            wait = min(2.0, wait * 1.5)
        return None


class Crowd:
    """Sends the plan against a site, over all of its web hosts in turn; ``until`` is when the last clerk gives up."""

    def __init__(self, ports: Sequence[int], reports: list[Report], notes: Notes, form: Form) -> None:
        self.ports, self.reports, self.notes, self.form = ports, reports, notes, form
        self.began = 0.0
        self.until = 0.0
        self.given_up: list[Report] = []
        self._again = ThreadPoolExecutor(8)

    def run(self, clients: int) -> float:
        """Returns the seconds until the last one was through."""
        self.began = time.monotonic()
        self.until = self.began + max(report.due for report in self.reports) + PATIENCE
        waiting = iter(self.reports)
        lock = threading.Lock()

        def work(_number: int) -> None:
            while True:
                with lock:
                    report = next(waiting, None)
                if report is None:
                    return
                time.sleep(max(0.0, self.began + report.due - time.monotonic()))
                self.send(report)

        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(work, range(clients)))
        self._again.shutdown()
        return time.monotonic() - self.began

    def send(self, report: Report) -> None:
        clerk = self._clerk(report)
        if report.opens:
            clerk.insists(
                "form opened", self.until, lambda: clerk.ask("GET", "/work/activities/new/"), (302,)
            )
        if report.breaks:
            self._broken(clerk)
        shas = [self._picture(clerk, report.number * 10 + each) for each in range(PICTURES)]
        if None in shas:
            self.given_up.append(report)
            return
        fields = self._typed(report, [sha for sha in shas if sha])
        second = (
            self._again.submit(self._form, report, fields) if report.twice and report.number % 2 else None
        )
        if not self._form(report, fields, clerk):
            self.given_up.append(report)
            return
        self.notes.took(
            "report, from the moment its clerk wanted to", time.monotonic() - self.began - report.due
        )
        if report.twice and second is None:
            self._form(report, fields, clerk)  # the same again, after the receipt
        if second is not None:
            second.result()

    def _clerk(self, report: Report) -> Clerk:
        port = self.ports[report.number % len(self.ports)]
        return Clerk(port, report.person, report.number, self.notes)

    def _picture(self, clerk: Clerk, number: int) -> str | None:
        picture = fresh_picture(number)
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
        body = (
            head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + picture + f"\r\n--{BOUNDARY}--\r\n".encode()
        )
        answer = clerk.insists(
            "picture", self.until, lambda: clerk.ask("POST", "/work/photos/", body, KIND), (200,)
        )
        found = re.search(rb'"sha256":\s*"([0-9a-f]{64})"', answer[2]) if answer else None
        return found[1].decode() if found else None

    def _form(self, report: Report, fields: list[tuple[str, str]], clerk: Clerk | None = None) -> bool:
        clerk = clerk or self._clerk(report)
        body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        path = f"/work/activities/{report.uuid}/edit/"
        answer = clerk.insists("form", self.until, lambda: clerk.ask("POST", path, body, kind), (302,))
        if answer is None or answer[0] != 302 or str(report.uuid) not in answer[1]:
            return False
        if "/sent/" in answer[1]:
            self.notes.acknowledge(report.uuid)
        else:
            self.notes.count("sent again: led to the record that stands")
        return True

    def _typed(self, report: Report, shas: list[str]) -> list[tuple[str, str]]:
        form = Form()
        form.fields = self.form.fields
        form.first_option = {"tambon_code": report.person.tambon}
        return filled_form(form, shas, report.number, name="กิจกรรมคืนสุดท้าย")

    def _broken(self, clerk: Clerk) -> None:
        """A picture cut off half-way by a lost signal, then one that is none."""
        picture = fresh_picture(1)
        cut = Clerk(clerk.port, clerk.person, clerk.number, self.notes)
        cut.connection.putrequest("POST", "/work/photos/")
        for name, value in (
            ("Cookie", f"{SESSION}={clerk.person.session}; csrftoken={CSRF}"),
            ("X-CSRFToken", CSRF),
            ("Content-Type", KIND),
            ("Content-Length", str(len(picture))),
        ):
            cut.connection.putheader(name, value)
        try:
            cut.connection.endheaders(picture[: len(picture) // 2])
        except OSError:
            self.notes.count("upload cut off: nobody there")
        finally:
            cut.connection.close()
        self.notes.count("uploads cut off")
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'.encode()
        )
        body = head + b"no picture" * 100 + f"\r\n--{BOUNDARY}--\r\n".encode()
        answer = clerk.ask("POST", "/work/photos/", body, KIND)
        if answer is not None:
            self.notes.refused("what is no picture", answer[0], answer[2])
