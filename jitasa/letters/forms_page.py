"""Forms of what an office does around its letters: recall, verify a date, letterhead, signers, groups."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jitasa.accounts.models import User
from jitasa.letters.choices import Capacity
from jitasa.letters.models import LetterSettings, Signer
from jitasa.ui.forms import Expected, ThaiDateField
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
        label=_("ภาพตราครุฑ (หน่วยงานนำเข้าเอง)"),
        required=False,
        help_text=_("PNG หรือ JPEG พิมพ์สูง 3 ซม. ไม่มีภาพจะเว้นที่ว่างไว้"),
    )

    seal_file = forms.FileField(
        label=_("ภาพตราชื่อส่วนราชการ"),
        required=False,
        help_text=_("ใช้กับหนังสือประทับตรา PNG พื้นใส วงนอกกว้าง 4.5 ซม."),
    )

    class Meta:
        model = LetterSettings
        fields = (
            "number_prefix", "office_name", "address", "owner_unit", "phone", "fax", "email", "coordinator",
            "foot_note", "circular_series", "cover_by_memo", "pass_on_text",
        )  # fmt: skip
        help_texts = {
            "number_prefix": _("ส่วนที่อยู่หน้าเครื่องหมาย / เช่น กบ 0023.1"),
            "office_name": _("ชื่อที่มุมขวาบน เช่น ศาลากลางจังหวัดกระบี่"),
            "address": _("ขึ้นบรรทัดใหม่ได้ตามที่พิมพ์ในหนังสือ"),
            "foot_note": _("พิมพ์กลางท้ายกระดาษทุกหน้า เช่น คำขวัญของหน่วยงาน เว้นว่างได้"),
            "pass_on_text": _("เว้นว่างให้ระบบเขียนจากหนังสือที่ได้รับ"),
        }
        widgets = {
            "address": forms.Textarea(attrs={"rows": 2}),
            "owner_unit": forms.Textarea(attrs={"rows": 2}),
            "pass_on_text": forms.Textarea(attrs={"rows": 3}),
        }


class CentreHeadForm(PrintedForm, forms.ModelForm[LetterSettings]):
    class Meta:
        model = LetterSettings
        fields = ("centre_head",)
        help_texts = {
            "centre_head": _("พิมพ์หลังคำว่า เรียน ในหนังสือนำส่งรายงานของกรม เว้นว่างคือปลัดกระทรวงมหาดไทยและชื่อศูนย์"),
        }


class SignerForm(PrintedForm, forms.ModelForm[Signer]):
    """A signer; ``people`` are those with a post in the office today."""

    class Meta:
        model = Signer
        fields = ("user", "name", "position", "capacity", "on_behalf_of")
        help_texts = {
            "user": _("บัญชีของผู้ลงนามเอง ผู้อื่นออกหนังสือในชื่อนี้ไม่ได้"),
            "name": _("ตามที่พิมพ์ในวงเล็บใต้ลายมือชื่อ"),
        }

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, people)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("capacity") not in (None, Capacity.OWN) and not given.get("on_behalf_of"):
            self.add_error("on_behalf_of", _("บอกตำแหน่งที่ลงนามแทน เช่น ผู้ว่าราชการจังหวัดกระบี่"))
        return given


class DelegationForm(PrintedForm, forms.ModelForm[Signer]):
    """Who signs for a signer from one day to another, by which order; what the days mean is the service's to ask."""

    from_date = ThaiDateField(label=_("ตั้งแต่วันที่"), expected=Expected(past=366, ahead=366))
    to_date = ThaiDateField(label=_("ถึงวันที่"), expected=Expected(past=0, ahead=2 * 366))

    class Meta:
        model = Signer
        fields = ("stands_for", "user", "name", "position", "capacity", "order_text")
        help_texts = {"order_text": _("เช่น คำสั่งจังหวัดกระบี่ ที่ 120/2569 ลงวันที่ 1 ตุลาคม 2569")}

    def __init__(self, *args: Any, people: list[User], signers: QuerySet[Signer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, people)
        shape: dict[str, Any] = self.fields
        shape["stands_for"].queryset = signers
        shape["stands_for"].empty_label = _("เลือกผู้ลงนาม")
        shape["stands_for"].required = shape["order_text"].required = True
        shape["capacity"].choices = [each for each in Capacity.choices if each[0] != Capacity.OWN]
        shape["capacity"].initial = Capacity.ACTING


def _offer(form: forms.ModelForm[Signer], people: list[User]) -> None:
    shape: dict[str, Any] = form.fields
    shape["user"].queryset = User.objects.filter(pk__in=[each.pk for each in people])
    shape["user"].required = True
    shape["user"].choices = [("", _("เลือกบุคคล")), *((each.pk, str(each)) for each in people)]


class SignatureForm(forms.Form):
    picture = forms.FileField(
        label=_("ภาพลายมือชื่อของท่าน"),
        help_text=_("PNG พื้นใสหรือ JPEG พื้นขาว ระบบวาดภาพใหม่และเก็บเฉพาะภาพ ผู้อื่นใส่แทนท่านไม่ได้"),
    )


class SendBackForm(forms.Form):
    reason = PrintedText(
        label=_("เหตุผลที่ส่งกลับแก้ไข"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("ผู้ร่างจะเห็นข้อความนี้"),
    )


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
        label=_("วันที่ถูกต้องตามที่ตรวจสอบ"), help_text=_("ตามตรารับหรือทะเบียน หน้ากระดาษคงวันที่ตามที่พิมพ์")
    )


class GroupNameForm(forms.Form):
    name = forms.CharField(label=_("ชื่อกลุ่ม"), max_length=150)
