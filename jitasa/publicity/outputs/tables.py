"""The tables of publicity as workbooks: the same rows as on the screens."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from jitasa.documents.xlsx import Column, Kind, Sheet, workbook
from jitasa.publicity.models import Broadcast, Campaign, Channel, Delivery, Material
from jitasa.publicity.selectors.boards import BoardRow, Figures
from jitasa.publicity.views.tiles import shown


def channels(rows: Iterable[Channel]) -> bytes:
    columns = [
        Column(_("รหัสหน่วยงาน")),
        Column(_("หน่วยงาน")),
        Column(_("ประเภท")),
        Column(_("ช่องทาง")),
        Column(_("ลิงก์"), Kind.LONG),
        Column(_("ผู้รับโดยประมาณ"), Kind.INTEGER),
    ]
    values = (
        (row.organization.code, str(row.organization), row.get_kind_display(), row.name, row.link, row.reach)
        for row in rows
    )
    return workbook([Sheet(_("ช่องทาง"), columns, values, title=_("ทะเบียนช่องทางประชาสัมพันธ์"))])


def materials(rows: Sequence[Material], figures: Mapping[int, tuple[int, int]], day: date) -> bytes:
    columns = [
        Column(_("ชนิด")),
        Column(_("ชื่อสื่อ"), Kind.LONG),
        Column(_("ผู้เผยแพร่")),
        Column(_("วันสำคัญ")),
        Column(_("ใช้ได้ตั้งแต่"), Kind.DATE),
        Column(_("ใช้ได้ถึง"), Kind.DATE),
        Column(_("สถานะ")),
        Column(_("สัญญาอนุญาต")),
        Column(_("ใช้ (ครั้ง)"), Kind.INTEGER),
        Column(_("ผู้รับสื่อ (คน)"), Kind.INTEGER),
    ]
    values = (
        (
            row.get_kind_display(),
            row.title,
            str(row.organization),
            str(row.occasion or ""),
            row.use_from,
            row.use_to,
            shown(row, day).state,
            row.get_licence_display(),
            *figures.get(row.pk, (0, 0)),
        )
        for row in rows
    )
    return workbook([Sheet(_("คลังสื่อ"), columns, values, title=_("คลังสื่อประชาสัมพันธ์"))])


def deliveries(campaign: Campaign, rows: Iterable[Delivery]) -> bytes:
    columns = [
        Column(_("รหัสหน่วยงาน")),
        Column(_("หน่วยงาน")),
        Column(_("รับแทน")),
        Column(_("ส่งเมื่อ"), Kind.DATETIME),
        Column(_("เปิดดู"), Kind.DATETIME),
        Column(_("ดาวน์โหลด"), Kind.DATETIME),
        Column(_("ใช้"), Kind.DATETIME),
        Column(_("เตือนล่าสุด"), Kind.DATETIME),
    ]
    values = (
        (
            row.recipient.code,
            str(row.recipient),
            str(row.addressed or ""),
            row.delivered_at,
            row.seen_at,
            row.downloaded_at,
            row.used_at,
            row.reminded_at,
        )
        for row in rows
    )
    return workbook([Sheet(_("รอบเผยแพร่"), columns, values, title=campaign.title)])


def broadcasts(rows: Iterable[Broadcast]) -> bytes:
    columns = [
        Column(_("วันที่"), Kind.DATE),
        Column(_("รหัสหน่วยงาน")),
        Column(_("หน่วยงาน")),
        Column(_("สื่อ"), Kind.LONG),
        Column(_("ประเภทช่องทาง")),
        Column(_("ช่องทาง")),
        Column(_("ผู้รับสื่อ (คน)"), Kind.INTEGER),
        Column(_("ลิงก์"), Kind.LONG),
        Column(_("รอบเผยแพร่")),
        Column(_("หมายเหตุ")),
    ]
    values = (
        (
            row.on,
            row.organization.code,
            str(row.organization),
            str(row.subject),
            row.get_channel_kind_display(),
            row.channel.name,
            row.reach,
            row.link,
            row.campaign.title if row.campaign else "",
            row.note,
        )
        for row in rows
    )
    return workbook([Sheet(_("การเผยแพร่"), columns, values, title=_("บันทึกการเผยแพร่สื่อประชาสัมพันธ์"))])


def board(name: str, title: str, rows: Sequence[BoardRow], total: Figures) -> bytes:
    columns = [
        Column(name, Kind.LONG),
        Column(_("ครั้ง"), Kind.INTEGER),
        Column(_("ผู้รับสื่อ (คน)"), Kind.INTEGER),
        Column(_("หน่วยงานที่เผยแพร่"), Kind.INTEGER),
        Column(_("จาก อปท. ทั้งหมด"), Kind.INTEGER),
        Column(_("สื่อที่ใช้"), Kind.INTEGER),
    ]
    values = [
        (
            row.label,
            row.figures.times,
            row.figures.people,
            row.figures.offices,
            row.every or None,
            row.figures.materials,
        )
        for row in rows
    ]
    last = (_("รวม"), total.times, total.people, total.offices, None, total.materials)
    return workbook([Sheet(name, columns, values, title=title, total=last)])
