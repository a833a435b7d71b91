"""The shape of what is typed about a letter from outside, and about a stamp that stands on paper."""

from datetime import datetime
from datetime import time as time_of_day
from typing import Any
from uuid import UUID

import uuid6
from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import Retention, Secrecy, Urgency
from jitasa.letters.services.outside import OutsideLetter
from jitasa.thai.dates import BANGKOK
from jitasa.thai.digits import to_arabic
from jitasa.ui.forms import NumberText, ThaiDateField
from jitasa.ui.printed import PrintedText


class OutsideForm(forms.Form):
    """A letter that came on paper or by mail."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    number = PrintedText(
        label=_("ที่"), required=False, max_length=200, help_text=_("ตามที่พิมพ์บนหนังสือ เช่น กบ 0023.1/ว 6565")
    )
    date_printed = ThaiDateField(label=_("ลงวันที่ (ตามที่พิมพ์)"), required=False)
    date_verified = ThaiDateField(
        label=_("วันที่ถูกต้องตามที่ตรวจสอบ"), required=False, help_text=_("ใส่เมื่อวันที่บนหนังสือพิมพ์ผิด")
    )
    from_text = PrintedText(label=_("จาก"), required=False, max_length=500)
    subject = PrintedText(label=_("เรื่อง"), required=False, max_length=800)
    urgency = forms.ChoiceField(label=_("ชั้นความเร็ว"), choices=Urgency.choices, initial=Urgency.NORMAL)
    secrecy = forms.ChoiceField(label=_("ชั้นความลับ"), choices=Secrecy.choices, initial=Secrecy.NONE)
    retention = forms.ChoiceField(
        label=_("อายุการเก็บ"), choices=Retention.choices, initial=Retention.TEN_YEARS, required=False
    )
    reasons = PrintedText(
        label=_("เหตุผลของหนังสือ"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("ย่อหน้าละ 1 บรรทัด จะใส่ในหนังสือส่งต่อให้เอง"),
    )
    orders = PrintedText(
        label=_("ข้อสั่งการ"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("ข้อละ 1 บรรทัด จะใส่ในหนังสือส่งต่อให้เอง"),
    )
    scan = forms.FileField(
        label=_("ภาพสแกน"), required=False, help_text=_("PDF หรือรูปภาพ ระบบตรวจไฟล์และไม่เปิดไฟล์ที่เป็นโปรแกรม")
    )

    def key(self) -> UUID:
        """The letter's id, made by the page so that a form sent twice is one letter."""
        given: UUID | None = self.cleaned_data.get("uuid")
        return given or uuid6.uuid7()

    def values(self, sha256: str) -> OutsideLetter:
        data: dict[str, Any] = self.cleaned_data
        names = ("number", "date_printed", "date_verified", "from_text", "subject", "urgency", "secrecy")
        return OutsideLetter(
            **{name: data[name] for name in names},
            reasons=tuple(data["reasons"].splitlines()),
            orders=tuple(data["orders"].splitlines()),
            retention=data["retention"] or Retention.TEN_YEARS,
            sha256=sha256,
        )

    def refuse(self, fields: dict[str, list[str]], message: str) -> None:
        """Put a service's refusal where it belongs."""
        for name, texts in fields.items():
            for text in texts:
                self.add_error(
                    {"file": "scan"}.get(name, name) if name in {*self.fields, "file"} else None, text
                )
        if not fields:
            self.add_error(None, message)


class StampForm(forms.Form):
    """A receive stamp as it stands on the paper; a day far off is asked back as in every date field."""

    number = PrintedText(label=_("เลขรับ"), max_length=20, widget=NumberText())
    date = ThaiDateField(label=_("วันที่"))
    time = forms.CharField(
        label=_("เวลา"), required=False, max_length=20, widget=forms.TextInput({"placeholder": "09:30"})
    )
    unit = PrintedText(label=_("หน่วยรับ (ถ้ามีทะเบียนของตนเอง)"), required=False, max_length=150)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="stamp_%s")

    def clean_time(self) -> time_of_day:
        """The time of day; half past eight, when offices open, where none was typed."""
        typed = str(self.cleaned_data["time"]).strip().replace(".", ":") or "08:30"
        try:
            return datetime.strptime(to_arabic(typed), "%H:%M").time()  # noqa: DTZ007 (a time of day has no zone)
        except ValueError as wrong:
            raise forms.ValidationError(_("อ่านเวลาไม่ได้ เขียนเช่น 09:30")) from wrong

    def moment(self) -> datetime:
        return datetime.combine(self.cleaned_data["date"], self.cleaned_data["time"], tzinfo=BANGKOK)

    def refuse(self, fields: dict[str, list[str]]) -> None:
        """Put a service's refusal where it belongs."""
        for name, texts in fields.items():
            for text in texts:
                self.add_error({"at": "date"}.get(name, name), text)


class AnnotationForm(forms.Form):
    """A word on the office's own copy."""

    text = PrintedText(label=_("เกษียน"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="annotation_%s")
