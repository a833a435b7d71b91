"""Decisions about a record from given facts: what is missing, what is wrong, who may do what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jitasa.activities.choices import EDITABLE, LIVE, Basis, BudgetSource, Part, Status
from jitasa.activities.models import Activity
from jitasa.activities.values import ActivityValues
from jitasa.organizations.choices import Level, OrganizationType, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.choices import ALWAYS_REQUIRED

NAME_MOST = 250
TEXT_MOST: Mapping[str, int] = {  # letters that fit the columns
    "place": 250,
    "host_name": 250,
    "chair_position": 200,
    "chair_name": 150,
    "budget_project": 250,
    "publicity_link": 500,
    "result": 20_000,
    "problems": 10_000,
    "suggestions": 10_000,
}
CAPTION_MOST = 200
PEOPLE_MOST = 100_000
MOO_MOST = 99
QUANTITY_BOUND = Decimal(10) ** 11
AMOUNT_BOUND = Decimal(10) ** 10
LATITUDES, LONGITUDES = (5.0, 21.0), (97.0, 106.0)  # Thailand with a margin; the same as the constraint
_WEB = URLValidator(schemes=["http", "https"])
# What to do about each field that a round may require (rounds.choices.REQUIRABLE).
WHAT_TO_DO: Mapping[str, Any] = {
    "name": gettext_lazy("เขียนชื่อกิจกรรม"),
    "kind": gettext_lazy("เลือกประเภทกิจกรรม"),
    "sub_kind": gettext_lazy("เลือกลักษณะงาน"),
    "basis": gettext_lazy("เลือกว่าจัดเนื่องในโอกาสใด"),
    "start_date": gettext_lazy("กรอกวันที่จัด"),
    "start_time": gettext_lazy("กรอกเวลาเริ่ม"),
    "end_time": gettext_lazy("กรอกเวลาสิ้นสุด"),
    "place": gettext_lazy("เขียนสถานที่"),
    "moo": gettext_lazy("กรอกหมู่ที่"),
    "tambon_code": gettext_lazy("เลือกตำบล"),
    "point": gettext_lazy("ปักหมุดสถานที่บนแผนที่"),
    "chair_position": gettext_lazy("กรอกตำแหน่งของประธานในพิธี"),
    "participants": gettext_lazy("กรอกจำนวนผู้เข้าร่วมอย่างน้อยหนึ่งกลุ่ม"),
    "men_women": gettext_lazy("แยกจำนวนชายและหญิง"),
    "measures": gettext_lazy("กรอกปริมาณงานอย่างน้อยหนึ่งอย่าง"),
    "result": gettext_lazy("เขียนผลการดำเนินงาน"),
    "budget": gettext_lazy("เลือกแหล่งงบประมาณ"),
    "publicity": gettext_lazy("เลือกช่องทางประชาสัมพันธ์อย่างน้อยหนึ่งช่องทาง"),
    "photo_captions": gettext_lazy("เขียนคำบรรยายให้ครบทุกภาพ"),
}

Problems = dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class RoundRules:
    """The rules of the month a record belongs to, as plain facts."""

    required: Collection[str] = ()
    photos_least: int = 0
    photos_most: int = 50


def missing(values: ActivityValues, rules: RoundRules) -> list[tuple[str, str]]:
    """What must still be filled before the record can be sent: (field, words to act on)."""
    wanted = [name for name in WHAT_TO_DO if name in ALWAYS_REQUIRED or name in rules.required]
    found = [(name, str(WHAT_TO_DO[name])) for name in wanted if not _filled(values, name)]
    found += _dependent(values)
    lacking = rules.photos_least - len(values.photos)
    if lacking > 0:
        words = _("ใส่ภาพอีก %(n)d ภาพ (อย่างน้อย %(least)d ภาพ)")
        found.insert(0, ("photos", words % {"n": lacking, "least": rules.photos_least}))
    return found


def _filled(values: ActivityValues, name: str) -> bool:
    if name == "point":
        return values.latitude is not None and values.longitude is not None
    if name == "participants":
        return values.participants > 0
    if name == "men_women":
        return values.men is not None and values.women is not None
    if name == "budget":
        return bool(values.budget_source)
    if name == "photo_captions":
        return all(photo.caption for photo in values.photos)
    if name == "moo":
        return values.moo is not None
    return bool(getattr(values, name))


def _dependent(values: ActivityValues) -> list[tuple[str, str]]:
    """What one answer makes necessary."""
    found = []
    if values.basis == Basis.OCCASION and values.occasion_id is None:
        found.append(("occasion_id", _("เลือกวันสำคัญ หรือเปลี่ยนเป็น “ไม่เกี่ยวกับวันสำคัญ”")))
    if values.part != Part.HOST and not (values.host_organization_id or values.host_name):
        found.append(("host_organization_id", _("เลือกหน่วยงานเจ้าภาพ หรือเขียนชื่อเจ้าภาพ")))
    if values.budget_source != BudgetSource.NONE and values.budget_amount is None:
        found.append(("budget_amount", _("กรอกจำนวนเงิน หรือเลือก “ไม่ใช้งบประมาณ”")))
    if values.budget_source == BudgetSource.ORDINANCE and not values.budget_project:
        found.append(("budget_project", _("กรอกชื่อโครงการตามข้อบัญญัติหรือเทศบัญญัติ")))
    return found


def unstorable(values: ActivityValues) -> Problems:
    """What cannot be kept even as a draft, each with what to do."""
    found: Problems = {}
    if len(values.name) > NAME_MOST:
        words = _("ชื่อยาว %(n)d ตัวอักษร เกิน %(most)d ตัวอักษร ตัดให้สั้นลง แล้วเขียนรายละเอียดในผลการดำเนินงาน")
        _add(found, "name", words % {"n": len(values.name), "most": NAME_MOST})
    for name, most in TEXT_MOST.items():
        if (letters := len(getattr(values, name))) > most:
            words = _("ยาว %(n)s ตัวอักษร เกิน %(most)s ตัวอักษร ตัดให้สั้นลง")
            _add(found, name, words % {"n": f"{letters:,}", "most": f"{most:,}"})
    _check_pictures_and_link(values, found)
    if values.start_date and values.end_date and values.end_date < values.start_date:
        _add(found, "end_date", _("วันสิ้นสุดอยู่ก่อนวันเริ่ม แก้วันสิ้นสุด หรือลบออกถ้าจัดวันเดียว"))
    if (values.latitude is None) != (values.longitude is None):
        _add(found, "point", _("พิกัดต้องมีทั้งละติจูดและลองจิจูด ปักหมุดบนแผนที่ หรือลบออกทั้งคู่"))
    elif values.latitude is not None and not in_thailand(values.latitude, values.longitude or 0):
        _add(found, "point", _("พิกัดอยู่นอกประเทศไทย ปักหมุดใหม่บนแผนที่ หรือลบพิกัดออก"))
    if values.participants > PEOPLE_MOST:
        words = _("ผู้เข้าร่วมรวม %(n)s คน เกิน 100,000 คน ตรวจตัวเลขของแต่ละกลุ่ม")
        _add(found, "participants", words % {"n": f"{values.participants:,}"})
    _check_numbers(values, found)
    return found


def _check_pictures_and_link(values: ActivityValues, found: Problems) -> None:
    longest = max((len(photo.caption) for photo in values.photos), default=0)
    if longest > CAPTION_MOST:
        words = _("คำบรรยายยาว %(n)s ตัวอักษร เกิน %(most)s ตัวอักษร ตัดให้สั้นลง")
        _add(found, "photo_captions", words % {"n": f"{longest:,}", "most": CAPTION_MOST})
    if values.publicity_link and not _is_link(values.publicity_link):
        _add(found, "publicity_link", _("ลิงก์ไม่ถูกต้อง คัดลอกมาทั้งหมด ตั้งแต่ https://"))


def _is_link(text: str) -> bool:
    try:
        _WEB(text)
    except ValidationError:
        return False
    return True


def _check_numbers(values: ActivityValues, found: Problems) -> None:
    if any(count < 0 for count in values.groups.values()):
        _add(found, "participants", _("จำนวนคนต้องไม่ติดลบ ใส่ 0 หรือเว้นว่าง"))
    if any(not 0 <= quantity < QUANTITY_BOUND for quantity in values.measures.values()):
        _add(found, "measures", _("ปริมาณงานต้องไม่ติดลบและน้อยกว่าหนึ่งแสนล้าน ตรวจตัวเลขอีกครั้ง"))
    for name in ("men", "women"):
        number = getattr(values, name)
        if number is not None and not 0 <= number <= PEOPLE_MOST:
            _add(found, name, _("กรอกจำนวนคนระหว่าง 0 ถึง 100,000"))
    if values.moo is not None and not 0 <= values.moo <= MOO_MOST:
        _add(found, "moo", _("หมู่ที่ต้องเป็นตัวเลข 0 ถึง 99"))
    amount = values.budget_amount
    if amount is not None and not 0 <= amount < AMOUNT_BOUND:
        _add(found, "budget_amount", _("จำนวนเงินต้องไม่ติดลบและน้อยกว่าหนึ่งหมื่นล้านบาท ตรวจตัวเลขอีกครั้ง"))


def refusals(values: ActivityValues, *, today: date, office: Organization, rules: RoundRules) -> Problems:
    """What is filled but wrong, each with what to do; a record with any of it is not sent.

    ``office`` is the recording office: a host's tambon must lie in its district (a PAO's in its
    province). Guests and co-hosts go wherever the host is.
    """
    found = unstorable(values)
    if values.start_date and values.start_date > today:
        _add(found, "start_date", _("วันที่จัดยังมาไม่ถึง เก็บเป็นร่างไว้ก่อน แล้วส่งหลังวันจัด หรือแก้วันที่"))
    elif values.end_date and values.end_date > today:
        _add(found, "end_date", _("วันสิ้นสุดยังมาไม่ถึง เก็บเป็นร่างไว้ก่อน แล้วส่งเมื่อเสร็จ หรือแก้วันที่"))
    if _ends_earlier_that_day(values):
        _add(found, "end_time", _("เวลาสิ้นสุดอยู่ก่อนเวลาเริ่ม แก้เวลา หรือกรอกวันสิ้นสุดถ้าจัดข้ามวัน"))
    if values.groups and values.participants == 0:
        _add(found, "participants", _("ผู้เข้าร่วมเป็น 0 คน กรอกจำนวนคนอย่างน้อยหนึ่งกลุ่ม"))
    _check_men_women(values, found)
    if len(values.photos) > rules.photos_most:
        words = _("มี %(n)d ภาพ เกิน %(most)d ภาพ นำภาพออกให้เหลือไม่เกิน %(most)d ภาพ")
        _add(found, "photos", words % {"n": len(values.photos), "most": rules.photos_most})
    if values.tambon_code and not tambon_fits(values, office):
        _add(
            found,
            "tambon_code",
            _("ตำบลนี้ไม่อยู่ในพื้นที่ของหน่วยงาน เลือกตำบลในอำเภอของท่าน หรือเปลี่ยนบทบาทเป็นร่วมจัดหรือไปเข้าร่วม"),
        )
    return found


def tambon_fits(values: ActivityValues, office: Organization) -> bool:
    """Whether the tambon is where the office may hold an activity of its own."""
    if values.part != Part.HOST:
        return True
    wide = office.level != Level.LAO or office.type == OrganizationType.PAO or not office.district_code
    return values.tambon_code.startswith(office.province_code if wide else office.district_code)


def in_thailand(latitude: float, longitude: float) -> bool:
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]


def _ends_earlier_that_day(values: ActivityValues) -> bool:
    one_day = values.end_date is None or values.end_date == values.start_date
    return bool(one_day and values.start_time and values.end_time and values.end_time < values.start_time)


def _check_men_women(values: ActivityValues, found: Problems) -> None:
    men, women = values.men, values.women
    if (men is None) != (women is None):
        _add(found, "men", _("กรอกทั้งจำนวนชายและหญิง หรือเว้นว่างทั้งสองช่อง"))
    elif men is not None and women is not None and men + women != values.participants:
        words = _("ชาย %(men)s + หญิง %(women)s = %(sum)s คน ไม่เท่ากับผู้เข้าร่วมรวม %(all)s คน แก้ให้ตรงกัน")
        facts = {"men": men, "women": women, "sum": men + women, "all": values.participants}
        _add(found, "men", words % {name: f"{number:,}" for name, number in facts.items()})


def _add(found: Problems, name: str, words: str) -> None:
    found.setdefault(name, []).append(words)


# --- who may --------------------------------------------------------------------------------------
def may_record(viewer: Viewer) -> bool:
    """Start a record for the current office: its officers, approvers and administrators."""
    return viewer.is_system or (viewer.is_lao and viewer.can_write)


def writes_for(viewer: Viewer, activity: Activity) -> bool:
    """Whether the person works on this office's records (the state of the record aside)."""
    if viewer.is_system:
        return True
    return viewer.can_write and viewer.office_id == activity.organization_id


def may_edit(viewer: Viewer, activity: Activity) -> bool:
    """Change the content: drafts and returned records; while it waits for approval, the approver."""
    if activity.status in (Status.DRAFT, Status.RETURNED):
        return writes_for(viewer, activity)
    return activity.status == Status.AWAITING and approves_for(viewer, activity)


def approves_for(viewer: Viewer, activity: Activity) -> bool:
    if viewer.is_system:
        return True
    return viewer.has(Role.APPROVER) and viewer.office_id == activity.organization_id


def needs_approval(viewer: Viewer, office: Organization) -> bool:
    """Whether this person's record goes to the approver before it is sent."""
    return office.approval_required and not (viewer.is_system or viewer.has(Role.APPROVER))


def stands_above(viewer: Viewer, activity: Activity) -> bool:
    """An officer of an office above the recording one (visibility is the scope filter's matter)."""
    if viewer.is_system:
        return True
    return viewer.can_write and not viewer.is_lao and viewer.office_id != activity.organization_id


def may_link_host(viewer: Viewer, activity: Activity) -> bool:
    """Link to the host's record: the office while it edits, an officer above at any time."""
    if activity.status == Status.WITHDRAWN:
        return False
    return may_edit(viewer, activity) or stands_above(viewer, activity)


def host_problem(activity_id: int | None, host: Activity, *, has_guests: bool, invited: bool = False) -> str:
    """Why ``host`` cannot be the host's record of this one; empty when it can.

    Who is invited may join before the host has sent; anybody else only what was sent.
    """
    if host.pk == activity_id:
        return _("รายการนี้เป็นเจ้าภาพของตนเองไม่ได้ เลือกกิจกรรมอื่น")
    if host.part != Part.HOST or host.host_activity_id is not None:
        return _("กิจกรรมที่เลือกไม่ใช่รายการของเจ้าภาพ เลือกรายการที่เจ้าภาพเป็นผู้จัดเอง")
    if has_guests:
        return _("มีหน่วยงานอื่นเชื่อมโยงกับรายการนี้ในฐานะเจ้าภาพแล้ว จึงเชื่อมโยงต่อกับรายการอื่นไม่ได้")
    if host.status not in LIVE and not (invited and host.status in EDITABLE):
        return _("กิจกรรมของเจ้าภาพยังไม่ได้ส่งหรือถูกถอนแล้ว เลือกรายการอื่น หรือเว้นไว้ก่อน")
    return ""
