"""A memorandum has no lines for references and enclosures: it names them in its text, once, on paper and on the screen."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string

from jitasa.letters.check_code import check_code, is_code_of
from jitasa.letters.models import Letter
from jitasa.letters.pages.data import page_of
from jitasa.letters.pages.render import to_pdf
from jitasa.letters.services.issue import content_hash
from jitasa.letters.tests.test_kinds import arabic, of_kind, words_in_docx
from jitasa.letters.tests.test_page import read_back, tight
from jitasa.letters.values import Attached, Block, Citation
from tests.cast import NOW, Cast

CITED = Citation(
    number="มท ๐๘๐๑.๔/ว ๓๐๐๐", date=date(2021, 12, 15), text="กรมส่งเสริมการปกครองท้องถิ่น", linked_id=None
)
ENCLOSED = Attached(title="สรุปผลการจัดกิจกรรม", count_text="จำนวน 1 ชุด")
LETTER = "หนังสือกรมส่งเสริมการปกครองท้องถิ่นที่มท0801.4/ว3000ลงวันที่15ธันวาคม2564"
SENT = "พร้อมนี้ได้ส่งสรุปผลการจัดกิจกรรมจำนวน1ชุดมาด้วยแล้ว"
LABELS = ("อ้างถึง", "สิ่งที่ส่งมาด้วย")


def written(cast: Cast, *texts: str, kind: str = "memo", **changes: Any) -> Letter:
    body = tuple(Block(kind="paragraph", text=text) for text in texts)
    given = {"citations": (CITED,), "enclosures": (ENCLOSED,), **changes}
    return of_kind(cast, kind, body=body, **given)


def faces(letter: Letter) -> list[str]:
    """What the PDF, the DOCX and the words on the screen say, without spaces and in Arabic digits."""
    page = page_of(letter, day=NOW.date())
    shown = render_to_string("letters/parts/words.html", {"page": page, "letter": page.data["letter"]})
    return [arabic(text) for text in (read_back(to_pdf(page)), words_in_docx(letter), tight(shown))]


def test_a_memorandum_names_them_in_its_text(cast: Cast) -> None:
    for text in faces(written(cast, "ตามที่ให้รายงานผลทุกเดือน นั้น บัดนี้ครบแล้ว", "จึงเรียนมาเพื่อโปรดทราบ")):
        assert f"ตามที่ให้รายงานผลทุกเดือนตาม{LETTER}นั้นบัดนี้ครบแล้ว" in text
        assert text.index(SENT) < text.index("จึงเรียนมา")
        assert not any(label in text for label in LABELS), text


def test_without_a_reason_the_text_begins_with_the_letter(cast: Cast) -> None:
    for text in faces(written(cast, "ด้วยหน่วยงานจัดกิจกรรมครบแล้ว")):
        assert f"ตาม{LETTER}นั้น" in text
        assert text.index(LETTER) < text.index("ด้วยหน่วยงาน") < text.index(SENT)


def test_what_the_writer_says_is_not_said_again(cast: Cast) -> None:
    own = ("ตามหนังสือกรม ที่ มท 0801.4/ว3000 ให้รายงานผล นั้น", "ขอส่งสรุปผลการจัดกิจกรรมมาพร้อมนี้")
    for text in faces(written(cast, *own)):
        assert text.count("0801.4/ว3000") == 1
        assert text.count("สรุปผลการจัดกิจกรรม") == 1
        assert not any(label in text for label in LABELS), text


def test_several_are_listed_as_one_says_them(cast: Cast) -> None:
    more: dict[str, Any] = {
        "citations": (CITED, Citation(number="กบ 0023.1/9", date=None, text="จังหวัดกระบี่", linked_id=None)),
        "enclosures": (ENCLOSED, Attached(title="แผ่นพับ", count_text="จำนวน 2 แผ่น")),
    }
    for text in faces(written(cast, "ด้วยหน่วยงานจัดกิจกรรมครบแล้ว", **more)):
        assert f"ตาม{LETTER}และหนังสือจังหวัดกระบี่ที่กบ0023.1/9นั้น" in text
        assert "สรุปผลการจัดกิจกรรมจำนวน1ชุดและแผ่นพับจำนวน2แผ่นมาด้วยแล้ว" in text


def test_an_external_letter_keeps_its_lines(cast: Cast) -> None:
    for text in faces(written(cast, "ตามที่ให้รายงานผลทุกเดือน นั้น", kind="external")):
        assert all(label in text for label in LABELS)
        assert "มาด้วยแล้ว" not in text


def test_one_signed_before_stays_as_it_was_signed(cast: Cast) -> None:
    """Its page, its hash and so the code that is printed on it do not change with the rule."""
    letter = written(cast, "ตามที่ให้รายงานผลทุกเดือน นั้น บัดนี้ครบแล้ว", "จึงเรียนมาเพื่อโปรดทราบ")
    letter.signer = {key: value for key, value in letter.signer.items() if key != "names"}
    letter.content_hash = content_hash(letter)
    letter.save(update_fields=["signer", "content_hash"])
    letter = Letter.objects.get(pk=letter.pk)
    for text in faces(letter):
        assert all(label in text for label in LABELS)
        assert "ตามที่ให้รายงานผลทุกเดือนนั้นบัดนี้ครบแล้ว" in text
        assert "มาด้วยแล้ว" not in text
    assert content_hash(letter) == letter.content_hash
    assert is_code_of(letter, check_code(letter))


def test_what_is_signed_now_says_so_under_its_hash(cast: Cast) -> None:
    letter = written(cast, "ตามที่ให้รายงานผลทุกเดือน นั้น")
    assert letter.content_hash == content_hash(letter)
    letter.signer = {key: value for key, value in letter.signer.items() if key != "names"}
    assert letter.content_hash != content_hash(letter)
