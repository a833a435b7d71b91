"""To people outside the registry, by name; the attached list of addressees; what is written on an office's copy."""

import pytest
from django.core import mail
from django.urls import reverse

from jitasa.distribution.values import Recipients
from jitasa.letters.choices import LetterStatus, OutsideWay
from jitasa.letters.models import Annotation, Letter
from jitasa.letters.pages.data import page_of
from jitasa.letters.pages.render import page_count, to_pdf
from jitasa.letters.selectors.content import values_of
from jitasa.letters.selectors.registers import dispatch_lines, dispatches
from jitasa.letters.services.annotate import annotate
from jitasa.letters.services.issue import content_hash, issue, recall
from jitasa.letters.services.to_outside import note_sent
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.letters.tests.test_page import read_back, tight
from jitasa.letters.tests.test_page_views import posted
from jitasa.letters.values import OutsideTo
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.digits import to_thai
from tests.cast import NOW, Cast

SECRETARY = OutsideTo(name="ปลัดกระทรวงมหาดไทย", address="saraban@example.go.th")
CENTRE = OutsideTo(name="ศอ.จอส.จังหวัดกระบี่", address="ศาลากลางจังหวัดกระบี่")


def issued(cast: Cast, *outside: OutsideTo, **changes: object) -> Letter:
    given = values(set_up_office(cast.krabi), recipients=Recipients(), outside=outside, **changes)
    return issue(actor=cast.ek, letter=draft(cast.ek, given), now=NOW)


def test_a_letter_with_none_of_ours_is_numbered_printed_and_stands_in_the_register(cast: Cast) -> None:
    letter = issued(cast, SECRETARY, CENTRE)
    assert (letter.status, letter.number, letter.send_total) == (LetterStatus.ISSUED, "กบ ๐๐๒๓.๑/ว ๑", 0)
    assert to_pdf(page_of(letter, day=NOW.date())).startswith(b"%PDF")
    assert next(dispatch_lines(dispatches(cast.krabi, 2569))).action == "ปลัดกระทรวงมหาดไทย · ศอ.จอส.จังหวัดกระบี่"
    assert values_of(letter).outside == (SECRETARY, CENTRE)


def test_with_nobody_at_all_it_is_still_refused(cast: Cast) -> None:
    with pytest.raises(Refusal) as refusal:
        issued(cast)
    assert list(refusal.value.fields) == ["recipients"]


@pytest.mark.django_db(transaction=True)
def test_by_mail_it_goes_with_the_page_and_once(cast: Cast) -> None:
    letter = issued(cast, SECRETARY, CENTRE)
    by_mail, on_paper = letter.outside_recipients.all()
    assert (by_mail.way, on_paper.way) == (OutsideWay.MAIL, OutsideWay.PAPER)
    with pytest.raises(Forbidden):
        note_sent(actor=cast.dao, recipient=by_mail, now=NOW)
    for row in (by_mail, by_mail, on_paper):
        note_sent(actor=cast.ek, recipient=row, now=NOW)
    assert [each.to for each in mail.outbox] == [["saraban@example.go.th"]]
    name, content, kind = mail.outbox[0].attachments[0]
    assert (name.endswith(".pdf"), content[:4], kind) == (True, b"%PDF", "application/pdf")
    assert "/l/" in mail.outbox[0].body
    assert not letter.outside_recipients.filter(sent_at=None)


def test_a_letter_called_back_goes_to_nobody(cast: Cast) -> None:
    letter = issued(cast, CENTRE)
    recall(actor=cast.ek, letter=letter, reason="ผิด", now=NOW)
    with pytest.raises(Forbidden):
        note_sent(actor=cast.ek, recipient=letter.outside_recipients.get(), now=NOW)
    assert letter.outside_recipients.get().sent_at is None


def test_the_composer_reads_a_line_a_recipient_and_says_what_is_no_address(cast: Cast) -> None:
    client = cast.client("ek")
    bad = client.post(reverse("letters:new"), posted(outside="ปลัดกระทรวง | saraban@"))
    assert bad.status_code == 200
    assert not Letter.objects.exists()
    lines = "ปลัดกระทรวงมหาดไทย | saraban@example.go.th\n\nศอ.จอส.จังหวัดกระบี่ | ศาลากลางจังหวัดกระบี่"
    made = client.post(reverse("letters:new"), posted(outside=lines))
    assert values_of(Letter.objects.get()).outside == (SECRETARY, CENTRE)
    assert "saraban@example.go.th" in client.get(made["Location"]).content.decode()


def test_a_long_list_of_addressees_stands_on_a_sheet_of_its_own(cast: Cast) -> None:
    names = [f"นายอำเภอที่ {each}" for each in range(1, 31)]
    letter = issued(cast, CENTRE, to_text="", addressees="\n".join(names))
    page = page_of(letter, day=NOW.date())
    assert page_count(page) == 2
    text = read_back(to_pdf(page))
    assert tight("บัญชีแนบท้ายหนังสือจังหวัดกระบี่ ที่ กบ ๐๐๒๓.๑/ว ๑ ลงวันที่ ๒๒ พฤศจิกายน ๒๕๖๙") in text
    for index, name in enumerate(names, start=1):
        assert tight(to_thai(f"{index}. {name}")) in text
    letter.addressees = "คนอื่น"
    assert content_hash(letter) != letter.content_hash


def test_what_is_written_on_the_copy_is_the_offices_own(cast: Cast) -> None:
    given = values(set_up_office(cast.krabi))
    letter = issue(actor=cast.ek, letter=draft(cast.ek, given), now=NOW)
    way = letter.dispatches.select_related("letter", "recipient").get(recipient=cast.mueang)
    for refused in ("", "ก" * 1001):
        with pytest.raises(Refusal):
            annotate(actor=cast.dao, dispatch=way, text=refused, now=NOW)
    with pytest.raises(Forbidden):
        annotate(actor=cast.ek, dispatch=way, text="ทราบ", now=NOW)
    address = reverse("letters:annotate", args=[letter.uuid])
    assert cast.client("dao").post(address, {"text": ""}).status_code == 422
    assert not Annotation.objects.exists()
    assert cast.client("dao").post(address, {"text": "มอบฝ่ายปกครองดำเนินการ"}).status_code == 302
    written = Annotation.objects.get()
    assert (written.name, written.title) == ("Dao", "ท้องถิ่นอำเภอ")
    own, theirs = (page_of(letter, day=NOW.date(), office=office) for office in (cast.mueang, cast.lanta))
    assert "มอบฝ่ายปกครองดำเนินการ" in read_back(to_pdf(own))
    assert theirs.data["annotations"] == []
    assert (
        "มอบฝ่ายปกครอง" in cast.client("dao").get(reverse("letters:show", args=[letter.uuid])).content.decode()
    )
    assert (
        "มอบฝ่ายปกครอง"
        not in cast.client("ek").get(reverse("letters:show", args=[letter.uuid])).content.decode()
    )
