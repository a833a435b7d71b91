"""Signing in by an identity provider, with a real provider process over HTTP, and with hostile and dead ones."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from jwt.algorithms import RSAAlgorithm

from jitasa.accounts.models import User
from jitasa.accounts.tests.test_second_factor import PASSWORD, at_the_door, code_at, give_app, is_in
from jitasa.audit.models import Entry
from tests.cast import Cast, just_signed_in

PID = "1810100012345"
OTHER_PID = "3810500067890"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """A provider of its own process that knows two people by their citizen numbers."""
    port = free_port()
    people = [
        json.dumps({"sub": f"person-{pid}", "pid": pid, "name": "นางอนงค์ ใจดี"}) for pid in (PID, OTHER_PID)
    ]
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "--require-nonce", "true"]
    for person in people:
        command += ["--user-claims", person]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                requests.get(f"{address}/jwks", timeout=1)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def set_up(settings: Any, address: str) -> None:
    """What ``JITASA_OIDC_*`` make of the settings."""
    settings.OIDC_ON, settings.OIDC_SERVER_URL, settings.OIDC_NAME = True, address, "ThaiD"
    settings.SITE_URL = "http://testserver"
    app = {
        "provider_id": "oidc", "name": "ThaiD", "client_id": "jitasa", "secret": "ความลับ-secret",
        "settings": {"server_url": address, "scope": ["openid", "pid", "name"], "oauth_pkce_enabled": True},
    }  # fmt: skip
    of_class = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["provider_class"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": of_class, "APPS": [app]}}


@pytest.fixture
def thaid(settings: Any, provider: str) -> str:
    set_up(settings, provider)
    return provider


def at_provider(address: str, pid: str = PID, **changes: str) -> str:
    """The person agrees on the provider's page; returns where the provider sends the browser back to."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | changes
    answer = requests.post(
        urlunsplit(parts._replace(query=urlencode(query))),
        data={"sub": f"person-{pid}"},
        allow_redirects=False,
        timeout=10,
    )
    assert answer.status_code in (302, 303), answer.text
    return str(answer.headers["Location"])


def start(client: Client) -> str:
    answer = client.post(reverse("accounts:oidc_start"))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def link(client: Client, pid: str = PID) -> Any:
    answer = client.post(reverse("accounts:oidc_link"))
    return client.get(at_provider(answer["Location"], pid))


def everything_stored() -> str:
    """All text the database holds, table by table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr(cursor.fetchall()))
    return "\n".join(found)


# --- the way of somebody honest -------------------------------------------------------------------------
def test_only_what_is_set_is_asked_for_with_pkce_state_and_nonce(cast: Cast, thaid: str) -> None:
    client = Client()
    answer = client.post(f"{reverse('accounts:oidc_start')}?scope=email,address&auth_params=prompt%3Dnone")
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert sorted(asked["scope"][0].split()) == ["name", "openid", "pid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/accounts/oidc/callback/"]
    assert asked["state"][0]
    assert asked["nonce"][0]
    assert "prompt" not in asked


def test_linked_once_it_opens_the_account_and_the_number_is_kept_nowhere(cast: Cast, thaid: str) -> None:
    client = cast.client("anong")
    assert "เชื่อมกับ ThaiD" in client.get(reverse("accounts:security")).content.decode()
    answer = link(client)
    assert (answer.status_code, answer["Location"]) == (302, reverse("accounts:security"))
    assert "เชื่อมกับ ThaiD แล้วเมื่อ" in client.get(reverse("accounts:security")).content.decode()
    row = SocialAccount.objects.get()
    assert (row.user, row.extra_data) == (cast.people["anong"], {})
    assert len(row.uid) == 64
    browser = Client()
    answer = browser.get(at_provider(start(browser)))
    assert answer["Location"] == "/work/"
    assert is_in(browser)
    assert browser.get(reverse("accounts:token")).json()["username"] == "anong"
    stored = everything_stored()
    assert PID not in stored
    assert "นางอนงค์" not in stored
    assert not SocialToken.objects.exists()
    assert list(Entry.objects.filter(verb="accounts.link_identity").values_list("subject_id", flat=True)) == [
        str(cast.people["anong"].pk)
    ]


def test_the_second_factor_is_asked_for_after_it_too(cast: Cast, thaid: str) -> None:
    link(cast.client("anong"))
    give_app(cast.people["anong"], timezone.now())
    browser = Client()
    answer = browser.get(at_provider(start(browser)))
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": code_at(time.time())})
    assert is_in(browser)


def test_a_suspended_account_stays_shut(cast: Cast, thaid: str) -> None:
    link(cast.client("anong"))
    User.objects.filter(username="anong").update(is_active=False)
    browser = Client()
    browser.get(at_provider(start(browser)))
    assert not is_in(browser)


def test_unlinked_it_opens_nothing_and_the_password_still_does(cast: Cast, thaid: str) -> None:
    client = cast.client("anong")
    link(client)
    assert client.post(reverse("accounts:oidc_unlink")).status_code == 302
    browser = Client()
    assert browser.get(at_provider(start(browser))).status_code == 403
    user = cast.people["anong"]
    user.set_password(PASSWORD)
    user.save()
    assert is_in(at_the_door(user))


# --- what must not open ---------------------------------------------------------------------------------
def test_an_unknown_identity_opens_nothing_and_makes_no_account(cast: Cast, thaid: str) -> None:
    before = User.objects.count()
    browser = Client()
    answer = browser.get(at_provider(start(browser)))
    assert answer.status_code == 403
    assert "ยังไม่มีบัญชีที่เชื่อมไว้" in answer.content.decode()
    assert not is_in(browser)
    assert User.objects.count() == before
    assert PID not in everything_stored()


@pytest.mark.parametrize("state", ["", "x" * 16])
def test_a_wrong_state_opens_nothing(cast: Cast, thaid: str, state: str) -> None:
    link(cast.client("anong"))
    browser = Client()
    back = at_provider(start(browser))
    answer = browser.get(
        f"{reverse('accounts:oidc_callback')}?{urlencode({'code': parse_qs(urlsplit(back).query)['code'][0], 'state': state})}"
    )
    assert answer.status_code == 400
    assert not is_in(browser)


def test_the_answer_for_another_browser_opens_nothing(cast: Cast, thaid: str) -> None:
    """Sign-in forced on a victim: the state is of the attacker's session."""
    link(cast.client("anong"))
    attacker, victim = Client(), Client()
    start(victim)
    assert victim.get(at_provider(start(attacker))).status_code == 400
    assert not is_in(victim)


def test_an_answer_works_once(cast: Cast, thaid: str) -> None:
    link(cast.client("anong"))
    browser = Client()
    back = at_provider(start(browser))
    browser.get(back)
    browser.post(reverse("account_logout"))
    assert browser.get(back).status_code == 400
    assert not is_in(browser)


def test_a_wrong_nonce_opens_nothing(cast: Cast, thaid: str) -> None:
    link(cast.client("anong"))
    browser = Client()
    answer = browser.get(at_provider(start(browser), nonce="of-somebody-else"))
    assert answer.status_code == 400
    assert "ตรวจสอบการยืนยันตัวตนไม่ผ่าน" in answer.content.decode()
    assert not is_in(browser)


def test_one_identity_is_of_one_account(cast: Cast, thaid: str) -> None:
    link(cast.client("anong"))
    second = cast.client("chai")
    link(second)
    page = second.get(reverse("accounts:security")).content.decode()
    assert "เชื่อมกับบัญชีอื่นอยู่แล้ว" in page
    assert SocialAccount.objects.get().user == cast.people["anong"]
    third = cast.client("anong")
    link(third, OTHER_PID)
    assert "เชื่อมกับตัวตนอื่นอยู่" in third.get(reverse("accounts:security")).content.decode()
    assert SocialAccount.objects.count() == 1


def test_linking_asks_for_a_fresh_sign_in(cast: Cast, thaid: str) -> None:
    client = cast.client("anong")
    just_signed_in(client, cast.people["anong"], ago=1000)
    assert client.post(reverse("accounts:oidc_link")).status_code == 401


def test_cancelling_at_the_provider_leads_back_to_the_password(cast: Cast, thaid: str) -> None:
    browser = Client()
    state = parse_qs(urlsplit(start(browser)).query)["state"][0]
    answer = browser.get(reverse("accounts:oidc_callback"), {"error": "access_denied", "state": state})
    assert answer.status_code == 400
    assert reverse("account_login") in answer.content.decode()


# --- providers that fail --------------------------------------------------------------------------------
def test_a_provider_that_is_down_leaves_the_password(cast: Cast, settings: Any) -> None:
    set_up(settings, f"http://127.0.0.1:{free_port()}")
    answer = Client().post(reverse("accounts:oidc_start"))
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "ด้วยรหัสผ่านได้ตามปกติ" in answer.content.decode()
    assert "เข้าสู่ระบบด้วย ThaiD" in Client().get(reverse("account_login")).content.decode()
    user = cast.people["anong"]
    user.set_password(PASSWORD)
    user.save()
    assert is_in(at_the_door(user))


def test_a_provider_that_never_answers_holds_nobody_long_and_then_is_left_alone(
    cast: Cast, settings: Any
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        set_up(settings, f"http://127.0.0.1:{silent.getsockname()[1]}")
        began = time.monotonic()
        assert Client().post(reverse("accounts:oidc_start")).status_code == 503
        assert time.monotonic() - began < 8
        began = time.monotonic()
        assert Client().post(reverse("accounts:oidc_start")).status_code == 503
        assert time.monotonic() - began < 2, "asked again at once"


class Hostile(BaseHTTPRequestHandler):
    """A provider that answers what its server's ``answers`` say, by path."""

    def do_GET(self) -> None:
        body = self.server.answers[urlsplit(self.path).path]  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        pieces = body if isinstance(body, list) else [json.dumps(body).encode()]
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(1 if len(pieces) > 1 else 0)

    do_POST = do_GET  # noqa: N815 (the base class's name)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@contextmanager
def hostile() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def described(server: Any) -> str:
    address = f"http://127.0.0.1:{server.server_address[1]}"
    server.answers = {
        "/.well-known/openid-configuration": {
            "issuer": address,
            "authorization_endpoint": f"{address}/authorize",
            "token_endpoint": f"{address}/token",
            "userinfo_endpoint": f"{address}/userinfo",
            "jwks_uri": f"{address}/jwks",
        }
    }
    return address


@pytest.mark.parametrize(
    "signed",
    ["right", "other key", "none", "other issuer", "other client", "over", "sure enough", "not sure enough"],
)
def test_an_id_token_counts_only_when_everything_about_it_is_right(
    cast: Cast, settings: Any, signed: str
) -> None:
    own, other = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    public = json.loads(RSAAlgorithm.to_jwk(own.public_key())) | {"kid": "1", "alg": "RS256"}
    with hostile() as server:
        address = described(server)
        set_up(settings, address)
        settings.OIDC_ACR = ["high", "higher"] if "sure" in signed else []
        browser = cast.client("anong")
        asked = parse_qs(urlsplit(browser.post(reverse("accounts:oidc_link"))["Location"]).query)
        assert asked.get("acr_values") == (["high higher"] if "sure" in signed else None)
        claims = {
            "acr": "low" if signed == "not sure enough" else "higher",
            "iss": "https://evil.example" if signed == "other issuer" else address,
            "aud": "another" if signed == "other client" else "jitasa",
            "exp": int(time.time()) + (-600 if signed == "over" else 600),
            "nonce": asked["nonce"][0],
            "sub": "1",
            "pid": PID,
        }
        key: Any = {"other key": other, "none": ""}.get(signed, own)
        token = jwt.encode(
            claims, key, algorithm="none" if signed == "none" else "RS256", headers={"kid": "1"}
        )
        server.answers |= {"/jwks": {"keys": [public]}, "/token": {"access_token": "x", "id_token": token}}  # type: ignore[attr-defined]
        answer = browser.get(reverse("accounts:oidc_callback"), {"code": "c", "state": asked["state"][0]})
    is_right = signed in {"right", "sure enough"}
    assert answer.status_code == (302 if is_right else 400)
    assert SocialAccount.objects.exists() is is_right


def test_a_description_of_another_provider_is_refused(cast: Cast, settings: Any) -> None:
    with hostile() as server:
        set_up(settings, described(server))
        server.answers["/.well-known/openid-configuration"]["issuer"] = "https://evil.example"  # type: ignore[attr-defined]
        assert Client().post(reverse("accounts:oidc_start")).status_code == 400


def test_an_answer_without_end_is_cut_off(cast: Cast, settings: Any) -> None:
    with hostile() as server:
        set_up(settings, described(server))
        server.answers["/.well-known/openid-configuration"] = [b" " * 1000] * 60  # type: ignore[attr-defined]
        began = time.monotonic()
        assert Client().post(reverse("accounts:oidc_start")).status_code == 503
        assert time.monotonic() - began < 15
    cache.clear()


def test_without_a_provider_there_is_no_such_page(cast: Cast) -> None:
    assert cast.client("anong").post(reverse("accounts:oidc_link")).status_code == 404
    assert Client().post(reverse("accounts:oidc_start")).status_code == 404
    assert reverse("accounts:oidc_start") not in Client().get(reverse("account_login")).content.decode()


def test_a_stranger_may_be_led_to_the_provider_by_the_form_and_nowhere_else(settings: Any) -> None:
    """``form-action`` of the policy is made from the settings at the start."""
    made = subprocess.run(
        [sys.executable, "-c", "from jitasa.config import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"],
        env={"PATH": "/usr/bin", "JITASA_DATA_DIR": str(settings.DATA_DIR), "JITASA_OIDC_SERVER_URL": "https://id.example.go.th/realm/x/"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert made.stdout.strip() == """["'self'", 'https://id.example.go.th']"""
