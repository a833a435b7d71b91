"""What every answer tells the browser, static files among them, and which cookies scripts may read."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jitasa.config import settings as ours
from jitasa.ui.messages import HostCookie
from tests.cast import Cast


@pytest.fixture
def as_served(settings: Any, tmp_path: Path) -> None:
    """The middleware as it stands in the product, with one static file."""
    (tmp_path / "x.js").write_text("export const x = 1;")
    (tmp_path / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    settings.STATIC_ROOT = tmp_path
    settings.MIDDLEWARE = ours.MIDDLEWARE
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/static/x.svg", 200),
        ("/privacy/", 200),
        ("/nothing/", 404),
        ("/work/", 302),
        ("/map/points.json", 200),
    ],
)
def test_every_answer_has_its_safety_headers(as_served: None, db: None, address: str, status: int) -> None:
    answer = Client().get(address, secure=True)
    assert answer.status_code == status
    policy = answer["Content-Security-Policy"]
    for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'"):
        assert part in policy, part
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_file_that_is_no_document_may_do_nothing(as_served: None) -> None:
    answer = Client().get("/static/x.js", secure=True)
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_no_cookie_is_for_scripts(cast: Cast) -> None:
    cast.people["anong"].set_password("ทะเลกระบี่สวยมาก")
    cast.people["anong"].save()
    client = Client()
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "anong", "password": "ทะเลกระบี่สวยมาก"})
    client.post("/accounts/profile/", {"full_name": "อนงค์", "numerals": "arabic", "language": "th"})
    assert {"sessionid", "csrftoken", "jitasa_language"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


def test_messages_have_a_cookie_of_this_host() -> None:
    assert HostCookie.cookie_name == f"{ours.COOKIE_PREFIX}messages"
