"""Anybody may ask whether a paper with the code of a receipt still says what the system says."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from jitasa.activities.models import Activity
from jitasa.activities.receipt_code import LETTERS_OF_A_CODE, code_of, read_code
from jitasa.activities.selectors.receipts import Standing, check_receipt, receipt_code
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services.reopen import reopen
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.keys import KeyRing
from jitasa.review.services.accept import accept
from jitasa.review.services.flag import look_now
from tests.cast import NOW, Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def sent(cast: Cast) -> Activity:
    make_lists()
    return make_sent(cast.anong, chair_position="นายอำเภอเมืองกระบี่")


def standing(code: str) -> str:
    checked = check_receipt(code)
    assert checked is not None
    return checked.standing


def test_a_paper_is_true_when_sent_and_when_accepted(cast: Cast, sent: Activity) -> None:
    code = receipt_code(sent)
    assert code.startswith(f"{sent.number}-")
    assert standing(code) == Standing.VALID
    look_now(sent, NOW)
    accept(actor=cast.dao, activity=sent, now=LATER)
    sent.refresh_from_db()
    assert (standing(code), receipt_code(sent)) == (Standing.VALID, code)


def test_a_paper_printed_before_a_correction_is_changed_and_the_new_one_true(
    cast: Cast, sent: Activity
) -> None:
    anong, old = cast.anong, receipt_code(sent)
    reopen(actor=anong, activity=sent, reason="จำนวนคนผิด", now=LATER)
    assert standing(old) == Standing.CORRECTING
    sent.refresh_from_db()
    values = replace(values_of(sent), result="เก็บขยะได้ 300 กก.")
    save_draft(actor=anong, uuid=sent.uuid, values=values, now=LATER, base_revision=sent.revision)
    sent.refresh_from_db()
    submit(actor=anong, activity=sent, now=LATER)
    sent.refresh_from_db()
    assert (standing(old), standing(receipt_code(sent))) == (Standing.CHANGED, Standing.VALID)
    page = Client().get(f"/r/{old}/")
    assert page.status_code == 200
    assert "แก้ไขแล้วหลังจากออกเอกสารนี้" in words_of(page)


def test_a_paper_of_a_withdrawn_record_says_so(cast: Cast, sent: Activity) -> None:
    code = receipt_code(sent)
    withdraw(actor=cast.anong, activity=sent, reason="บันทึกซ้ำ", now=LATER)
    assert standing(code) == Standing.WITHDRAWN


def test_a_guest_reads_whether_it_is_true_and_nothing_private(sent: Activity) -> None:
    page = Client().get(f"/r/{receipt_code(sent).lower()}/")
    assert page.status_code == 200
    words = words_of(page)
    assert "ตรงกับข้อมูลในระบบขณะนี้" in words
    assert sent.number in words
    assert sent.organization_name in words
    for private in (sent.name, sent.place, sent.chair_position, sent.result, str(sent.uuid)):
        assert private
        assert private not in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0")


def test_letters_of_another_content_or_number_are_nobodys(cast: Cast, sent: Activity) -> None:
    other = make_sent(cast.chai)
    letters = receipt_code(sent)[-LETTERS_OF_A_CODE:]
    for code in (f"{other.number}-{letters}", code_of(sent.number, "0" * 64), "81-6911-999999-AAAAAAAA", "x"):
        page = Client().get(f"/r/{code}/")
        assert page.status_code == 404, code
        assert "ไม่พบใบรับ" in words_of(page)


def test_a_number_alone_leads_only_who_may_see_the_record(cast: Cast, sent: Activity) -> None:
    assert cast.client("dao").get(f"/r/{sent.number}/")["Location"].endswith(f"/{sent.uuid}/")
    for who in ("chai", "guest"):
        client = cast.client(who) if who != "guest" else Client()
        page = client.get(f"/r/{sent.number}/")
        assert page.status_code == 404
        assert "ต้องใช้รหัสเต็ม" in words_of(page)
        assert sent.organization_name not in words_of(page)


def test_a_code_is_read_as_people_type_it(sent: Activity) -> None:
    assert read_code(" ๘๑-๖๙๑๑-๐๐๐๐๑๒-k7qx m2p4 ") == ("81-6911-000012", "K7QXM2P4")
    assert read_code("81-6911-000012-K7QXM201") == ("81-6911-000012", "K7QXM2OI")
    assert read_code("81-6911-000012") == ("81-6911-000012", "")
    assert read_code("81-6911-000012-K7") is None
    answer = Client().get("/r/", {"code": receipt_code(sent)})
    assert answer["Location"] == f"/r/{receipt_code(sent)}/"


def test_a_paper_stays_true_under_a_new_key(sent: Activity, settings: object) -> None:
    code = receipt_code(sent)
    ring = settings.KEYS["tokens"]  # type: ignore[attr-defined]
    renewed = KeyRing("another key of the same purpose " * 2, (ring.current,))
    settings.KEYS = settings.KEYS | {"tokens": renewed}  # type: ignore[attr-defined]
    assert receipt_code(sent) != code
    assert standing(code) == Standing.VALID


def test_asking_is_counted(sent: Activity) -> None:
    client = Client(REMOTE_ADDR="203.0.113.77")
    answers = [client.get("/r/81-6911-000001-AAAAAAAA/").status_code for _ in range(32)]
    assert answers[:30] == [404] * 30
    assert answers[-1] == 429
