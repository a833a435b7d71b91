"""A clerk as a small HTTP client: signs in, uploads a picture, fills the real form, sends it."""

import http.client
import re
import time
from datetime import date, timedelta
from functools import cache
from hashlib import md5
from html.parser import HTMLParser
from urllib.parse import urlencode

import uuid6
from django.utils import timezone

from jitasa.demo.pictures import Shot, draw
from jitasa.thai.dates import today

BOUNDARY = "jitasabenchboundary"
PICTURE_BYTES = 300_000
TRIES = 50


class Form(HTMLParser):
    """The fields a browser would send for the record form, as the page came."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.first_option: dict[str, str] = {}
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in given:
                return
            if kind not in ("file", "submit", "button"):
                self.fields.append((name, value))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if value:
                self.first_option.setdefault(self._select, value)
            if "selected" in given:
                self.fields.append((self._select, value))
        elif tag == "textarea":
            self._textarea = name

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields.append((self._textarea, data.strip()))
            self._textarea = ""


@cache
def drawn() -> bytes:
    """One picture for all: drawing takes processor time that belongs to the server."""
    return draw(Shot("beach", 1, timezone.now() - timedelta(days=1), None))


def fresh_picture(number: int) -> bytes:
    """The picture with a comment of its own, so that its SHA-256 is new to the server."""
    words = f"bench {number}".encode()
    padding = [b"\0" * min(60_000, left) for left in range(PICTURE_BYTES - len(drawn()), 0, -60_000)]
    comments = b"".join(b"\xff\xfe" + (len(each) + 2).to_bytes(2, "big") + each for each in [words, *padding])
    return drawn()[:2] + comments + drawn()[2:]


class Clerk:
    def __init__(self, port: int, username: str, password: str, number: int) -> None:
        self.username, self.password, self.number = username, password, number
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.count = self.records = self.busy = 0
        self.address = ""
        self.form: Form | None = None

    def is_up(self) -> bool:
        try:
            return self.get("/accounts/login/")[0] == 200
        except OSError:
            self.connection.close()
            return False

    def sign_in(self) -> None:
        self.get("/accounts/login/")
        status, _headers, _body = self.post(
            "/accounts/login/", {"login": self.username, "password": self.password}
        )
        if status != 302:
            raise SystemExit(f"{self.username} could not sign in: {status}")

    def record_until(self, end: float, *, visit: bool, pictures: int = 2) -> list[float]:
        times = []
        while time.perf_counter() < end:
            began = time.perf_counter()
            self.record(visit=visit, pictures=pictures)
            times.append(time.perf_counter() - began)
        return times

    def record(self, *, visit: bool, pictures: int = 2) -> None:
        """Pictures and the form; ends when the receipt's address is answered.

        ``visit``: a new form is opened first. Without it the form open already is sent once more under
        a UUID made here, as a client does that kept its records while there was no network.
        """
        if visit or self.form is None:
            self.open_form()
        assert self.form is not None
        address = self.address if visit else f"/work/activities/{uuid6.uuid7()}/edit/"
        shas = [self.upload() for _ in range(pictures)]
        self.records += 1
        fields = filled(self.form, shas, self.number * 100_000 + self.records)
        status, headers, body = self.post(address, fields)
        if status != 302 or "/sent/" not in headers.get("location", ""):
            problems = re.findall(r'class="error[^>]*>([^<]+)', body.decode())
            raise SystemExit(f"the form was not taken: {status} {problems[:5]}")

    def open_form(self) -> None:
        _status, headers, _body = self.get("/work/activities/new/")
        self.address = headers["location"]
        _status, _headers, body = self.get(self.address)
        self.form = Form()
        self.form.feed(body.decode())

    def upload(self) -> str:
        self.count += 1
        picture = fresh_picture(self.number * 100_000 + self.count)
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
        body = (
            head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + picture + f"\r\n--{BOUNDARY}--\r\n".encode()
        )
        status, _headers, answer = self.send(
            "POST", "/work/photos/", body, f"multipart/form-data; boundary={BOUNDARY}"
        )
        found = re.search(rb'"sha256":\s*"([0-9a-f]{64})"', answer)
        if status != 200 or found is None:
            raise SystemExit(f"the picture was not taken: {status} {answer[:300]!r}")
        return found[1].decode()

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        return self.send("GET", path, None, "")

    def post(
        self, path: str, fields: dict[str, str] | list[tuple[str, str]]
    ) -> tuple[int, dict[str, str], bytes]:
        return self.send("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def send(
        self, method: str, path: str, body: bytes | None, kind: str
    ) -> tuple[int, dict[str, str], bytes]:
        """The answer; one that says that the site is busy (503) is asked for again, as the page does."""
        for _again in range(TRIES):
            answer = self.send_once(method, path, body, kind)
            if answer[0] != 503:
                break
            self.busy += 1
            time.sleep(0.2)
        return answer

    def send_once(
        self, method: str, path: str, body: bytes | None, kind: str
    ) -> tuple[int, dict[str, str], bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": kind, "X-CSRFToken": self.cookies.get("csrftoken", "")}
        return self.answered(method, path, body, headers)

    def answered(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        """One request over the kept connection; its cookies are kept."""
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            self.connection.close()  # kept open too long: once more, as a browser does
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        data = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.split(";", 1)[0].partition("=")
                self.cookies[cookie] = content
        return response.status, {name.lower(): value for name, value in response.getheaders()}, data


def day_of(number: int) -> date:
    """A day of this month before today, as records come in; yesterday on the first."""
    day = today(timezone.now())
    days = [day - timedelta(days=each) for each in range(1, min(day.day, 21))]
    return days[number % len(days)] if days else day - timedelta(days=1)


def filled(
    form: Form, shas: list[str], number: int, *, name: str = "ทำความสะอาดชายหาด ครั้งที่"
) -> list[tuple[str, str]]:
    """What a clerk types over the empty form."""
    day = day_of(number).isoformat()
    own = md5(str(number).encode()).hexdigest()
    typed = {
        "name": f"{name} {number} {own}",
        "kind": "development",
        "start_date": day,
        "end_date": day,
        "start_time": "08:30",
        "end_time": "10:30",
        "place": f"หาดหน้าหมู่บ้าน {own[::-1]}",
        "moo": "2",
        "tambon_code": form.first_option["tambon_code"],
        "chair_position": "นายกองค์การบริหารส่วนตำบล",
        "group_royal-volunteer": "40",
        "group_staff": "20",
        "result": "เก็บขยะตลอดแนวหาด",
        "action": "submit",
    }
    kept = [(name, value) for name, value in form.fields if name not in typed]
    pictures = [pair for sha in shas for pair in (("photo", sha), (f"publish_{sha}", "1"))]
    return [*kept, *typed.items(), *pictures]
