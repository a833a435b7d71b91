"""What the page of the sheet takes: a file, or rows pasted, and pictures beside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.sheets.services.import_rows import ImportAnswers

WORKBOOK_MOST = 10 * 1024 * 1024
PASTED_MOST = 500_000


class SheetForm(forms.Form):
    """A workbook or pasted rows."""

    file = forms.FileField(
        label=_("ไฟล์ Excel ที่กรอกแล้ว"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": _("ไฟล์ว่าง เลือกไฟล์ .xlsx ที่กรอกแล้ว")},
    )
    pasted = forms.CharField(
        label=_("หรือวางแถวจาก Excel"),
        required=False,
        max_length=PASTED_MOST,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("คัดลอกพร้อมหัวตาราง หรือคัดลอกแถวจากไฟล์ของหน้านี้ตั้งแต่คอลัมน์ชื่อกิจกรรม"),
    )
    pictures = forms.FileField(
        label=_("ภาพ (ไฟล์ zip)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text=_("ชื่อไฟล์ภาพตรงกับที่เขียนในคอลัมน์ ภาพ"),
        error_messages={"empty": _("ไฟล์ zip ว่าง เลือกไฟล์ที่มีภาพ")},
    )
    send = forms.BooleanField(
        label=_("ส่งรายการที่ครบถ้วนทันที"),
        required=False,
        initial=True,
        help_text=_("ไม่เลือก: เก็บทุกรายการเป็นร่าง"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        file = data.get("file")
        if not self.errors and not file and not data.get("pasted"):
            self.add_error(None, _("เลือกไฟล์ Excel หรือวางแถวจาก Excel"))
        if file and file.size > WORKBOOK_MOST:
            self.add_error("file", _("ไฟล์ใหญ่เกิน 10 เมกะไบต์ คัดลอกเฉพาะแถวที่ต้องการไปใส่ไฟล์ที่ดาวน์โหลดจากหน้านี้"))
        return data


class AskedForm(forms.Form):
    """What is said beside rows that have been shown."""

    send = forms.BooleanField(required=False)
    apart = forms.BooleanField(required=False)
    days = forms.BooleanField(required=False)

    def asked(self) -> ImportAnswers:
        return ImportAnswers(**self.cleaned_data) if self.is_valid() else ImportAnswers()
