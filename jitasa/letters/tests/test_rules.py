"""Decisions about letters from given facts: who may, citations, keeping, what is late. No database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jitasa.accounts.models import User
from jitasa.letters import rules
from jitasa.letters.choices import AnswerKind, LetterStatus, Origin, Retention, Secrecy
from jitasa.letters.models import Dispatch, Letter, Signer
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer

NOW = NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
WRITERS = (Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


def viewer(
    *roles: Role, pk: int = 1, level: Level = Level.PROVINCE, path: str = "/1/", **office: Any
) -> Viewer:
    return Viewer(organization=Organization(pk=pk, level=level, path=path, **office), roles=frozenset(roles))


def letter(**facts: Any) -> Letter:
    return Letter(**{"organization_id": 1, "status": LetterStatus.ISSUED, "origin": Origin.OWN, **facts})


@pytest.mark.parametrize("role", WRITERS)
def test_any_office_writes_and_keeps_its_own(role: Role) -> None:
    own, other = viewer(role), viewer(role, pk=2)
    assert rules.may_write(own)
    assert not rules.may_write(Viewer(roles=frozenset({role})))
    for status in LetterStatus:
        row, issued = letter(status=status), status == LetterStatus.ISSUED
        assert rules.may_edit(own, row) is (status in {LetterStatus.DRAFT, LetterStatus.AWAITING})
        assert rules.may_recall(own, row) is rules.may_verify(own, row) is issued
        for may in (rules.may_edit, rules.may_recall, rules.may_verify):
            assert may(other, row) is False
            assert may(viewer(Role.VIEWER), row) is False
    assert not rules.may_recall(own, letter(origin=next(each for each in Origin if each != Origin.OWN)))
    assert rules.may_receive(own, Dispatch(recipient_id=1)) is True
    assert rules.may_receive(other, Dispatch(recipient_id=1)) is False
    assert rules.may_receive(viewer(Role.VIEWER), Dispatch(recipient_id=1)) is False


def test_who_signs() -> None:
    day, mine = date(2026, 11, 22), {"organization_id": 1, "user_id": 7}
    for role in WRITERS:
        own = replace(viewer(role), user=User(pk=7))
        assert rules.may_sign_as(own, Signer(**mine), day) is True
        assert rules.may_sign_as(own, Signer(organization_id=1, user_id=8), day) is False
        assert rules.may_sign_as(own, Signer(organization_id=2, user_id=7), day) is False
        assert rules.may_sign_as(own, Signer(organization_id=1), day) is False
        assert rules.may_sign_as(own, Signer(**mine, retired_at=NOW), day) is False
        for begins, ends, may in ((0, 0, True), (-1, 1, True), (1, 2, False), (-2, -1, False)):
            days = {"from_date": day + timedelta(days=begins), "to_date": day + timedelta(days=ends)}
            assert rules.may_sign_as(own, Signer(**mine, **days), day) is may
    assert (
        rules.may_sign_as(viewer(Role.APPROVER), Signer(organization_id=1), day) is False
    )  # nobody is nobody
    assert rules.may_sign_as(replace(viewer(Role.VIEWER), user=User(pk=7)), Signer(**mine), day) is False


@pytest.mark.parametrize("level", list(Level))
def test_who_passes_on(level: Level) -> None:
    assert rules.may_pass_on(viewer(Role.OFFICER, level=level)) is (level != Level.LAO)
    assert rules.may_pass_on(viewer(Role.VIEWER, level=level)) is False


def test_who_follows_and_reminds() -> None:
    row = letter()
    row.organization = Organization(pk=2, path="/1/2/")
    assert rules.may_follow(viewer(Role.VIEWER, path="/1/"), row) is True
    assert rules.may_follow(viewer(Role.VIEWER, path="/1/2/"), row) is True
    assert rules.may_follow(viewer(Role.VIEWER, path="/1/2/3/"), row) is False
    assert rules.may_follow(viewer(path="/1/"), row) is False
    assert rules.may_follow(Viewer(roles=frozenset({Role.OFFICER})), row) is False
    assert rules.may_remind(viewer(Role.OFFICER, path="/1/"), row) is True
    assert rules.may_remind(viewer(Role.VIEWER, path="/1/"), row) is False
    assert rules.may_remind(viewer(Role.OFFICER, path="/3/"), row) is False


def test_who_destroys() -> None:
    assert rules.may_destroy(viewer(Role.ADMINISTRATOR)) is True
    assert rules.may_destroy(viewer(Role.OFFICER, Role.APPROVER)) is False
    assert rules.may_destroy(Viewer(roles=frozenset({Role.ADMINISTRATOR}))) is False


def test_a_classified_letter_is_refused_by_name() -> None:
    assert rules.refuse_secrecy("") == rules.refuse_secrecy(Secrecy.NONE) == ""
    for secrecy in set(Secrecy) - {Secrecy.NONE}:
        assert rules.refuse_secrecy(secrecy) == (
            f"หนังสือชั้นความลับ “{secrecy.label}” นำเข้าระบบนี้ไม่ได้ ระบบรับเฉพาะหนังสือที่ไม่มีชั้นความลับ "
            "ให้ดำเนินการตามระเบียบว่าด้วยการรักษาความลับของทางราชการ"
        )


def test_numbers_are_compared_by_what_they_say() -> None:
    assert rules.number_key(" ที่ กบ ๐๐๒๓.๓ / ว ๑๒ ") == rules.number_key("กบ0023.3/ว12") == "กบ0023.3/ว12"
    assert rules.number_key("MT 1/2") == "mt1/2"


CITED = {"number": "มท 0816.3/ว 5", "number_key": "มท0816.3/ว5", "date_printed": date(2021, 12, 21)}


@pytest.mark.parametrize(
    ("number", "day", "facts", "words"),
    [
        ("มท ๐๘๑๖.๓/ว ๕", date(2021, 12, 21), {}, ""),
        ("มท 0816.3/ว 5", None, {}, ""),
        ("มท 0816.3/ว 5", date(2021, 12, 22), {"date_printed": None}, ""),
        ("มท 0816.3/ว 6", None, {}, "อ้างถึงไม่ตรงกับหนังสือเดิม: เลขที่ในหนังสือเดิมคือ มท 0816.3/ว 5"),
        ("มท 0816.3/ว 5", date(2021, 12, 22), {}, "อ้างถึงไม่ตรงกับหนังสือเดิม: วันที่ในหนังสือเดิมคือ 21 ธันวาคม 2564"),
        ("มท 0816.3/ว 5", date(2022, 12, 21), {},
         "อ้างถึงไม่ตรงกับหนังสือเดิม: วันที่ในหนังสือเดิมคือ 21 ธันวาคม 2564"),
        ("มท 0816.3/ว 5", date(2021, 12, 22), {"date_verified": date(2021, 12, 22)}, ""),
        ("x", date(2021, 12, 22), {},
         "อ้างถึงไม่ตรงกับหนังสือเดิม: เลขที่ในหนังสือเดิมคือ มท 0816.3/ว 5 · วันที่ในหนังสือเดิมคือ 21 ธันวาคม 2564"),
    ],
)  # fmt: skip
def test_how_a_citation_disagrees(number: str, day: date | None, facts: dict[str, Any], words: str) -> None:
    assert rules.citation_problem(number=number, day=day, linked=letter(**{**CITED, **facts})) == words


NEW_YEAR = datetime(2026, 12, 31, 17, tzinfo=UTC)  # 1 January 2027 in Thailand


@pytest.mark.parametrize(
    ("retention", "issued_at", "day"),
    [
        (Retention.ONE_YEAR, NOON, date(2028, 1, 1)),
        (Retention.TEN_YEARS, NOON, date(2037, 1, 1)),
        (Retention.ONE_YEAR, NEW_YEAR, date(2029, 1, 1)),
        (Retention.ONE_YEAR, None, date(2029, 1, 1)),
        (next(each for each in Retention if each not in rules.KEEP_YEARS), NOON, None),
    ],
)
def test_how_long_a_letter_is_kept(
    retention: Retention, issued_at: datetime | None, day: date | None
) -> None:
    row = letter(retention=retention, issued_at=issued_at, created_at=NEW_YEAR)
    assert rules.may_destroy_after(row) == day


def test_who_is_asked_for_an_answer() -> None:
    for kind in AnswerKind:
        row = letter(answer_kind=kind)
        assert rules.is_asked(row, is_lao=True) is (kind != AnswerKind.NONE)
        assert rules.is_asked(row, is_lao=False) is (kind not in {AnswerKind.NONE, AnswerKind.ACTIVITY})


def test_a_stamp_names_the_province_and_fits() -> None:
    province = Organization(level=Level.PROVINCE, name="สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดกระบี่")
    assert rules.stamp_name(province) == "จังหวัดกระบี่"
    assert len(rules.stamp_name(Organization(level=Level.LAO, name="ก" * 250))) == 200


def test_what_is_overdue() -> None:
    day = date(2026, 11, 20)
    assert rules.is_overdue(Dispatch(due_on=day), day + timedelta(days=1)) is True
    assert rules.is_overdue(Dispatch(due_on=day), day) is False
    assert rules.is_overdue(Dispatch(due_on=day, answered_at=NOON), day + timedelta(days=1)) is False
    assert rules.is_overdue(Dispatch(), day) is False


def escalation(
    status: LetterStatus = LetterStatus.ISSUED, after: int | None = 3, **facts: Any
) -> datetime | None:
    row = letter(status=status, escalate_after_days=after)
    return rules.escalates_at(Dispatch(letter=row, delivered_at=NOON, **facts))


def test_when_the_office_above_is_told() -> None:
    first, due = NOON + timedelta(days=3), date(2026, 11, 30)
    too_late = datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert escalation() == first
    assert escalation(after=None) is None
    assert escalation(status=LetterStatus.DRAFT) is None
    assert escalation(opened_at=NOON) is None
    assert escalation(opened_at=NOON, due_on=due) == too_late
    assert escalation(opened_at=NOON, answered_at=NOON, due_on=due) is None
    assert escalation(due_on=due, escalated_at=first) == too_late
    assert escalation(due_on=due, escalated_at=too_late) is None
