"""Signing and issuing: numbers, what is missing, recall."""

from datetime import UTC, date, datetime

import pytest

from jitasa.distribution.values import Recipients
from jitasa.letters.choices import LetterStatus, RegisterKind
from jitasa.letters.models import Dispatch, Letter, Register
from jitasa.letters.services.issue import content_hash, issue, recall
from jitasa.letters.services.register import next_number, running_number
from jitasa.letters.tests.samples import DAY, draft, set_up_office, values
from jitasa.letters.values import LetterValues
from jitasa.problems import Conflict, Forbidden, Refusal
from tests.cast import NOW, Cast

NEXT_YEAR = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)  # 1 ม.ค. 2570 01:00 in Thailand


def test_numbers_run_from_one_without_a_gap_and_anew_each_year(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    numbers = [
        issue(actor=cast.ek, letter=draft(cast.ek, values(signer)), now=now).number
        for now in (NOW, NOW, NEXT_YEAR)
    ]
    assert numbers == ["กบ ๐๐๒๓.๑/ว ๑", "กบ ๐๐๒๓.๑/ว ๒", "กบ ๐๐๒๓.๑/ว ๑"]
    assert next_number(organization=cast.krabi, kind=RegisterKind.RECEIPT, now=NOW) == (2569, 1)


def test_issuing_freezes_dates_and_sends(cast: Cast) -> None:
    letter = issue(actor=cast.ek, letter=draft(cast.ek, values(set_up_office(cast.krabi))), now=NOW)
    assert (letter.status, letter.date_printed, letter.date_verified) == (
        LetterStatus.ISSUED,
        date(2026, 11, 22),
        date(2026, 11, 22),
    )
    assert letter.content_hash == content_hash(letter)
    assert set(Dispatch.objects.values_list("recipient__short_name", flat=True)) == {
        "อ.เมืองกระบี่",
        "อ.เกาะลันตา",
    }


def test_issuing_twice_is_issuing_once(cast: Cast) -> None:
    letter = draft(cast.ek, values(set_up_office(cast.krabi)))
    first = issue(actor=cast.ek, letter=letter, now=NOW)
    again = issue(actor=cast.ek, letter=letter, now=NOW)
    assert again.number == first.number
    assert Register.objects.get(kind=RegisterKind.DISPATCH).last == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"to_text": ""}, "to_text"),
        ({"body": ()}, "body"),
        ({"signer_id": None}, "signer"),
        ({"recipients": Recipients()}, "recipients"),
    ],
)
def test_what_is_missing_is_said_by_field_and_no_number_is_used(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    signer = set_up_office(cast.krabi)
    letter = draft(cast.ek, values(signer, **changes))
    with pytest.raises(Refusal) as refusal:
        issue(actor=cast.ek, letter=letter, now=NOW)
    assert list(refusal.value.fields) == [field]
    letter.refresh_from_db()
    assert (letter.status, letter.number) == (LetterStatus.DRAFT, "")
    assert not Dispatch.objects.exists()
    assert issue(actor=cast.ek, letter=draft(cast.ek, values(signer)), now=NOW).register_number == 1


def test_nobody_issues_for_another_office(cast: Cast) -> None:
    letter = draft(cast.ek, values(set_up_office(cast.krabi)))
    with pytest.raises(Forbidden):
        issue(actor=cast.dao, letter=letter, now=NOW)
    letter.refresh_from_db()
    assert letter.status == LetterStatus.DRAFT


def test_a_number_given_on_paper_takes_its_place_in_that_years_register(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    paper = values(signer, date_printed=date(2022, 12, 23))
    letter = issue(actor=cast.ek, letter=draft(cast.ek, paper), now=NOW, typed_number=" กบ ๐๐๒๓.๑/ว ๖๕๖๕ ")
    assert (letter.number, letter.register_year, letter.register_number) == (
        "กบ ๐๐๒๓.๑/ว ๖๕๖๕",
        2565,
        6565,
    )
    assert letter.date_verified == date(2022, 12, 23)


@pytest.mark.parametrize("again", ["กบ 0023.1/ว 2", "กบ ๐๐๒๓.๑/ว๒", "ที่ กบ 0023.1/2"])
def test_a_typed_number_that_exists_is_refused(cast: Cast, again: str) -> None:
    signer = set_up_office(cast.krabi)
    for _count in range(2):
        issue(actor=cast.ek, letter=draft(cast.ek, values(signer)), now=NOW)
    letter = draft(cast.ek, values(signer))
    with pytest.raises(Conflict) as refusal:
        issue(actor=cast.ek, letter=letter, now=NOW, typed_number=again)
    assert refusal.value.code == "number_taken"
    letter.refresh_from_db()
    assert (letter.status, letter.number) == (LetterStatus.DRAFT, "")


def test_the_register_passes_over_a_number_given_on_paper(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    issue(actor=cast.ek, letter=draft(cast.ek, values(signer)), now=NOW, typed_number="กบ 0023.1/ว 1")
    letter = issue(actor=cast.ek, letter=draft(cast.ek, values(signer)), now=NOW)
    assert letter.number == "กบ ๐๐๒๓.๑/ว ๒"


def test_a_number_of_another_unit_stands_outside_the_register(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    settings = cast.krabi.letter_settings
    assert running_number(settings=settings, text="กบ 0017.2/ว 9") is None
    assert running_number(settings=settings, text="กบ ๐๐๒๓.๑/๙") == 9
    for _count in range(2):
        last = issue(
            actor=cast.ek,
            letter=draft(cast.ek, values(signer, date_printed=DAY)),
            now=NOW,
            typed_number=f"กบ 0017.2/ว {9 + _count}",
        )
    assert last.register_number is None
    with pytest.raises(Conflict):
        issue(
            actor=cast.ek,
            letter=draft(cast.ek, values(signer, date_printed=DAY)),
            now=NOW,
            typed_number="กบ ๐๐๑๗.๒/ว ๙",
        )


def test_recall_leaves_a_trace_and_its_number(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    letter = issue(actor=cast.ek, letter=draft(cast.ek, values(signer)), now=NOW)
    with pytest.raises(Refusal):
        recall(actor=cast.ek, letter=letter, reason=" ", now=NOW)
    with pytest.raises(Forbidden):
        recall(actor=cast.dao, letter=letter, reason="ผิด", now=NOW)
    letter.refresh_from_db()
    assert letter.status == LetterStatus.ISSUED
    for _count in range(2):
        called = recall(actor=cast.ek, letter=letter, reason="วันที่คลาดเคลื่อน", now=NOW)
    assert (called.status, called.recall_reason) == (LetterStatus.RECALLED, "วันที่คลาดเคลื่อน")
    assert Letter.objects.visible_to(cast.dao).filter(pk=letter.pk).exists()
    next_one = issue(actor=cast.ek, letter=draft(cast.ek, values(signer)), now=NOW)
    assert next_one.register_number == 2


def test_recall_of_a_covering_letter_lets_the_office_pass_on_anew(cast: Cast) -> None:
    from jitasa.letters.models import FollowCount
    from jitasa.letters.services.pass_on import pass_on

    parent = issue(
        actor=cast.fah,
        letter=draft(
            cast.fah,
            values(set_up_office(cast.department), recipients=Recipients(presets=("governors",))),
        ),
        now=NOW,
    )
    set_up_office(cast.krabi)
    way = Dispatch.objects.get(letter=parent)
    child = pass_on(actor=cast.ek, dispatch=way, now=NOW)
    recall(actor=cast.ek, letter=child, reason="ผิด", now=NOW)
    way.refresh_from_db()
    assert way.passed_on_at is None
    assert FollowCount.objects.get(letter=parent, organization=cast.krabi).passed_on == 0
    second = pass_on(actor=cast.ek, dispatch=way, now=NOW)
    assert second.pk != child.pk
    assert FollowCount.objects.get(letter=parent, organization=cast.krabi).passed_on == 1


def test_a_draft_may_be_empty(cast: Cast) -> None:
    assert draft(cast.ek, LetterValues()).status == LetterStatus.DRAFT


@pytest.mark.parametrize("act", ["draft", ""])
def test_passing_on_registers_first_whether_sent_or_only_drafted(cast: Cast, act: str) -> None:
    office = set_up_office(cast.department)
    given = values(office, recipients=Recipients(presets=("governors",)))
    parent = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    set_up_office(cast.krabi)
    answer = cast.client("ek").post(f"/work/letters/{parent.uuid}/pass-on/", {"act": act})
    assert answer.status_code == 302
    way = Dispatch.objects.get(letter=parent)
    assert way.registered_at is not None
    assert (way.passed_on_at is None) == (act == "draft")
