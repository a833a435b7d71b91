"""Compilations: immutable, numbered, hashed, with what changed."""

from datetime import date

import pytest

from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.compilation.models import Compilation, CompiledRecord
from jitasa.compilation.selectors import boards
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.compare import records_of
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.digest import content_hash
from jitasa.notices.models import Notice
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.review.services.accept import accept
from jitasa.rounds.models import Tally
from jitasa.rounds.services.returns import state_nil
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def test_snapshot_holds_tables_records_and_hash(cast: Cast) -> None:
    make_sent(cast.anong)
    make_sent(cast.chai)
    state_nil(actor=SYSTEM, organization=cast.saithai, month=MONTH, reason="ฝนตกหนัก", now=NOW)
    result = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW)
    made = result.compilation
    assert result.is_new
    assert made.number == 1
    assert made.records.count() == 2
    tables = made.tables["tables"]
    assert set(tables) == {
        "total", "provinces", "districts", "laos", "kinds", "occasions", "measures", "not_reported", "nil", "trend",
        "groups", "missing", "periods",
    }  # fmt: skip
    assert made.tables["totals"]["people"] == 132
    assert made.tables["totals"]["offices"] == 5
    assert [row[1] for row in tables["nil"]["rows"]] == ["อบต.ไสไทย"]
    assert {row[1] for row in tables["not_reported"]["rows"]} == {"อบจ.กระบี่", "ทม.กระบี่"}
    assert tables["measures"]["rows"] == [["ขยะ", "กก.", "480"]]
    assert tables["trend"]["rows"][-1] == ["2569-11", 2, 132]
    assert made.content_hash == content_hash(made.tables, records_of(made))
    assert Notice.objects.filter(organization=cast.krabi, kind="compiled").count() == 1
    assert Entry.objects.filter(verb="compilation.compile").count() == 1


def test_same_numbers_as_the_board(cast: Cast) -> None:
    make_sent(cast.anong)
    make_sent(cast.chai)
    for actor, office in ((cast.fah, cast.department), (cast.ek, cast.krabi), (cast.dao, cast.mueang)):
        made = compile_round(actor=actor, organization=office, month=MONTH, now=NOW).compilation
        figures = boards.board(ReportScope(office, MONTH), now=NOW).total
        for name in ("offices", "reported", "activities", "events", "participants", "people", "photos"):
            assert made.tables["totals"][name] == getattr(figures, name)
        keys = [column[0] for column in made.tables["tables"]["laos"]["columns"]]
        rows = made.tables["tables"]["laos"]["rows"]
        assert sum(row[keys.index("people")] for row in rows) == figures.people


def test_nothing_changed_gives_the_same_compilation(cast: Cast) -> None:
    make_sent(cast.anong)
    first = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW)
    again = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW)
    assert not again.is_new
    assert again.compilation == first.compilation
    assert Compilation.objects.count() == 1


def test_a_reason_is_a_change_and_a_title_is_none(cast: Cast) -> None:
    state_nil(actor=SYSTEM, organization=cast.saithai, month=MONTH, reason="ฝนตกหนัก", now=NOW)
    first = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    tables = first.tables
    tables["tables"]["laos"]["columns"][0][1] = "คำเดิมของโปรแกรมรุ่นก่อน"
    Compilation.objects.filter(pk=first.pk).update(
        tables=tables, content_hash=content_hash(tables, records_of(first))
    )
    assert not compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).is_new
    state_nil(actor=SYSTEM, organization=cast.saithai, month=MONTH, reason="น้ำท่วม", now=NOW)
    second = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    assert second.number == 2
    assert [(each["what"], each["label"]) for each in second.differences] == [("table", "อปท. ที่แจ้งไม่มีกิจกรรม")]


def test_later_changes_make_number_two_and_leave_number_one_alone(cast: Cast) -> None:
    kept, gone = make_sent(cast.anong), make_sent(cast.chai)
    first = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    before = (first.tables, records_of(first), first.content_hash)
    withdraw(actor=cast.chai, activity=gone, reason="บันทึกผิดเดือน", now=NOW)
    accept(actor=cast.dao, activity=kept, now=NOW)
    make_sent(cast.anong, groups={"people": 10})
    second = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    assert second.number == 2
    what = {(each["what"], each.get("number", "")) for each in second.differences}
    assert ("removed", gone.number) in what
    assert {each["what"] for each in second.differences} == {
        "total",
        "office",
        "added",
        "removed",
        "status",
        "table",
    }
    people = next(each for each in second.differences if each.get("label") == "ผู้เข้าร่วม (คน)")
    assert (people["before"], people["after"]) == (132, 76)
    first.refresh_from_db()
    assert (first.tables, records_of(first), first.content_hash) == before
    assert first.content_hash == content_hash(first.tables, records_of(first))


def test_changed_record_names_its_fields(cast: Cast) -> None:
    from dataclasses import replace

    from jitasa.activities.selectors.values import values_of
    from jitasa.activities.services.reopen import reopen
    from jitasa.activities.services.save_draft import save_draft
    from jitasa.activities.services.submit import submit

    record = make_sent(cast.anong)
    compile_round(actor=cast.ek, organization=cast.krabi, month=MONTH, now=NOW)
    opened = reopen(actor=cast.anong, activity=record, reason="แก้จำนวน", now=NOW)
    values = replace(values_of(opened), groups={"people": 30}, place="หน้าสำนักงาน")
    saved = save_draft(
        actor=cast.anong, uuid=opened.uuid, base_revision=opened.revision, values=values, now=NOW
    )
    submit(actor=cast.anong, activity=saved, now=NOW)
    second = compile_round(actor=cast.ek, organization=cast.krabi, month=MONTH, now=NOW).compilation
    changed = [each for each in second.differences if each["what"] == "changed"]
    assert [each["number"] for each in changed] == [record.number]
    assert changed[0]["fields"] == ["สถานที่", "ผู้เข้าร่วม"]


def test_scopes_hold_their_own(cast: Cast) -> None:
    make_sent(cast.anong)
    make_sent(cast.chai)
    district = compile_round(actor=cast.dao, organization=cast.mueang, month=MONTH, now=NOW).compilation
    assert district.records.count() == 1
    assert district.tables["totals"]["offices"] == 4


def test_who_may(cast: Cast) -> None:
    make_sent(cast.anong)
    for actor, office in (
        (cast.anong, cast.aonang),
        (cast.dao, cast.krabi),
        (cast.ek, cast.department),
        (cast.fah, cast.krabi),
    ):
        with pytest.raises(Forbidden):
            compile_round(actor=actor, organization=office, month=MONTH, now=NOW)
    with pytest.raises(Refusal):
        compile_round(actor=cast.fah, organization=cast.department, month=date(2026, 12, 1), now=NOW)
    assert not Compilation.objects.exists()
    assert compile_round(actor=SYSTEM, organization=cast.krabi, month=MONTH, now=NOW).is_new


def test_disagreeing_tallies_stop_the_compilation(cast: Cast) -> None:
    make_sent(cast.anong)
    Tally.objects.filter(status="submitted").update(activities=7)
    with pytest.raises(Conflict, match="jitasa check"):
        compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW)
    assert not Compilation.objects.exists()
    assert not CompiledRecord.objects.exists()
