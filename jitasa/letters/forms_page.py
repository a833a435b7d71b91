"""Forms of what an office does around its letters: recall, verify a date, letterhead, signers, groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import Capacity
from jitasa.letters.models import LetterSettings, Signer
from jitasa.ui.forms import ThaiDateField
from jitasa.ui.printed import PrintedForm, PrintedText


class RecallForm(forms.Form):
    reason = PrintedText(
        label=_("เหตุผลที่เรียกคืน"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("ผู้รับทุกแห่งจะเห็นข้อความนี้ เลขที่ของหนังสือไม่ถูกใช้ซ้ำ"),
    )


class OfficeSettingsForm(PrintedForm, forms.ModelForm[LetterSettings]):
    emblem_file = forms.FileField(
        label=_("ภาพตราของหน่วยงาน"),
        required=False,
        help_text=_("PNG หรือ JPEG พิมพ์สูง 3 ซม. ไม่มีภาพจะเว้นที่ว่างไว้"),
    )

    class Meta:
        model = LetterSettings
        fields = (
            "number_prefix", "office_name", "address", "owner_unit", "phone", "fax", "email", "coordinator",
            "pass_on_text",
        )  # fmt: skip
        help_texts = {
            "number_prefix": _("ส่วนที่อยู่หน้าเครื่องหมาย / เช่น กบ 0023.1"),
            "office_name": _("ชื่อที่มุมขวาบน เช่น ศาลากลางจังหวัดกระบี่"),
            "pass_on_text": _("เว้นว่างให้ระบบเขียนจากหนังสือที่ได้รับ"),
        }
        widgets = {
            "owner_unit": forms.Textarea(attrs={"rows": 2}),
            "pass_on_text": forms.Textarea(attrs={"rows": 3}),
        }


class SignerForm(PrintedForm, forms.ModelForm[Signer]):
    class Meta:
        model = Signer
        fields = ("name", "position", "capacity", "on_behalf_of")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("capacity") not in (None, Capacity.OWN) and not given.get("on_behalf_of"):
            self.add_error("on_behalf_of", _("บอกตำแหน่งที่ลงนามแทน เช่น ผู้ว่าราชการจังหวัดกระบี่"))
        return given


class GroupForm(forms.Form):
    name = forms.CharField(label=_("ชื่อกลุ่ม"), max_length=150)
    codes = forms.CharField(
        label=_("รหัสหน่วยงาน"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "บรรทัดละ 1 รหัส หรือคั่นด้วยช่องว่าง เช่น 06810104 ใช้ชื่อกลุ่มเดิมเพื่อเปลี่ยนรายชื่อ "
            "หรือเลือกผู้รับในร่างหนังสือแล้วเก็บเป็นกลุ่มจากหน้ารายชื่อผู้รับ"
        ),
    )


class VerifyForm(forms.Form):
    date_verified = ThaiDateField(
        label=_("วันที่ที่ถูกต้อง"), help_text=_("ตามตรารับหรือทะเบียน หน้ากระดาษคงวันที่ตามที่พิมพ์")
    )


class GroupNameForm(forms.Form):
    name = forms.CharField(label=_("ชื่อกลุ่ม"), max_length=150)
