"""Refusals stand in the audit, and nobody fills it with them."""

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from jitasa.audit import refusals
from jitasa.audit.labels import details, label
from jitasa.audit.models import Entry
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def at_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def refused() -> list[Entry]:
    return list(Entry.objects.filter(verb="audit.refused").order_by("id"))


def test_a_person_refused_stands_in_her_offices_chain(cast: Cast) -> None:
    assert cast.client("anong").get("/work/audit/").status_code == 403
    (entry,) = refused()
    assert (entry.actor_id, entry.office_id) == (cast.people["anong"].pk, cast.aonang.pk)
    assert entry.chain_id == f"office:{cast.aonang.pk}"
    assert entry.data == {"method": "GET", "path": "/work/audit/", "reason": "refused_right"}
    assert label(entry.verb) == "ถูกปฏิเสธ"
    assert "ไม่มีสิทธิ" in details(entry.data)


def test_an_entry_without_a_subject_has_no_empty_label(cast: Cast) -> None:
    cast.client("anong").get("/work/audit/")
    page = cast.client("boonmee").get("/work/audit/").content.decode()
    (row,) = [row for row in page.split("<tr>") if "/work/audit/</div>" in row or "ไม่มีสิทธิ" in row]
    assert "ถูกปฏิเสธ" in row
    assert 'data-label="เรื่อง"' not in row


def test_a_form_out_of_date_is_said_to_be_one(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"}, REMOTE_ADDR="10.1.2.3")
    assert answer.status_code == 403
    (entry,) = refused()
    assert (entry.chain_id, entry.address, entry.actor_id) == ("refused", "10.1.2.3", None)
    assert entry.data["reason"] == "refused_form"


def forms_out_of_date(count: int, address: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    for number in range(count):
        client.post("/accounts/login/", {"login": "x"}, REMOTE_ADDR=address(number))


def test_one_network_gets_twenty_entries_an_hour(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    forms_out_of_date(40, lambda number: f"2001:db8::{number:x}")  # one /64 is one reader
    assert len(refused()) == 20
    assert refused()[-1].data["more"] == "access_log"
    assert "more" not in refused()[-2].data
    forms_out_of_date(1, lambda _number: "2001:db8:0:1::1")
    assert len(refused()) == 21
    monkeypatch.setattr(timezone, "now", lambda: NOW.replace(hour=5))
    forms_out_of_date(1, lambda _number: "2001:db8::1")
    assert len(refused()) == 22


def test_all_strangers_together_get_three_hundred_and_keep_nobody_known_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "OF_STRANGERS", 15)
    forms_out_of_date(30, lambda number: f"10.0.0.{number}")
    assert len(refused()) == 15
    cast.client("anong").get("/work/audit/")
    assert len(refused()) == 16


def test_an_audit_that_fails_changes_no_answer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_words: object) -> None:
        raise DatabaseError

    client = cast.client("anong")
    monkeypatch.setattr(refusals, "record", fails)
    assert client.get("/work/audit/").status_code == 403
