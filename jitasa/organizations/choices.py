"""Levels, types and roles: closed lists that rules depend on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    DEPARTMENT = "department", _("กรม")
    PROVINCE = "province", _("จังหวัด")
    DISTRICT = "district", _("อำเภอ")
    LAO = "lao", _("อปท.")


class OrganizationType(models.TextChoices):
    DEPARTMENT = "department", _("กรมส่งเสริมการปกครองท้องถิ่น")
    PROVINCE = "province", _("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด")
    DISTRICT = "district", _("ที่ว่าการอำเภอ")
    PAO = "pao", _("องค์การบริหารส่วนจังหวัด")
    CITY_MUNICIPALITY = "city_municipality", _("เทศบาลนคร")
    TOWN_MUNICIPALITY = "town_municipality", _("เทศบาลเมือง")
    TAMBON_MUNICIPALITY = "tambon_municipality", _("เทศบาลตำบล")
    SAO = "sao", _("องค์การบริหารส่วนตำบล")
    PATTAYA = "pattaya", _("เมืองพัทยา")


T = OrganizationType
LEVEL_OF_TYPE = {
    T.DEPARTMENT: Level.DEPARTMENT,
    T.PROVINCE: Level.PROVINCE,
    T.DISTRICT: Level.DISTRICT,
    **dict.fromkeys(
        (T.PAO, T.CITY_MUNICIPALITY, T.TOWN_MUNICIPALITY, T.TAMBON_MUNICIPALITY, T.SAO, T.PATTAYA), Level.LAO
    ),
}
# Line of letters (docs/domain.md §2): these answer to the province, the others to their district.
ANSWERS_TO_PROVINCE = frozenset({T.PAO, T.CITY_MUNICIPALITY, T.TOWN_MUNICIPALITY, T.PATTAYA})
ABBREVIATION = {
    T.DEPARTMENT: "สถ.",
    T.PROVINCE: "สถจ.",
    T.DISTRICT: "อ.",
    T.PAO: "อบจ.",
    T.CITY_MUNICIPALITY: "ทน.",
    T.TOWN_MUNICIPALITY: "ทม.",
    T.TAMBON_MUNICIPALITY: "ทต.",
    T.SAO: "อบต.",
    T.PATTAYA: "",
}
# First two digits of the department's 8-digit code.
CODE_PREFIX = {
    T.PAO: "02",
    T.CITY_MUNICIPALITY: "03",
    T.TOWN_MUNICIPALITY: "04",
    T.TAMBON_MUNICIPALITY: "05",
    T.SAO: "06",
}


class Change(models.TextChoices):
    """Why a dated state of an organization began."""

    FOUNDED = "founded", _("เริ่มทะเบียน")
    UPGRADED = "upgraded", _("ยกฐานะ")
    RENAMED = "renamed", _("เปลี่ยนชื่อ")
    RECODED = "recoded", _("เปลี่ยนรหัส")
    MOVED = "moved", _("เปลี่ยนสายการกำกับดูแลหรือที่ตั้ง")


class Role(models.TextChoices):
    OFFICER = "officer", _("เจ้าหน้าที่")
    APPROVER = "approver", _("ผู้อนุมัติ")
    VIEWER = "viewer", _("ผู้ดูข้อมูล")
    ADMINISTRATOR = "administrator", _("ผู้ดูแลสำนักงาน")
    CENTRE = "centre", _("ศูนย์อำนวยการจิตอาสา (ศอ.จอส.)")


class ErasureState(models.TextChoices):
    """What became of a person's request to erase her data."""

    WAITING = "waiting", _("รอดำเนินการ")
    DONE = "done", _("ลบแล้ว")
    REFUSED = "refused", _("ไม่ได้ลบ")
    WITHDRAWN = "withdrawn", _("ถอนคืนแล้ว")


class OfferAnswer(models.TextChoices):
    """What became of a post offered to somebody of another line."""

    WAITING = "waiting", _("รอคำตอบ")
    ACCEPTED = "accepted", _("รับแล้ว")
    DECLINED = "declined", _("ไม่รับ")
    WITHDRAWN = "withdrawn", _("ถอนคืนแล้ว")
    EXPIRED = "expired", _("หมดเวลา")
