"""The signer signs: laid before her, signed or sent back by her or by whom she gave it to, and by nobody else."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import pyvips
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from jitasa.audit.models import Entry
from jitasa.distribution.values import Recipients
from jitasa.letters.check_code import check_code
from jitasa.letters.choices import Capacity, LetterStatus
from jitasa.letters.models import Dispatch, Letter, Register, Signature, Signer
from jitasa.letters.pages.data import page_of
from jitasa.letters.pages.render import to_pdf
from jitasa.letters.services.issue import issue, recall
from jitasa.letters.services.signers import delegate, retire_signer, save_signature
from jitasa.letters.services.signing import ask_signature, send_back
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Post
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today
from tests.cast import FOUNDED, NOW, Cast, make_person, viewer

DAY = today(NOW)


def asked(cast: Cast) -> Letter:
    """Anong's draft, laid before Boonmee, who is the signer of อบต.อ่าวนาง."""
    signer = set_up_office(cast.aonang, prefix="กบ 71401")
    given = values(signer, recipients=Recipients(offices=(cast.saithai.pk,)))
    return ask_signature(actor=cast.anong, letter=draft(cast.anong, given), now=NOW)


def deputy(cast: Cast) -> Viewer:
    user = make_person("kan", cast.aonang, Role.APPROVER, title="รองปลัด อบต.")
    return viewer(user, cast.aonang, Role.APPROVER)


def given_to(cast: Cast, stand_in: Viewer, *, days: tuple[int, int] = (0, 7)) -> Signer:
    assert stand_in.user is not None
    return delegate(
        actor=cast.boonmee,
        signer=Signer.objects.get(stands_for=None),
        user=stand_in.user,
        texts={
            "name": "นางกานต์ ตัวอย่าง", "position": "รองปลัดองค์การบริหารส่วนตำบล",
            "capacity": Capacity.ACTING, "order_text": "คำสั่ง อบต.อ่าวนาง ที่ 12/2569",
        },
        from_date=DAY + timedelta(days=days[0]),
        to_date=DAY + timedelta(days=days[1]),
        now=NOW,
    )  # fmt: skip


def untouched(letter: Letter) -> bool:
    letter.refresh_from_db()
    nothing = not Dispatch.objects.exists() and not Register.objects.exists()
    return nothing and (letter.status, letter.number) == (LetterStatus.AWAITING, "")


def test_nobody_but_the_signer_issues_over_her_name(cast: Cast) -> None:
    letter = asked(cast)
    administrator = viewer(make_person("admin", cast.aonang, Role.OFFICER, Role.ADMINISTRATOR), cast.aonang)
    administrator = replace(administrator, roles=frozenset({Role.OFFICER, Role.ADMINISTRATOR}))
    for person in (cast.anong, administrator, cast.dao):
        with pytest.raises(Forbidden):
            issue(actor=person, letter=letter, now=NOW)
        assert untouched(letter)
    made = issue(actor=cast.boonmee, letter=letter, now=NOW)
    assert (made.status, made.issued_by) == (LetterStatus.ISSUED, cast.boonmee.user)


def test_over_the_web_it_is_403_and_nothing_changed(cast: Cast) -> None:
    letter = asked(cast)
    assert cast.client("anong").post(reverse("letters:issue", args=[letter.uuid])).status_code == 403
    assert (
        cast.client("anong")
        .post(reverse("letters:send_back", args=[letter.uuid]), {"reason": "ก"})
        .status_code
        == 403
    )
    assert untouched(letter)


def test_the_signer_finds_it_on_her_start_page_and_signs_there(cast: Cast) -> None:
    letter, start = asked(cast), reverse("home:start")
    assert "รอท่านลงนาม" in cast.client("boonmee").get(start).content.decode()
    assert "รอท่านลงนาม" not in cast.client("anong").get(start).content.decode()
    page = cast.client("boonmee").get(reverse("letters:show", args=[letter.uuid])).content.decode()
    assert reverse("letters:issue", args=[letter.uuid]) in page
    assert reverse("letters:issue", args=[letter.uuid]) not in (
        cast.client("anong").get(reverse("letters:show", args=[letter.uuid])).content.decode()
    )
    assert cast.client("boonmee").post(reverse("letters:issue", args=[letter.uuid])).status_code == 302
    letter.refresh_from_db()
    assert letter.status == LetterStatus.ISSUED
    assert "รอท่านลงนาม" not in cast.client("boonmee").get(start).content.decode()


def test_sent_back_with_a_reason_the_drafter_reads_and_asks_anew(cast: Cast) -> None:
    letter = asked(cast)
    with pytest.raises(Refusal):
        send_back(actor=cast.boonmee, letter=letter, reason=" ", now=NOW)
    address = reverse("letters:send_back", args=[letter.uuid])
    assert cast.client("boonmee").post(address, {"reason": ""}).status_code == 422
    assert untouched(letter)
    assert cast.client("boonmee").post(address, {"reason": "แก้วันจัดกิจกรรม"}).status_code == 302
    letter.refresh_from_db()
    assert (letter.status, letter.return_reason) == (LetterStatus.DRAFT, "แก้วันจัดกิจกรรม")
    assert "แก้วันจัดกิจกรรม" in cast.client("anong").get(reverse("home:start")).content.decode()
    assert (
        "แก้วันจัดกิจกรรม"
        in cast.client("anong").get(reverse("letters:edit", args=[letter.uuid])).content.decode()
    )
    again = ask_signature(actor=cast.anong, letter=letter, now=NOW)
    assert (again.status, again.return_reason, again.returned_by) == (LetterStatus.AWAITING, "", None)


def test_for_the_days_of_a_delegation_another_signs_under_her_own_name(cast: Cast) -> None:
    letter, kan = asked(cast), deputy(cast)
    with pytest.raises(Forbidden):
        issue(actor=kan, letter=letter, now=NOW)
    stand_in = given_to(cast, kan)
    for later in (-1, 8):
        with pytest.raises(Forbidden):
            issue(actor=kan, letter=letter, now=NOW + timedelta(days=later))
    assert untouched(letter)
    made = issue(actor=kan, letter=letter, now=NOW)
    page = page_of(made, day=DAY).data["letter"]["signer"]
    assert page["name"] == "นางกานต์ ตัวอย่าง"
    assert page["lines"] == ["รองปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน", "ท้องถิ่นจังหวัดกระบี่"]
    entry = Entry.objects.filter(verb="letter.issue").latest("pk")
    assert (entry.data["signer"], entry.data["order"]) == (stand_in.pk, "คำสั่ง อบต.อ่าวนาง ที่ 12/2569")
    given = Entry.objects.filter(verb="letter.signer_delegate").latest("pk").data
    assert (given["from"], given["until"]) == (DAY.isoformat(), (DAY + timedelta(days=7)).isoformat())


def test_a_delegation_ends_with_its_signer_and_with_the_post(cast: Cast) -> None:
    letter, kan = asked(cast), deputy(cast)
    stand_in = given_to(cast, kan)
    retire_signer(actor=cast.boonmee, signer=stand_in, now=NOW)
    with pytest.raises(Forbidden):
        issue(actor=kan, letter=letter, now=NOW)
    given_to(cast, kan)
    retire_signer(actor=cast.boonmee, signer=Signer.objects.get(stands_for=None), now=NOW)
    with pytest.raises(Forbidden):
        issue(actor=kan, letter=letter, now=NOW)
    assert untouched(letter)


def test_only_the_administrator_or_the_signer_herself_gives_it_away(cast: Cast) -> None:
    asked(cast)
    kan = deputy(cast)
    assert kan.user is not None
    texts = {"name": "ก", "position": "ข", "capacity": Capacity.ACTING, "order_text": "ค"}
    asks: dict[str, Any] = {
        "signer": Signer.objects.get(),
        "user": kan.user,
        "texts": texts,
        "from_date": DAY,
        "to_date": DAY,
    }
    for person in (cast.anong, cast.dao):
        with pytest.raises(Forbidden):
            delegate(actor=person, **asks, now=NOW)
    outside = cast.chai.user
    for wrong in ({"user": outside}, {"user": cast.boonmee.user}, {"to_date": DAY - timedelta(days=1)}):
        with pytest.raises(Refusal):
            delegate(actor=cast.boonmee, **{**asks, **wrong}, now=NOW)
    assert Signer.objects.count() == 1


def test_a_letter_is_laid_before_nobody_when_nobody_can_sign(cast: Cast) -> None:
    signer = set_up_office(cast.aonang)
    given = values(signer, recipients=Recipients(offices=(cast.saithai.pk,)))
    letter = draft(cast.anong, given)
    Post.objects.filter(user=cast.boonmee.user).update(to_date=FOUNDED)
    with pytest.raises(Refusal) as refusal:
        ask_signature(actor=cast.anong, letter=letter, now=NOW)
    assert list(refusal.value.fields) == ["signer"]
    assert Letter.objects.get().status == LetterStatus.DRAFT


def test_passing_on_by_one_who_does_not_sign_lays_it_before_the_signer(cast: Cast) -> None:
    given = values(set_up_office(cast.department), recipients=Recipients(presets=("governors",)))
    parent = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    head = set_up_office(cast.krabi)
    head.user = make_person("head", cast.krabi, Role.APPROVER)
    head.save()
    answer = cast.client("ek").post(reverse("letters:pass_on", args=[parent.uuid]), {"act": ""})
    child = Letter.objects.get(parent=parent)
    assert answer["Location"] == reverse("letters:show", args=[child.uuid])
    assert (child.status, child.number) == (LetterStatus.AWAITING, "")


PICTURE = pyvips.Image.black(1800, 600).copy(interpretation="srgb").pngsave_buffer()


def test_the_page_bears_her_own_signature_or_the_words_for_it(cast: Cast) -> None:
    first = issue(actor=cast.boonmee, letter=asked(cast), now=NOW)
    words = page_of(first, day=DAY).data["letter"]["signer"]["words"]
    assert words == "ลงนามด้วยวิธีการทางอิเล็กทรอนิกส์\nวันที่ 22 พ.ย. 2569 เวลา 10.00 น."
    own = save_signature(actor=cast.boonmee, chunks=[PICTURE], now=NOW)
    given = values(Signer.objects.get(), recipients=Recipients(offices=(cast.saithai.pk,)))
    second = issue(actor=cast.boonmee, letter=draft(cast.anong, given), now=NOW)
    page = page_of(second, day=DAY)
    assert (page.signature, page.data["letter"]["signer"]["words"]) == (own.sha256, "")
    assert b"/Image" in to_pdf(page)
    third = issue(actor=cast.boonmee, letter=draft(cast.anong, given), now=NOW, typed_number="กบ 71401/ว 90")
    assert page_of(third, day=DAY).data["letter"]["signer"] | {"lines": []} == {
        "name": "นายทดสอบ ตัวอย่าง", "lines": [], "signature": "", "words": "",
    }  # fmt: skip


def test_a_signature_is_drawn_anew_and_put_in_by_its_owner_alone(cast: Cast) -> None:
    from jitasa.letters.store import path_of

    set_up_office(cast.aonang)
    hidden = PICTURE[:-12] + b"\x00\x00\x00\x04tEXtabcd\x00\x00\x00\x00" + PICTURE[-12:]
    address = reverse("letters:own_signing")
    data = {"what": "signature", "picture": SimpleUploadedFile("ลายเซ็น.png", hidden)}
    assert cast.client("anong").post(address, data).status_code == 403
    assert not Signature.objects.exists()
    for bad in (b"MZ program", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a"):
        wrong = {**data, "picture": SimpleUploadedFile("ลายเซ็น.png", bad)}
        assert cast.client("boonmee").post(address, wrong).status_code == 200
        assert not Signature.objects.exists()
    data["picture"] = SimpleUploadedFile("ลายเซ็น.png", hidden)
    assert cast.client("boonmee").post(address, data).status_code == 302
    kept = path_of(Signature.objects.get(user=cast.boonmee.user).sha256).read_bytes()
    drawn = pyvips.Image.new_from_buffer(kept, "")
    assert (drawn.width, drawn.height) == (900, 300)
    assert b"abcd" not in kept


def test_anybody_asks_whether_the_paper_is_true(cast: Cast) -> None:
    letter = issue(actor=cast.boonmee, letter=asked(cast), now=NOW)
    guest, code = cast.client("guest"), check_code(letter)
    address = reverse("letter_check", args=[letter.uuid, code])
    assert page_of(letter, day=DAY).data["check"].endswith(address)
    page = guest.get(address).content.decode()
    assert "หนังสือฉบับนี้ออกจากระบบจริง" in page
    assert letter.body[1]["text"] not in page
    assert guest.get(reverse("letter_check", args=[letter.uuid, code[::-1]])).status_code == 404
    recall(actor=cast.boonmee, letter=letter, reason="วันที่คลาดเคลื่อน", now=NOW)
    assert "ถูกเรียกคืนแล้ว" in guest.get(address).content.decode()


def test_the_administrator_names_a_person_of_the_office_with_proof(cast: Cast) -> None:
    client, address = cast.client("boonmee"), reverse("letters:settings")
    assert client.get(address).status_code == 200
    signer = {"what": "signer", "signer-name": "นาย ก", "signer-position": "นายก", "signer-capacity": "own"}
    for wrong in ("", cast.people["chai"].pk):
        assert client.post(address, {**signer, "signer-user": wrong}).status_code == 200
        assert not Signer.objects.exists()
    assert client.post(address, {**signer, "signer-user": cast.people["boonmee"].pk}).status_code == 302
    made = Signer.objects.get()
    assert made.user == cast.boonmee.user
    kan, day = deputy(cast), today(timezone.now())
    given = {
        "what": "delegate", "delegate-stands_for": made.pk, "delegate-user": kan.user_id, "delegate-name": "นาง ข",
        "delegate-position": "รองปลัด", "delegate-capacity": "acting", "delegate-order_text": "คำสั่งที่ 1/2569",
        "delegate-from_date": day.isoformat(), "delegate-to_date": (day + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    assert client.post(address, {**given, "delegate-order_text": ""}).status_code == 200
    assert client.post(reverse("letters:own_signing"), given).status_code == 302
    stand_in = Signer.objects.get(stands_for=made)
    assert (stand_in.on_behalf_of, stand_in.to_date) == ("นายก", day + timedelta(days=3))
    assert "นาง ข" in client.get(address).content.decode()


def test_the_operator_sees_which_offices_have_nobody_to_sign(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the upgrade: those with a letterhead whose signers have no person, or whose person has no post any more."""
    set_up_office(cast.krabi)
    set_up_office(cast.department, prefix="มท 0801.4")
    call_command("signers")
    assert "ทุกหน่วยงาน" in capsys.readouterr().out
    Signer.objects.filter(organization=cast.krabi).update(user=None)
    Post.objects.filter(organization=cast.department).update(
        to_date=today(timezone.now()) - timedelta(days=1)
    )
    with pytest.raises(SystemExit) as ended:
        call_command("signers", "--json")
    found = [row["code"] for row in json.loads(capsys.readouterr().out)]
    assert (ended.value.code, found) == (1, ["00", "81"])
