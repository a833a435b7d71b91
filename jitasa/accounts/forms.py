"""Forms of a person's own pages."""

from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jitasa.accounts.models import User
from jitasa.accounts.services.proofs import check_password
from jitasa.problems import Refusal
from jitasa.ui.printed import PrintedForm


class PasswordForm(PasswordChangeForm):
    """Old password, new one twice."""

    error_messages = {
        "password_mismatch": _("รหัสผ่านใหม่ทั้งสองช่องไม่ตรงกัน พิมพ์ใหม่ให้ตรงกัน"),
        "password_incorrect": _("รหัสผ่านเดิมไม่ถูกต้อง พิมพ์ใหม่"),
        "password_same": _("รหัสผ่านใหม่ต้องไม่ซ้ำรหัสผ่านเดิม"),
    }

    def __init__(self, user: User, data: object = None, *, address: str) -> None:
        super().__init__(user, data)
        self.address = address
        for name, label in (
            ("old_password", _("รหัสผ่านเดิม")),
            ("new_password1", _("รหัสผ่านใหม่")),
            ("new_password2", _("รหัสผ่านใหม่อีกครั้ง")),
        ):
            self.fields[name].label = label
            self.fields[name].help_text = ""
        if user.must_change_password:
            self.fields["old_password"].label = _("รหัสผ่านชั่วคราวที่ได้รับ")
        self.fields["new_password1"].help_text = _(
            "อย่างน้อย 10 ตัวอักษร ไม่คล้ายชื่อ ประโยคสั้น ๆ จำง่ายกว่าและเดายากกว่า"
        )

    def clean_old_password(self) -> str:
        """The old password, its tries counted and wrong ones audited (``services.proofs``)."""
        old: str = self.cleaned_data["old_password"]
        try:
            right = check_password(user=self.user, password=old, address=self.address, now=timezone.now())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from None
        if not right:
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old

    def clean_new_password1(self) -> str:
        new: str = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise forms.ValidationError(self.error_messages["password_same"], code="password_same")
        return new


class ProfileForm(PrintedForm, forms.ModelForm[User]):
    """What a person may say about themselves, and how screens speak to them."""

    class Meta:
        model = User
        fields = ("full_name", "email", "phone", "numerals", "language", "morning_mail")
        widgets = {
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "language": forms.Select(choices=settings.LANGUAGES),
        }
        help_texts = {
            "full_name": _("ไม่บังคับ ใช้ตำแหน่งก็ทำงานได้"),
            "email": _("ใช้รับแจ้งเตือนของสำนักงาน"),
            "numerals": _("เอกสารและรายงานใช้เลขไทยเสมอ"),
            "morning_mail": _("ส่งเมื่อมีงานที่ต้องทำเท่านั้น วันละหนึ่งฉบับ"),
        }

    def clean_language(self) -> str:
        language: str = self.cleaned_data["language"]
        if language not in dict(settings.LANGUAGES):
            raise forms.ValidationError(_("เลือกภาษาจากรายการ"))
        return language
