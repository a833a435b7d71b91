"""Guessing passwords: by network and account, with growing waits, never against the owner's usual place."""

import logging
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client, override_settings

import jitasa
from jitasa.accounts import rules_guessing as rules
from jitasa.accounts.models import Guesses, KnownNetwork, PersonalNotice, User
from jitasa.accounts.services.guessing import (
    KEPT,
    KNOWN_FOR,
    TooManyTries,
    begin_sign_in,
    forget_guesses,
    remember_network,
    take_back,
)
from jitasa.accounts.services.proofs import check_password
from jitasa.audit.models import Entry
from jitasa.config.tests.served import python_path
from jitasa.ui.network import clean_address, network_of
from tests.cast import NOW, Cast

ROOT = Path(jitasa.__file__).parent
PASSWORD = "ทะเลกระบี่สวยมาก"
LOGIN = "/accounts/login/"


@pytest.fixture
def anong(cast: Cast) -> User:
    user = cast.people["anong"]
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, name: str, password: str, address: str = "10.1.1.1") -> Any:
    return client.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=address)


def wrong(count: int, address: str, name: str = "anong") -> list[int]:
    return [sign_in(Client(), name, "ผิด", address.format(n=n)).status_code for n in range(count)]


# --- networks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address", "network"),
    [
        ("203.0.113.9", "203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:4711", "203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ('"[2001:db8:1:2::9]"', "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::1", "fe80::/64"),
        ("2001:DB8::1", "2001:db8::1", "2001:db8::/64"),
        ("unknown", "", ""),
        ("", "", ""),
        ("1.2.3.4, 5.6.7.8", "", ""),
    ],
)
def test_addresses_have_one_spelling_and_a_network(written: str, address: str, network: str) -> None:
    assert (clean_address(written), network_of(written)) == (address, network)


# --- strangers ------------------------------------------------------------------------------------


def test_fourteen_wrong_tries_from_one_64_lock(anong: User) -> None:
    answers = wrong(14, "2001:db8:7:7:{n:x}::{n:x}")
    assert answers[:5] == [200] * 5
    assert answers[5:] == [429] * 9
    assert sign_in(Client(), "anong", PASSWORD, "2001:db8:7:7:ffff::1").status_code == 429
    assert sign_in(Client(), "anong", PASSWORD, "2001:db8:7:8::1").status_code == 302, "the next network"


def test_fourteen_names_from_one_64_lock_too(cast: Cast) -> None:
    answers = [sign_in(Client(), f"name{n}", "ผิด", f"2001:db8:7:7::{n:x}").status_code for n in range(14)]
    assert answers == [200] * 12 + [429] * 2


def test_a_port_makes_no_new_address(anong: User) -> None:
    assert wrong(6, "203.0.113.9:400{n}")[-1] == 429
    with override_settings(BEHIND_PROXY=True):
        answers = [
            Client()
            .post(
                LOGIN,
                {"login": "boonmee", "password": "ผิด"},
                REMOTE_ADDR="127.0.0.1",
                HTTP_X_FORWARDED_FOR=f"198.51.100.4:{5000 + n}",
            )
            .status_code
            for n in range(6)
        ]
    assert answers[-1] == 429
    assert set(Entry.objects.filter(subject_name="Boonmee").values_list("address", flat=True)) == {
        "198.51.100.4"
    }


def test_the_wait_grows_and_is_told(anong: User) -> None:
    moment = NOW
    waits: list[int] = []
    for _ in range(9):
        with patch("jitasa.accounts.adapter.timezone.now", return_value=moment):
            sign_in(Client(), "anong", "ผิด", "10.9.9.9")
            answer = sign_in(Client(), "anong", PASSWORD, "10.9.9.9") if len(waits) >= 4 else None
        waits.append(int(answer["Retry-After"]) // 60 if answer else 0)
        moment += timedelta(minutes=waits[-1], seconds=1)
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16]
    assert answer is not None
    assert "รอ 16 นาที" in answer.content.decode()
    with patch("jitasa.accounts.adapter.timezone.now", return_value=moment):
        assert sign_in(Client(), "anong", PASSWORD, "10.9.9.9").status_code == 302, "after the wait it opens"
    assert rules.wait_after(10_000, rules.PAIR) == timedelta(hours=1)


# --- the owner ------------------------------------------------------------------------------------


def test_the_owner_signs_in_from_her_usual_place_while_a_botnet_tries(anong: User) -> None:
    usual = Client()
    assert sign_in(usual, "anong", PASSWORD, "2001:db8:1:1::5").status_code == 302
    usual.post("/accounts/logout/")
    wrong(40, "10.66.{n}.1")
    assert sign_in(Client(), "anong", PASSWORD, "10.77.1.1").status_code == 429, "strangers wait"
    assert sign_in(Client(), "anong", PASSWORD, "2001:db8:1:1::99").status_code == 302, "the usual network"
    assert sign_in(usual, "anong", PASSWORD, "10.77.1.2").status_code == 302, "the usual browser anywhere"


def test_the_usual_browser_is_not_shut_by_a_neighbour_in_the_same_network(anong: User) -> None:
    usual = Client()
    sign_in(usual, "anong", PASSWORD, "10.1.1.1")
    usual.post("/accounts/logout/", REMOTE_ADDR="10.1.1.1")
    assert wrong(7, "10.1.1.1")[-1] == 429
    assert sign_in(usual, "anong", PASSWORD, "10.1.1.1").status_code == 302
    again = Client()
    again.cookies = usual.cookies
    del again.cookies["sessionid"]
    answers = [sign_in(again, "anong", "ผิด", "10.1.1.1").status_code for _ in range(11)]
    assert answers[-1] == 429, "guesses from that browser are counted by themselves"


def test_a_cookie_made_up_or_of_somebody_else_is_worth_nothing(anong: User, cast: Cast) -> None:
    boonmee = cast.people["boonmee"]
    boonmee.set_password(PASSWORD)
    boonmee.save()
    thief = Client()
    sign_in(thief, "boonmee", PASSWORD, "10.5.5.5")
    thief.post("/accounts/logout/")
    assert [sign_in(thief, "anong", "ผิด", "10.5.5.5").status_code for _ in range(6)][-1] == 429
    forged = Client()
    forged.cookies[settings.DEVICE_COOKIE_NAME] = f'{{"{anong.pk}": "x"}}'
    assert [sign_in(forged, "anong", "ผิด", "10.5.5.6").status_code for _ in range(6)][-1] == 429


def test_somebody_new_with_a_one_time_password_is_not_slowed_by_strangers(anong: User) -> None:
    User.objects.filter(pk=anong.pk).update(must_change_password=True)
    wrong(40, "10.66.{n}.1")
    assert sign_in(Client(), "anong", PASSWORD, "10.77.1.1").status_code == 302


def test_networks_are_forgotten_after_ninety_days_and_counts_after_two(anong: User) -> None:
    remember_network(user=anong, address="10.1.1.1", now=NOW)
    begin_sign_in(username="anong", address="10.2.2.2", device="", now=NOW)
    assert forget_guesses(now=NOW + KEPT) == 0
    assert forget_guesses(now=NOW + KEPT + timedelta(seconds=1)) == 3
    assert forget_guesses(now=NOW + KNOWN_FOR + timedelta(seconds=1)) == 1
    assert not KnownNetwork.objects.exists()


# --- who is told, what is kept --------------------------------------------------------------------


@override_settings(EMAIL_HOST="mail.example.go.th")
def test_person_operator_and_audit_learn_of_it_once(
    anong: User, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=anong.pk).update(email="anong@example.go.th")
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        wrong(6, "10.9.9.9")
        wrong(6, "10.9.9.8")
    notice = PersonalNotice.objects.get(user=anong)
    assert notice.title == "มีผู้กรอกรหัสผ่านของท่านผิดหลายครั้ง"
    assert "10.9.9.9" in notice.body
    assert [letter.to for letter in mail.outbox] == [["anong@example.go.th"]]
    assert "account anong from network 10.9.9.9 must wait 60 s" in caplog.text
    locked = Entry.objects.filter(verb="accounts.sign_in_failed", data__locked=True)
    assert set(locked.values_list("address", flat=True)) == {"10.9.9.9", "10.9.9.8"}
    page = Client()
    page.force_login(anong, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert notice.title in page.get("/work/notices/").content.decode()


def test_nothing_that_was_typed_as_a_name_is_kept_anywhere(cast: Cast) -> None:
    """People type passwords into the field of the name."""
    for number in range(8):
        sign_in(Client(), "MySecret-Passw0rd", "x", f"10.3.3.{number}")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = repr(cursor.fetchall()).lower()
            assert "mysecret" not in text, table
    assert not apps.is_installed("axes")
    assert Guesses.objects.count() == 8 + 8 + 1
    assert all(len(key) == 64 for key in Guesses.objects.values_list("key", flat=True))


def test_the_tables_of_axes_and_the_names_in_them_go(db: None) -> None:
    from importlib import import_module

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE axes_accesslog (id integer, username varchar(255))")
        cursor.execute("INSERT INTO axes_accesslog VALUES (1, 'MySecret-Passw0rd')")
    migration = import_module("jitasa.accounts.migrations.0004_axes_is_gone")
    with connection.cursor() as cursor:
        editor = SimpleNamespace(
            connection=connection, execute=cursor.execute, quote_name=connection.ops.quote_name
        )
        migration.drop(apps, editor)
        migration.drop(apps, editor)
    assert "axes_accesslog" not in connection.introspection.table_names()


# --- one count for everybody ----------------------------------------------------------------------


def test_a_try_is_counted_before_the_password_is_looked_at(anong: User) -> None:
    """So that a hundred tries at once, none of them answered yet, are no way round the count."""
    running = [begin_sign_in(username="anong", address="10.9.9.9", device="", now=NOW) for _ in range(5)]
    with pytest.raises(TooManyTries):
        begin_sign_in(username="anong", address="10.9.9.9", device="", now=NOW)
    take_back(running[0])
    begin_sign_in(username="anong", address="10.9.9.9", device="", now=NOW)


SCRIPT = """
import sys, django
django.setup()
from datetime import datetime, UTC
from django.db import connection
from jitasa.accounts.models import Guesses, KnownNetwork, User
from jitasa.accounts.services.guessing import TooManyTries, begin_sign_in
if sys.argv[1] == "make":
    with connection.schema_editor() as editor:
        for model in (User, Guesses, KnownNetwork):
            editor.create_model(model)
    sys.exit()
taken = 0
for number in range(7):
    try:
        begin_sign_in(username="anong", address=f"2001:db8::{number:x}", device="", now=datetime.now(UTC))
        taken += 1
    except TooManyTries:
        pass
print(taken)
"""


def test_two_processes_share_one_count(tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "jitasa.config.settings",
        "JITASA_DATA_DIR": str(tmp_path),
        "JITASA_DATABASE_URL": "",
        "PYTHONPATH": python_path(),
    }

    def run(word: str) -> "subprocess.Popen[str]":
        arguments = [sys.executable, "-c", SCRIPT, word]
        return subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True)

    assert run("make").wait(120) == 0
    running = [run("try") for _ in range(2)]
    taken = [int(process.communicate(timeout=120)[0]) for process in running]
    assert sum(taken) == 5, "fourteen tries, five of them taken"


def test_a_signed_in_persons_password_is_compared_in_one_place() -> None:
    """Anywhere else tries would not be counted. The form's other comparison is with the *new* password."""
    asking = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count(".check_password(")
        for path in ROOT.rglob("*.py")
        if "tests" not in path.relative_to(ROOT).parts and ".check_password(" in path.read_text("utf-8")
    }
    assert asking == {"accounts/services/proofs.py": 1, "accounts/forms.py": 1}


# --- one's own password ---------------------------------------------------------------------------


def test_the_old_password_field_counts_tries(anong: User) -> None:
    client = Client()
    sign_in(client, "anong", PASSWORD)
    new = "ภูเขาและป่าโกงกาง"
    pages = [
        client.post(
            "/accounts/password/", {"old_password": f"ผิด{n}", "new_password1": new, "new_password2": new}
        )
        for n in range(5)
    ]
    assert "รหัสผ่านเดิมไม่ถูกต้อง" in pages[-1].content.decode()
    right = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    refused = client.post("/accounts/password/", right)
    assert refused.status_code == 422
    assert "รอ 1 นาที" in refused.content.decode()
    anong.refresh_from_db()
    assert anong.check_password(PASSWORD)
    with pytest.raises(TooManyTries):
        check_password(user=anong, password=PASSWORD, address="10.1.1.1", now=anong.last_login)  # type: ignore[arg-type]  # she has signed in
    assert Entry.objects.filter(verb="accounts.confirm_failed", subject_id=str(anong.pk)).count() == 5
