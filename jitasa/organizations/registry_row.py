"""One row of a registry file: cleaned, resolved against the country's geography, or refused with reasons."""

import math
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from jitasa.organizations import rules
from jitasa.organizations.choices import LEVEL_OF_TYPE, Level, OrganizationType
from jitasa.organizations.selectors import geography
from jitasa.thai.digits import to_arabic

CODE = "code"
NOTHING = {"", "-", "–", "—", "0", "0.0", "n/a", "na", "null", "none", "ไม่มี", "ไม่มีข้อมูล"}
# Sites of ministries and departments that files give where an office has none of its own.
CENTRAL_HOSTS = {"dla.go.th", "moi.go.th", "dopa.go.th", "info.dla.go.th", "thailocaladmin.go.th"}
_URL = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class RowProblem:
    """What is wrong on a line, in which column, with the value found there."""

    line: int
    column: str
    value: str
    reason: str


@dataclass
class RegistryRow:
    """A clean row. Degrees in WGS 84; area in square kilometres; ``None``/empty: the file does not say.

    ``doubts`` are facts of the row that cannot be right: it is taken without them, and somebody looks.
    """

    line: int
    code: str
    type: OrganizationType
    proper: str
    district_code: str
    latitude: float | None = None
    longitude: float | None = None
    area_km2: Decimal | None = None
    website: str = ""
    doubts: list[RowProblem] = field(default_factory=list)

    def doubts_about(self, column: str) -> bool:
        return any(doubt.column == column for doubt in self.doubts)

    def same_office(self, other: "RegistryRow") -> bool:
        return (self.type, self.proper, self.district_code) == (other.type, other.proper, other.district_code)

    def fill_from(self, other: "RegistryRow") -> list[RowProblem]:
        """Take from a repeated row what this one lacks; a note where their points differ."""
        if self.latitude is None:
            self.latitude, self.longitude = other.latitude, other.longitude
        elif other.latitude is not None and (other.latitude, other.longitude) != (
            self.latitude,
            self.longitude,
        ):
            text = _("พิกัดต่างจากบรรทัด %(line)d ใช้ของบรรทัดแรก") % {"line": self.line}
            return [RowProblem(other.line, "latitude", f"{other.latitude}, {other.longitude}", text)]
        known = {doubt.column for doubt in self.doubts}
        self.doubts += [
            doubt
            for doubt in other.doubts
            if doubt.column not in known and (doubt.column != "latitude" or self.latitude is None)
        ]
        self.area_km2 = self.area_km2 or other.area_km2
        self.website = self.website or other.website
        return []


@dataclass
class _Reading:
    """A row being read: its cells and what was found wrong or doubtful so far."""

    line: int
    cells: dict[str, str]
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    doubts: list[RowProblem] = field(default_factory=list)

    def get(self, column: str) -> str:
        value = self.cells.get(column, "")
        return "" if value.lower() in NOTHING else value

    def refuse(self, column: str, reason: str) -> None:
        self.problems.append(RowProblem(self.line, column, self.cells.get(column, ""), reason))

    def doubt(self, column: str, reason: str) -> None:
        self.doubts.append(RowProblem(self.line, column, self.cells.get(column, ""), reason))

    def note(self, column: str, reason: str) -> None:
        self.notes.append(RowProblem(self.line, column, self.cells.get(column, ""), reason))


def read_row(
    line: int, cells: dict[str, str]
) -> tuple[RegistryRow | None, list[RowProblem], list[RowProblem]]:
    """The row (with its doubts), why it is refused (then no row), and what was mended or left out."""
    reading = _Reading(line, cells)
    code = rules.lao_code(reading.get(CODE))
    if not code:
        reading.refuse(CODE, _("ไม่มีรหัส อปท."))
    type_ = _type(reading, code)
    district_code = _district(reading)
    latitude, longitude = _point(reading)
    proper = ""
    if type_ is not None:
        proper = _proper(reading, type_)
        if text := rules.name_problem(type_, proper):
            reading.refuse("name", text)
        coded = rules.type_of_code(code) or type_
        if code and district_code and (text := rules.code_problem(coded, code, district_code)):
            reading.refuse(CODE, text)
    if reading.problems or type_ is None:
        return None, reading.problems, []
    row = RegistryRow(line, code, type_, proper, district_code, latitude, longitude, doubts=reading.doubts)
    row.area_km2, row.website = _area(reading), _website(reading)
    return row, [], reading.notes


def _type(reading: _Reading, code: str) -> OrganizationType | None:
    """The type that column, code and name agree on; where they do not, the one that two of them say, with a doubt."""
    word = reading.get("type")
    said, coded = rules.type_of_word(word) if word else None, rules.type_of_code(code)
    named = rules.type_of_name(reading.get("name"))
    if said is not None and LEVEL_OF_TYPE[said] != Level.LAO:
        reading.refuse("type", _("นำเข้าได้เฉพาะ อปท. กรม จังหวัด และอำเภอมีในทะเบียนแล้ว"))
        return None
    witnesses = [each for each in (coded, said, named) if each is not None]
    if not witnesses or (coded is None and said is None):
        reading.refuse("type", _("ไม่รู้จักประเภท อปท. ใช้ อบจ. ทน. ทม. ทต. อบต. หรือชื่อเต็ม"))
        return None
    type_ = max(witnesses, key=witnesses.count)  # the first of equals: the code
    if word and said is None:
        words = _("ไม่รู้จักประเภทนี้ นำเข้าเป็น%(type)sตามรหัส")
        reading.doubt("type", words % {"type": rules.FULL_NAME[type_]})
    elif said not in (None, type_) or coded not in (None, type_):
        words = _("ประเภทไม่ตรงกับรหัสซึ่งขึ้นต้นด้วย %(found)s นำเข้าเป็น%(type)s")
        reading.doubt("type", words % {"found": code[:2], "type": rules.FULL_NAME[type_]})
    elif named not in (None, type_):
        words = _("ชื่อขึ้นต้นด้วย%(other)s แต่ประเภทและรหัสเป็น%(type)s นำเข้าตามรหัส")
        reading.doubt("name", words % {"other": rules.FULL_NAME[named], "type": rules.FULL_NAME[type_]})
    return type_


def _proper(reading: _Reading, type_: OrganizationType) -> str:
    """The name without the type that stands before it, which may be another than the row's."""
    name = reading.get("name")
    named = rules.type_of_name(name)
    proper = rules.proper_name(type_, name)
    return rules.proper_name(named, name) if named not in (None, type_) else proper


def _province(reading: _Reading) -> str:
    """The province's code by its code or name; empty if the row says none or a wrong one (then refused)."""
    code = rules.clean_code(reading.get("province_code"))
    name = rules.place_name(Level.PROVINCE, reading.get("province"))
    known = geography.province_codes_by_name()
    if code and geography.province(code) is None:
        reading.refuse("province_code", _("ไม่มีจังหวัดรหัสนี้"))
        return ""
    if name and name not in known:
        reading.refuse("province", _("ไม่รู้จักจังหวัดนี้"))
        return ""
    if code and name and known[name] != code:
        reading.refuse("province_code", _("รหัสจังหวัดกับชื่อจังหวัดไม่ตรงกัน"))
        return ""
    return code or known.get(name, "")


def _district(reading: _Reading) -> str:
    """The district's 4-digit code by its code or its name within the province."""
    before = len(reading.problems)
    province = _province(reading)
    if len(reading.problems) > before:
        return ""
    code = rules.clean_code(reading.get("district_code"))
    name = rules.place_name(Level.DISTRICT, reading.get("district"))
    if name == "เมือง":  # files shorten the district of the provincial town
        area = geography.province(code[:2] or province)
        name = f"เมือง{area.name_th}" if area else name
    reason = _district_problem(code, name, province)
    if reason:
        reading.refuse("district_code" if code else "district", reason)
        return ""
    return code or geography.district_codes_by_name(province)[name]


def _district_problem(code: str, name: str, province: str) -> str:
    if code and geography.district(code) is None:
        return _("ไม่มีอำเภอรหัสนี้")
    if code and province and not code.startswith(province):
        return _("อำเภอรหัสนี้ไม่อยู่ในจังหวัดที่ระบุ")
    if not (code or name):
        return _("ไม่มีอำเภอ")
    if not (code or province):
        return _("ระบุจังหวัดด้วย จึงจะรู้ว่าเป็นอำเภอใด")
    area = code[:2] or province
    if area == geography.BANGKOK_CODE:
        return _("กรุงเทพมหานครไม่มี อปท. ในทะเบียนนี้")
    known = geography.district_codes_by_name(area)
    if name and name not in known:
        return _("ไม่รู้จักอำเภอนี้ในจังหวัดที่ระบุ")
    if code and name and known[name] != code:
        return _("รหัสอำเภอกับชื่ออำเภอไม่ตรงกัน")
    return ""


def _point(reading: _Reading) -> tuple[float | None, float | None]:
    """The point; none for blanks and noughts; turned round where swapped; none, with a doubt, for a bad one."""
    north, east = reading.get("latitude"), reading.get("longitude")
    if not north and not east:
        return None, None
    try:
        latitude, longitude = (float(to_arabic(text)) if text else math.nan for text in (north, east))
    except ValueError:
        reading.doubt("latitude", _("พิกัดต้องเป็นตัวเลของศาทศนิยม เช่น 8.0511 และ 98.8029"))
        return None, None
    if latitude == longitude == 0:
        return None, None
    if math.isnan(latitude) or math.isnan(longitude):
        reading.doubt("latitude", _("พิกัดมีเพียงค่าเดียว ต้องมีทั้งละติจูดและลองจิจูด หรือเว้นว่างทั้งคู่"))
        return None, None
    if rules.point_problem(latitude, longitude) and not rules.point_problem(longitude, latitude):
        reading.note("latitude", _("ละติจูดกับลองจิจูดสลับกัน สลับคืนให้แล้ว"))
        latitude, longitude = longitude, latitude
    if text := rules.point_problem(latitude, longitude):
        reading.doubt("latitude", text)
        return None, None
    return latitude, longitude


def _area(reading: _Reading) -> Decimal | None:
    text = to_arabic(reading.get("area")).replace(",", "")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_finite() and 0 < value < 1_000_000:
        return value.quantize(Decimal("0.001"))
    reading.note("area", _("ขนาดพื้นที่อ่านไม่ได้ ไม่บันทึกค่านี้"))
    return None


def _website(reading: _Reading) -> str:
    """A site of the office's own with its scheme; empty for dashes and sites of ministries."""
    text = reading.get("website").split(",")[0].split()
    if not text:
        return ""
    url = text[0] if "://" in text[0] else f"http://{text[0]}"
    try:
        _URL(url)
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except (ValidationError, ValueError):
        reading.note("website", _("ที่อยู่เว็บไซต์ไม่ถูกต้อง ไม่บันทึกค่านี้"))
        return ""
    if host in CENTRAL_HOSTS:
        reading.note("website", _("เป็นเว็บไซต์ของส่วนกลาง ไม่ใช่ของ อปท. ไม่บันทึกค่านี้"))
        return ""
    return url[:300] if len(url) <= 300 else ""
