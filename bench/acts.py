"""Single acts, in process and without network: their statements, and where the time of a record goes."""

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

import uuid6
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.browser import Form, day_of, filled
from bench.steps import post_form, signed_in, upload
from jitasa.accounts.models import User
from jitasa.activities.models import Activity
from jitasa.activities.services.record_batch import BATCH_MOST, BatchRecord, Result, record_batch
from jitasa.activities.values import ActivityValues
from jitasa.organizations.selectors.geography import tambons
from jitasa.organizations.selectors.viewers import viewer_for
from jitasa.review.services.flag import flag_pending

Figures = list[tuple[str, float, str]]
REPEATS = 40


def statements_of(username: str) -> Figures:
    """Statements of a new record with two pictures, of accepting it, of the start page; transactions count."""
    clerk, province = signed_in(username), signed_in("ek")
    _address, form = open_form(clerk)
    shas = [upload(clerk, number) for number in range(2)]
    numbers = count()

    def send() -> Any:
        return post_form(clerk, fresh_address(), filled(form, shas, next(numbers), name="วัดคำสั่ง"))

    send()
    figures: Figures = [("record_form_statements", counted(send), "statements")]
    Activity.objects.update(awaits_look=False)
    flag_pending(timezone.now())
    row = Activity.objects.filter(status="submitted").latest("pk")
    Activity.objects.filter(pk=row.pk).update(awaits_look=False)
    accept = partial_post(province, reverse("review:accept", args=[row.uuid]), {"revision": row.revision})
    figures.append(("accept_statements", counted(accept), "statements"))
    clerk.get(reverse("home:start"))
    figures.append(("start_statements", counted(lambda: clerk.get(reverse("home:start"))), "statements"))
    return figures


def cost_of_one(username: str) -> Figures:
    """Milliseconds of Python and of the database for one form without pictures, the median of some."""
    clerk = signed_in(username)
    _address, form = open_form(clerk)
    whole, database = [], []
    for number in range(REPEATS):
        fields = filled(form, [], number, name="วัดเวลา")
        with database_time() as spent:
            began = time.perf_counter()
            post_form(clerk, fresh_address(), fields)
            whole.append(time.perf_counter() - began)
        database.append(sum(spent))
    whole, database = sorted(whole), sorted(database)
    middle = len(whole) // 2
    return [
        ("record_form_database_ms", database[middle] * 1000, "ms"),
        ("record_form_python_ms", (whole[middle] - database[middle]) * 1000, "ms"),
    ]


def batches(username: str, times: int = 4) -> float:
    """Records a second that ``record_batch`` takes in full batches, without pictures; the best of some."""
    now = timezone.now()
    actor = viewer_for(User.objects.get(username=username), now)
    assert actor.organization is not None
    values = batch_values(tambons(actor.organization.district_code)[0].code)
    best = 0.0
    for _ in range(times):
        records = [BatchRecord(uuid=uuid4(), values=values(number)) for number in range(BATCH_MOST)]
        began = time.perf_counter()
        answers = record_batch(actor=actor, records=records, now=now)
        rate = len(answers) / (time.perf_counter() - began)
        assert {each.result for each in answers} == {Result.SENT}, answers[0]
        best = max(best, rate)
    return best


def batch_values(tambon_code: str) -> Callable[[int], ActivityValues]:
    """Records of a file: other words and days in each, for what looks alike is asked about."""

    def values(number: int) -> ActivityValues:
        own = uuid4().hex
        return ActivityValues(
            name=f"กิจกรรมจากแฟ้ม {own}",
            kind="development",
            start_date=day_of(number),
            place=f"หาดหน้าหมู่บ้าน {own[::-1]}",
            start_time=dt.time(8, 30),
            end_time=dt.time(10, 30),
            moo=2,
            tambon_code=tambon_code,
            measures={"waste": Decimal(240)},
            chair_position="นายกองค์การบริหารส่วนตำบล",
            groups={"royal-volunteer": 40, "staff": number % 30 + 1},
            result="เก็บขยะตลอดแนวหาด",
        )

    return values


def open_form(client: Client) -> tuple[str, Form]:
    address = client.get(reverse("activities:new")).headers["Location"]
    form = Form()
    form.feed(client.get(address).content.decode())
    return address, form


def fresh_address() -> str:
    return reverse("activities:edit", args=[uuid6.uuid7()])


def partial_post(client: Client, address: str, data: dict[str, Any]) -> Callable[[], Any]:
    return lambda: client.post(address, data)


def counted(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = act()
    if answer.status_code >= 400 or "/accounts/" in answer.headers.get("Location", ""):
        problems = re.findall(r'class="error[^>]*>([^<]+)', answer.content.decode())
        raise SystemExit(f"{answer.status_code}: {problems[:5]}")
    return sum(len(each["sql"].split(";\n")) for each in captured.captured_queries)  # some go together


@contextmanager
def database_time() -> Iterator[list[float]]:
    """Seconds each statement took, fetching included in what follows it."""
    spent: list[float] = []

    def timed(execute: Any, *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(timed):
        yield spent
