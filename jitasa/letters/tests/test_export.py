"""``jitasa export letter``: by number in either digits, an office's copy, as PDF, DOCX, PNG."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jitasa.distribution.values import Recipients
from jitasa.letters.models import Letter
from jitasa.letters.services.issue import issue
from jitasa.letters.services.pass_on import pass_on
from jitasa.letters.tests.samples import draft, set_up_office, values
from tests.cast import NOW, Cast


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("png", b"\x89PNG")])
def test_a_letter_is_written_to_a_file(cast: Cast, tmp_path: Path, form: str, start: bytes) -> None:
    issue(actor=cast.ek, letter=draft(cast.ek, values(set_up_office(cast.krabi))), now=NOW)
    out = tmp_path / f"letter.{form}"
    for number, office in (("กบ ๐๐๒๓.๑/ว ๑", ""), ("กบ 0023.1/ว1", "8101")):
        call_command("export", "letter", number, office=office, form=form, out=str(out))
        assert out.read_bytes().startswith(start)
        out.unlink()
    with pytest.raises(CommandError, match="ไม่พบหนังสือ"):
        call_command("export", "letter", "กบ 0023.1/ว 1", office="06810104", form=form, out=str(out))
    with pytest.raises(CommandError):
        call_command("export", "letter", form=form, out=str(out))
    assert not out.exists()


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_letters_of_control_and_long_subjects_stop_no_letter(cast: Cast, tmp_path: Path, form: str) -> None:
    """As they were kept before texts were cleaned on the way in."""
    letter = issue(actor=cast.ek, letter=draft(cast.ek, values(set_up_office(cast.krabi))), now=NOW)
    body = [{**block, "text": "ด้วยจังหวัด\x0bจะจัด\x01กิจกรรม\u202e"} for block in letter.body]
    subject = "ขอเชิญประชุม\x0c" * 20 + "ก" * 20
    assert len(subject) > 255
    Letter.objects.filter(pk=letter.pk).update(body=body, subject=subject)
    out = tmp_path / f"letter.{form}"
    call_command("export", "letter", "กบ 0023.1/ว 1", form=form, out=str(out))
    assert out.read_bytes()[:2] in (b"PK", b"%P")


def test_a_copy_that_came_with_a_covering_letter_is_the_offices_too(cast: Cast, tmp_path: Path) -> None:
    signer, out = set_up_office(cast.department, prefix="มท 0801.4"), tmp_path / "letter.pdf"
    first = issue(
        actor=cast.fah,
        letter=draft(cast.fah, values(signer, recipients=Recipients(presets=("governors",)))),
        now=NOW,
    )
    set_up_office(cast.krabi)
    pass_on(actor=cast.ek, dispatch=first.dispatches.get(), now=NOW)
    call_command("export", "letter", "มท ๐๘๐๑.๔/ว ๑", office="8101", form="pdf", out=str(out))
    assert out.read_bytes().startswith(b"%PDF")
    page = cast.client("dao").get(reverse("letters:show", args=[first.children.get().uuid])).content.decode()
    enclosure = first.children.get().enclosures.get()
    assert reverse("letters:enclosure", args=[enclosure.pk]) in page
    assert reverse("letters:show", args=[first.uuid]) not in page
    copy = cast.client("dao").get(reverse("letters:enclosure", args=[enclosure.pk]))
    assert copy.content.startswith(b"%PDF")
