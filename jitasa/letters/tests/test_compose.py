"""Drafts: saved once, refused by field, cited with a warning."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.test import RequestFactory

from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus, Secrecy
from jitasa.letters.models import Letter, Reference, Signer
from jitasa.letters.selectors.content import values_of
from jitasa.letters.services.compose import save_letter
from jitasa.letters.services.files import receive_file
from jitasa.letters.services.issue import issue
from jitasa.letters.services.signing import ask_signature
from jitasa.letters.tests.samples import DAY, PDF, draft, set_up_office, values
from jitasa.letters.values import Attached, Block, Citation, LetterValues
from jitasa.letters.views.composer import warnings
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.dates import today
from tests.cast import NOW, Cast


def test_a_draft_keeps_what_was_written(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    stored = receive_file(actor=cast.ek, chunks=[PDF], name="แบบรายงาน.pdf", now=NOW)
    given = values(
        signer,
        citations=(Citation(number="ที่ มท ๐๘๐๑.๔/ว ๓๐๐๐", date=DAY),),
        enclosures=(Attached(title="แบบรายงาน", sha256=stored.sha256),),
    )
    letter = draft(cast.ek, given)
    assert values_of(letter) == given
    assert letter.head["office_name"] == "ศาลากลางจังหวัดกระบี่"
    assert letter.signer["on_behalf_of"] == "ผู้ว่าราชการจังหวัดกระบี่"
    enclosure = letter.enclosures.get()
    assert (enclosure.file_name, enclosure.bytes) == ("แบบรายงาน.pdf", len(PDF))


def test_the_same_saving_twice_is_one(cast: Cast) -> None:
    uuid, given = uuid4(), values()
    first = draft(cast.ek, given, uuid=uuid)
    again = draft(cast.ek, given, uuid=uuid)
    assert (again.pk, again.revision) == (first.pk, 1)
    changed = replace(given, subject="เรื่องใหม่")
    for _attempt in range(2):
        saved = save_letter(actor=cast.ek, uuid=uuid, base_revision=1, values=changed, now=NOW)
    assert (saved.revision, saved.subject) == (2, "เรื่องใหม่")


def test_saving_over_somebody_elses_saving_is_a_conflict(cast: Cast) -> None:
    letter = draft(cast.ek, values())
    save_letter(actor=cast.ek, uuid=letter.uuid, base_revision=1, values=values(subject="ก"), now=NOW)
    with pytest.raises(Conflict):
        save_letter(actor=cast.ek, uuid=letter.uuid, base_revision=1, values=values(subject="ข"), now=NOW)
    letter.refresh_from_db()
    assert letter.subject == "ก"


@pytest.mark.parametrize("secrecy", [Secrecy.CONFIDENTIAL, Secrecy.SECRET, Secrecy.TOP_SECRET])
def test_a_classified_letter_never_enters(cast: Cast, secrecy: Secrecy) -> None:
    with pytest.raises(Refusal) as refusal:
        draft(cast.ek, values(secrecy=secrecy))
    assert "ไม่มีชั้นความลับ" in refusal.value.fields["secrecy"][0]
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("subject", LetterValues(subject="ก" * 401)),
        ("to_text", LetterValues(to_text="ก" * 401)),
        ("copies_to", LetterValues(copies_to="ก" * 401)),
        ("qr_target", LetterValues(qr_target="h" * 301)),
        ("closing", LetterValues(closing="ก" * 61)),
        ("body", LetterValues(body=(Block(kind="paragraph", text="ก" * 20_001),))),
        ("citation_number", LetterValues(citations=(Citation(number="1" * 61),))),
        ("enclosure_title", LetterValues(enclosures=(Attached(title="ก" * 251),))),
        ("answer_occasion", LetterValues(answer_kind="activity")),
        ("answer_columns", LetterValues(answer_kind="table")),
        ("enclosures", LetterValues(enclosures=(Attached(title="ก", sha256="a" * 64),))),
    ],
)
def test_what_cannot_be_stored_is_refused_by_field(cast: Cast, field: str, given: LetterValues) -> None:
    with pytest.raises(Refusal) as refusal:
        draft(cast.ek, given)
    assert list(refusal.value.fields) == [field]
    assert not Letter.objects.exists()


def test_another_office_does_not_write_in_my_draft(cast: Cast) -> None:
    letter = draft(cast.ek, values())
    with pytest.raises(Forbidden):
        save_letter(actor=cast.dao, uuid=letter.uuid, base_revision=1, values=values(subject="ก"), now=NOW)
    with pytest.raises(Forbidden):
        draft(replace(cast.ek, read_only=True), values())
    letter.refresh_from_db()
    assert letter.subject != "ก"
    assert Letter.objects.count() == 1


def test_an_issued_letter_never_changes(cast: Cast) -> None:
    letter = issue(actor=cast.ek, letter=draft(cast.ek, values(set_up_office(cast.krabi))), now=NOW)
    with pytest.raises(Forbidden):
        save_letter(actor=cast.ek, uuid=letter.uuid, base_revision=1, values=values(subject="ก"), now=NOW)
    letter.refresh_from_db()
    assert (letter.status, letter.subject) == (LetterStatus.ISSUED, "การจัดกิจกรรมจิตอาสาและการรายงานผล")


def test_a_citation_finds_its_letter_and_says_where_it_disagrees(cast: Cast) -> None:
    """The real misprint: the covering letter cites its parent with the year after (docs/domain.md §1)."""
    signer = set_up_office(cast.department, prefix="มท 0801.4")
    parent = issue(
        actor=cast.fah,
        letter=draft(cast.fah, values(signer, date_printed=DAY)),
        typed_number="มท ๐๘๐๑.๔/ว ๓๐๐๐",
        now=NOW,
    )
    wrong = Citation(number="มท 0801.4/ว 3000", date=date(2022, 12, 15))
    letter = draft(cast.ek, values(citations=(wrong,)))
    reference = Reference.objects.get(letter=letter)
    assert reference.linked == parent
    words = rules.citation_problem(number=reference.number, day=reference.date, linked=parent)
    assert "15 ธันวาคม 2564" in words
    assert "2564" in words
    assert rules.citation_problem(number="ที่ มท ๐๘๐๑.๔/ว ๓๐๐๐", day=DAY, linked=parent) == ""
    assert "ว ๓๐๐๐" in rules.citation_problem(number="มท 0801.4/ว 3001", day=DAY, linked=parent)


def test_a_citation_does_not_find_what_one_may_not_see(cast: Cast) -> None:
    signer = set_up_office(cast.lanta, prefix="กบ 0318")
    hidden = draft(cast.fah, values())
    letter = draft(cast.chai, values(signer, citations=(Citation(number="1", linked_id=hidden.pk),)))
    assert letter.references.get().linked is None


STANDS = {"capacity": "on_behalf", "on_behalf_of": "ผู้ว่าราชการจังหวัดกระบี่"}


@pytest.mark.parametrize(
    ("to", "herself"),
    [
        ("ผู้ว่าราชการจังหวัดกระบี่", True),
        ("ผู้ว่าราชการจังหวัดกระบี่ (ผ่านปลัดจังหวัด)", True),
        ("นายอำเภอ ทุกอำเภอ และผู้ว่าราชการจังหวัดกระบี่", True),
        ("ปลัดจังหวัดกระบี่\nผู้ว่าราชการจังหวัดกระบี่", True),
        ("รองผู้ว่าราชการจังหวัดกระบี่", False),
        ("ผู้ว่าราชการจังหวัด ทุกจังหวัด", False),
        ("นายอำเภอ ทุกอำเภอ", False),
        ("", False),
    ],
)
def test_who_is_written_to_is_found_among_the_addressees(to: str, herself: bool) -> None:
    assert bool(rules.behalf_problem(STANDS, to)) is herself
    assert rules.behalf_problem(STANDS | {"capacity": "own"}, to) == ""
    assert rules.behalf_problem({}, to) == ""


def test_all_of_a_kind_are_others_than_the_one_of_that_title() -> None:
    mayor = STANDS | {"on_behalf_of": "นายกองค์การบริหารส่วนตำบล"}
    assert rules.behalf_problem(mayor, "นายกองค์การบริหารส่วนตำบล ทุกแห่ง") == ""


def test_nobody_signs_a_letter_on_behalf_of_its_addressee(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    letter = draft(cast.ek, values(signer, to_text="ผู้ว่าราชการจังหวัดกระบี่"))
    for step in (ask_signature, issue):
        with pytest.raises(Refusal) as refused:
            step(actor=cast.ek, letter=letter, now=NOW)
        assert list(refused.value.fields) == ["signer"]
        assert "เป็นผู้รับหนังสือนี้เอง" in refused.value.fields["signer"][0]
    letter.refresh_from_db()
    assert (letter.status, letter.number) == (LetterStatus.DRAFT, "")


def test_nor_does_one_who_stands_for_the_signer_today(cast: Cast) -> None:
    """The governor himself is chosen; whoever signs for him today would write to him in his own place."""
    deputy = set_up_office(cast.krabi)
    governor = Signer.objects.create(
        organization=cast.krabi, name="ผู้ว่าราชการจังหวัด", position=deputy.on_behalf_of, user=None
    )
    Signer.objects.filter(pk=deputy.pk).update(
        capacity="acting", stands_for=governor, from_date=today(NOW), to_date=today(NOW)
    )
    letter = draft(cast.ek, values(governor, to_text="ผู้ว่าราชการจังหวัดกระบี่"))
    with pytest.raises(Refusal) as refused:
        issue(actor=cast.ek, letter=letter, now=NOW)
    assert list(refused.value.fields) == ["signer"]


def test_the_composer_warns_before_it_is_refused(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    request = RequestFactory().get("/")
    request.viewer = cast.ek  # type: ignore[attr-defined]  # as the middleware puts it there
    to_governor = values(signer, to_text="ผู้ว่าราชการจังหวัดกระบี่", citations=())
    letter = Letter(organization=cast.krabi)
    said = warnings(request, letter, to_governor)  # type: ignore[arg-type]  # a request with a viewer
    assert [(each.place, each.about) for each in said] == [("signer", "ผู้ลงนาม")]
    assert warnings(request, letter, values(signer)) == []  # type: ignore[arg-type]  # a request with a viewer
