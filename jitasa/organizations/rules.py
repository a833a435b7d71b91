"""Decisions about the registry from given facts: names, codes, parents, days, who may. No database."""

from datetime import date

from django.utils.translation import gettext as _

from jitasa.faces import drawn
from jitasa.organizations.choices import (
    ABBREVIATION,
    ANSWERS_TO_PROVINCE,
    CODE_PREFIX,
    LEVEL_OF_TYPE,
    Level,
    OrganizationType,
    Role,
)
from jitasa.organizations.viewer import Viewer
from jitasa.thai.digits import to_arabic
from jitasa.thai.search import stored
from jitasa.thai.text import normalise, sort_key
from jitasa.ui.days import short_date
from jitasa.ui.reading import are_digits

# Since the Act that set up จังหวัดบึงกาฬ (23 มี.ค. 2554) the country has had its 76 provinces; an office
# whose founding day nobody stated is taken to stand since then.
REGISTRY_BEGINS = date(2011, 3, 23)
MAX_NAME = 250
PLACE_PREFIXES = {
    Level.PROVINCE: ("จังหวัด", "จ."),
    Level.DISTRICT: ("ที่ว่าการอำเภอ", "อำเภอ", "กิ่งอำเภอ", "เขต", "อ."),
}
T = OrganizationType
# What files and people write for a type, besides its full name and its abbreviation.
TYPE_WORDS = {
    **{str(type_.value): type_ for type_ in T},
    "เทศบาลนคร": T.CITY_MUNICIPALITY,
    "เทศบาลเมือง": T.TOWN_MUNICIPALITY,
    "เทศบาลตำบล": T.TAMBON_MUNICIPALITY,
    "องค์การบริหารส่วนตำบล": T.SAO,
    "องค์การบริหารส่วนจังหวัด": T.PAO,
    "เมืองพัทยา": T.PATTAYA,
    "พัทยา": T.PATTAYA,
    "อปท.รูปแบบพิเศษ": T.PATTAYA,
    "อบต": T.SAO,
    "อบจ": T.PAO,
    "ทต": T.TAMBON_MUNICIPALITY,
    "ทม": T.TOWN_MUNICIPALITY,
    "ทน": T.CITY_MUNICIPALITY,
}
FULL_NAME = {
    T.DEPARTMENT: "กรมส่งเสริมการปกครองท้องถิ่น",
    T.PROVINCE: "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด",
    T.DISTRICT: "ที่ว่าการอำเภอ",
    T.PAO: "องค์การบริหารส่วนจังหวัด",
    T.CITY_MUNICIPALITY: "เทศบาลนคร",
    T.TOWN_MUNICIPALITY: "เทศบาลเมือง",
    T.TAMBON_MUNICIPALITY: "เทศบาลตำบล",
    T.SAO: "องค์การบริหารส่วนตำบล",
    T.PATTAYA: "เมือง",
}


def may_edit_registry(viewer: Viewer) -> bool:
    """Officers and administrators of the department keep the registry."""
    return viewer.is_system or (viewer.is_department and viewer.has(Role.OFFICER, Role.ADMINISTRATOR))


def may_edit_settings(viewer: Viewer, organization_id: int) -> bool:
    """An office's own administrator, or who keeps the registry, sets its contact facts and approval step."""
    own = viewer.office_id == organization_id and viewer.has(Role.ADMINISTRATOR)
    return own or may_edit_registry(viewer)


def type_of_word(word: str) -> OrganizationType | None:
    """The type somebody wrote in full, abbreviated or as its code name; ``None`` if it is none."""
    text = normalise(word).replace(" ", "")
    return TYPE_WORDS.get(text) or TYPE_WORDS.get(text.rstrip(".")) or TYPE_WORDS.get(text.lower())


def type_of_name(text: str) -> OrganizationType | None:
    """The type of local government that stands before a name, in full or short; ``None`` if none does."""
    name = normalise(text)
    for type_ in CODE_PREFIX:
        for prefix in (FULL_NAME[type_], ABBREVIATION[type_]):
            if prefix and name.startswith(prefix) and len(name) > len(prefix):
                return type_
    return None


def proper_name(type_: OrganizationType, text: str) -> str:
    """The name without its type: ``อบต.อ่าวนาง`` and ``องค์การบริหารส่วนตำบลอ่าวนาง`` → ``อ่าวนาง``."""
    name = normalise(text)
    if type_ == T.DEPARTMENT:
        return ""
    prefixes = [FULL_NAME[type_], ABBREVIATION[type_], *PLACE_PREFIXES.get(LEVEL_OF_TYPE[type_], ())]
    if ABBREVIATION[type_]:
        prefixes.append(f"{ABBREVIATION[type_].rstrip('.')} ")
    for prefix in prefixes:
        if prefix and name.startswith(prefix) and len(name) > len(prefix):
            return name[len(prefix) :].strip()
    return name


def full_name(type_: OrganizationType, proper: str) -> str:
    """``(sao, อ่าวนาง)`` → ``องค์การบริหารส่วนตำบลอ่าวนาง``."""
    return f"{FULL_NAME[type_]}{proper}"


def short_name(type_: OrganizationType, proper: str) -> str:
    """``(sao, อ่าวนาง)`` → ``อบต.อ่าวนาง``; the type is always shown, for a name may stand twice in a district."""
    return f"{ABBREVIATION[type_] or FULL_NAME[type_]}{proper}"


def name_problem(type_: OrganizationType, proper: str) -> str:
    """Why a name (without its type) cannot stand, or an empty string."""
    if not proper:
        return _("กรอกชื่อหน่วยงาน")
    if len(full_name(type_, proper)) > MAX_NAME:
        return _("ชื่อยาวเกิน %(most)d ตัวอักษร") % {"most": MAX_NAME}
    for other in CODE_PREFIX:
        if other != type_ and proper.startswith((FULL_NAME[other], ABBREVIATION[other])):
            return _("ชื่อขึ้นต้นด้วย%(other)s แต่ประเภทเป็น%(type)s") % {
                "other": FULL_NAME[other],
                "type": FULL_NAME[type_],
            }
    return drawn.problem(proper)


def place_name(level: Level, text: str) -> str:
    """The bare name of a province or district: ``อ.คลองท่อม``, ``อำเภอคลองท่อม`` → ``คลองท่อม``."""
    name = normalise(text)
    for prefix in PLACE_PREFIXES[level]:
        if name.startswith(prefix) and len(name) > len(prefix):
            return name[len(prefix) :].strip()
    return name


def clean_code(text: str) -> str:
    """A code as typed or exported: Thai digits, spaces, dashes, ``'``, a spreadsheet's ``.0``."""
    code = to_arabic(text).strip().lstrip("'").replace(" ", "").replace("-", "")
    return code[:-2] if code.endswith(".0") else code


def lao_code(text: str) -> str:
    """A local government's code with the leading zero that public files drop put back."""
    code = clean_code(text)
    return f"0{code}" if are_digits(code, least=7, most=7) else code


def code_problem(type_: OrganizationType, code: str, district_code: str = "", province_code: str = "") -> str:
    """Why a code cannot be that of such an office there (docs/domain.md §2), or an empty string.

    A local government's is TT PP AA NN: type, province, district, running number; a province's and a
    district's are the area codes of TIS 1099.
    """
    if not are_digits(code, most=MAX_NAME):
        return _("รหัสต้องเป็นตัวเลขเท่านั้น")
    level = LEVEL_OF_TYPE[type_]
    if level == Level.LAO:
        return _lao_code_problem(type_, code, district_code)
    length = 4 if level == Level.DISTRICT else 2
    if len(code) != length:
        return _("รหัสต้องมี %(length)d หลัก") % {"length": length}
    if level == Level.DISTRICT and not code.startswith(province_code):
        return _("รหัสอำเภอต้องขึ้นต้นด้วยรหัสจังหวัด %(code)s") % {"code": province_code}
    return ""


def _lao_code_problem(type_: OrganizationType, code: str, district_code: str) -> str:
    if len(code) != 8:
        return _("รหัส อปท. ต้องมี 8 หลัก (ประเภท จังหวัด อำเภอ ลำดับ อย่างละ 2 หลัก)")
    expected = CODE_PREFIX.get(type_)
    if expected is not None and code[:2] != expected:
        return _("รหัสของ%(type)s ต้องขึ้นต้นด้วย %(prefix)s แต่รหัสนี้ขึ้นต้นด้วย %(found)s") % {
            "type": FULL_NAME[type_],
            "prefix": expected,
            "found": code[:2],
        }
    if expected is None and code[:2] in CODE_PREFIX.values():
        return _("รหัสขึ้นต้นด้วย %(found)s เป็นของ อปท. ประเภทอื่น") % {"found": code[:2]}
    if code[2:6] != district_code:
        return _("หลักที่ 3–6 ของรหัสต้องเป็นรหัสอำเภอ %(district)s แต่เป็น %(found)s") % {
            "district": district_code,
            "found": code[2:6],
        }
    return ""


def type_of_code(code: str) -> OrganizationType | None:
    """The type that the first two digits of an 8-digit code stand for."""
    return next((type_ for type_, prefix in CODE_PREFIX.items() if code.startswith(prefix)), None)


def parent_level(type_: OrganizationType) -> Level | None:
    """The level an office answers to in the line of letters (docs/domain.md §2)."""
    level = LEVEL_OF_TYPE[type_]
    if level == Level.LAO:
        return Level.PROVINCE if type_ in ANSWERS_TO_PROVINCE else Level.DISTRICT
    return {Level.DISTRICT: Level.PROVINCE, Level.PROVINCE: Level.DEPARTMENT}.get(level)


def place_level(type_: OrganizationType) -> Level | None:
    """The level of the office whose area this one stands in."""
    return {Level.LAO: Level.DISTRICT, Level.DISTRICT: Level.PROVINCE}.get(LEVEL_OF_TYPE[type_])


def day_problem(effective_on: date, *, today: date, since: date | None = None) -> str:
    """Why a change cannot take effect on a day, or an empty string.

    The registry says what is so today and was so before; a change to come is entered on its day.
    ``since`` is when the office's present state began: a change may not reach behind it.
    """
    if effective_on > today:
        return _("วันที่มีผลต้องไม่เกินวันนี้ (%(today)s) ให้บันทึกเมื่อถึงวันนั้น") % {"today": short_date(today)}
    if effective_on.year < 1900:
        return _("ปีของวันที่มีผลไม่ถูกต้อง ใช้ปี พ.ศ. เช่น 2569")
    if since is not None and effective_on <= since:
        return _("ข้อมูลปัจจุบันของหน่วยงานนี้เริ่มใช้เมื่อ %(since)s วันที่มีผลต้องหลังจากวันนั้น") % {"since": short_date(since)}
    return ""


def point_problem(latitude: float | None, longitude: float | None) -> str:
    """Why a point cannot be an office's place, or an empty string (no point at all is fine)."""
    if latitude is None and longitude is None:
        return ""
    if latitude is None or longitude is None:
        return _("กรอกทั้งละติจูดและลองจิจูด หรือเว้นว่างทั้งคู่")
    if not (5 <= latitude <= 21 and 97 <= longitude <= 106):
        return _("พิกัดอยู่นอกประเทศไทย ละติจูดต้องอยู่ระหว่าง 5–21 ลองจิจูดระหว่าง 97–106")
    return ""


def search_words(type_: OrganizationType, proper: str, code: str, place: str, former: str) -> str:
    """What a search looks through: names in full and short, code, place, former names (``thai.search``)."""
    names = [full_name(type_, proper), short_name(type_, proper)]
    if FULL_NAME[type_].startswith("เทศบาล"):
        names.append(f"เทศบาล{proper}")
    return stored(*names, code, place, former)[:600]


def order_key(type_: OrganizationType, proper: str) -> str:
    """Thai dictionary order of the proper name, then of the type."""
    return sort_key(f"{proper or FULL_NAME[type_]} {short_name(type_, proper)}")[:300]
