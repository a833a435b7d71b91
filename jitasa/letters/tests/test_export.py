"""``jitasa export letter``: by number in either digits, an office's copy, as PDF, DOCX, PNG."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jitasa.letters.services.issue import issue
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
