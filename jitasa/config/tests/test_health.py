"""What watching programs and the department's administrators are told about the processes."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jitasa.config import tables, views
from jitasa.config.health import KINDS
from jitasa.files.bucket_address import read_address
from jitasa.heartbeat import Heart
from tests.cast import Cast
from tests.pages import words_of

WELL = "ทุกส่วนทำงานปกติ"


def test_health_names_who_is_silent_and_asks_no_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["late"] == list(KINDS)
    for kind in KINDS[:-1]:
        Heart(f"{kind}-1").beat()
    assert client.get("/healthz").json()["late"] == ["scheduler"]
    Heart("scheduler").beat()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_a_process_that_was_heard_long_ago_is_silent(client: Client) -> None:
    for kind in KINDS:
        Heart(kind).beat()
    path = Heart("worker").path
    facts = json.loads(path.read_text())
    path.write_text(json.dumps({**facts, "since_boot": facts["since_boot"] - 31, "at": facts["at"] - 31}))
    assert client.get("/healthz").json()["late"] == ["worker"]


def test_a_clock_that_jumped_is_told(client: Client) -> None:
    for kind in KINDS:
        Heart(kind).beat()
    Heart("scheduler").beat(jumped=86_400.0)
    assert client.get("/healthz").json()["clock_jumped"] is True


def test_a_host_that_shares_no_folder_answers_for_what_it_runs(client: Client, settings: Any) -> None:
    Heart("supervisor").beat(programs={"web-1": {}, "pictures": {}})
    Heart("web-1").beat()
    assert client.get("/healthz").json()["late"] == ["worker", "pictures", "scheduler"]
    settings.FILES_BUCKET = read_address("s3://key:secret@127.0.0.1:1/bucket?tls=0")
    assert client.get("/healthz").json()["late"] == ["pictures"]


@pytest.mark.django_db
def test_ready_when_the_database_answers(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_before_the_migrations_of_this_version_have_run(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked until they have; from then on no request pays for it."""
    waiting = [False, True]
    monkeypatch.setattr(tables, "migrations_wait", waiting.pop)
    tables.demand_tables.cache_clear()
    answers = [client.get("/readyz") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 200, 200]
    assert answers[0].json() == {"status": "migrations"}
    assert waiting == []


def test_the_page_shows_restarts_and_why(cast: Cast) -> None:
    Heart("worker").beat()
    state = {"worker": {"pid": 1, "restarts": 3, "last_end": "(pid 7) was killed by SIGKILL"}}
    Heart("supervisor").beat(programs=state)
    page = cast.client("fah").get(reverse("system")).content.decode()
    assert "was killed by SIGKILL" in page
    assert "ไม่พบสัญญาณจาก:" in page
    assert cast.client("ek").get(reverse("system")).status_code == 403


@pytest.mark.parametrize(
    ("asked", "said", "words"),
    [
        ("standby_is_away", True, "ฐานข้อมูลสำรองไม่ตอบ"),
        ("missing_limits", ["lock_timeout"], "ไม่มีกำหนดเวลารอ"),
        ("cache_is_away", True, "แคชที่ใช้ร่วมกันไม่ตอบ"),
        ("file_store_is_away", True, "ที่เก็บไฟล์ภายนอกไม่ตอบ"),
    ],
)
def test_the_page_says_what_is_wrong_or_once_that_nothing_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, asked: str, said: object, words: str
) -> None:
    for kind in KINDS:
        Heart(kind).beat()
    page = words_of(cast.client("fah").get(reverse("system")))
    assert (page.count(WELL), words in page) == (1, False)
    monkeypatch.setattr(views, asked, lambda: said)
    page = words_of(cast.client("fah").get(reverse("system")))
    assert (page.count(WELL), words in page) == (0, True)
