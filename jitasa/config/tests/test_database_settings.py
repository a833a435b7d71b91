"""The address of the database: one host, several, and what stands in for what it leaves open."""

from pathlib import Path
from typing import Any

import pytest

from jitasa.config.database_settings import database
from jitasa.config.env import BadSetting


def entry(monkeypatch: pytest.MonkeyPatch, address: str, *, pooled: str = "0") -> dict[str, Any]:
    monkeypatch.setenv("SOME_DATABASE", address)
    monkeypatch.setenv("JITASA_DATABASE_POOLED", pooled)
    return database("SOME_DATABASE", Path("/nowhere"))


def test_one_host(monkeypatch: pytest.MonkeyPatch) -> None:
    found = entry(monkeypatch, "postgresql://user:p%40ss@db.example:5433/jitasa?sslmode=require")
    named = {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {
        "NAME": "jitasa",
        "USER": "user",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert found["OPTIONS"]["sslmode"] == "require"
    assert "target_session_attrs" not in found["OPTIONS"]


@pytest.mark.parametrize(
    ("address", "hosts", "ports"),
    [
        ("postgresql://u@h1:5432,h2:5433/db", "h1,h2", "5432,5433"),
        ("postgresql://u@h1,h2/db", "h1,h2", ","),
        ("postgres://u@[fd00::1]:5432,[fd00::2]:5432/db", "fd00::1,fd00::2", "5432,5432"),
        ("postgresql:///db?host=/run/one,/run/two&user=u", "/run/one,/run/two", ""),
    ],
)
def test_of_several_hosts_the_writable_one(
    monkeypatch: pytest.MonkeyPatch, address: str, hosts: str, ports: str
) -> None:
    found = entry(monkeypatch, address)
    assert (found["HOST"], found["PORT"], found["USER"]) == (hosts, ports, "u")
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"


def test_nothing_waits_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    one = entry(monkeypatch, "postgresql://u@h/db")["OPTIONS"]
    several = entry(monkeypatch, "postgresql://u@h1,h2/db")["OPTIONS"]
    assert (one["connect_timeout"], several["connect_timeout"]) == ("5", "3")
    assert int(several["tcp_user_timeout"]) == 15_000
    assert "lock_timeout" in several["options"]


def test_options_of_the_address_take_no_limit_away(monkeypatch: pytest.MonkeyPatch) -> None:
    options = entry(monkeypatch, "postgresql://u@h/db?options=-c%20lock_timeout%3D9s")["OPTIONS"]["options"]
    assert "statement_timeout" in options
    assert options.rindex("lock_timeout=9s") > options.index("lock_timeout=60s")  # the last one holds


def test_a_pooler_is_told_nothing_that_only_one_connection_would_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = entry(monkeypatch, "postgresql://u@h1:6432,h2:6432/db", pooled="1")
    assert found["POOLED"] is True
    assert not {"options", "target_session_attrs"} & found["OPTIONS"].keys()


def test_what_the_address_says_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "target_session_attrs=primary&connect_timeout=9&tcp_user_timeout=1"
    options = entry(monkeypatch, f"postgresql://u@h1,h2/db?{asked}")["OPTIONS"]
    assert asked == "&".join(f"{key}={options[key]}" for key in ("target_session_attrs", "connect_timeout", "tcp_user_timeout"))  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "mysql://u@h/db",
        "postgresql://u@h",
        "postgresql://u@h:port/db",
        "postgresql://u@h1:1,h2:two/db",
        "postgresql://u@h/db?no_such_option=1",
        "postgresql://u:100%@h/db",
    ],
)
def test_another_address_stops_with_an_example(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    with pytest.raises(BadSetting, match="postgresql://user:pass@host:5432/jitasa"):
        entry(monkeypatch, address)
