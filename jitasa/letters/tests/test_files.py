"""What may be enclosed: by content, not by name."""

import pytest

from jitasa.documents.intake import types
from jitasa.documents.tests import files
from jitasa.files.names import shown_name
from jitasa.letters.models import StoredFile
from jitasa.letters.services.files import receive_file
from jitasa.letters.store import path_of
from jitasa.letters.tests.samples import PDF
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "ending"),
    [(PDF, "pdf"), (files.word(), "docx"), (files.sheet(), "xlsx"), (files.open_document(), "odt")],
    ids=files.named,
)
def test_an_allowed_file_is_kept_under_its_hash_with_its_true_ending(
    cast: Cast, content: bytes, ending: str
) -> None:
    stored = receive_file(actor=cast.ek, chunks=[content], name="C:\\งาน\\แบบ.exe", now=NOW)
    assert stored.name == f"แบบ.{ending}"
    assert path_of(stored.sha256).read_bytes() == content
    again = receive_file(actor=cast.ek, chunks=[content], name="อื่น.pdf", now=NOW)
    assert again.pk == stored.pk


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ\x90 program named report.pdf", types.PROGRAM),
        (b"MZ %PDF-1.4 %%EOF", types.PROGRAM),
        (b"%PDF-1.4 cut off", types.BROKEN),
        (OLE + b"..." + "EncryptedPackage".encode("utf-16-le"), types.LOCKED),
        (OLE + b"an old Word file", types.OLD),
        (b"Rar!\x1a", types.ARCHIVE),
        (b"<html><script>alert(1)</script>", types.UNKNOWN),
        (b"", types.EMPTY),
    ],
    ids=files.named,
)
def test_what_is_not_taken_leaves_nothing_and_says_why(cast: Cast, content: bytes, reason: object) -> None:
    with pytest.raises(Refusal) as refusal:
        receive_file(actor=cast.ek, chunks=[content], name="รายงาน.pdf", now=NOW)
    assert refusal.value.fields == {"file": [str(reason)]}
    assert refusal.value.message.startswith("รายงาน.pdf: ")
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_refused(cast: Cast, settings: object) -> None:
    settings.LETTER_FILE_MAX_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="ใหญ่เกิน 1 MB"):
        receive_file(actor=cast.ek, chunks=[PDF, b" " * 1024 * 1024], name="ใหญ่.pdf", now=NOW)
    assert not StoredFile.objects.exists()


def test_only_those_who_write_letters_send_files(cast: Cast) -> None:
    from dataclasses import replace

    with pytest.raises(Forbidden):
        receive_file(actor=replace(cast.ek, read_only=True), chunks=[PDF], name="ก.pdf", now=NOW)
    assert not StoredFile.objects.exists()


def test_a_name_keeps_no_folder_and_no_control_characters() -> None:
    assert shown_name("../../etc/\x00passwd") == "passwd"
    assert shown_name("///") == "ไฟล์แนบ"
    assert len(shown_name("ก" * 500)) == 180
