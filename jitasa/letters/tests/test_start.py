"""What the start page says of letters: counts, the pressing ones first, in two queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jitasa.distribution.values import Recipients
from jitasa.letters.choices import AnswerKind
from jitasa.letters.models import Letter, Signer
from jitasa.letters.selectors.start import StartLetters, start
from jitasa.letters.services.issue import issue, recall
from jitasa.letters.services.receive import answer, open_letter, register
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.letters.tests.test_way import way
from jitasa.organizations.viewer import Viewer
from tests.cast import NOW, Cast


def sent(cast: Cast, signer: Signer, **changes: object) -> Letter:
    given = values(signer, **{"recipients": Recipients(presets=("governors",)), **changes})
    return issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)


def test_what_presses_most_stands_first_and_leaves_when_it_is_done(cast: Cast) -> None:
    signer = set_up_office(cast.department)
    plain = sent(cast, signer, subject="ธรรมดา")
    urgent = sent(cast, signer, subject="ด่วน", urgency="urgent")
    asks = {"answer_kind": AnswerKind.ACKNOWLEDGE}
    soon = sent(cast, signer, subject="ใกล้", answer_by=date(2026, 11, 25), **asks)
    late = sent(cast, signer, subject="เลย", answer_by=date(2026, 11, 20), **asks)
    sent(cast, signer, subject="ไกล", answer_by=date(2027, 1, 20), **asks)
    gone = sent(cast, signer, subject="เรียกคืน")
    recall(actor=cast.fah, letter=gone, reason="ผิด", now=NOW)
    found = start(cast.ek, NOW)
    assert (found.new, found.urgent, found.soon, found.late, found.waiting) == (5, 1, 1, 1, 5)
    assert [line.dispatch.letter for line in found.lines[:3]] == [late, soon, urgent]
    assert [line.why for line in found.lines] == ["late", "soon", "urgent", "new", "new"]
    answer(actor=cast.ek, dispatch=way(late, cast.krabi), now=NOW)
    open_letter(actor=cast.ek, dispatch=way(late, cast.krabi), now=NOW)
    register(actor=cast.ek, dispatch=way(urgent, cast.krabi), now=NOW)
    open_letter(actor=cast.ek, dispatch=way(plain, cast.krabi), now=NOW)
    again = start(cast.ek, NOW, lines=1)
    assert (again.new, again.urgent, again.soon, again.late, again.waiting) == (2, 0, 1, 0, 2)
    assert [line.dispatch.letter for line in again.lines] == [soon]


def test_only_the_own_offices_letters_and_nothing_without_a_post(cast: Cast) -> None:
    sent(cast, set_up_office(cast.department))
    assert start(cast.dao, NOW) == StartLetters()
    nobody = Viewer(user=cast.people["ek"], organization=cast.krabi, roles=frozenset())
    assert start(nobody, NOW) == StartLetters()
    assert start(cast.ek, NOW + timedelta(days=1)).new == 1


@pytest.mark.parametrize("count", [3, 30])
def test_two_queries_for_few_and_many(cast: Cast, count: int) -> None:
    signer = set_up_office(cast.department)
    for _each in range(count):
        sent(cast, signer)
    with CaptureQueriesContext(connection) as queries:
        found = start(cast.ek, NOW)
        assert [line.dispatch.letter.organization.name for line in found.lines]
    assert (len(queries), found.new) == (2, count)
