"""What an operator watches: each request has a name, slow statements are logged, numbers are given to who has the token."""

import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jitasa import request_id
from jitasa.config.observing import logs, metrics
from jitasa.config.tests.test_jobs import job
from jitasa.heartbeat import Heart
from jitasa.queues import NOTICES
from tests.cast import Cast
from tests.pages import words_of

TOKEN = "t" * 24


def test_every_answer_has_a_name_and_no_stranger_chooses_it(client: Client, settings: Any) -> None:
    settings.BEHIND_PROXY = False
    answer = client.get("/healthz", headers={request_id.HEADER: "chosen-by-a-stranger"})
    assert len(answer.headers[request_id.HEADER]) == 16
    assert request_id.current() == ""


@pytest.mark.parametrize(("given", "kept"), [("0123abcd-proxy", True), ("a b\n", False), ("x" * 65, False)])
def test_the_name_the_proxy_gave_is_kept(client: Client, settings: Any, given: str, kept: bool) -> None:
    settings.BEHIND_PROXY = True
    answer = client.get("/healthz", headers={request_id.HEADER: given})
    assert (answer.headers[request_id.HEADER] == given) is kept


def test_a_line_of_the_log_names_its_request_in_json() -> None:
    record = logging.LogRecord("jitasa.web", logging.ERROR, "", 0, "ล้มเหลว %s", ("x",), None)
    request_id.begin("0123abcd-proxy")
    try:
        logs.WithRequest().filter(record)
        line = json.loads(logs.json_lines().format(record))
    finally:
        request_id.end()
    assert (line["request_id"], line["level"], line["logger"]) == ("0123abcd-proxy", "ERROR", "jitasa.web")
    assert line["message"] == "ล้มเหลว x"


@pytest.mark.django_db
def test_a_slow_statement_is_logged_without_its_values(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "jitasa.slow"):
        with connection.execute_wrapper(logs.slow_noted(0.0)), connection.cursor() as cursor:
            cursor.execute("SELECT %s", ["secret"])
        with connection.execute_wrapper(logs.slow_noted(60.0)), connection.cursor() as cursor:
            cursor.execute("SELECT 2")
    assert ["SELECT %s" in line for line in caplog.messages] == [True]
    assert "secret" not in caplog.text


def test_without_a_token_there_are_no_numbers(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get(reverse("metrics"), headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "Bearer wrong", f"Bearer {TOKEN}x", "Bearer ท"])
def test_who_has_another_token_sees_nothing(client: Client, settings: Any, given: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get(reverse("metrics"), headers={"Authorization": given}).status_code == 404


def test_the_numbers_of_queues_and_processes(cast: Cast, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    Heart("worker").beat()
    job(status="FAILED", queue_name=NOTICES)
    job(status="READY", queue_name=NOTICES)
    answer = Client().get(reverse("metrics"), headers={"Authorization": f"Bearer {TOKEN}"})
    lines = answer.content.decode().splitlines()
    assert 'jitasa_jobs{queue="notices",state="failed"} 1.0' in lines
    assert 'jitasa_process_up{name="worker"} 1.0' in lines
    assert any(line.startswith('jitasa_job_oldest_seconds{queue="notices"}') for line in lines)


def test_requests_are_counted_by_part_and_no_address_becomes_a_series(client: Client) -> None:
    request = client.get("/healthz").wsgi_request
    request.method = "INVENTED"
    before = metrics.REQUESTS.labels("healthz", "other", "200")._sum.get()
    metrics.answered(request, 200, 1.5)
    assert metrics.REQUESTS.labels("healthz", "other", "200")._sum.get() == before + 1.5


@pytest.mark.parametrize(
    ("told", "words"),
    [({}, None), ({"replica_behind": 1.5}, "1.5"), ({"replica_behind": None}, "NaN")],
)
def test_the_replica_is_said_where_there_is_one(
    cast: Cast, settings: Any, told: dict[str, Any], words: str | None
) -> None:
    settings.METRICS_TOKEN = TOKEN
    Heart("web-1").beat(**told)
    answer = Client().get(reverse("metrics"), headers={"Authorization": f"Bearer {TOKEN}"})
    lines = [each for each in answer.content.decode().splitlines() if each.startswith("jitasa_replica")]
    assert lines == ([f"jitasa_replica_behind_seconds {words}"] if words else [])
    page = words_of(cast.client("fah").get(reverse("system")))
    assert ("ฐานข้อมูลสำเนาช้ากว่าฐานข้อมูลหลัก 1.5 วินาที" in page) == (words == "1.5")
    assert ("อ่านจากฐานข้อมูลหลักแทน" in page) == (words == "NaN")
