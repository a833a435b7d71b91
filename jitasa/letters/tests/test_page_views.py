"""Composer, preview without scripts, issue, recall, settings, files: who may, and what is shown."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import pyvips
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jitasa.distribution.models import RecipientGroup
from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Letter, LetterSettings, Signer, StoredFile
from jitasa.letters.services.files import receive_file
from jitasa.letters.services.issue import issue
from jitasa.letters.tests.samples import PDF, draft, set_up_office, values
from jitasa.letters.values import Attached
from tests.cast import NOW, Cast
from tests.pages import words_of


def posted(**changes: Any) -> dict[str, Any]:
    """What the composer sends."""
    data: dict[str, Any] = {
        "uuid": str(uuid4()), "urgency": "normal", "secrecy": "none", "is_circular": "on",
        "subject": "การจัดกิจกรรม", "to_text": "นายอำเภอ ทุกอำเภอ", "closing": "ขอแสดงความนับถือ",
        "answer_kind": "none", "retention": "ten_years", "presets": ["district_chiefs"],
        "blocks-TOTAL_FORMS": "2", "blocks-INITIAL_FORMS": "0",
        "blocks-0-kind": "order", "blocks-0-text": "ข้อหนึ่ง", "blocks-0-ORDER": "2",
        "blocks-1-kind": "paragraph", "blocks-1-text": "ด้วยจังหวัด", "blocks-1-ORDER": "1",
        "citations-TOTAL_FORMS": "1", "citations-INITIAL_FORMS": "0",
        "enclosures-TOTAL_FORMS": "1", "enclosures-INITIAL_FORMS": "0",
    }  # fmt: skip
    return {**data, **changes}


@pytest.mark.parametrize(
    ("total", "said"),
    [("1000000", "ใส่ได้ไม่เกิน 60 รายการ"), ("many", "แบบฟอร์มมาถึงไม่ครบ")],
    ids=["too many", "no number"],
)
def test_a_form_of_another_number_of_lines_is_told_so(cast: Cast, total: str, said: str) -> None:
    set_up_office(cast.krabi)
    answer = cast.client("ek").post(reverse("letters:new"), posted(**{"blocks-TOTAL_FORMS": total}))
    assert said in words_of(answer)
    assert "การจัดกิจกรรม" in answer.content.decode()  # what was typed is still there
    assert len(answer.context["composer"].blocks.forms) <= 200
    assert not Letter.objects.exists()


def test_a_letter_is_written_saved_and_issued(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    client = cast.client("ek")
    assert client.get(reverse("letters:new")).status_code == 200
    data = posted(signer=signer.pk)
    for _count in range(2):  # the same form sent twice is one letter
        answer = client.post(reverse("letters:new"), data)
        assert answer.status_code == 302
    letter = Letter.objects.get()
    assert [block["text"] for block in letter.body] == ["ด้วยจังหวัด", "ข้อหนึ่ง"]
    page = client.get(answer["Location"]).content.decode()
    assert "data:image/png;base64," in page
    assert "อ.เกาะลันตา" in page
    client.post(reverse("letters:issue", args=[letter.uuid]))
    letter.refresh_from_db()
    assert (letter.status, letter.sent_count) == (LetterStatus.ISSUED, 2)


def test_lines_are_added_without_scripts(cast: Cast) -> None:
    client = cast.client("ek")
    answer = client.post(reverse("letters:new"), posted(more="order"))
    first = Letter.objects.get()
    assert answer["Location"] == f"{reverse('letters:edit', args=[first.uuid])}?more=order#body"
    assert 'name="blocks-2-text"' in client.get(answer["Location"]).content.decode()
    answer = client.post(reverse("letters:new"), posted(more="office", add_office="อบต.อ่าวนาง (06810104)"))
    letter = Letter.objects.latest("pk")
    assert letter.recipients["offices"] == [cast.aonang.pk]


def test_the_preview_stores_nothing(cast: Cast) -> None:
    client = cast.client("ek")
    whole = client.post(reverse("letters:preview"), posted(more="look"))
    part = client.post(reverse("letters:preview"), posted(), headers={"HX-Request": "true"})
    for answer in (whole, part):
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "data:image/png" in text
        assert "อ.เมืองกระบี่" in text
    assert "<form" not in part.content.decode()
    assert not Letter.objects.exists()


def test_an_enclosure_is_received_and_a_program_refused(cast: Cast) -> None:
    client = cast.client("ek")
    bad = SimpleUploadedFile("แบบ.pdf", b"MZ program")
    answer = client.post(reverse("letters:new"), {**posted(), "enclosures-0-file": bad})
    assert "เป็นโปรแกรม" in answer.content.decode()
    assert not Letter.objects.exists()
    assert not StoredFile.objects.exists()
    good = SimpleUploadedFile("แบบรายงาน.pdf", PDF)
    client.post(reverse("letters:new"), {**posted(), "enclosures-0-file": good})
    enclosure = Letter.objects.get().enclosures.get()
    assert (enclosure.title, enclosure.file_name) == ("แบบรายงาน", "แบบรายงาน.pdf")


def test_a_classified_letter_is_refused_with_the_reason(cast: Cast) -> None:
    answer = cast.client("ek").post(reverse("letters:new"), posted(secrecy="secret"))
    assert "นำเข้าระบบนี้ไม่ได้" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_citation_that_disagrees_is_warned_of(cast: Cast) -> None:
    issue(
        actor=cast.fah,
        letter=draft(cast.fah, values(set_up_office(cast.department))),
        now=NOW,
        typed_number="มท 0801.4/ว 3000",
    )
    cited = {"citations-0-number": "มท ๐๘๐๑.๔/ว ๓๐๐๐", "citations-0-date": "15 ธ.ค. 2565"}
    answer = cast.client("fah").post(reverse("letters:preview"), posted(**cited))
    assert "อ้างถึงไม่ตรงกับหนังสือเดิม" in answer.content.decode()


@pytest.mark.parametrize(
    ("presets", "said", "warned"),
    [
        (["district_chiefs"], "จึงเรียนมาเพื่อทราบและถือปฏิบัติ", False),  # under the governor's command
        (["district_chiefs", "pao"], "จึงเรียนมาเพื่อทราบและถือปฏิบัติ", True),  # local governments are overseen
        (["district_chiefs", "pao"], "จึงเรียนมาเพื่อพิจารณาดำเนินการ", False),
        (["pao"], "ทั้งนี้ ให้ถือปฏิบัติตามระเบียบโดยเคร่งครัด", False),  # a rule, not the purpose
    ],
)
def test_the_purpose_follows_the_level_of_the_addressees(
    cast: Cast, presets: list[str], said: str, warned: bool
) -> None:
    data = posted(presets=presets, **{"blocks-0-kind": "paragraph", "blocks-0-text": said})
    page = words_of(cast.client("ek").post(reverse("letters:preview"), data))
    assert ("ซึ่งอยู่ในการกำกับดูแล" in page) is warned


def test_what_asks_no_answer_says_so_to_every_level(cast: Cast) -> None:
    for name in ("fah", "ek"):
        page = words_of(cast.client(name).get(reverse("letters:new")))
        assert "ไม่ต้องตอบ" in page
        assert "ถือปฏิบัติ" not in page


@pytest.fixture
def issued(cast: Cast) -> Letter:
    stored = receive_file(actor=cast.ek, chunks=[PDF], name="แบบ.pdf", now=NOW)
    given = values(set_up_office(cast.krabi), enclosures=(Attached(title="แบบ", sha256=stored.sha256),))
    return issue(actor=cast.ek, letter=draft(cast.ek, given), now=NOW)


def test_files_go_to_those_who_see_the_letter_as_attachments(cast: Cast, issued: Letter) -> None:
    enclosure = issued.enclosures.get()
    addresses = {
        reverse("letters:pdf", args=[issued.uuid]): b"%PDF",
        reverse("letters:docx", args=[issued.uuid]): b"PK",
        reverse("letters:enclosure", args=[enclosure.pk]): b"%PDF",
    }
    for address, start in addresses.items():
        answer = cast.client("dao").get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        assert content.startswith(start)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert cast.client("anong").get(address).status_code == 404
        assert cast.client("guest").get(address).status_code == 302
    enclosure.refresh_from_db()
    assert enclosure.downloads == 1


def test_a_page_is_a_picture_that_is_kept_until_it_changes(cast: Cast, issued: Letter) -> None:
    client = cast.client("dao")
    address = reverse("letters:png", args=[issued.uuid, 1])
    answer = client.get(address)
    assert answer.content.startswith(b"\x89PNG")
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(reverse("letters:png", args=[issued.uuid, 9])).status_code == 404
    assert cast.client("anong").get(address).status_code == 404


@pytest.mark.parametrize("name", ["edit", "recall"])
def test_who_sees_a_letter_does_not_change_it(cast: Cast, issued: Letter, name: str) -> None:
    address = reverse(f"letters:{name}", args=[issued.uuid])
    for method in ("get", "post"):
        assert getattr(cast.client("dao"), method)(address, {"reason": "ก"}).status_code == 403
        assert getattr(cast.client("anong"), method)(address, {"reason": "ก"}).status_code == 404
    issued.refresh_from_db()
    assert issued.status == LetterStatus.ISSUED


def test_recall_asks_for_the_reason(cast: Cast, issued: Letter) -> None:
    client, address = cast.client("ek"), reverse("letters:recall", args=[issued.uuid])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 200
    issued.refresh_from_db()
    assert issued.status == LetterStatus.ISSUED
    assert client.post(address, {"reason": "วันที่คลาดเคลื่อน"}).status_code == 302
    issued.refresh_from_db()
    assert (issued.status, issued.recall_reason) == (LetterStatus.RECALLED, "วันที่คลาดเคลื่อน")


def test_what_is_missing_is_said_at_issuing(cast: Cast) -> None:
    letter = draft(cast.ek, values(subject=""))
    answer = cast.client("ek").post(reverse("letters:issue", args=[letter.uuid]), follow=True)
    assert "กรอกเรื่อง" in answer.content.decode()
    letter.refresh_from_db()
    assert letter.status == LetterStatus.DRAFT


def test_an_office_keeps_its_letterhead_signers_and_groups(cast: Cast) -> None:
    client, address = cast.client("ek"), reverse("letters:settings")
    head = {"what": "head", "number_prefix": "กบ 0023.1", "office_name": "ศาลากลางจังหวัดกระบี่"}
    broken = SimpleUploadedFile("ตรา.png", b"\x89PNG\r\n\x1a\n IEND\xaeB`\x82")
    assert "เปิดภาพนี้ไม่ได้" in client.post(address, {**head, "emblem_file": broken}).content.decode()
    assert not LetterSettings.objects.exists()
    emblem = SimpleUploadedFile("ตรา.png", pyvips.Image.black(40, 60).pngsave_buffer())
    assert client.post(address, {**head, "emblem_file": emblem}).status_code == 302
    stored = LetterSettings.objects.get(organization=cast.krabi)
    assert stored.number_prefix == "กบ 0023.1"
    assert len(stored.emblem) == 64
    signer = {"what": "signer", "signer-name": "นาง ก", "signer-position": "ท้องถิ่นจังหวัด"}
    signer["signer-user"] = str(cast.people["ek"].pk)
    answer = client.post(address, {**signer, "signer-capacity": "on_behalf"})
    assert "บอกตำแหน่งที่ลงนามแทน" in answer.content.decode()
    assert not Signer.objects.exists()
    client.post(address, {**signer, "signer-capacity": "own"})
    client.post(reverse("letters:signer_retire", args=[Signer.objects.get().pk]))
    assert Signer.objects.get().retired_at is not None
    group = {"what": "group", "group-name": "ชายฝั่ง", "group-codes": "06810104, ๐๖๘๑๐๑๐๗"}
    assert client.post(address, group).status_code == 302
    assert RecipientGroup.objects.get().members.count() == 2
    answer = client.post(address, {**group, "group-codes": "99999999"})
    assert "ไม่พบรหัส" in answer.content.decode()
    assert client.get(address).status_code == 200
    client.post(reverse("letters:group_remove", args=[RecipientGroup.objects.get().pk]))
    assert not RecipientGroup.objects.exists()


def test_a_clerk_does_not_change_the_letterhead(cast: Cast) -> None:
    address = reverse("letters:settings")
    assert cast.client("anong").get(address).status_code == 403
    assert cast.client("anong").post(address, {"what": "head", "number_prefix": "ก"}).status_code == 403
    assert not LetterSettings.objects.exists()


@pytest.mark.at(NOW)
def test_a_date_printed_wrong_is_verified_beside_it(cast: Cast, issued: Letter) -> None:
    client, address = cast.client("ek"), reverse("letters:verify", args=[issued.uuid])
    printed = issued.date_printed
    for wrong in ("", "วันไหนก็ได้", "1 ม.ค. 2600"):
        client.post(address, {"date_verified": wrong})
        issued.refresh_from_db()
        assert issued.date_verified == printed
    for name, code in (("dao", 403), ("anong", 404)):
        assert cast.client(name).post(address, {"date_verified": "21 พ.ย. 2569"}).status_code == code
    page = client.post(address, {"date_verified": "๒๑ พ.ย. ๒๕๖๙"}, follow=True).content.decode()
    issued.refresh_from_db()
    assert (issued.date_printed, issued.date_verified) == (printed, date(2026, 11, 21))
    assert "บนหนังสือพิมพ์วันที่ 22 พฤศจิกายน 2569 ตรวจสอบแล้วเป็นวันที่ 21 พฤศจิกายน 2569" in page


def test_the_last_words_are_saved_before_the_number_is_given(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    client, data = cast.client("ek"), posted(signer=signer.pk)
    client.post(reverse("letters:new"), data)
    letter = Letter.objects.get()
    data |= {"base_revision": letter.revision, "subject": "เรื่องที่แก้เป็นครั้งสุดท้าย", "more": "issue"}
    answer = client.post(reverse("letters:edit", args=[letter.uuid]), data)
    assert answer["Location"] == reverse("letters:show", args=[letter.uuid])
    letter.refresh_from_db()
    assert (letter.status, letter.subject) == (LetterStatus.ISSUED, "เรื่องที่แก้เป็นครั้งสุดท้าย")
