"""A letter's way: sent once, opened, registered, passed on, answered, counted."""

from datetime import date, timedelta

import pytest

from jitasa.compilation.services.check import differences
from jitasa.distribution.values import Recipients
from jitasa.letters.choices import AnswerKind, LetterStatus
from jitasa.letters.models import Dispatch, FollowCount, Letter, Receipt
from jitasa.letters.services import counts
from jitasa.letters.services import send as sending
from jitasa.letters.services.issue import issue, recall
from jitasa.letters.services.pass_on import draft_pass_on, pass_on
from jitasa.letters.services.receive import answer, assign, open_letter, register
from jitasa.letters.services.stamp import stamp_from_paper
from jitasa.letters.services.tick import tick_activities
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.occasions.models import Occasion
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.rounds.models import Tally
from tests.cast import NOW, Cast, T, make_organization


def circular(cast: Cast, **changes: object) -> Letter:
    """The department's circular to every province, issued."""
    signer = set_up_office(cast.department, prefix="มท 0801.4")
    given = values(signer, **{"recipients": Recipients(presets=("governors",)), **changes})
    return issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)


def way(letter: Letter, office: Organization) -> Dispatch:
    return Dispatch.objects.select_related("letter", "recipient").get(letter=letter, recipient=office)


def counted(letter: Letter, office: Organization) -> FollowCount:
    return FollowCount.objects.get(letter=letter.chain_id, organization=office)


def down(cast: Cast, **changes: object) -> tuple[Letter, Letter, Letter]:
    """The circular, Krabi's covering letter and the district's, each issued."""
    letter = circular(cast, **changes)
    set_up_office(cast.krabi)
    set_up_office(cast.mueang, prefix="กบ 0118")
    second = pass_on(actor=cast.ek, dispatch=way(letter, cast.krabi), now=NOW + timedelta(hours=2))
    third = pass_on(actor=cast.dao, dispatch=way(second, cast.mueang), now=NOW + timedelta(hours=5))
    return letter, second, third


def test_the_whole_way_down_is_counted(cast: Cast) -> None:
    letter, second, third = down(cast)
    assert (second.parent, third.parent, third.root) == (letter, second, letter)
    assert {row.recipient for row in second.dispatches.all()} == {
        cast.mueang,
        cast.lanta,
        cast.pao,
        cast.town,
    }
    assert {row.recipient for row in third.dispatches.all()} == {cast.aonang, cast.saithai}
    open_letter(actor=cast.anong, dispatch=way(third, cast.aonang), now=NOW + timedelta(hours=6))
    register(actor=cast.anong, dispatch=way(third, cast.aonang), now=NOW + timedelta(hours=7))
    top, district = counted(letter, cast.department), counted(letter, cast.mueang)
    assert (top.delivered, top.opened, top.registered, top.passed_on) == (7, 1, 1, 2)
    assert (top.lao_delivered, top.lao_opened) == (4, 1)
    assert (district.delivered, district.opened, district.passed_on) == (3, 1, 1)
    assert (district.opened_seconds, district.registered_seconds) == (3600, 3600)


def test_the_covering_letter_carries_the_orders(cast: Cast) -> None:
    letter, second, _third = down(cast)
    orders = [block["text"] for block in second.body if block["kind"] == "order"]
    assert orders == [block["text"] for block in letter.body if block["kind"] == "order"]
    assert second.references.get().linked == letter
    assert second.enclosures.get().of_letter == letter
    assert second.number != letter.number


def test_passing_on_twice_shows_the_first(cast: Cast) -> None:
    letter, second, _third = down(cast)
    assert pass_on(actor=cast.ek, dispatch=way(letter, cast.krabi), now=NOW) == second
    assert Letter.objects.filter(parent=letter).count() == 1
    assert counted(letter, cast.department).passed_on == 2


def test_a_recalled_covering_letter_no_longer_counts_and_may_be_made_anew(cast: Cast) -> None:
    letter, second, _third = down(cast)
    open_letter(actor=cast.dao, dispatch=way(second, cast.mueang), now=NOW + timedelta(hours=6))
    recall(actor=cast.ek, letter=second, reason="ผิดฉบับ", now=NOW + timedelta(hours=8))
    top = counted(letter, cast.department)
    assert (top.delivered, top.opened, top.passed_on) == (3, 0, 0)  # the district's own letter stands
    with pytest.raises(Refusal):
        draft_pass_on(actor=cast.dao, dispatch=way(second, cast.mueang), now=NOW)
    again = pass_on(actor=cast.ek, dispatch=way(letter, cast.krabi), now=NOW + timedelta(hours=9))
    assert again != second
    assert counted(letter, cast.department).delivered == 7


def test_an_lao_has_nobody_to_pass_on_to(cast: Cast) -> None:
    _letter, _second, third = down(cast)
    with pytest.raises(Forbidden):
        pass_on(actor=cast.anong, dispatch=way(third, cast.aonang), now=NOW)


def test_registering_twice_is_one_receipt_and_numbers_run_from_one(cast: Cast) -> None:
    _letter, _second, third = down(cast)
    here = way(third, cast.aonang)
    first = register(actor=cast.anong, dispatch=here, now=NOW + timedelta(hours=6))
    assert register(actor=cast.anong, dispatch=here, now=NOW + timedelta(hours=7)) == first
    assert (first.year, first.number) == (2569, 1)
    with pytest.raises(Forbidden):
        register(actor=cast.chai, dispatch=here, now=NOW)


def test_two_stamps_of_one_office_and_a_number_that_is_taken(cast: Cast) -> None:
    letter = circular(cast)
    here = way(letter, cast.krabi)
    at = NOW + timedelta(hours=1)
    later = NOW + timedelta(days=1)
    stamp_from_paper(actor=cast.ek, dispatch=here, number_text="009419", at=at, now=later)
    unit = "สำนักงานท้องถิ่นจังหวัดกระบี่"
    stamp_from_paper(actor=cast.ek, dispatch=here, number_text="1960", at=at, now=later, unit=unit)
    assert [row.number_text for row in Receipt.objects.filter(letter=letter)] == ["009419", "1960"]
    other = issue(
        actor=cast.fah,
        letter=draft(
            cast.fah, values(cast.department.signers.get(), recipients=Recipients(presets=("governors",)))
        ),
        now=NOW,
    )
    with pytest.raises(Conflict):
        stamp_from_paper(actor=cast.ek, dispatch=way(other, cast.krabi), number_text="๙๔๑๙", at=at, now=later)
    assert not Receipt.objects.filter(letter=other).exists()


def test_the_register_passes_over_a_number_typed_from_paper(cast: Cast) -> None:
    letter = circular(cast)
    stamp_from_paper(actor=cast.ek, dispatch=way(letter, cast.krabi), number_text="1", at=NOW, now=NOW)
    given = values(cast.department.signers.get(), recipients=Recipients(presets=("governors",)))
    other = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    assert register(actor=cast.ek, dispatch=way(other, cast.krabi), now=NOW).number == 2


@pytest.mark.parametrize("text", ["", "ก1", "0", "-4"])
def test_a_stamp_needs_a_number(cast: Cast, text: str) -> None:
    letter = circular(cast)
    with pytest.raises(Refusal):
        stamp_from_paper(actor=cast.ek, dispatch=way(letter, cast.krabi), number_text=text, at=NOW, now=NOW)
    assert not Receipt.objects.exists()


def test_a_letter_is_handed_only_to_the_offices_own_people(cast: Cast) -> None:
    here = way(circular(cast), cast.krabi)
    assert (
        assign(actor=cast.ek, dispatch=here, to=cast.people["ek"], now=NOW).assigned_to == cast.people["ek"]
    )
    with pytest.raises(Refusal):
        assign(actor=cast.ek, dispatch=here, to=cast.people["dao"], now=NOW)


def test_answers_by_table_and_acknowledgement(cast: Cast) -> None:
    letter = circular(cast, answer_kind=AnswerKind.TABLE, answer_columns=("รายการ", "จำนวน"))
    here = way(letter, cast.krabi)
    with pytest.raises(Refusal):
        answer(actor=cast.ek, dispatch=here, now=NOW, rows=[["", " "]])
    answer(actor=cast.ek, dispatch=here, now=NOW + timedelta(hours=1), rows=[["ต้นไม้", "40"]])
    answer(actor=cast.ek, dispatch=here, now=NOW + timedelta(hours=2), rows=[["ต้นไม้", "50"]])
    top = counted(letter, cast.department)
    assert (top.asked, top.answered, top.answered_seconds) == (1, 1, 3600)


def occasion(cast: Cast) -> Occasion:
    return Occasion.objects.create(
        name="วันดินโลก", short_name="วันดินโลก", date=date(2026, 12, 5), kind="national"
    )


def test_an_activity_for_the_occasion_ticks_itself_and_unticks(cast: Cast) -> None:
    day = occasion(cast)
    letter, _second, _third = down(
        cast, answer_kind=AnswerKind.ACTIVITY, answer_occasion_id=day.pk, answer_by=date(2026, 12, 10)
    )
    top = counted(letter, cast.department)
    assert (top.asked, top.answered) == (4, 0)  # the four LAOs; offices above pass on
    tally = Tally.objects.create(
        organization=cast.aonang,
        month=date(2026, 12, 1),
        status="submitted",
        occasion_id=day.pk,
        activities=1,
    )
    assert tick_activities(now=NOW + timedelta(days=14)) == 1
    assert tick_activities(now=NOW + timedelta(days=14)) == 0
    assert counted(letter, cast.mueang).answered == 1
    tally.delete()
    assert tick_activities(now=NOW + timedelta(days=15)) == 1
    top = counted(letter, cast.department)
    assert (top.answered, top.answered_seconds) == (0, 0)


def test_sending_stopped_in_the_middle_is_finished_without_a_double(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices = [
        make_organization(f"069{n:05d}", T.SAO, f"อบต.ที่ {n}", reports_to=cast.mueang) for n in range(12)
    ]
    monkeypatch.setattr(sending.courier, "chunk", 5)
    signer = set_up_office(cast.department, prefix="มท 0801.4")
    given = values(signer, recipients=Recipients(offices=tuple(each.pk for each in offices)))
    letter = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)  # 12 > 5: left to the worker
    assert letter.dispatches.count() == 0
    real, calls = counts.delivered, []

    def dies(*args: object, **kwargs: object) -> object:
        calls.append(1)
        done = real(*args, **kwargs)  # type: ignore[arg-type]
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(counts, "delivered", dies)
    with pytest.raises(KeyboardInterrupt):
        sending.courier.send_all(letter.pk)
    letter.refresh_from_db()
    assert (letter.sent_count, letter.dispatches.count()) == (5, 5)
    assert sending.courier.resume() == 7
    letter.refresh_from_db()
    assert (letter.sent_count, letter.pending, letter.dispatches.count()) == (12, [], 12)
    assert counted(letter, cast.mueang).delivered == 12
    assert sending.courier.resume() == 0


def test_a_merged_office_is_replaced_by_its_successor(cast: Cast) -> None:
    from jitasa.organizations.models import Succession

    Organization.objects.filter(pk=cast.saithai.pk).update(closed_on=date(2026, 11, 21))
    Succession.objects.create(
        predecessor=cast.saithai, successor=cast.aonang, effective_on=date(2026, 11, 21)
    )
    signer = set_up_office(cast.department)
    given = values(signer, recipients=Recipients(offices=(cast.saithai.pk,)))
    letter = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    row = letter.dispatches.get()
    assert (row.recipient, row.addressed) == (cast.aonang, cast.saithai)


def test_a_recalled_letter_is_sent_no_further(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending.courier, "chunk", 1)
    signer = set_up_office(cast.department)
    given = values(signer, recipients=Recipients(offices=(cast.aonang.pk, cast.saithai.pk)))
    letter = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    recall(actor=cast.fah, letter=letter, reason="ผิด", now=NOW)
    assert sending.courier.resume() == 0
    assert letter.dispatches.count() == 0


def test_looking_on_from_above_opens_nothing(cast: Cast) -> None:
    letter = circular(cast)
    here = way(letter, cast.krabi)
    looking = Viewer(user=cast.people["fah"], organization=cast.krabi, roles=cast.ek.roles, read_only=True)
    open_letter(actor=looking, dispatch=here, now=NOW)
    open_letter(actor=cast.fah, dispatch=here, now=NOW)
    here.refresh_from_db()
    assert here.opened_at is None
    assert letter.status == LetterStatus.ISSUED


def test_a_paper_stamp_noted_after_passing_on_counts_the_time_from_the_stamp(cast: Cast) -> None:
    """The receipt is noted late with the hour on the paper: two hours before the letter was passed on."""
    letter, second, _third = down(cast)
    here = way(second, cast.mueang)
    stamped, later = NOW + timedelta(hours=3), NOW + timedelta(hours=9)
    before = counted(letter, cast.mueang).passed_on_seconds
    stamp_from_paper(actor=cast.dao, dispatch=here, number_text="7", at=stamped, now=later)
    after = counted(letter, cast.mueang)
    assert (before, after.passed_on_seconds, after.registered_seconds) == (3 * 3600, 2 * 3600, 0)
    assert list(differences()) == []
