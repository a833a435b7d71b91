"""The kinds of file that are taken, and the sentences that refuse the others."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FileType:
    """``ending`` is the one shown, whatever the sender called the file."""

    ending: str
    media_type: str


OOXML = "application/vnd.openxmlformats-officedocument."
PDF = FileType("pdf", "application/pdf")
JPEG = FileType("jpg", "image/jpeg")
PNG = FileType("png", "image/png")
DOCX = FileType("docx", f"{OOXML}wordprocessingml.document")
XLSX = FileType("xlsx", f"{OOXML}spreadsheetml.sheet")
PPTX = FileType("pptx", f"{OOXML}presentationml.presentation")
ODT = FileType("odt", "application/vnd.oasis.opendocument.text")
ODS = FileType("ods", "application/vnd.oasis.opendocument.spreadsheet")
ALLOWED = (PDF, JPEG, PNG, DOCX, XLSX, PPTX, ODT, ODS)

PROGRAM = _("ไฟล์นี้เป็นโปรแกรม แนบไม่ได้ ใช้ PDF, JPEG, PNG, docx, xlsx, pptx, odt หรือ ods")
LOCKED = _("ไฟล์นี้ตั้งรหัสผ่านไว้ ผู้รับจะเปิดไม่ได้ ยกเลิกรหัสผ่านแล้วแนบใหม่")
MACRO = _("ไฟล์นี้มีมาโคร (คำสั่งอัตโนมัติ) แนบไม่ได้ บันทึกเป็น docx, xlsx, pptx หรือ PDF แล้วแนบใหม่")
INSIDE = _("ไฟล์นี้มีโปรแกรมหรือวัตถุอื่นฝังอยู่ แนบไม่ได้ บันทึกเป็น PDF แล้วแนบใหม่")
OUTSIDE = _(
    "ไฟล์นี้ดึงข้อมูลจากที่อื่นเมื่อเปิด (แม่แบบ ภาพ หรือตารางที่เชื่อมโยงภายนอก) แนบไม่ได้ ยกเลิกการเชื่อมโยง หรือบันทึกเป็น PDF แล้วแนบใหม่"
)
OLD = _("ไฟล์เป็นรูปแบบเก่า (doc, xls, ppt) ซึ่งอาจมีมาโคร บันทึกเป็น docx, xlsx, pptx หรือ PDF แล้วแนบใหม่")
ARCHIVE = _("ไฟล์นี้เป็นไฟล์บีบอัด แตกไฟล์แล้วแนบทีละไฟล์ ใช้ PDF, JPEG, PNG, docx, xlsx, pptx, odt หรือ ods")
UNKNOWN = _("แนบไฟล์ชนิดนี้ไม่ได้ ใช้ PDF, JPEG, PNG, docx, xlsx, pptx, odt หรือ ods")
BROKEN = _("เปิดไฟล์นี้ไม่ได้ ไฟล์อาจเสียหาย เปิดดูในเครื่องแล้วบันทึกใหม่ก่อนแนบ")
TOO_MUCH = _("ไฟล์นี้มีเนื้อหาซับซ้อนเกินกว่าจะตรวจได้ บันทึกเป็น PDF ใหม่ หรือแบ่งเป็นหลายไฟล์แล้วแนบ")
PDF_ACTS = _("PDF นี้มีคำสั่งที่ทำงานเองเมื่อเปิด (สคริปต์) แนบไม่ได้ พิมพ์เป็น PDF ใหม่แล้วแนบ")
PDF_FORM = _("PDF นี้เป็นแบบฟอร์มชนิดที่ทำงานเองได้ (XFA) แนบไม่ได้ พิมพ์เป็น PDF ใหม่แล้วแนบ")
PDF_INSIDE = _("PDF นี้มีไฟล์อื่นฝังอยู่ซึ่งแนบไม่ได้ แยกไฟล์นั้นออกแล้วแนบทีละไฟล์")
VIRUS = _("โปรแกรมตรวจไวรัสพบสิ่งผิดปกติในไฟล์นี้ จึงไม่รับ ตรวจเครื่องของท่านแล้วแนบไฟล์ที่สะอาด")
NOT_SCANNED = _("ขณะนี้ตรวจไวรัสไม่ได้ จึงยังรับไฟล์ไม่ได้ รอสักครู่แล้วแนบใหม่ หากยังไม่ได้ให้แจ้งผู้ดูแลระบบ")
EMPTY = _("ไฟล์ว่าง ไม่มีข้อมูล เลือกไฟล์ใหม่")


class NotTaken(Exception):
    """The file is not enclosed; the message says why and what to do."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)
