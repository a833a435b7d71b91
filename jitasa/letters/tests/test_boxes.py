"""Boxes, registers and retention as a user searches them; and that their cost does not grow."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.distribution.values import Recipients
from jitasa.letters.models import Letter, Receipt
from jitasa.letters.selectors.registers import dispatch_lines, dispatches, receipt_lines, receipts, years
from jitasa.letters.services.issue import issue
from jitasa.letters.services.receive import assign, register
from jitasa.letters.services.remind import escalate
from jitasa.letters.services.stamp import stamp_from_paper
from jitasa.letters.services.verify import verify_date
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.letters.tests.test_way import circular, down, way
from jitasa.letters.tests.test_way_pages import OUTSIDE, page
from jitasa.notices.models import Notice
from jitasa.thai.dates import BANGKOK
from tests.cast import NOW, Cast


def test_what_was_handed_to_me_is_a_pile_of_its_own(cast: Cast) -> None:
    letter = circular(cast)
    assert letter.subject not in page(cast, "ek", "inbox", show="mine")
    assign(actor=cast.ek, dispatch=way(letter, cast.krabi), to=cast.people["ek"], now=NOW)
    assert letter.subject in page(cast, "ek", "inbox", show="mine")


@pytest.mark.parametrize("text", ["009419", "9419", "๙๔๑๙"])
def test_a_receipt_is_found_by_its_own_number(cast: Cast, text: str) -> None:
    letter = circular(cast)
    at = datetime(2021, 12, 21, 9, 30, tzinfo=BANGKOK)
    stamp_from_paper(actor=cast.ek, dispatch=way(letter, cast.krabi), number_text="009419", at=at, now=NOW)
    found = receipts(cast.krabi, 2564, text)
    assert [line.number for line in receipt_lines(found)] == ["009419"]
    assert not receipts(cast.krabi, 2564, "77").exists()
    assert not receipts(cast.krabi, 2569, text).exists()
    assert years(cast.krabi, 2569) == [2569, 2564]


def test_a_number_stands_in_the_register_of_its_year_and_both_dates_are_told(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    given = values(signer, date_printed=date(2022, 12, 23))
    letter = issue(actor=cast.ek, letter=draft(cast.ek, given), now=NOW, typed_number="กบ 0023.1/ว 6565")
    verify_date(actor=cast.ek, letter=letter, day=date(2021, 12, 23), now=NOW)
    line = next(iter(dispatch_lines(dispatches(cast.krabi, 2564))))
    why = "อยู่ในทะเบียนของปีที่รับหรือออกเลข เพราะวันที่บนหนังสือพิมพ์ต่างปี · วันที่ถูกต้องตามที่ตรวจสอบ 23 ธ.ค. 2564"
    assert (line.number, line.dated, line.note) == ("6565", date(2022, 12, 23), why)
    ahead = draft(cast.ek, values(signer, date_printed=date(2027, 1, 2)))
    issued = issue(actor=cast.ek, letter=ahead, now=NOW)  # numbered in 2569, dated in 2570
    assert list(dispatches(cast.krabi, 2569)) == [issued]
    assert not dispatches(cast.krabi, 2570).exists()


def test_the_level_above_is_told_once_more_when_the_day_of_answering_is_over(cast: Cast) -> None:
    letter = circular(cast, answer_kind="acknowledge", answer_by=date(2026, 12, 1), escalate_after_days=3)
    assert escalate(now=NOW + timedelta(days=4)) == 1  # not opened
    assert escalate(now=NOW + timedelta(days=8)) == 0
    assert escalate(now=NOW + timedelta(days=10)) == 1  # 2 ธ.ค.: not answered
    assert escalate(now=NOW + timedelta(days=11)) == 0
    assert Notice.objects.filter(organization=cast.department, sender=letter.organization).count() == 2


@pytest.mark.at(NOW)
def test_an_outside_letter_keeps_the_class_it_was_given(cast: Cast) -> None:
    cast.client("ek").post(
        reverse("letters:outside"), {**OUTSIDE, "uuid": str(uuid4()), "retention": "one_year"}
    )
    assert Letter.objects.get().retention == "one_year"


def _letters(cast: Cast, count: int) -> None:
    """That many letters in Krabi's boxes, registers and, old enough, on the department's list."""
    signer = cast.department.signers.first() or set_up_office(cast.department)
    own = cast.krabi.signers.first() or set_up_office(cast.krabi)
    for _each in range(count):
        given = values(signer, recipients=Recipients(presets=("governors",)), retention="one_year")
        letter = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
        register(actor=cast.ek, dispatch=way(letter, cast.krabi), now=NOW)
        assign(actor=cast.ek, dispatch=way(letter, cast.krabi), to=cast.people["ek"], now=NOW)
        issue(actor=cast.ek, letter=draft(cast.ek, values(own), parent=letter), now=NOW)
    old = NOW - timedelta(days=1500)
    Letter.objects.filter(organization=cast.department).update(created_at=old, issued_at=old)
    cast.client("fah").post(reverse("letters:retention_make"))


@pytest.mark.parametrize(
    ("name", "person"),
    [("inbox", "ek"), ("outbox", "ek"), ("receipts", "ek"), ("dispatches", "ek"), ("retention", "fah")],
)
def test_lists_cost_the_same_for_3_and_30(cast: Cast, name: str, person: str) -> None:
    client, found = cast.client(person), []
    for more in (3, 27):
        _letters(cast, more)
        client.get(reverse(f"letters:{name}"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(f"letters:{name}")).status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]


def test_every_way_of_registering_gives_the_number_once(cast: Cast) -> None:
    _letter, second, _third = down(cast)
    here = way(second, cast.mueang)
    first = register(actor=cast.dao, dispatch=here, now=NOW)
    again = stamp_from_paper(actor=cast.dao, dispatch=here, number_text="88", at=NOW, now=NOW)
    assert (again, Receipt.objects.filter(letter=second).count()) == (first, 1)
