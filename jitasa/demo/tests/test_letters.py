"""The two letters of docs/domain.md §1 as they are printed: every word of the PDF comes back letter for letter."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest

from jitasa.demo import letters as words
from jitasa.distribution.values import Recipients
from jitasa.faces.fonts import OFFICIAL, face
from jitasa.letters.models import Letter, LetterSettings, Signer
from jitasa.letters.pages.data import page_of
from jitasa.letters.pages.render import page_count, to_pdf
from jitasa.letters.selectors.content import values_of
from jitasa.letters.services.compose import save_letter
from jitasa.letters.services.issue import issue
from jitasa.letters.services.pass_on import draft_pass_on
from jitasa.letters.tests.samples import draft
from jitasa.letters.values import LetterValues
from jitasa.organizations.models import Organization
from jitasa.thai.digits import to_thai
from tests.cast import NOW, Cast

pytestmark = [
    pytest.mark.skipif(face().family != OFFICIAL, reason="TH Sarabun New is not installed"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed"),
]


def tight(text: str) -> str:
    return re.sub(r"\s+", "", to_thai(text))


def read_back(letter: Letter) -> str:
    content = to_pdf(page_of(letter, day=date(2021, 12, 15)))
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s+", "", done.stdout.decode())


def set_up(office: Organization, prefix: str, name: str, position: str) -> Signer:
    LetterSettings.objects.create(organization=office, number_prefix=prefix, office_name=name)
    return Signer.objects.create(organization=office, name="ผู้ลงนาม", position=position)


@pytest.fixture
def circular(cast: Cast) -> Letter:
    signer = set_up(cast.department, "มท ๐๘๐๑.๔", "กรมส่งเสริมการปกครองท้องถิ่น", "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น")
    given = LetterValues(
        subject=words.SUBJECT,
        to_text="ผู้ว่าราชการจังหวัด ทุกจังหวัด",
        body=words.CIRCULAR,
        date_printed=date(2021, 12, 15),
        signer_id=signer.pk,
        qr_target="manual:",
        qr_caption="คู่มือขั้นตอนการบันทึกข้อมูลโครงการจิตอาสาของ อปท. ผ่าน INFO",
        recipients=Recipients(presets=("governors",)),
    )
    return issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW, typed_number="มท ๐๘๐๑.๔/ว ๓๐๐๐")


def test_the_departments_circular(circular: Letter) -> None:
    text = read_back(circular)
    for part in (
        "ที่ มท 0801.4/ว 3000",
        "15 ธันวาคม 2564",
        words.SUBJECT,
        circular.to_text,
        circular.qr_caption,
    ):
        assert tight(part) in text
    for block in words.CIRCULAR:
        assert tight(block.text) in text
    assert page_count(page_of(circular, day=date(2021, 12, 15))) == 1


def test_krabis_covering_letter(cast: Cast, circular: Letter) -> None:
    signer = set_up(cast.krabi, "กบ ๐๐๒๓.๑", "ศาลากลางจังหวัดกระบี่", "ท้องถิ่นจังหวัดกระบี่")
    way = circular.dispatches.select_related("letter", "recipient").get(recipient=cast.krabi)
    made = draft_pass_on(actor=cast.ek, dispatch=way, now=NOW)
    given = values_of(made)
    given = replace(
        given,
        signer_id=signer.pk,
        date_printed=date(2022, 12, 23),
        citations=(replace(given.citations[0], date=date(2022, 12, 15)),),
        body=(*given.body[:-1], words.KRABI_ADDITION, given.body[-1]),
    )
    saved = save_letter(actor=cast.ek, uuid=made.uuid, base_revision=made.revision, values=given, now=NOW)
    letter = issue(actor=cast.ek, letter=saved, now=NOW, typed_number="กบ ๐๐๒๓.๑/ว ๖๕๖๕")
    text = read_back(letter)
    parts = ["ที่ กบ 0023.1/ว 6565", "23 ธันวาคม 2565", words.SUBJECT, words.KRABI_ADDITION.text]
    parts += ["หนังสือกรมส่งเสริมการปกครองท้องถิ่น ที่ มท 0801.4/ว 3000 ลงวันที่ 15 ธันวาคม 2565", "จำนวน 1 ฉบับ"]
    parts += [block["text"] for block in letter.body]
    for part in parts:
        assert tight(part) in text
    assert [block["text"] for block in letter.body if block["own"]] == [words.KRABI_ADDITION.text]
