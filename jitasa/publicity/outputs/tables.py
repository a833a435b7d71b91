"""The tables of publicity as workbooks: the same rows as on the screens."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from jitasa.documents.xlsx import CellKind, Sheet, SheetColumn, workbook
from jitasa.publicity.models import Broadcast, Campaign, Channel, Delivery, Material
from jitasa.publicity.selectors.boards import PublicityFigures, PublicityRow
from jitasa.publicity.views.tiles import shown


def channels(rows: Iterable[Channel]) -> bytes:
    columns = [
        SheetColumn(_("รหัสหน่วยงาน")),
        SheetColumn(_("หน่วยงาน")),
        SheetColumn(_("ประเภท")),
        SheetColumn(_("ช่องทาง")),
        SheetColumn(_("ลิงก์"), CellKind.LONG),
        SheetColumn(_("ผู้รับโดยประมาณ"), CellKind.INTEGER),
    ]
    values = (
        (row.organization.code, str(row.organization), row.get_kind_display(), row.name, row.link, row.reach)
        for row in rows
    )
    return workbook([Sheet(_("ช่องทาง"), columns, values, title=_("ทะเบียนช่องทางประชาสัมพันธ์"))])


def materials(rows: Sequence[Material], figures: Mapping[int, tuple[int, int]], day: date) -> bytes:
    columns = [
        SheetColumn(_("ชนิด")),
        SheetColumn(_("ชื่อสื่อ"), CellKind.LONG),
        SheetColumn(_("ผู้เผยแพร่")),
        SheetColumn(_("วันสำคัญ")),
        SheetColumn(_("ใช้ได้ตั้งแต่"), CellKind.DATE),
        SheetColumn(_("ใช้ได้ถึง"), CellKind.DATE),
        SheetColumn(_("สถานะ")),
        SheetColumn(_("สัญญาอนุญาต")),
        SheetColumn(_("ใช้ (ครั้ง)"), CellKind.INTEGER),
        SheetColumn(_("ผู้รับสื่อ (คน)"), CellKind.INTEGER),
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
        SheetColumn(_("รหัสหน่วยงาน")),
        SheetColumn(_("หน่วยงาน")),
        SheetColumn(_("รับแทน")),
        SheetColumn(_("ส่งเมื่อ"), CellKind.DATETIME),
        SheetColumn(_("เปิดดู"), CellKind.DATETIME),
        SheetColumn(_("ดาวน์โหลด"), CellKind.DATETIME),
        SheetColumn(_("ใช้"), CellKind.DATETIME),
        SheetColumn(_("เตือนล่าสุด"), CellKind.DATETIME),
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
        SheetColumn(_("วันที่"), CellKind.DATE),
        SheetColumn(_("รหัสหน่วยงาน")),
        SheetColumn(_("หน่วยงาน")),
        SheetColumn(_("สื่อ"), CellKind.LONG),
        SheetColumn(_("ประเภทช่องทาง")),
        SheetColumn(_("ช่องทาง")),
        SheetColumn(_("ผู้รับสื่อ (คน)"), CellKind.INTEGER),
        SheetColumn(_("ลิงก์"), CellKind.LONG),
        SheetColumn(_("รอบเผยแพร่")),
        SheetColumn(_("หมายเหตุ")),
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


def board(name: str, title: str, rows: Sequence[PublicityRow], total: PublicityFigures) -> bytes:
    columns = [
        SheetColumn(name, CellKind.LONG),
        SheetColumn(_("ครั้ง"), CellKind.INTEGER),
        SheetColumn(_("ผู้รับสื่อ (คน)"), CellKind.INTEGER),
        SheetColumn(_("หน่วยงานที่เผยแพร่"), CellKind.INTEGER),
        SheetColumn(_("จาก อปท. ทั้งหมด"), CellKind.INTEGER),
        SheetColumn(_("สื่อที่ใช้"), CellKind.INTEGER),
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
