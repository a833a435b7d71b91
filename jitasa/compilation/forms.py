"""Input of an LAO's month: reasons."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NilForm(forms.Form):
    """Why there was no activity."""

    reason = forms.CharField(
        label=_("เหตุที่ไม่มีกิจกรรม"),
        max_length=300,
        help_text=_("สั้น ๆ เช่น เตรียมงานเดือนถัดไป หรือสถานการณ์น้ำท่วม"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LateForm(forms.Form):
    """Why the month is confirmed after the due day."""

    late_reason = forms.CharField(
        label=_("เหตุที่ล่าช้า"),
        max_length=300,
        help_text=_("พ้นกำหนดแล้ว บอกเหตุสั้น ๆ ระบบยังรับรายงานตามปกติ"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
