"""Thai words stay whole: break points, and what the typesetter makes of them in the narrowest column."""

import re
from pathlib import Path

import geothai
import pytest

from jitasa.documents import pdf
from jitasa.documents.pieces import JOINED, MAY_BREAK
from jitasa.documents.tests.test_pdf import read_back
from jitasa.documents.words import (
    STAYS,
    for_word_processor,
    in_narrow_column,
    whole_words,
    with_breaks,
    without_breaks,
)
from jitasa.thai.digits import to_thai
from jitasa.thai.text import clean

# What was seen broken on papers, and royal names, agencies, positions, words of letters.
SEEN = [
    "กระทรวงมหาดไทย",
    "พระราชทาน",
    "ตำบล",
    "อธิบดี",
    "อาสาสมัคร",
    "พระบรมราชินี",
    "ราชกุมารี",
    "มหาวชิราลงกรณ",
    "อำนวยการ",
    "สำนักงาน",
    "ปฏิบัติราชการแทน",
    "จิตอาสา",
    "จิตอาสาพระราชทาน",
    "จิตอาสาพัฒนา",
    "จิตอาสาภัยพิบัติ",
    "ประชาชนจิตอาสา",
    "พระบรมราชินีนาถ",
    "พระบรมราชชนนีพันปีหลวง",
    "สมเด็จพระนางเจ้า",
    "สิริกิติ์",
    "พัชรสุธาพิมลลักษณ",
    "สมเด็จพระกนิษฐาธิราชเจ้า",
    "สยามบรมราชกุมารี",
    "กรมสมเด็จพระเทพรัตนราชสุดา",
    "พระบรมชนกาธิเบศร",
    "มหาภูมิพลอดุลยเดชมหาราช",
    "บรมนาถบพิตร",
    "พระบรมราชสมภพ",
    "พระราชสมภพ",
    "พระบาทสมเด็จพระเจ้าอยู่หัว",
    "พระวชิรเกล้าเจ้าอยู่หัว",
    "เฉลิมพระชนมพรรษา",
    "ฉัตรมงคล",
    "มหาจักรีบรมราชวงศ์",
    "อานันทมหิดล",
    "ปิยมหาราช",
    "นวมินทรมหาราช",
    "สมเด็จพระมหาธีรราชเจ้า",
    "มาฆบูชา",
    "วิสาขบูชา",
    "อาสาฬหบูชา",
    "สวรรคต",
    "พระราชพิธี",
    "พระมหากรุณาธิคุณ",
    "พระราชดำริ",
    "กรมส่งเสริมการปกครองท้องถิ่น",
    "กรมการปกครอง",
    "องค์กรปกครองส่วนท้องถิ่น",
    "องค์การบริหารส่วนจังหวัด",
    "องค์การบริหารส่วนตำบล",
    "เทศบาลนคร",
    "เทศบาลเมือง",
    "เทศบาลตำบล",
    "เมืองพัทยา",
    "กรุงเทพมหานคร",
    "ศูนย์อำนวยการ",
    "ที่ว่าการอำเภอ",
    "ศาลากลางจังหวัด",
    "ปลัดกระทรวงมหาดไทย",
    "ผู้ว่าราชการจังหวัด",
    "รองผู้ว่าราชการจังหวัด",
    "รองอธิบดี",
    "ท้องถิ่นจังหวัด",
    "ท้องถิ่นอำเภอ",
    "นายอำเภอ",
    "ปลัดอำเภอ",
    "นายกเทศมนตรี",
    "ปลัดเทศบาล",
    "ผู้อำนวยการ",
    "รักษาราชการแทน",
    "รักษาการในตำแหน่ง",
    "ทำการแทน",
    "ปฏิบัติหน้าที่",
    "นักพัฒนาชุมชน",
    "เจ้าพนักงานธุรการ",
    "สิ่งที่ส่งมาด้วย",
    "ขอแสดงความนับถือ",
    "สำนักนายกรัฐมนตรี",
    "งานสารบรรณ",
    "งบประมาณ",
    "พระราชบัญญัติ",
    "ข้อบัญญัติ",
    "เทศบัญญัติ",
    "บำเพ็ญประโยชน์",
    "ภูมิทัศน์",
    "จ.กระบี่",
    "อบต.อ่าวนาง",
    "อ.เมืองกระบี่",
    "ต.หนองทะเล",
    "PM2.5",
    "COVID-19",
]
HARD = [*SEEN, *(province.name_th for province in geothai.provinces())]
HARD += [district.name_th for code in ("81", "83", "90", "80") for district in geothai.districts(code)]


def shown(text: str) -> str:
    return with_breaks(text).replace(MAY_BREAK, "|").replace(STAYS, "_")


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("งานจิตอาสาพระราชทาน", "งาน|จิตอาสาพระราชทาน"),
        ("ตำบลอ่าวนาง อบต.อ่าวนาง", "ตำบล|อ่าวนาง อบต.อ่าวนาง"),
        ("จำนวน 1,066 คน โทร. 0 7561 1234", "จำนวน 1,066_คน โทร._0_7561_1234"),
        ("พ.ศ. 2569 ข้อ 3 หมู่ที่ 8 ณ วัดไสไทย", "พ.ศ._2569 ข้อ_3 หมู่ที่_8 ณ_วัด|ไสไทย"),
        ("PM2.5 ร่วมกับ COVID-19 ต่างๆ", "PM2.5 ร่วมกับ COVID-19 ต่างๆ"),
        ("ตามหนังสือ ที่ มท 0801.4/ว 3000 ลงวันที่", "ตาม|หนังสือ ที่_มท_0801.4/ว_3000 ลงวันที่"),
        ("plain words", "plain words"),
        ("ให้ประชาชนรับรู้งานจิตอาสา", "ให้|ประชาชน|รับรู้|งาน|จิตอาสา"),
        ("ดำเนินการตามแนวทางในสำนักงานประจำจังหวัด", "ดำเนินการ|ตาม|แนวทาง|ใน|สำนักงาน|ประจำจังหวัด"),
        ("เจ้าหน้าที่ว่าหน่วยงานการบอกว่าลบแล้วจะถูกลบ", "เจ้าหน้าที่|ว่า|หน่วยงาน|การบอก|ว่าลบ|แล้ว|จะ|ถูกลบ"),
        ("ตามประเภทการฝึกอบรมหรือความปลอดภัยของผู้ประสบภัย", "ตาม|ประเภท|การฝึกอบรม|หรือ|ความปลอดภัย|ของ|ผู้ประสบภัย"),
        ("ส่งภายในวันที่ 5 พฤศจิกายน 2569", "ส่งภายใน|วันที่_5_พฤศจิกายน_2569"),
        ("ประจำเดือนตุลาคม 2569 เมื่อ 3 ต.ค. 2569", "ประจำเดือน|ตุลาคม_2569 เมื่อ 3_ต.ค. 2569"),
        ("โครงการพัฒนาชายฝั่งทะเลครบกำหนดให้", "โครงการ|พัฒนา|ชายฝั่ง|ทะเล|ครบกำหนด|ให้"),
    ],
)
def test_where_a_line_may_end(text: str, breaks: str) -> None:
    assert shown(text) == breaks
    assert without_breaks(with_breaks(text)) == text


def test_no_own_word_is_cut_whatever_stands_beside_it() -> None:
    """Two words of letters side by side are cut where one ends: neither takes a letter of the other."""
    after = ("งาน", "การ", "ใน", "ตาม", "ประจำ", "เข้า", "ให้", "โครงการ", "หนังสือ", "แล้ว")
    own = (
        "รับรู้",
        "ดำเนินการ",
        "แนวทาง",
        "ช่องทาง",
        "สำนักงาน",
        "หน่วยงาน",
        "เจ้าหน้าที่",
        "เลขที่",
        "อำนวยการ",
        "ส่วนราชการ",
        "หมู่บ้าน",
    )
    shown_all = [shown(f"{word}{next_one}") for word in own for next_one in after]
    assert shown_all == [f"{word}|{next_one}" for word in own for next_one in after]


def test_a_word_processor_is_told_what_stays_together() -> None:
    """Word joiners stand in names and words made of words, not in plain ones, and leave without a trace."""
    text = "ขอให้จิตอาสาของกระทรวงมหาดไทย อบต.อ่าวนาง จำนวน 40 คน"
    told = for_word_processor(text)
    seen = told.replace(JOINED, "+").replace(MAY_BREAK, "|").replace(STAYS, "_")
    assert seen == "ข+อ+ให้|จิ+ต+อา+สา|ของ|ก+ระ+ท+ร+ว+ง+ม+หา+ด+ไท+ย อ+บ+ต.อ่า+ว+นา+ง จำนวน 40_คน"
    assert without_breaks(told) == clean(told).replace(STAYS, " ") == text


def test_no_piece_is_longer_than_a_line() -> None:
    unknown = "ฟฮฬฅฆฒณซฌฐฑ" * 20
    assert max(len(piece) for piece in with_breaks(unknown).split(MAY_BREAK)) <= 40
    assert without_breaks(with_breaks(unknown)) == unknown


def test_data_keeps_its_shape() -> None:
    data = {"a": ["งานจิตอาสา", {"b": 1, "c": None}], "ไทย": True}
    assert whole_words(data) == {"a": ["งาน\u200bจิตอาสา", {"b": 1, "c": None}], "ไทย": True}


def test_two_hundred_hard_words_in_a_column_of_one_point(tmp_path: Path) -> None:
    """Each word comes back as one line: nothing of it may be broken, however little room there is."""
    assert len(HARD) >= 200
    template = tmp_path / "narrow.typ"
    template.write_text(
        '#import "base.typ": *\n#set page(width: 20cm, height: auto, margin: 1cm)\n'
        '#set text(font: face, size: pt(16), lang: "th")\n'
        "#for word in data.words { block(width: 1pt, above: 14pt, text(n(word))) }",
        encoding="utf-8",
    )
    text = read_back(pdf.render(template, {"words": HARD}))
    lines = {re.sub(r"[\u200b\s]", "", line) for line in text.splitlines()}
    latin = re.compile("[A-Za-z]")
    expected = {word if latin.search(word) else to_thai(word) for word in HARD}
    assert expected - lines == set()


def test_screens_hold_the_royal_names_together_too() -> None:
    """Browsers cut them; ``ui/js/unbroken.js`` has the names of the first part of ``words.txt``."""
    root = Path(__file__).parents[2]
    royal = (root / "documents" / "words.txt").read_text("utf-8").partition("# The work itself.")[0]
    names = [line for line in royal.splitlines() if line and not line.startswith("#")]
    script = (root / "ui" / "static" / "ui" / "js" / "unbroken.js").read_text("utf-8")
    assert len(names) > 50
    assert not [name for name in names if f'"{name}"' not in script]


@pytest.mark.parametrize(
    "name",
    [
        "นายกองค์การบริหารส่วนตำบลอ่าวนาง", "องค์การบริหารส่วนจังหวัดกระบี่", "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น",
        "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดกระบี่", "รองผู้ว่าราชการจังหวัด", "รัฐมนตรีว่าการกระทรวงมหาดไทย", "เลขทะเบียนส่ง",
    ],
)  # fmt: skip
def test_a_narrow_column_breaks_inside_the_names_of_offices_and_nothing_is_lost(name: str) -> None:
    """15 letters are as wide as the narrowest column of a register; องค์การบริหารส่วนตำบล stood over its neighbour."""
    pieces = with_breaks(in_narrow_column(name)).split(MAY_BREAK)
    assert max(map(len, pieces)) <= 15
    assert "".join(pieces) == name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("พร้อมหนังสือนี้ได้ส่งบัญชีรายชื่อ 1 ชุด มาด้วยแล้ว", "พร้อมหนังสือนี้|ได้ส่ง|บัญชีรายชื่อ 1_ชุด มาด้วยแล้ว"),
        ("พร้อมนี้ได้ส่งสำเนาหนังสือมาด้วยแล้ว", "พร้อมนี้|ได้ส่ง|สำเนา|หนังสือ|มาด้วยแล้ว"),
        ("จึงเรียนมาเพื่อทราบและถือปฏิบัติ", "จึงเรียนมาเพื่อทราบ|และ|ถือปฏิบัติ"),
        ("จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ", "จึงเรียนมาเพื่อโปรดพิจารณา|ดำเนินการ"),
        ("จึงเรียนมาเพื่อดำเนินการ", "จึงเรียนมาเพื่อ|ดำเนินการ"),
        ("จึงแจ้งมาเพื่อทราบ", "จึงแจ้งมาเพื่อทราบ"),
        ("ขอแสดงความนับถืออย่างยิ่ง", "ขอแสดงความนับถืออย่างยิ่ง"),
        ("ตามหนังสือที่อ้างถึง กรมได้แจ้งให้ทราบ นั้น", "ตาม|หนังสือที่อ้างถึง กรม|ได้|แจ้งให้ทราบ_นั้น"),
        ("คน นั้นเอง", "คน นั้น|เอง"),
    ],
)
def test_phrases_of_letters_stand_in_one_line(text: str, shown: str) -> None:
    assert with_breaks(text).replace(MAY_BREAK, "|").replace(STAYS, "_") == shown


def test_every_phrase_of_letters_is_one_piece() -> None:
    words = (Path(__file__).parents[1] / "words.txt").read_text("utf-8")
    phrases = words.partition("# Phrases of letters")[2].partition("\n# ")[0].splitlines()[1:]
    assert len(phrases) >= 30
    assert [phrase for phrase in phrases if MAY_BREAK in with_breaks(phrase)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("มอบหมายให้ นางสาวกนกวรรณ ศรีสุวรรณรัตนกุล", "มอบหมาย|ให้ นางสาวกนกวรรณ ศรีสุวรรณรัตนกุล"),
        ("(นายกมล ทองเกาะลันตา)", "(นายกมล ทองเกาะลันตา)"),
        ("นายกเทศมนตรีเมืองกระบี่", "นายกเทศมนตรี|เมืองกระบี่"),
        ("นายอำเภอเมืองกระบี่ ร่วมพิธี", "นายอำเภอ|เมืองกระบี่ ร่วม|พิธี"),
        ("นายสมชาย ได้รับมอบหมายให้ดำเนินการตามคำสั่ง", "นายสมชาย ได้รับ|มอบหมาย|ให้|ดำเนินการ|ตามคำสั่ง"),
    ],
)
def test_names_of_people_are_not_broken(text: str, shown: str) -> None:
    assert with_breaks(text).replace(MAY_BREAK, "|").replace(STAYS, "_") == shown
