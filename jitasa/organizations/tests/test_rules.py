"""The registry's decisions from given facts: names, codes, points, days, who may. No database."""

from datetime import date

import pytest

from jitasa.organizations import rules
from jitasa.organizations.choices import Level, OrganizationType, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.thai.text import sort_key

T = OrganizationType
TODAY = date(2026, 11, 22)


def viewer(level: Level, *roles: Role, pk: int = 1) -> Viewer:
    return Viewer(organization=Organization(pk=pk, level=level), roles=frozenset(roles))


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (Viewer(is_system=True), True),
        (viewer(Level.DEPARTMENT, Role.OFFICER), True),
        (viewer(Level.DEPARTMENT, Role.ADMINISTRATOR), True),
        (viewer(Level.DEPARTMENT, Role.APPROVER), False),
        (viewer(Level.PROVINCE, Role.OFFICER, Role.ADMINISTRATOR), False),
    ],
)
def test_who_keeps_the_registry(who: Viewer, may: bool) -> None:
    assert rules.may_edit_registry(who) is may


@pytest.mark.parametrize(
    ("who", "office", "may"),
    [
        (viewer(Level.LAO, Role.ADMINISTRATOR, pk=7), 7, True),
        (viewer(Level.LAO, Role.ADMINISTRATOR, pk=7), 8, False),
        (viewer(Level.LAO, Role.OFFICER, Role.APPROVER, pk=7), 7, False),
        (viewer(Level.DEPARTMENT, Role.OFFICER, pk=1), 7, True),
        (Viewer(), 7, False),
    ],
)
def test_who_sets_an_offices_own_facts(who: Viewer, office: int, may: bool) -> None:
    assert rules.may_edit_settings(who, office) is may


@pytest.mark.parametrize(
    ("word", "type_"),
    [
        ("เทศบาล นคร", T.CITY_MUNICIPALITY), ("อบต.", T.SAO), ("อบต", T.SAO), ("SAO", T.SAO), ("pao", T.PAO),
        ("พัทยา", T.PATTAYA), ("อปท.รูปแบบพิเศษ", T.PATTAYA), ("ทม.", T.TOWN_MUNICIPALITY), ("โรงเรียน", None), ("", None),
    ],
)  # fmt: skip
def test_a_type_however_it_is_written(word: str, type_: OrganizationType | None) -> None:
    assert rules.type_of_word(word) == type_


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("อบต.อ่าวนาง", T.SAO), ("องค์การบริหารส่วนตำบลอ่าวนาง", T.SAO), ("เทศบาลเมืองกระบี่", T.TOWN_MUNICIPALITY),
        ("ทต.คลองพน", T.TAMBON_MUNICIPALITY), ("อบต.", None), ("อ่าวนาง", None),
    ],
)  # fmt: skip
def test_the_type_before_a_name(name: str, type_: OrganizationType | None) -> None:
    assert rules.type_of_name(name) == type_


@pytest.mark.parametrize(
    ("type_", "text", "proper"),
    [
        (T.SAO, "อบต.อ่าวนาง", "อ่าวนาง"), (T.SAO, "อบต อ่าวนาง", "อ่าวนาง"), (T.SAO, "อบต. อ่าวนาง ", "อ่าวนาง"),
        (T.SAO, "องค์การบริหารส่วนตำบลอ่าวนาง", "อ่าวนาง"), (T.SAO, "อบต.", "อบต."), (T.SAO, "อ่าวนาง", "อ่าวนาง"),
        (T.DISTRICT, "อำเภอคลองท่อม", "คลองท่อม"), (T.DISTRICT, "กิ่งอำเภอลำทับ", "ลำทับ"), (T.DISTRICT, "เขตดุสิต", "ดุสิต"),
        (T.PROVINCE, "จังหวัดกระบี่", "กระบี่"), (T.PROVINCE, "สถจ.กระบี่", "กระบี่"), (T.DEPARTMENT, "สถ.", ""),
        (T.PATTAYA, "เมืองพัทยา", "พัทยา"),
    ],
)  # fmt: skip
def test_the_name_without_its_type(type_: OrganizationType, text: str, proper: str) -> None:
    assert rules.proper_name(type_, text) == proper


def test_full_and_short_names() -> None:
    assert rules.full_name(T.SAO, "อ่าวนาง") == "องค์การบริหารส่วนตำบลอ่าวนาง"
    assert rules.short_name(T.SAO, "อ่าวนาง") == "อบต.อ่าวนาง"
    assert rules.short_name(T.PATTAYA, "พัทยา") == "เมืองพัทยา"


def test_a_name_that_cannot_stand() -> None:
    most = 250 - len("องค์การบริหารส่วนตำบล")
    assert rules.name_problem(T.SAO, "") == "กรอกชื่อหน่วยงาน"
    assert rules.name_problem(T.SAO, "ก" * most) == ""
    assert rules.name_problem(T.SAO, "ก" * (most + 1)) == "ชื่อยาวเกิน 250 ตัวอักษร"
    assert rules.name_problem(T.SAO, "อบต.อ่าวนาง") == ""
    words = "ชื่อขึ้นต้นด้วยเทศบาลตำบล แต่ประเภทเป็นองค์การบริหารส่วนตำบล"
    assert rules.name_problem(T.SAO, "ทต.คลองพน") == rules.name_problem(T.SAO, "เทศบาลตำบลคลองพน") == words


@pytest.mark.parametrize(
    ("level", "text", "bare"),
    [
        (Level.DISTRICT, "อ.คลองท่อม", "คลองท่อม"), (Level.DISTRICT, "ที่ว่าการอำเภอคลองท่อม", "คลองท่อม"),
        (Level.DISTRICT, "อำเภอ คลองท่อม", "คลองท่อม"), (Level.PROVINCE, "จ.กระบี่", "กระบี่"), (Level.PROVINCE, "จ.", "จ."),
        (Level.PROVINCE, "กระบี่", "กระบี่"),
    ],
)  # fmt: skip
def test_the_bare_name_of_a_place(level: Level, text: str, bare: str) -> None:
    assert rules.place_name(level, text) == bare


@pytest.mark.parametrize(
    ("text", "code"),
    [("๘๑๐๑", "8101"), (" '06 81-0104 ", "06810104"), ("6810104.0", "6810104"), ("10", "10"), ("x", "x")],
)
def test_a_code_as_typed_or_exported(text: str, code: str) -> None:
    assert rules.clean_code(text) == code


def test_the_leading_zero_comes_back() -> None:
    assert rules.lao_code("6810104") == rules.lao_code("06810104") == "06810104"
    assert rules.lao_code("681010") == "681010"
    assert rules.lao_code("68101x4") == "68101x4"


@pytest.mark.parametrize(
    ("type_", "code", "words"),
    [
        (T.SAO, "06810104", ""),
        (T.SAO, "0681010x", "รหัสต้องเป็นตัวเลขเท่านั้น"),
        (T.SAO, "", "รหัสต้องเป็นตัวเลขเท่านั้น"),
        (T.SAO, "068101041", "รหัส อปท. ต้องมี 8 หลัก (ประเภท จังหวัด อำเภอ ลำดับ อย่างละ 2 หลัก)"),
        (T.SAO, "05810104", "รหัสขององค์การบริหารส่วนตำบล ต้องขึ้นต้นด้วย 06 แต่รหัสนี้ขึ้นต้นด้วย 05"),
        (T.SAO, "06810304", "หลักที่ 3–6 ของรหัสต้องเป็นรหัสอำเภอ 8101 แต่เป็น 8103"),
        (T.PATTAYA, "08810101", ""),
        (T.PATTAYA, "06810101", "รหัสขึ้นต้นด้วย 06 เป็นของ อปท. ประเภทอื่น"),
        (T.DISTRICT, "8101", ""),
        (T.DISTRICT, "810", "รหัสต้องมี 4 หลัก"),
        (T.DISTRICT, "8201", "รหัสอำเภอต้องขึ้นต้นด้วยรหัสจังหวัด 81"),
        (T.PROVINCE, "81", ""),
        (T.PROVINCE, "8101", "รหัสต้องมี 2 หลัก"),
        (T.DEPARTMENT, "00", ""),
    ],
)
def test_what_a_code_says_agrees_with_the_office(type_: OrganizationType, code: str, words: str) -> None:
    assert rules.code_problem(type_, code, "8101", "81") == words


def test_the_type_in_a_code() -> None:
    assert rules.type_of_code("06810104") == T.SAO
    assert rules.type_of_code("02810101") == T.PAO
    assert rules.type_of_code("08810101") is None


@pytest.mark.parametrize(
    ("type_", "parent", "place"),
    [
        (T.SAO, Level.DISTRICT, Level.DISTRICT), (T.TAMBON_MUNICIPALITY, Level.DISTRICT, Level.DISTRICT),
        (T.PAO, Level.PROVINCE, Level.DISTRICT), (T.TOWN_MUNICIPALITY, Level.PROVINCE, Level.DISTRICT),
        (T.DISTRICT, Level.PROVINCE, Level.PROVINCE), (T.PROVINCE, Level.DEPARTMENT, None), (T.DEPARTMENT, None, None),
    ],
)  # fmt: skip
def test_whom_an_office_answers_to_and_where_it_stands(
    type_: OrganizationType, parent: Level | None, place: Level | None
) -> None:
    assert rules.parent_level(type_) == parent
    assert rules.place_level(type_) == place


@pytest.mark.parametrize(
    ("day", "since", "words"),
    [
        (TODAY, None, ""),
        (date(2026, 11, 23), None, "วันที่มีผลต้องไม่เกินวันนี้ (22 พ.ย. 2569) ให้บันทึกเมื่อถึงวันนั้น"),
        (date(1900, 1, 1), None, ""),
        (date(1899, 12, 31), None, "ปีของวันที่มีผลไม่ถูกต้อง ใช้ปี พ.ศ. เช่น 2569"),
        (date(2026, 11, 2), date(2026, 11, 1), ""),
        (date(2026, 11, 1), date(2026, 11, 1),
         "ข้อมูลปัจจุบันของหน่วยงานนี้เริ่มใช้เมื่อ 1 พ.ย. 2569 วันที่มีผลต้องหลังจากวันนั้น"),
    ],
)  # fmt: skip
def test_the_day_a_change_takes_effect(day: date, since: date | None, words: str) -> None:
    assert rules.day_problem(day, today=TODAY, since=since) == words


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        (None, None, ""),
        (8.0, None, "กรอกทั้งละติจูดและลองจิจูด หรือเว้นว่างทั้งคู่"),
        (None, 98.8, "กรอกทั้งละติจูดและลองจิจูด หรือเว้นว่างทั้งคู่"),
        (5, 97, ""),
        (21, 106, ""),
        *((latitude, longitude, "พิกัดอยู่นอกประเทศไทย ละติจูดต้องอยู่ระหว่าง 5–21 ลองจิจูดระหว่าง 97–106")
          for latitude, longitude in ((4.9, 98), (21.1, 98), (8, 96.9), (8, 106.1), (98.8, 8.0))),
    ],
)  # fmt: skip
def test_a_point_lies_in_thailand(latitude: float | None, longitude: float | None, words: str) -> None:
    assert rules.point_problem(latitude, longitude) == words


def test_what_a_search_looks_through() -> None:
    words = rules.search_words(T.TOWN_MUNICIPALITY, "กระบี่", "04810102", "เมืองกระบี่", "สุขาภิบาลกระบี่")
    for each in ("เทศบาลเมืองกระบี่", "ทม.กระบี่", "เทศบาลกระบี่", "04810102", "สุขาภิบาลกระบี่"):
        assert each in words.split(), each
    assert "เทศบาล" not in rules.search_words(T.SAO, "อ่าวนาง", "06810104", "", "")
    assert len(rules.search_words(T.SAO, "อ่าวนาง", "06810104", "", "ก" * 900)) == 600


def test_offices_stand_in_dictionary_order_of_their_proper_names() -> None:
    names = [(T.SAO, "อ่าวนาง"), (T.TAMBON_MUNICIPALITY, "เกาะลันตา"), (T.SAO, "เกาะลันตา"), (T.SAO, "คลองพน")]
    ordered = sorted(names, key=lambda each: rules.order_key(*each))
    assert [name for _type, name in ordered] == ["เกาะลันตา", "เกาะลันตา", "คลองพน", "อ่าวนาง"]
    assert ordered[0][0] == T.TAMBON_MUNICIPALITY
    assert len(rules.order_key(T.SAO, "ก" * 500)) == 300
    assert rules.order_key(T.DEPARTMENT, "") == sort_key("กรมส่งเสริมการปกครองท้องถิ่น สถ.")
