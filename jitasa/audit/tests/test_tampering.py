"""What somebody with the database in his hands does to the audit, and how each shows. Raw SQL throughout."""

import gzip
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from jitasa.audit import hashing
from jitasa.audit.models import Chain, Entry, HeadsSent, Scheme
from jitasa.audit.selectors.heads import current_heads, read, written
from jitasa.audit.selectors.verify import against, verdicts
from jitasa.audit.services.record import Act, record, record_many
from jitasa.audit.services.send_heads import send_heads
from jitasa.keys import KeyRing
from jitasa.organizations.viewer import SYSTEM
from tests.cast import NOW, Cast

STRANGER = KeyRing("the key of somebody who has the code but not ours " * 2)


def acts(cast: Cast, count: int, first: int = 1) -> None:
    for number in range(first, first + count):
        record(actor=cast.boonmee, verb="x.y", data={"serial": number}, now=NOW + timedelta(minutes=number))


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def faults() -> dict[str, tuple[int | None, str]]:
    return {v.chain: (v.broken_number, v.reason) for v in verdicts() if v.broken_number is not None}


def chain_of(cast: Cast) -> str:
    return f"office:{cast.aonang.pk}"


def written_anew(chain: str, first: int = 1) -> None:
    """Hash and seal every entry from ``first`` on again with whatever key is in hand, and set the head."""
    before = Entry.objects.get(chain_id=chain, number=first - 1).hash if first > 1 else ""
    for entry in Entry.objects.filter(chain_id=chain, number__gte=first).order_by("number"):
        before = hashing.link(before, hashing.content_mac(entry))
        seal = hashing.seal(chain, entry.number, before)
        sql("UPDATE audit_entry SET hash = %s, seal = %s WHERE id = %s", before, seal, entry.pk)
    sql("UPDATE audit_chain SET head = %s WHERE key = %s", before, chain)


def made_plain(chain: str, *schemes: Scheme) -> None:
    """Write entries (of ``schemes``, else all) with hashes that need no key, as before the keys."""
    before = ""
    for entry in Entry.objects.filter(chain_id=chain, scheme__in=schemes or Scheme.values).order_by("number"):
        entry.previous_hash = before
        before = hashing.plain_hash(entry)
        sql(
            "UPDATE audit_entry SET previous_hash = %s, hash = %s, seal = '', scheme = 1 WHERE id = %s",
            entry.previous_hash, before, entry.pk,
        )  # fmt: skip
    if not schemes:
        sql("UPDATE audit_chain SET head = %s WHERE key = %s", before, chain)


# --- without the key -------------------------------------------------------------------------------


def test_an_entry_rewritten_with_its_hash_recomputed_is_named(cast: Cast, settings: Any) -> None:
    acts(cast, 5)
    chain = chain_of(cast)
    ours = settings.KEYS
    settings.KEYS = {**ours, "audit": STRANGER}
    sql("UPDATE audit_entry SET actor_name = 'คนอื่น' WHERE chain_id = %s AND number = 3", chain)
    written_anew(chain, first=3)
    assert faults() != {}
    settings.KEYS = ours
    assert faults()[chain][0] == 3


def test_a_chain_cannot_be_taken_back_to_hashes_without_a_key(cast: Cast) -> None:
    acts(cast, 4)
    chain = chain_of(cast)
    sql("UPDATE audit_entry SET actor_name = 'คนอื่น' WHERE chain_id = %s AND number = 2", chain)
    made_plain(chain)
    assert faults()[chain] == (1, "ไม่ได้ลงนามด้วยกุญแจ")
    sql("UPDATE audit_chain SET plain_length = 4, anchor = head WHERE key = %s", chain)
    assert faults()[chain] == (4, "ตราของช่วงก่อนใช้กุญแจไม่ถูกต้อง")


def test_an_entry_taken_out_and_the_rest_moved_up_is_named(cast: Cast) -> None:
    """Content hashes stay ours; only places and hashes that need no key are recomputed."""
    acts(cast, 4)
    chain = chain_of(cast)
    macs = [hashing.content_mac(entry) for entry in Entry.objects.filter(chain_id=chain).order_by("number")]
    sql("DELETE FROM audit_entry WHERE chain_id = %s AND number = 2", chain)
    before = hashing.link("", macs[0])
    for number in (3, 4):
        before = hashing.link(before, macs[number - 1])
        sql(
            "UPDATE audit_entry SET number = %s, hash = %s WHERE chain_id = %s AND number = %s",
            number - 1, before, chain, number,
        )  # fmt: skip
    sql("UPDATE audit_chain SET length = 3, head = %s WHERE key = %s", before, chain)
    assert faults()[chain] == (2, "ตราของรายการไม่ถูกต้อง")


# --- what only heads kept elsewhere show ------------------------------------------------------------


def test_an_end_cut_off_with_the_head_set_back_is_found_by_the_heads(cast: Cast) -> None:
    acts(cast, 5)
    chain = chain_of(cast)
    heads = current_heads(NOW)
    sql("DELETE FROM audit_entry WHERE chain_id = %s AND number > 3", chain)
    (head,) = sql("SELECT hash FROM audit_entry WHERE chain_id = %s AND number = 3", chain)
    sql("UPDATE audit_chain SET length = 3, head = %s WHERE key = %s", head[0], chain)
    assert faults() == {}, "the chain alone cannot know"
    (found,) = against(heads)
    assert (found.chain, found.broken_number) == (chain, 4)
    acts(cast, 4, first=6)  # work goes on until the chain is longer than it was
    assert faults() == {}
    (found,) = against(heads)
    assert (found.chain, found.broken_number) == (chain, 5)


def test_a_whole_chain_removed_is_found_by_the_heads(cast: Cast) -> None:
    acts(cast, 2)
    record(actor=cast.chai, verb="x.y", now=NOW)
    chain = chain_of(cast)
    heads = current_heads(NOW)
    sql("DELETE FROM audit_entry WHERE chain_id = %s", chain)
    sql("DELETE FROM audit_chain WHERE key = %s", chain)
    assert faults() == {}
    (found,) = against(heads)
    assert (found.chain, found.length, found.reason) == (chain, 0, "หายไปทั้งสาย (เคยมี 2 รายการ)")


def test_an_entry_rewritten_by_somebody_with_the_key_is_found_by_the_heads(cast: Cast) -> None:
    """Also when it stands long before the head that was kept."""
    acts(cast, 5)
    chain = chain_of(cast)
    heads = current_heads(NOW)
    acts(cast, 2, first=6)
    sql("UPDATE audit_entry SET actor_name = 'คนอื่น' WHERE chain_id = %s AND number = 2", chain)
    written_anew(chain)
    assert faults() == {}
    (found,) = against(heads)
    assert (found.chain, found.broken_number) == (chain, 5)


def test_an_untouched_audit_leads_to_its_heads_however_far_it_grew(cast: Cast) -> None:
    acts(cast, 3)
    for office in (cast.chai, cast.dao):
        record(actor=office, verb="x.y", now=NOW)
    heads = read(written(current_heads(NOW)))
    assert list(against(heads)) == []
    acts(cast, 3, first=4)
    assert list(against(heads)) == []


def test_the_command_names_what_the_heads_show_and_refuses_changed_heads(cast: Cast, tmp_path: Path) -> None:
    acts(cast, 3)
    out = StringIO()
    call_command("audit_heads", stdout=out)
    kept = tmp_path / "heads.json"
    kept.write_text(out.getvalue(), "utf-8")
    call_command("verify_audit", "--against", str(kept), stdout=(out := StringIO()))
    assert "พบผิด 0 สาย" in out.getvalue()
    assert "JITASA_AUDIT_HEADS_DIR" in out.getvalue(), "no place is set: said"
    sql("DELETE FROM audit_entry WHERE number = 3")
    (head,) = sql("SELECT hash FROM audit_entry WHERE number = 2")
    sql("UPDATE audit_chain SET length = 2, head = %s", head[0])
    with pytest.raises(SystemExit) as caught:
        call_command("verify_audit", "--against", str(kept), stdout=(out := StringIO()))
    assert caught.value.code == 1
    assert f"ผิด: สาย {chain_of(cast)} รายการที่ 3 ท้ายสายถูกตัด (เคยมี 3 รายการ เหลือ 2)" in out.getvalue()
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--json", "--against", str(kept), stdout=(out := StringIO()))
    assert json.loads(out.getvalue())["faults"][0]["broken_number"] == 3
    content = json.loads(kept.read_text("utf-8"))
    content["chains"][chain_of(cast)][0] = 2
    kept.write_text(json.dumps(content), "utf-8")
    with pytest.raises(CommandError, match="ลายเซ็น"):
        call_command("verify_audit", "--against", str(kept), stdout=StringIO())
    for nonsense in ("[]", "{}", "not json", '{"signature": 1, "chains": 3}'):
        kept.write_text(nonsense)
        with pytest.raises(CommandError, match="audit-heads"):
            call_command("verify_audit", "--against", str(kept), stdout=StringIO())


# --- heads leave the machine ------------------------------------------------------------------------


def test_heads_go_to_the_folder_and_by_mail_once_a_day(cast: Cast, settings: Any, tmp_path: Path) -> None:
    acts(cast, 3)
    assert send_heads(now=NOW) is None, "no place was named"
    settings.AUDIT_HEADS_DIR, settings.AUDIT_HEADS_MAIL = str(tmp_path), ["a@example.go.th"]
    sent = send_heads(now=NOW)
    assert sent is not None
    assert (sent.chains, sent.entries, sent.sent_at) == (1, 3, NOW)
    document = (tmp_path / "audit-heads-2026-11-22.json").read_bytes()
    assert hashlib.sha256(document).hexdigest() == sent.sha256
    assert read(document).chains[chain_of(cast)][0] == 3
    (message,) = mail.outbox
    name, content, _kind = message.attachments[0]
    assert (message.to, name) == (["a@example.go.th"], "audit-heads-2026-11-22.json.gz")
    assert isinstance(content, bytes)
    assert gzip.decompress(content) == document
    assert send_heads(now=NOW + timedelta(hours=3)) is None
    assert send_heads(now=NOW + timedelta(days=1)) is not None
    assert len(mail.outbox) == 2


def test_heads_that_could_not_be_sent_are_tried_again_after_an_hour(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    acts(cast, 1)
    settings.AUDIT_HEADS_DIR = str(tmp_path / "not mounted")
    assert send_heads(now=NOW) is None
    row = HeadsSent.objects.get()
    assert row.sent_at is None
    assert "No such file" in row.trouble
    (tmp_path / "not mounted").mkdir()
    assert send_heads(now=NOW + timedelta(minutes=59)) is None
    sent = send_heads(now=NOW + timedelta(hours=1))
    assert sent is not None
    assert sent.trouble == ""


# --- keys, the older scheme, cost -------------------------------------------------------------------


def test_entries_of_an_older_key_hold_while_it_is_in_the_list(cast: Cast, settings: Any) -> None:
    acts(cast, 2)
    rings = settings.KEYS
    settings.KEYS = {**rings, "audit": KeyRing(STRANGER.current, (rings["audit"].current,))}
    acts(cast, 2, first=3)
    assert faults() == {}
    settings.KEYS = {**rings, "audit": STRANGER}
    assert faults()[chain_of(cast)][0] == 1


def test_a_chain_from_before_the_keys_stays_good_and_goes_on_keyed(cast: Cast) -> None:
    acts(cast, 3)
    chain = chain_of(cast)
    made_plain(chain)
    import_module("jitasa.audit.migrations.0002_keyed_hashes_and_heads").anchor_chains(apps, None)
    assert faults() == {}
    acts(cast, 2, first=4)
    assert faults() == {}
    assert list(Entry.objects.order_by("number").values_list("scheme", flat=True)) == [1, 1, 1, 2, 2]
    sql("UPDATE audit_entry SET actor_name = 'คนอื่น' WHERE number = 2")
    assert faults()[chain] == (2, "เนื้อหาถูกแก้ไข")
    made_plain(chain, Scheme.PLAIN)
    assert faults()[chain] == (3, "ตราของช่วงก่อนใช้กุญแจไม่ถูกต้อง")


def test_one_entry_is_two_statements_and_many_are_three(cast: Cast) -> None:
    for chain in ("new", "new"):
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            record(actor=SYSTEM, verb="x.y", now=NOW, chain=chain)
        assert len(asked) == 2, [query["sql"] for query in asked]
    many = [Act("x.y", cast.aonang, {"serial": number}) for number in range(40)]
    for chain in ("bulk", "bulk"):
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            entries = record_many(actor=cast.boonmee, acts=many, now=NOW, chain=chain)
        assert len(asked) == 3, [query["sql"] for query in asked]
    assert [entry.number for entry in entries] == list(range(41, 81))
    record(actor=cast.boonmee, verb="x.y", now=NOW, chain="bulk")
    assert record_many(actor=cast.boonmee, acts=[], now=NOW) == []
    assert faults() == {}
    assert Chain.objects.get(pk="bulk").length == 81


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer on SQLite: nothing runs beside it")
def test_entries_written_at_once_stand_in_one_chain_without_gap() -> None:
    def write(number: int) -> None:
        for serial in range(5):
            with transaction.atomic():
                record(actor=SYSTEM, verb="x.y", data={"serial": serial}, now=NOW, chain=f"c{serial % 2}")
                if number % 3 == 0:
                    record_many(actor=SYSTEM, acts=[Act("x.z")] * 3, now=NOW, chain="c2")
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(9)))
    assert faults() == {}
    lengths = {chain.key: chain.length for chain in Chain.objects.all()}
    assert lengths == {"c0": 27, "c1": 18, "c2": 45}
