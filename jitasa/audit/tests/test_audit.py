"""The chains, their verification, and the page that shows them."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import jitasa
from jitasa.accounts.models import User
from jitasa.accounts.rules import search_text
from jitasa.audit import labels
from jitasa.audit.hashing import content_mac, link
from jitasa.audit.models import Chain, Entry
from jitasa.audit.selectors.verify import verdicts
from jitasa.audit.services.record import record
from tests.cast import NOW, Cast

LIST = "/work/audit/"
OTHER_CLOCK = NOW.astimezone(timezone(timedelta(hours=7)))


def some_acts(cast: Cast, count: int = 3) -> None:
    for number in range(count):
        record(
            actor=cast.boonmee,
            verb="organizations.edit_person",
            subject=cast.people["anong"],
            data={"serial": number},
            now=NOW + timedelta(minutes=number),
        )


def broken() -> dict[str, tuple[int | None, str]]:
    return {v.chain: (v.broken_number, v.reason) for v in verdicts() if v.broken_number is not None}


def test_each_office_has_its_own_chain_and_entries_follow_each_other(cast: Cast) -> None:
    some_acts(cast, 2)
    record(actor=cast.chai, verb="x.y", now=NOW)
    first, second = Entry.objects.filter(chain_id=f"office:{cast.aonang.pk}").order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert second.hash == link(first.hash, content_mac(second))
    assert Chain.objects.get(pk=f"office:{cast.kokklang.pk}").length == 1
    assert broken() == {}


def test_the_hash_holds_after_reading_back_whatever_the_data_were(cast: Cast) -> None:
    data: dict[Any, Any] = {
            10: "ten", 9: "nine", "day": NOW.date(), "at": OTHER_CLOCK, "sum": Decimal("1.50"),
            "big": 1e16, "small": 1e-7, "none": None, "list": [1.0, {"ก": True}], "text": "ประจำ 🌳\n",
    }  # fmt: skip
    record(actor=cast.boonmee, verb="x.y", now=OTHER_CLOCK, data=data)
    assert broken() == {}


def test_an_entry_dies_with_the_act_it_belongs_to(cast: Cast) -> None:
    def failing_act() -> None:
        with transaction.atomic():
            some_acts(cast)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing_act()
    assert not Entry.objects.exists()
    some_acts(cast)
    assert broken() == {}


def _change(**values: object) -> Callable[[], object]:
    return lambda: Entry.objects.filter(number=2).update(**values)


@pytest.mark.parametrize(
    ("tamper", "number"),
    [
        (_change(actor_name="คนอื่น"), 2),
        (_change(data={"number": 9}), 2),
        (_change(at=datetime(2026, 1, 1, tzinfo=UTC)), 2),
        (_change(address="10.0.0.1"), 2),
        (_change(verb="x.z"), 2),
        (lambda: Entry.objects.filter(number=2).delete(), 2),
        (lambda: Entry.objects.filter(number=3).delete(), 3),
        (lambda: Entry.objects.filter(number=1).delete(), 1),
        (lambda: Chain.objects.update(head="0" * 64), 3),
        (lambda: Chain.objects.update(length=2), 2),
    ],
)
def test_whatever_is_changed_shows(cast: Cast, tamper: Callable[[], object], number: int) -> None:
    some_acts(cast)
    tamper()
    assert broken()[f"office:{cast.aonang.pk}"][0] == number


def test_the_command_reports_the_first_broken_entry_and_exits_with_1(cast: Cast) -> None:
    some_acts(cast)
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "พบผิด 0 สาย" in out.getvalue()
    Entry.objects.filter(number=2).update(actor_name="คนอื่น")
    out = StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("verify_audit", "--json", stdout=out)
    assert caught.value.code == 1
    answer = json.loads(out.getvalue())
    assert answer["ok"] is False
    assert answer["chains"][0]["broken_number"] == 2


# --- the page --------------------------------------------------------------------------------------


def page(client: Client, query: str = "") -> str:
    response = client.get(LIST + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_administrators_read_their_office_and_those_below(cast: Cast) -> None:
    some_acts(cast)
    assert "แก้ข้อมูลผู้ใช้" in page(cast.client("boonmee"))
    assert "serial 1" in page(cast.client("boonmee"))
    assert "serial 1" not in page(cast.client("dao"))
    assert "serial 1" in page(cast.client("dao"), f"?office={cast.aonang.pk}")
    assert cast.client("boonmee").get(f"{LIST}?office={cast.saithai.pk}").status_code == 404
    assert cast.client("dao").get(f"{LIST}?office={cast.kokklang.pk}").status_code == 404
    assert cast.client("boonmee").get(f"{LIST}?office=x").status_code == 404
    assert cast.client("anong").get(LIST).status_code == 403
    assert Client().get(LIST).status_code == 302


def test_sign_ins_of_an_offices_people_are_shown_to_it_and_nobody_elses(cast: Cast) -> None:
    anong = cast.people["anong"]
    anong.set_password("ทะเลกระบี่สวยมาก")
    anong.save()
    for password in ("ผิด", "ทะเลกระบี่สวยมาก"):
        Client().post("/accounts/login/", {"login": "anong", "password": password}, REMOTE_ADDR="10.1.2.3")
    seen = page(cast.client("boonmee"))
    assert "เข้าสู่ระบบไม่สำเร็จ" in seen
    assert seen.count("10.1.2.3") == 2
    assert "10.1.2.3" not in page(cast.client("dao"))


def test_filters_by_person_verb_and_day(cast: Cast) -> None:
    some_acts(cast)
    record(actor=cast.anong, verb="accounts.save_profile", now=NOW - timedelta(days=3))
    client = cast.client("boonmee")

    def rows(query: str) -> int:
        return page(client, query).count("<tr>") - 1 if "<table" in page(client, query) else 0

    assert rows("") == 4
    assert rows("?person=anong") == 1
    assert rows("?verb=organizations.edit_person") == 3
    assert rows("?first_day=2026-11-22") == 3
    assert rows("?first_day=2026-11-19&last_day=2026-11-19") == 1
    assert rows("?last_day=2026-11-18") == 0
    assert "ไม่พบรายการตามตัวกรองนี้" in page(client, "?person=ไม่มี")
    assert rows("?first_day=ไม่ใช่วันที่&verb=nothing") == 4  # unusable filters are named and left out


def test_people_are_called_by_their_names_or_posts_of_today_beside_what_they_were_called_then(
    cast: Cast,
) -> None:
    anong, boonmee = cast.people["anong"], cast.people["boonmee"]
    User.objects.filter(pk=boonmee.pk).update(full_name="")
    boonmee.refresh_from_db()
    record(actor=cast.anong, verb="accounts.save_profile", now=NOW)
    record(actor=replace(cast.boonmee, user=boonmee), verb="accounts.save_profile", now=NOW)
    anong.full_name, anong.search_text = "อนงค์ ใจดี", search_text(full_name="อนงค์ ใจดี", username="anong")
    anong.save()
    client = cast.client("boonmee")
    for query in ("", "?person=ใจดี", "?person=anong"):
        assert 'อนงค์ ใจดี<div class="mute small">Anong</div>' in page(client, query), query
    assert page(client, "?person=ใจดี").count("<tr>") - 1 == 1
    assert re.search(r'อบต\.อ่าวนาง<div class="mute small">boonmee</div>', page(client, "?person=boonmee"))


def test_the_page_is_cut_and_asks_as_many_queries_for_many_rows_as_for_few(cast: Cast) -> None:
    client = cast.client("boonmee")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page(client)
        return len(found)

    some_acts(cast, 3)
    few = queries()
    some_acts(cast, 60)
    assert queries() == few
    assert page(client, "?page=2").count("<tr>") - 1 == 13


def test_verbs_have_labels_and_an_unknown_one_is_shown_as_stored() -> None:
    assert labels.label("accounts.sign_in") == "เข้าสู่ระบบ"
    assert labels.label("some.thing") == "some.thing"
    assert ("organizations.add_post", "ให้ตำแหน่ง") in labels.choices()


def test_every_verb_an_app_with_labels_writes_has_one() -> None:
    written = re.compile(r"""verb=\(?["']([a-z_]+\.[a-z_]+)["']""")
    known = {verb for verb, _label in labels.choices()}
    for folder in sorted(Path(jitasa.__file__).parent.iterdir()):
        if not (folder / "audit_labels.py").exists():
            continue
        verbs = {
            verb
            for file in folder.rglob("*.py")
            if "tests" not in file.relative_to(folder).parts
            for verb in written.findall(file.read_text("utf-8"))
        }
        assert verbs <= known, f"{folder.name}/audit_labels.py lacks {sorted(verbs - known)}"
