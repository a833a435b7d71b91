"""The pages of a letter's way: who sees what, what they do, and what they cost."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jitasa.distribution.values import Recipients
from jitasa.letters.choices import AnswerKind
from jitasa.letters.models import Dispatch, Letter, Receipt
from jitasa.letters.services.issue import issue, recall
from jitasa.letters.services.receive import open_letter
from jitasa.letters.tests.samples import PDF, draft, set_up_office, values
from jitasa.letters.tests.test_way import circular, counted, down, way
from jitasa.letters.values import Citation
from jitasa.notices.models import Notice
from jitasa.organizations.models import Organization, Succession
from jitasa.thai.digits import to_arabic
from tests.cast import NOW, Cast, T, make_organization


def page(cast: Cast, name: str, url: str, **data: str) -> str:
    answer = cast.client(name).get(
        reverse(f"letters:{url}") if ":" not in url and "/" not in url else url, data
    )
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def at(name: str, letter: Letter) -> str:
    return reverse(f"letters:{name}", args=[letter.uuid])


def test_the_inbox_shows_what_is_new_and_due_and_opening_is_noted(cast: Cast) -> None:
    letter = circular(cast, answer_kind=AnswerKind.ACKNOWLEDGE, answer_by=date(2026, 11, 1), urgency="urgent")
    text = page(cast, "ek", "inbox")
    assert letter.subject in text
    assert "เกินกำหนดตอบ" in text
    assert "unread" in text
    assert letter.subject in page(cast, "ek", "inbox", show="late", q="๐๘๐๑")
    assert letter.subject not in page(cast, "dao", "inbox")
    page(cast, "ek", at("show", letter))
    assert way(letter, cast.krabi).opened_by == cast.people["ek"]
    assert "unread" not in page(cast, "ek", "inbox")


def test_a_letter_not_for_ones_office_is_not_found(cast: Cast) -> None:
    letter = issue(
        actor=cast.fah,
        letter=draft(
            cast.fah, values(set_up_office(cast.department), recipients=Recipients(offices=(cast.aonang.pk,)))
        ),
        now=NOW,
    )
    assert cast.client("chai").get(at("show", letter)).status_code == 404
    assert cast.client("chai").post(at("register_letter", letter)).status_code == 404
    assert cast.client("dao").get(at("show", letter)).status_code == 200  # above looks on
    assert cast.client("dao").post(at("register_letter", letter)).status_code == 403
    assert way(letter, cast.aonang).opened_at is None
    assert not Receipt.objects.exists()


def test_register_assign_and_pass_on_by_buttons(cast: Cast) -> None:
    letter = circular(cast)
    set_up_office(cast.krabi)
    client = cast.client("ek")
    assert client.post(at("register_letter", letter)).status_code == 302
    assert client.post(at("assign", letter), {"to": cast.people["ek"].pk}).status_code == 302
    answer = client.post(at("pass_on", letter), {"act": "send"}, follow=True)
    child = letter.children.get()
    assert to_arabic(child.number) in answer.content.decode()
    again = client.post(at("pass_on", letter), {"act": "send"})
    assert again["Location"] == at("show", child)
    text = page(cast, "ek", at("show", letter))
    assert "เลขรับ" in text
    assert to_arabic(child.number) in text
    assert child.subject in page(cast, "dao", "inbox")


def test_the_day_of_a_paper_stamp_far_off_is_asked_back_and_nothing_typed_is_lost(cast: Cast) -> None:
    letter = circular(cast)
    client, typed = cast.client("ek"), {"number": "009419", "date": "21/12/2564", "time": "๐๙.๓๐", "unit": ""}
    asked = client.post(at("stamp", letter), typed)
    text = asked.content.decode()
    assert asked.status_code == 422
    assert "ใช่วันนี้หรือไม่" in text
    assert 'value="009419"' in text
    assert 'name="date_sure" value="2021-12-21"' in text
    assert not Receipt.objects.exists()
    said = client.post(at("stamp", letter), {**typed, "date_sure": "2021-12-21"})
    assert said["Location"] == at("show", letter)
    receipt = Receipt.objects.get()
    assert (receipt.number_text, timezone.localtime(receipt.at).isoformat()) == (
        "009419",
        "2021-12-21T09:30:00+07:00",
    )


@pytest.mark.at(NOW)
def test_a_paper_stamp_that_cannot_be_is_refused_at_its_field(cast: Cast) -> None:
    letter = circular(cast)
    for changes, words in (
        ({"date": "ไม่ทราบ"}, "อ่านวันที่นี้ไม่ได้"),
        ({"time": "สาย"}, "อ่านเวลาไม่ได้"),
        ({"number": "กข"}, "เลขรับเป็นตัวเลขล้วน"),
        ({"date": "23 พ.ย. 2570"}, "วันเวลาที่รับยังมาไม่ถึง"),
    ):
        answer = cast.client("ek").post(
            at("stamp", letter), {"number": "7", "date": "20 พ.ย. 2569", "time": "", **changes}
        )
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not Receipt.objects.exists()


def test_passing_on_names_letter_and_count_and_registers_first(cast: Cast) -> None:
    letter = circular(cast)
    set_up_office(cast.krabi)
    text = page(cast, "ek", at("show", letter))
    assert "ลงรับแล้วส่งต่อถึง 4 แห่ง" in text  # two districts, the PAO and the town
    assert f"แล้วส่งหนังสือที่ {to_arabic(letter.number)} เรื่อง {letter.subject} ถึง 4 แห่งทันทีหรือไม่" in text
    cast.client("ek").post(at("pass_on", letter), {"act": "send"})
    here, child = way(letter, cast.krabi), letter.children.get()
    assert child.dispatches.count() == child.send_total == 4
    assert here.registered_at is not None
    assert here.passed_on_at is not None
    assert here.registered_at <= here.passed_on_at
    assert letter.receipts.get(organization=cast.krabi).number == 1


def test_a_registered_letter_is_only_passed_on(cast: Cast) -> None:
    letter = circular(cast)
    set_up_office(cast.krabi)
    cast.client("ek").post(at("register_letter", letter))
    text = page(cast, "ek", at("show", letter))
    assert "ลงรับแล้วส่งต่อ" not in text
    assert "ส่งต่อถึง 4 แห่ง" in text
    cast.client("ek").post(at("pass_on", letter), {"act": "send"})
    assert letter.receipts.filter(organization=cast.krabi).count() == 1


def test_passing_on_without_a_signer_opens_the_draft_with_the_reason(cast: Cast) -> None:
    letter = circular(cast)
    answer = cast.client("ek").post(at("pass_on", letter), {"act": "send"}, follow=True)
    assert "ผู้ลงนาม" in answer.content.decode()
    assert letter.children.get().number == ""
    assert way(letter, cast.krabi).passed_on_at is None


def test_the_misprint_is_shown_as_a_warning(cast: Cast) -> None:
    letter = circular(cast)
    signer = set_up_office(cast.krabi)
    wrong = Citation(number=letter.number, date=date(2027, 11, 22), linked_id=letter.pk)
    child = issue(actor=cast.ek, letter=draft(cast.ek, values(signer, citations=(wrong,))), now=NOW)
    assert "อ้างถึงไม่ตรงกับหนังสือเดิม" in page(cast, "ek", at("show", child))


def test_a_successor_is_told_whom_the_letter_was_for(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.saithai.pk).update(closed_on=date(2026, 11, 21))
    Succession.objects.create(
        predecessor=cast.saithai, successor=cast.aonang, effective_on=date(2026, 11, 21)
    )
    given = values(set_up_office(cast.mueang), recipients=Recipients(offices=(cast.saithai.pk,)))
    letter = issue(actor=cast.dao, letter=draft(cast.dao, given), now=NOW)
    assert "ซึ่งยุบรวมกับ อบต.อ่าวนาง แล้ว" in page(cast, "anong", at("show", letter))
    assert "แทน อบต.ไสไทย ซึ่งยุบรวมแล้ว" in page(cast, "dao", at("follow", letter))


def test_the_registers_have_the_official_columns_on_screen_in_excel_and_on_paper(cast: Cast) -> None:
    letter = circular(cast)
    cast.client("ek").post(at("register_letter", letter))
    text = page(cast, "ek", "receipts")
    for word in ("เลขทะเบียน", "ลงวันที่", "การปฏิบัติ", "หมายเหตุ", letter.subject):
        assert word in text
    assert letter.subject in page(cast, "fah", "dispatches", q="ว 1", year="2569")
    assert letter.subject not in page(cast, "ek", "dispatches")
    for name, start in (("receipts_xlsx", b"PK"), ("receipts_pdf", b"%PDF")):
        assert cast.client("ek").get(reverse(f"letters:{name}")).content.startswith(start)
    assert cast.client("fah").get(reverse("letters:dispatches_pdf")).content.startswith(b"%PDF")


# Whoever sends it says the day with ``at``: a paper of other years is asked about first.
OUTSIDE = {
    "number": "กษ 0512/123", "from_text": "สำนักงานเกษตรจังหวัดกระบี่", "subject": "ขอเชิญร่วมปลูกป่า",
    "date_printed": "20 พ.ย. 2569", "urgency": "normal", "secrecy": "none", "orders": "ปลูกต้นไม้\nรายงานผล",
}  # fmt: skip


@pytest.mark.at(NOW)
def test_an_outside_letter_is_received_at_once_and_passed_on_like_any(cast: Cast) -> None:
    set_up_office(cast.krabi)
    client, key = cast.client("ek"), str(uuid4())
    scan = SimpleUploadedFile("scan.pdf", PDF)
    answer = client.post(reverse("letters:outside"), {**OUTSIDE, "uuid": key, "scan": scan})
    letter = Letter.objects.get(uuid=key)
    assert answer["Location"] == at("show", letter)
    assert (letter.receipts.get().number, letter.enclosures.get().media_type) == (1, "application/pdf")
    client.post(reverse("letters:outside"), {**OUTSIDE, "uuid": key})  # sent twice
    assert Receipt.objects.count() == 1
    assert "ปลูกต้นไม้" in page(cast, "ek", at("show", letter))
    client.post(at("pass_on", letter), {"act": "send"})
    child = letter.children.get()
    assert [b["text"] for b in child.body if b["kind"] == "order"] == ["ปลูกต้นไม้", "รายงานผล"]
    assert counted(letter, cast.krabi).delivered == 5


@pytest.mark.at(NOW)
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"secrecy": "secret"}, "ลับมาก"),
        ({"number": ""}, "กรอกช่อง"),
        ({"subject": "ก" * 401}, "ยาวเกิน"),
        ({"date_printed": "วันหนึ่ง"}, "อ่านวันที่นี้ไม่ได้"),
    ],
)
def test_an_outside_letter_is_refused_with_the_reason(
    cast: Cast, changes: dict[str, str], words: str
) -> None:
    scan = SimpleUploadedFile("scan.pdf", PDF)
    answer = cast.client("ek").post(reverse("letters:outside"), {**OUTSIDE, **changes, "scan": scan})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Letter.objects.exists()


@pytest.mark.at(NOW)
def test_the_same_outside_letter_is_not_registered_twice(cast: Cast) -> None:
    for _each in range(2):
        answer = cast.client("ek").post(reverse("letters:outside"), {**OUTSIDE, "uuid": str(uuid4())})
    assert "ลงรับไว้แล้ว" in answer.content.decode()
    assert Letter.objects.count() == 1


def test_following_drills_down_filters_and_reminds(cast: Cast) -> None:
    letter, second, third = down(cast)
    text = page(cast, "fah", at("follow", letter))
    assert "สถจ.กระบี่" in text
    assert to_arabic(second.number) in text
    assert "สถจ.กระบี่" in page(cast, "fah", at("follow", letter), show="no_lao")
    below = page(cast, "fah", at("follow", letter), office=str(cast.mueang.pk))
    assert "อบต.อ่าวนาง" in below
    open_letter(actor=cast.anong, dispatch=way(third, cast.aonang), now=NOW + timedelta(hours=9))
    assert "สถจ.กระบี่</a>" not in page(cast, "fah", at("follow", letter), show="no_lao").split("<tbody>")[-1]
    client = cast.client("fah")
    client.post(at("remind", letter), {"office": cast.mueang.pk, "behind": "unopened"})
    assert set(Notice.objects.values_list("organization__short_name", flat=True)) == {
        "อ.เมืองกระบี่",
        "อบต.ไสไทย",
    }
    client.post(at("remind", letter), {"office": cast.mueang.pk, "behind": "unopened"})
    assert Notice.objects.count() == 2  # nobody twice a day
    for tab in ("map",):
        assert "<svg" in page(cast, "fah", at("follow", letter), tab=tab)
    drawn = page(cast, "ek", at("follow", letter.children.get()), tab="map")
    for words in ('<circle class="ok"', '<circle class="warn"', '<circle class="bad"', " กม.</text>"):
        assert words in drawn  # the legend and the scale
        assert "<svg" in page(cast, "fah", at("follow", letter), tab=tab, office=str(cast.krabi.pk))


def test_only_the_sender_and_above_follow(cast: Cast) -> None:
    letter, second, _third = down(cast)
    assert cast.client("ek").get(at("follow", letter)).status_code == 403
    assert cast.client("chai").get(at("follow", letter)).status_code == 404
    assert cast.client("chai").post(at("remind", second)).status_code == 404
    assert cast.client("ek").get(at("follow", second)).status_code == 200
    assert cast.client("ek").get(at("follow", second), {"office": cast.department.pk}).status_code == 404
    assert cast.client("fah").get(at("follow", second)).status_code == 200


def test_overdue_answers_are_counted_in_their_branch(cast: Cast) -> None:
    letter, _second, _third = down(cast, answer_kind=AnswerKind.ACKNOWLEDGE, answer_by=date(2026, 11, 1))
    text = page(cast, "fah", at("follow", letter), show="overdue")
    assert "สถจ.กระบี่" in text
    below = page(cast, "fah", at("follow", letter), office=str(cast.krabi.pk), show="overdue")
    assert "อ.เมืองกระบี่" in below
    assert "อบจ.กระบี่" in below


def test_escalation_tells_the_level_above_once(cast: Cast) -> None:
    from jitasa.letters.services.remind import escalate

    letter, _second, _third = down(cast, escalate_after_days=3)
    assert escalate(now=NOW + timedelta(days=1)) == 0
    assert escalate(now=NOW + timedelta(days=4)) == 7
    told = dict(Notice.objects.values_list("organization__short_name", "body").filter(url=at("show", letter)))
    assert "สถจ.กระบี่" in told["สถ."]
    assert escalate(now=NOW + timedelta(days=5)) == 0


def test_a_recalled_letter_says_so(cast: Cast) -> None:
    letter = circular(cast)
    recall(actor=cast.fah, letter=letter, reason="เลขผิด", now=NOW)
    assert "เลขผิด" in page(cast, "ek", at("show", letter))
    assert cast.client("ek").post(at("pass_on", letter)).status_code == 400
    assert letter.children.count() == 0


@pytest.mark.at(NOW)
def test_nothing_is_destroyed_without_the_committee(cast: Cast) -> None:
    letter = circular(cast)
    Letter.objects.filter(pk=letter.pk).update(
        retention="one_year", created_at=NOW - timedelta(days=1500), issued_at=NOW - timedelta(days=1500)
    )
    client = cast.client("fah")
    client.post(reverse("letters:retention_make"))
    item = letter.organization.letters.get().pk
    assert letter.subject in page(cast, "fah", "retention")
    from jitasa.letters.models import DestructionItem

    row = DestructionItem.objects.get(letter=item)
    client.post(reverse("letters:retention_confirm"), {f"item-{row.pk}": "destroy"})  # no committee
    client.post(reverse("letters:retention_confirm"), {"committee": "ประธานกรรมการ"})  # no word
    letter.refresh_from_db()
    assert letter.destroyed_at is None
    client.post(
        reverse("letters:retention_confirm"), {"committee": "ประธานกรรมการ", f"item-{row.pk}": "destroy"}
    )
    letter.refresh_from_db()
    assert (letter.destroyed_at is not None, letter.body) == (True, [])
    assert "ทำลายแล้ว" in page(cast, "fah", "dispatches")
    assert cast.client("anong").get(reverse("letters:retention")).status_code == 403


def _many(cast: Cast, count: int) -> Letter:
    """A letter to ``count`` LAOs of one district, and as many letters in Anong's boxes."""
    there = Organization.objects.filter(reports_to=cast.mueang).count()
    for n in range(there, count):
        make_organization(f"068{n:05d}", T.SAO, f"อบต.ที่ {n}", reports_to=cast.mueang, lies_in=cast.mueang)
    signer = cast.mueang.signers.first() or set_up_office(cast.mueang)
    given = values(signer, recipients=Recipients(presets=("saos",)), answer_kind="acknowledge")
    return issue(actor=cast.dao, letter=draft(cast.dao, given), now=timezone.now())


def _queries(cast: Cast, person: str, url: str) -> int:
    client = cast.client(person)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_following_costs_the_same_for_3_and_300_recipients(cast: Cast) -> None:
    few = _queries(cast, "dao", at("follow", _many(cast, 3)))
    letter = _many(cast, 300)
    assert Dispatch.objects.filter(letter=letter).count() == 300
    assert _queries(cast, "dao", at("follow", letter)) == few


@pytest.mark.parametrize("name", ["inbox", "outbox", "dispatches", "receipts"])
def test_lists_cost_the_same_for_few_and_many(cast: Cast, name: str) -> None:
    person = "anong" if name in ("inbox", "receipts") else "dao"

    def more(count: int) -> None:
        for _each in range(count):
            letter = _many(cast, 1)
            cast.client("anong").post(at("register_letter", letter))

    more(3)
    few = _queries(cast, person, reverse(f"letters:{name}"))
    more(12)
    assert _queries(cast, person, reverse(f"letters:{name}")) == few
