"""Twenty people at once: the registers give 1 to 20, no gap and no double (needs real transactions)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from uuid import uuid4

import pytest
from django.db import connection, transaction

from jitasa.compilation.services.check import differences
from jitasa.distribution.values import Recipients
from jitasa.letters.choices import LetterStatus, RegisterKind
from jitasa.letters.models import Dispatch, Letter, LetterSettings, Receipt, Register
from jitasa.letters.services.issue import issue, recall
from jitasa.letters.services.pass_on import draft_pass_on
from jitasa.letters.services.receive import lock, open_letter, register
from jitasa.letters.services.remind import remind
from jitasa.letters.services.stamp import stamp_from_paper
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.letters.tests.test_way import down, way
from jitasa.organizations.viewer import Viewer
from tests.cast import NOW, Cast, make_cast
from tests.databases import somebody_waits

PEOPLE = 20
pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer: nothing happens at once there"
    ),
]


def at_once(acts: list[Callable[[], object]]) -> None:
    """Run every act in a thread with its own connection; all begin together."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=30)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result(timeout=60)


def drafts(cast: Cast) -> list[Letter]:
    given = values(set_up_office(cast.krabi), recipients=Recipients(presets=("line",)))
    return [draft(cast.ek, given, uuid=uuid4()) for _each in range(PEOPLE)]


def issuing(cast: Cast, letter: Letter) -> Callable[[], object]:
    return lambda: issue(actor=cast.ek, letter=letter, now=NOW)


def test_twenty_letters_issued_at_once_are_numbered_1_to_20() -> None:
    cast = make_cast()
    at_once([issuing(cast, letter) for letter in drafts(cast)])
    numbers = Letter.objects.order_by("register_number").values_list("register_number", flat=True)
    assert list(numbers) == list(range(1, PEOPLE + 1))
    assert Dispatch.objects.count() == PEOPLE * 4  # two districts, the PAO, the town


def test_ten_circulars_and_ten_others_at_once_are_numbered_1_to_10_each() -> None:
    cast = make_cast()
    rows = drafts(cast)
    LetterSettings.objects.update(circular_series=True)
    Letter.objects.filter(pk__in=[row.pk for row in rows[::2]]).update(is_circular=False)
    letters = list(Letter.objects.select_related("organization__letter_settings").order_by("pk"))
    at_once([issuing(cast, letter) for letter in letters])
    for series in (RegisterKind.DISPATCH, RegisterKind.CIRCULAR):
        numbers = Letter.objects.filter(series=series).order_by("register_number")
        assert list(numbers.values_list("register_number", flat=True)) == list(range(1, PEOPLE // 2 + 1))


def test_twenty_letters_registered_at_once_are_numbered_1_to_20() -> None:
    cast = make_cast()
    for letter in drafts(cast):
        issue(actor=cast.ek, letter=letter, now=NOW)
    ways = list(Dispatch.objects.select_related("letter", "recipient").filter(recipient=cast.mueang))
    at_once([lambda way=way: register(actor=cast.dao, dispatch=way, now=NOW) for way in ways])  # type: ignore[misc]  # bound now
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, PEOPLE + 1))


def test_one_letter_issued_registered_and_opened_by_many_at_once_is_done_once() -> None:
    cast = make_cast()
    letter = drafts(cast)[0]
    at_once([issuing(cast, letter)] * 8)
    assert Letter.objects.filter(register_number__isnull=False).count() == 1
    assert letter.dispatches.count() == 4
    way = Dispatch.objects.select_related("letter", "recipient").get(letter=letter, recipient=cast.mueang)
    set_up_office(cast.mueang)
    at_once([lambda: open_letter(actor=cast.dao, dispatch=way, now=NOW)] * 4)
    at_once([lambda: register(actor=cast.dao, dispatch=way, now=NOW)] * 4)
    at_once([lambda: draft_pass_on(actor=cast.dao, dispatch=way, now=NOW)] * 4)
    top = letter.follow_counts.get(organization=cast.department)
    assert (top.delivered, top.opened, top.registered) == (4, 1, 1)
    assert letter.children.count() == 1


def test_the_same_letter_registered_by_two_at_once_gets_one_number() -> None:
    cast = make_cast()
    letter = drafts(cast)[0]
    issue(actor=cast.ek, letter=letter, now=NOW)
    way = Dispatch.objects.select_related("letter", "recipient").get(letter=letter, recipient=cast.mueang)
    numbers: list[int] = []
    at_once([lambda: numbers.append(register(actor=cast.dao, dispatch=way, now=NOW).number)] * 2)
    assert numbers == [1, 1]
    assert Receipt.objects.filter(letter=letter).count() == 1
    register_row = Register.objects.get(organization=cast.mueang, kind=RegisterKind.RECEIPT)
    assert register_row.last == 1  # nobody burnt a number


def test_a_button_and_a_stamp_from_paper_at_once_leave_one_receipt() -> None:
    cast = make_cast()
    letter = drafts(cast)[0]
    issue(actor=cast.ek, letter=letter, now=NOW)
    way = Dispatch.objects.select_related("letter", "recipient").get(letter=letter, recipient=cast.mueang)
    at_once(
        [
            lambda: register(actor=cast.dao, dispatch=way, now=NOW),
            lambda: stamp_from_paper(actor=cast.dao, dispatch=way, number_text="7", at=NOW, now=NOW),
        ]
    )
    assert Receipt.objects.get(letter=letter).number in (1, 7)
    assert letter.follow_counts.get(organization=cast.department).registered == 1


def test_covering_letters_recalled_while_others_open_and_register_leave_true_counts() -> None:
    """Acts on one chain from all sides: nobody waits in a ring, and nothing is counted twice or left over."""
    cast = make_cast()
    letter, second, third = down(cast)
    clerk = Viewer(user=cast.people["chai"], organization=cast.saithai, roles=cast.chai.roles)
    ways = {each: way(third, each) for each in (cast.aonang, cast.saithai)}
    at_once(
        [
            lambda: recall(actor=cast.dao, letter=third, reason="ผิดฉบับ", now=NOW),
            lambda: register(actor=cast.anong, dispatch=ways[cast.aonang], now=NOW),
            lambda: open_letter(actor=clerk, dispatch=ways[cast.saithai], now=NOW),
            lambda: register(actor=cast.dao, dispatch=way(second, cast.mueang), now=NOW),
            lambda: register(actor=cast.ek, dispatch=way(letter, cast.krabi), now=NOW),
            lambda: remind(actor=cast.fah, letter=letter, node=cast.department, behind="unopened", now=NOW),
        ]
    )
    assert list(differences()) == []


def test_a_recall_waits_for_a_dispatch_without_holding_up_its_registration() -> None:
    """The receipt of a dispatch points at the letter, which the recall has locked: no ring."""
    cast = make_cast()
    _letter, _second, third = down(cast)
    dispatch = way(third, cast.aonang)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock(dispatch)
            recalling = pool.submit(
                at_once, [lambda: recall(actor=cast.dao, letter=third, reason="ผิดฉบับ", now=NOW)]
            )
            until_somebody_waits()
            receipt = register(actor=cast.anong, dispatch=dispatch, now=NOW)
        recalling.result(timeout=60)
    assert receipt.number == 1
    third.refresh_from_db()
    assert third.status == LetterStatus.RECALLED
    assert list(differences()) == []


def until_somebody_waits() -> None:
    """Return once another connection waits for a lock (at most ten seconds)."""
    for _try in range(200):
        if somebody_waits():
            return
        sleep(0.05)
    raise AssertionError("nobody waits")
