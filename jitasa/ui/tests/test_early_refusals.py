"""What is answered before the reader is known is in her language; a refused form says what is true of its sender."""

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, RequestFactory

from jitasa.ui.views import broken
from tests.cast import Cast

ENGLISH = {settings.LANGUAGE_COOKIE_NAME: "en"}


def reader(language: str) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.mark.django_db
def test_an_unreadable_address_is_said_in_the_language_of_the_switch() -> None:
    page = reader("en").get("/activities/?q=%00").content.decode()
    assert '<html lang="en">' in page
    assert "This request cannot be read" in page
    assert "อ่านคำขอนี้ไม่ได้" in reader("th").get("/activities/?q=%00").content.decode()
    assert "อ่านคำขอนี้ไม่ได้" in reader("xx").get("/activities/?q=%00").content.decode()


@pytest.mark.django_db
def test_the_address_decides_before_the_switch() -> None:
    for path in ("/en/activities/?q=%00", "/en/a/x%00/"):
        assert '<html lang="en">' in Client().get(path).content.decode()


@pytest.mark.django_db
def test_too_large_is_said_in_the_language_of_the_switch() -> None:
    answer = reader("en").post("/accounts/login/", {"login": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "What was sent is too large" in answer.content.decode()
    assert '<html lang="en">' in answer.content.decode()


def test_broken_is_said_in_the_language_of_the_switch() -> None:
    request = RequestFactory().get("/work/")
    request.COOKIES = dict(ENGLISH)
    assert '<html lang="en">' in broken(request).content.decode()
    assert "ระบบขัดข้องชั่วคราว" in broken(HttpRequest()).content.decode()


def test_a_known_readers_language_goes_before_the_cookie(cast: Cast) -> None:
    """A form that cannot be read is refused after its sender is known."""
    client = cast.client("anong")  # reads Thai
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.post("/work/activities/new/", {"name": "ก\0ข"}).content.decode()
    assert '<html lang="th">' in page


@pytest.mark.django_db
def test_whoever_signs_in_is_not_told_that_her_session_ended() -> None:
    answer = reader("th").post("/accounts/login/", {"login": "anong", "password": "x"})
    assert answer.status_code == 403
    assert "เพราะหน้านี้เปิดค้างไว้นาน" in answer.content.decode()
    assert "หมดเวลา" not in answer.content.decode()


def test_a_clerk_whose_session_ended_is_told_so(cast: Cast) -> None:
    for client in (reader("th"), Client(enforce_csrf_checks=True)):
        answer = client.post("/work/notices/read-all/")
        assert answer.status_code == 403
        assert "เพราะการเข้าสู่ระบบของท่านหมดเวลา" in answer.content.decode()
