"""How many threads of a process write, where the operator says nothing (docs/adr/0015)."""

import pytest

from jitasa.config.web.limits import from_environment


@pytest.mark.parametrize(
    ("address", "said", "threads"),
    [("", "", 2), ("postgresql://jitasa@db/jitasa", "", 8), ("postgresql://jitasa@db/jitasa", "1", 1)],
)
def test_sqlite_has_one_writer_and_postgresql_many(
    monkeypatch: pytest.MonkeyPatch, address: str, said: str, threads: int
) -> None:
    monkeypatch.setenv("JITASA_DATABASE_URL", address)
    monkeypatch.setenv("JITASA_WEB_WRITING_THREADS", said)
    assert from_environment().writing_threads == threads
