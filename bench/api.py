"""Records through the API: how many a second come in, alone, with two pictures, and in batches of 500.

In the form of ``bench.record``: 32 programs on PostgreSQL, 8 on SQLite, each with a token of its own office;
a record counts when its receipt with its number is answered. ``record_api_2`` sends the record and its two
pictures of 300 kB in one multipart request. ``BENCH_JSON`` names a file that the figures are added to.
"""

import json
import os
import sys
import time
from datetime import timedelta
from typing import Any

os.environ.setdefault("JITASA_API_PER_MINUTE", "1000000")  # one program here does the work of many

import uuid6
from django.conf import settings
from django.utils import timezone

from bench import record  # sets Django up
from bench.browser import BOUNDARY, Clerk, day_of, fresh_picture
from bench.data import PASSWORD
from bench.one import raw_inserts, wait_until_up
from jitasa.accounts.models import User
from jitasa.activities.services.record_batch import BATCH_MOST
from jitasa.api.choices import Scope
from jitasa.api.models import ApiToken
from jitasa.api.services.tokens import PREFIX, PURPOSE
from jitasa.organizations.selectors.geography import tambons
from jitasa.organizations.selectors.viewers import viewer_for


class Program(Clerk):
    """A program of a clerk's office: a token instead of a session, JSON instead of a form."""

    def __init__(self, port: int, username: str, password: str, number: int) -> None:
        super().__init__(port, username, password, number)
        actor = viewer_for(User.objects.get(username=username), timezone.now())
        assert actor.organization is not None
        self.token = made_token(actor.organization.pk, f"{number}")
        self.tambon = tambons(actor.organization.district_code)[0].code

    def is_up(self) -> bool:
        try:
            return self.get("/api/v1/me")[0] == 200
        except OSError:
            self.connection.close()
            return False

    def sign_in(self) -> None:
        """Nobody signs in: the token is sent with every request."""

    def record(self, *, visit: bool, pictures: int = 2) -> None:  # noqa: ARG002 (as a clerk's)
        self.records += 1
        path = f"/api/v1/activities/{uuid6.uuid7()}"
        content = json.dumps(self.content(self.number * 100_000 + self.records)).encode()
        if pictures:
            files = [self.picture() for _ in range(pictures)]
            answer = self.send(
                "POST",
                f"{path}/with-photos",
                multipart(content, files),
                f"multipart/form-data; boundary={BOUNDARY}",
            )
        else:
            answer = self.send("PUT", f"{path}?submit=true", content, "application/json")
        if answer[0] != 201 or not json.loads(answer[2])["number"]:
            raise SystemExit(f"the record was not taken: {answer[0]} {answer[2][:500].decode()}")

    def picture(self) -> bytes:
        self.count += 1
        return fresh_picture(self.number * 100_000 + self.count)

    def content(self, number: int) -> dict[str, Any]:
        """A record with words and a day of its own, for what looks alike is asked about."""
        own = uuid6.uuid7().hex[::-1]
        day = day_of(number).isoformat()
        return {
            "name": f"ทำความสะอาดชายหาด ครั้งที่ {number} {own}",
            "kind": "development",
            "start_date": day,
            "end_date": day,
            "start_time": "08:30",
            "end_time": "10:30",
            "place": f"หาดหน้าหมู่บ้าน {own[::-1]}",
            "moo": 2,
            "tambon_code": self.tambon,
            "chair_position": "นายกองค์การบริหารส่วนตำบล",
            "groups": {"royal-volunteer": 40, "staff": 20},
            "result": "เก็บขยะตลอดแนวหาด",
        }

    def batch(self) -> float:
        """Records a second of one request with as many as a batch takes."""
        items = []
        for _ in range(BATCH_MOST):
            self.records += 1
            items.append(
                {"uuid": str(uuid6.uuid7()), "record": self.content(self.number * 100_000 + self.records)}
            )
        body = json.dumps({"records": items}).encode()
        began = time.perf_counter()
        status, _headers, answer = self.send("POST", "/api/v1/activities/batch", body, "application/json")
        rate = BATCH_MOST / (time.perf_counter() - began)
        if status != 200 or {each["result"] for each in json.loads(answer)["answers"]} != {"sent"}:
            raise SystemExit(f"the batch was not taken: {status} {answer[:500].decode()}")
        return rate

    def send_once(
        self, method: str, path: str, body: bytes | None, kind: str
    ) -> tuple[int, dict[str, str], bytes]:
        headers = {"Authorization": f"Bearer {self.token}", **({"Content-Type": kind} if kind else {})}
        return self.answered(method, path, body, headers)


def made_token(office_id: int, name: str) -> str:
    """A token of an office, as ``issue_token`` makes it; here nobody is an administrator."""
    token, now = f"{PREFIX}bench-{office_id}-{name}-{uuid6.uuid7().hex}", timezone.now()
    ApiToken.objects.create(
        organization_id=office_id,
        name=name,
        scopes=list(Scope.values),
        mac=settings.KEYS["tokens"].mac(token, purpose=PURPOSE),
        first=token[:8],
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    return token


def multipart(content: bytes, files: list[bytes]) -> bytes:
    parts = [part("record", content), part("submit", b"true")]
    parts += [part("photos", each, f"{place}.jpg") for place, each in enumerate(files)]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def part(name: str, content: bytes, filename: str = "") -> bytes:
    file = f'; filename="{filename}"\r\nContent-Type: image/jpeg' if filename else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def measure(usernames: list[str], figures: record.Figures) -> int:
    figures += [("floor_insert", raw_inserts(), "inserts/s")]
    acknowledged = record.over_http(usernames, figures, kind=Program, what="record_api")
    return acknowledged + batches(usernames[0], figures)


def batches(username: str, figures: record.Figures, times: int = 4) -> int:
    """The best of some full batches over HTTP, one after the other; returns how many records they were."""
    with record.served() as port:
        program = Program(port, username, PASSWORD, 900)
        wait_until_up(program)
        figures += [("record_batch", max(program.batch() for _ in range(times)), "records/s")]
    return BATCH_MOST * times


def table(figures: record.Figures) -> None:
    floor = {name: value for name, value, _unit in figures}["floor_insert"]
    for name, value, unit in figures:
        ratio = f"   1 : {floor / value:.0f} of the floor" if unit == "records/s" and value else ""
        print(f"{name:<28}{value:>10,.1f} {unit}{ratio}")
    record.print_peers()


if __name__ == "__main__":
    sys.exit(record.main(measure, table))
