"""Queries and milliseconds of each step, in process, without network: where the time goes."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.browser import BOUNDARY, Form, filled
from jitasa.accounts.models import User
from jitasa.demo.pictures import Shot, draw
from jitasa.thai.dates import month_of, month_slug, today

Answer = Any  # the test client's response, with more on it than HttpResponse tells
REPEATS = 5
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def measure_steps(username: str) -> Iterator[str]:
    """One line per step: queries, the fastest of some repeats in milliseconds, answer in bytes."""
    clerk, province = signed_in(username), signed_in("ek")
    yield f"{'step':<34}{'queries':>8}{'ms':>8}{'bytes':>10}"
    yield step("start page of a clerk", lambda: clerk.get(reverse("home:start")))
    address = clerk.get(reverse("activities:new")).headers["Location"]
    page = clerk.get(address)
    yield step("open the record form", lambda: clerk.get(address))
    shas = [upload(clerk, number) for number in range(2)]
    yield step("send a picture (seen before)", lambda: send_picture(clerk, 0))
    form = Form()
    form.feed(page.content.decode())
    fields = filled(form, shas, 1)
    yield step("send the form, get a receipt", lambda: post_form(clerk, address, fields), repeats=1)
    yield step("list of activities", lambda: clerk.get(reverse("activities:list")))
    yield step("review page of the province", lambda: province.get(reverse("review:list")))
    board = reverse("compilation:board_month", args=[month_slug(month_of(today(timezone.now())))])
    yield step("board of the province", lambda: province.get(board))


def signed_in(username: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=username), backend=BACKEND)
    return client


def step(name: str, act: Callable[[], Answer], repeats: int = REPEATS) -> str:
    """Queries of the first time, best milliseconds of all (the first one pays for counting)."""
    best = float("inf")
    with CaptureQueriesContext(connection) as captured:
        answer, best = timed(act)
        queries = len(captured)  # each later request empties the log it looks into
    for _ in range(repeats - 1):
        answer, seconds = timed(act)
        best = min(best, seconds)
    if answer.status_code >= 400:
        raise SystemExit(f"{name}: {answer.status_code} {answer.content[:500]!r}")
    return f"{name:<34}{queries:>8}{best * 1000:>8.1f}{len(answer.content):>10,}"


def timed(act: Callable[[], Answer]) -> tuple[Answer, float]:
    began = time.perf_counter()
    answer = act()
    return answer, time.perf_counter() - began


def send_picture(client: Client, number: int) -> Answer:
    picture = draw(Shot("canal", number, timezone.now() - timedelta(days=1), None))
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
    body = head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + picture + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return client.post(reverse("photos:upload"), data=body, content_type=kind)


def upload(client: Client, number: int) -> str:
    answer = send_picture(client, number)
    if answer.status_code != 200:
        raise SystemExit(f"picture: {answer.status_code} {answer.content[:300]!r}")
    return str(json.loads(answer.content)["sha256"])


def post_form(client: Client, address: str, fields: list[tuple[str, str]]) -> Answer:
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return client.post(address, data)
