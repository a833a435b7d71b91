"""``jitasa serve`` at an address that others can reach: not without a proxy, unless that is meant."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from jitasa.config.management.commands import serve

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def served_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where it would listen; nothing is started."""
    places: list[str] = []

    def listen(host: str, _port: int) -> Any:
        places.append(host)
        raise CommandError("as far as this")

    monkeypatch.setattr(serve, "listen", listen)
    monkeypatch.setattr(serve, "collect_static", lambda *_args, **_named: None)
    return places


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "", "::", "192.0.2.7", "info.example.go.th", "localhost.example.com"]
)
def test_an_address_others_can_reach_is_refused_with_what_to_do(served_at: list[str], host: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("serve", "--host", host)
    assert served_at == []
    for words in ("deploy/nginx.conf", "JITASA_BEHIND_PROXY=1", "--without-proxy", "docs/operator.md"):
        assert words in str(refusal.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_alone_needs_no_proxy(served_at: list[str], host: str) -> None:
    with pytest.raises(CommandError, match="as far as this"):
        call_command("serve", "--host", host)
    assert served_at == [host]


def test_who_means_it_or_has_a_proxy_is_served(served_at: list[str], settings: Any) -> None:
    with pytest.raises(CommandError, match="as far as this"):
        call_command("serve", "--host", "0.0.0.0", "--without-proxy")
    settings.BEHIND_PROXY = True
    with pytest.raises(CommandError, match="as far as this"):
        call_command("serve", "--host", "0.0.0.0")
    assert served_at == ["0.0.0.0", "0.0.0.0"]


def test_no_page_for_operators_recommends_an_open_address() -> None:
    """Only the sentence that says it is refused may name it."""
    for path in (
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
        *sorted((ROOT / "deploy").iterdir()),
    ):
        for line in path.read_text("utf-8").splitlines():
            assert not re.search(r"--host[ =]0\.0\.0\.0", line) or "refuses" in line, f"{path.name}: {line}"
