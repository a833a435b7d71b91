"""Every way to write a thing finds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jitasa.thai.search import stored, words


def finds(typed: str, *parts: str) -> bool:
    text = stored(*parts)
    wanted = words(typed)
    return bool(wanted) and all(word in text for word in wanted)


OFFICE = ("ทำความสะอาดหาด", "อบต.อ่าวนาง", "ต.อ่าวนาง อ.เมืองกระบี่ จ.กระบี่", "0123-2569")


@pytest.mark.parametrize(
    "typed",
    [
        "อบต.อ่าวนาง",
        "อบต. อ่าวนาง",
        "อบต อ่าวนาง",
        "อบตอ่าวนาง",
        "องค์การบริหารส่วนตำบลอ่าวนาง",
        "องค์การบริหารส่วนตำบล อ่าวนาง",
        "อ่าวนาง",
        "ตำบลอ่าวนาง",
        "ต.อ่าวนาง",
        "อำเภอเมืองกระบี่",
        "อ. เมืองกระบี่",
        "จังหวัดกระบี่",
        "ที่ว่าการอำเภอเมืองกระบี่",
        "๐๑๒๓-๒๕๖๙",
        "ทำความสะอาดหาด อบต.อ่าวนาง",
        "ทํา\u0e04วามสะอาด",
        "ทำความ\u200bสะอาด",
        "ทําความสะอๅด",
    ],
)
def test_an_office_and_its_record_are_found(typed: str) -> None:
    assert finds(typed, *OFFICE)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("๓", "ปลูกป่าครั้งที่ 3"),
        ("3", "ปลูกป่าครั้งที่ ๓"),
        ("น้ำ", "ระบายน\u0e33\u0e49ทิ้ง"),
        ("เเม่", "วันแม่แห่งชาติ"),
        ("ทน.ภูเก็ต", "เทศบาลนครภูเก็ต"),
        ("เทศบาลนครภูเก็ต", "ทน.ภูเก็ต"),
        ("เทศบาล ภูเก็ต", "เทศบาลนครภูเก็ต"),
        ("องค์การบริหารส่วน", "องค์การบริหารส่วนจังหวัดกระบี่"),
        ("อบจ.กระบี่", "องค์การบริหารส่วนจังหวัดกระบี่"),
        ("covid-19", "COVID-๑๙"),
        ("pm2.5", "ลดฝุ่น PM2.5"),
        ("ฤๅษี", "ถ้ำฤๅษี"),
        ("ฤาษี", "ถ้ำฤๅษี"),
        ("ฤๅษี", "ถ้ำฤาษี"),
        ("08.30", "เวลา ๐๘.๓๐ น."),
        ('"รักษ์น้ำ"', "โครงการ “รักษ์น้ำ”"),
        ("(รักษ์น้ำ)", "โครงการ “รักษ์น้ำ”"),
        ("ครั้งที่3", "ปลูกป่าครั้งที่ ๓"),
        ("มท0808.2/ว123", "มท ๐๘๐๘.๒/ว ๑๒๓"),
        ("มท 0808.2/ว 123", "มท๐๘๐๘.๒/ว๑๒๓"),
        ("เทศบาลภูเก็ต", "เทศบาลนครภูเก็ต"),
        ("องค์การบริหารส่วนต.อ่าวนาง", "อบต.อ่าวนาง"),
        ("ท้องถิ่นอำเภอเมืองกระบี่", "อ.เมืองกระบี่"),
        ("สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอเมืองกระบี่", "อ.เมืองกระบี่"),
        ("น\uf70aา", "น่า"),
    ],
)
def test_it_is_found_however_it_is_written(typed: str, text: str) -> None:
    assert finds(typed, text)


@pytest.mark.parametrize("typed", ["อบต.ไสไทย", "ทต.อ่าวนาง", "เทศบาลตำบลอ่าวนาง", "อบจ.อ่าวนาง", "..."])
def test_another_office_is_not_found(typed: str) -> None:
    assert not finds(typed, *OFFICE)


@given(st.text(alphabet="กขอตบจเำาๅ ้.่๓3aA", min_size=1, max_size=30))
def test_what_is_stored_is_found_by_itself(text: str) -> None:
    assert all(word in stored(text) for word in words(text))
