"""What a browser keeps of a signed-in person: nothing; and the names of its cookies under https."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

PASSWORD = "ทะเลกระบี่สวยมาก"
HTTPS_NAMES = ["__Host-sessionid", "__Host-csrftoken", "__Host-jitasa_language"]


@pytest.mark.parametrize("address", ["/work/", "/work/nothing-here/", "/work/audit/", "/manual/"])
def test_answers_of_every_status_to_somebody_signed_in_are_not_kept(cast: Cast, address: str) -> None:
    answer = cast.client("anong").get(address)
    assert answer.status_code in {200, 403, 404}
    assert "no-store" in answer["Cache-Control"]


def test_an_answer_that_failed_is_not_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_words: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("jitasa.audit.views.entries_of", fails)
    client = cast.client("boonmee")
    client.raise_request_exception = False
    answer = client.get("/work/audit/")
    assert answer.status_code == 500
    assert "no-store" in answer["Cache-Control"]


def test_the_answer_that_signs_in_is_not_kept_and_public_pages_are(cast: Cast) -> None:
    cast.people["anong"].set_password(PASSWORD)
    cast.people["anong"].save()
    client = Client()
    answer = client.post("/accounts/login/", {"login": "anong", "password": PASSWORD})
    assert answer.status_code == 302
    assert "no-store" in answer["Cache-Control"]
    assert client.get(reverse("portal:privacy"))["Cache-Control"].startswith("public")
    assert "no-store" in client.post("/accounts/logout/")["Cache-Control"]


def test_cookies_under_https_belong_to_this_host_alone(cast: Cast, settings: Any) -> None:
    (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME) = HTTPS_NAMES
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True
    cast.people["anong"].set_password(PASSWORD)
    cast.people["anong"].save()
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/", secure=True)
    token = client.cookies["__Host-csrftoken"].value
    form = {"login": "anong", "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = client.post("/accounts/login/", form, secure=True, headers={"Referer": "https://testserver/"})
    assert answer.status_code == 302
    assert client.get("/work/", secure=True).status_code == 200
    for name in HTTPS_NAMES:
        cookie = client.cookies[name]
        assert cookie["secure"], name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://info.example.go.th", HTTPS_NAMES),
        ("http://localhost:8000", [name.removeprefix("__Host-") for name in HTTPS_NAMES]),
    ],
)
def test_the_site_address_decides_the_names(tmp_path: Path, address: str, names: list[str]) -> None:
    script = (
        "from jitasa.config import settings as s\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE)"
    )
    environment = os.environ | {"JITASA_SITE_URL": address, "JITASA_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    secure = str(address.startswith("https"))
    assert done.stdout.split() == [*names, secure, secure, secure]
