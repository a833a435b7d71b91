"""The longest names there are stay within their columns on the report: names of places never break."""

import re
import shutil
import subprocess
import unicodedata

import pytest

from jitasa.compilation.outputs.blocks import table_block
from jitasa.compilation.outputs.own_report import ACTIVITIES
from jitasa.compilation.outputs.report_columns import LAOS, MISSING, NAMED, PLACES, Shown
from jitasa.documents import pdf
from jitasa.documents.tests.test_pdf import official_face
from jitasa.organizations.selectors import geography

pytestmark = [official_face, pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext")]
CM = 72 / 2.54
LEFT, WIDE, FIRST = 3 * CM, 16 * CM, 1.1 * CM  # of the paper, its text, and ลำดับ


def wide(name: str) -> int:
    """Letters that take room."""
    return sum(1 for letter in name if unicodedata.category(letter) != "Mn")


def longest(names: list[str]) -> list[str]:
    return sorted(names, key=wide)[-4:]


def edges(shown: Shown) -> list[float]:
    shares = [float(width.removesuffix("fr")) for *_rest, width in shown]
    ends = [sum(shares[: count + 1]) / sum(shares) for count in range(len(shares))]
    return [LEFT, *(LEFT + FIRST + (WIDE - FIRST) * end for end in (0, *ends))]


ACTIVITY = tuple(
    zip(("activity", "day", "kind", "people", "number"), *zip(*ACTIVITIES, strict=True), strict=True)
)
TABLES: dict[str, Shown] = {
    "laos": LAOS,
    "missing": MISSING,
    "named": NAMED,
    "places": PLACES,
    "own": ACTIVITY,
}


@pytest.mark.parametrize("shown", TABLES.values(), ids=TABLES)
def test_names_stay_within_their_columns(shown: Shown) -> None:
    provinces = [each.name_th for each in geography.provinces()]
    districts = [each.name_th for row in geography.provinces() for each in geography.districts(row.code)]
    held = {
        "name": [f"อบต.{name}" for name in longest(districts)]
        if shown in (LAOS, NAMED)
        else longest(provinces),
        "district": longest(districts),
        "province": longest(provinces),
        "reason": ["พ้นกำหนดแล้ว ยังไม่บันทึกกิจกรรมและยังไม่แจ้งว่าไม่มีกิจกรรม"] * 4,
        "state": ["มีรายการรอแก้ไข"] * 4,
        "activity": ["บิ๊กคลีนนิ่งเดย์ทำความสะอาดมัสยิดและพื้นที่โดยรอบ"] * 4,
        "day": ["29 พ.ย. 2569"] * 4,
        "kind": ["การฝึกอบรม/วิทยากร"] * 4,
        "number": ["81-6911-000016"] * 4,
        "people": ["123,456"] * 4,
    }
    rows = [[held.get(key, ["9,999"] * 4)[index] for key, *_rest in shown] for index in range(4)]
    table = table_block("ตาราง", [column[1:] for column in shown], rows)
    command = ["pdftotext", "-bbox", "-", "-"]
    document = pdf.render("official", {"appendix": [table], "thai_digits": True})
    told = subprocess.run(command, input=document, capture_output=True, check=True).stdout.decode()
    columns = edges(shown)
    words = re.findall(r'xMin="([\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>([^<]*)<', told)
    assert len(words) > 4 * len(shown)
    for left, right, word in words:
        if word in ("ตาราง", "หน้า", "จาก") or float(left) < LEFT:
            continue
        column = max(at for at, edge in enumerate(columns) if edge <= float(left) + 0.1)
        assert float(right) <= columns[column + 1], word
