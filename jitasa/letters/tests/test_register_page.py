"""Registers and the list of what may be destroyed on paper: long words stay inside their columns."""

import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse

from jitasa.documents import pdf
from jitasa.documents.tests.test_pdf import read_back
from jitasa.documents.words import in_narrow_column, without_breaks
from jitasa.letters.models import DestructionItem, Letter
from jitasa.letters.selectors.registers import COLUMNS
from jitasa.letters.tests.test_way import circular
from jitasa.letters.views.registers import PRINTED, TEMPLATE, printed_cells
from jitasa.thai.digits import to_arabic
from tests.cast import NOW, Cast

LONG = [
    "หนังสือรับรอง 12", "28 ธ.ค. 2569 10.10 น.", "กบ 71001.1/ว 3001", "15 ธ.ค. 2569",
    "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ ประจำจังหวัดกระบี่",
    "ศูนย์อำนวยการจิตอาสาพระราชทานจังหวัดนครศรีธรรมราช", "การรายงานผลผ่านระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น",
    "ส่ง 1,024 แห่ง · ศูนย์อำนวยการจิตอาสาพระราชทาน", "เรียกคืน: สำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมแจ้งว่าแนบเอกสารผิดฉบับ",
]  # fmt: skip
CM = 72 / 2.54
MARGIN = 1.5 * CM
WIDE = 29.7 * CM - 2 * MARGIN


def edges() -> list[float]:
    """Where the columns begin and the last ends, in points."""
    fixed = [0.0 if width == "1fr" else float(width.removesuffix("cm")) * CM for width, _letters in PRINTED]
    wide = [width or WIDE - sum(fixed) for width in fixed]
    return [MARGIN + sum(wide[:count]) for count in range(len(wide) + 1)]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("which", ["receipts", "dispatches"])
def test_no_word_of_a_full_register_stands_over_the_next_column(which: str) -> None:
    data = {
        "title": "ทะเบียน",
        "office": "จังหวัดกระบี่",
        "printed": "",
        "empty": "",
        "columns": [in_narrow_column(str(title)) for title in COLUMNS[which]],
        "widths": [width for width, _letters in PRINTED],
        "rows": [printed_cells(LONG) for _each in range(60)],
    }
    command = ["pdftotext", "-bbox", "-", "-"]
    told = subprocess.run(command, input=pdf.render(TEMPLATE, data), capture_output=True, check=True).stdout
    pages = told.decode().split("<page ")[1:]
    assert len(pages) > 5
    for page in pages:
        assert "ทะเบียน" in page  # the head of the table, on every page
        for left, right, word in re.findall(
            r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" .*?>(.*?)<', page
        ):
            if to_arabic(word) in {"ทะเบียน", "จังหวัดกระบี่", "หน้า", "จาก"} or to_arabic(word).isdigit():
                continue  # what stands above and below the table
            column = max(at for at, edge in enumerate(edges()[:-1]) if edge <= float(left) + 0.1)
            assert float(right) <= edges()[column + 1], (word, column)


def test_nothing_of_a_cell_is_lost() -> None:
    assert [without_breaks(cell) for cell in printed_cells(LONG)] == LONG


@pytest.mark.at(NOW)
def test_the_committee_has_the_list_on_paper(cast: Cast) -> None:
    """แบบที่ 25: its columns, then the decision and who made it."""
    letter = circular(cast)
    old = NOW - timedelta(days=1500)
    Letter.objects.filter(pk=letter.pk).update(retention="one_year", created_at=old, issued_at=old)
    client, url = cast.client("fah"), reverse("letters:retention_pdf")
    client.post(reverse("letters:retention_make"))

    def printed() -> str:
        text = without_breaks(read_back(client.get(url, {"year": 2569}).content))
        return "".join(to_arabic(text).split())

    before = printed()
    for words in (
        "บัญชีหนังสือขอทำลายประจำปี2569",
        "รหัสแฟ้ม",
        "เลขทะเบียนรับ",
        "การพิจารณา",
        letter.number,
        letter.subject,
    ):
        assert "".join(to_arabic(words).split()) in before, words
    assert "คณะกรรมการทำลายหนังสือ" not in before
    row = DestructionItem.objects.get(letter=letter)
    said = {"committee": "นายหนึ่ง ประธานกรรมการ\nนางสอง กรรมการ", f"item-{row.pk}": "keep"}
    client.post(reverse("letters:retention_confirm"), said)
    for words in ("เก็บไว้", "คณะกรรมการทำลายหนังสือ", "นายหนึ่งประธานกรรมการ", "นางสองกรรมการ"):
        assert words in printed(), words
    assert cast.client("anong").get(url, {"year": 2569}).status_code == 403
