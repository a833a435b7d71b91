"""Input about people and posts; who may do what is decided by the services."""

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from jitasa.accounts.models import User
from jitasa.organizations.choices import Role
from jitasa.ui.forms import ThaiDateField
from jitasa.ui.printed import PrintedForm, PrintedText


def _day(label: Any, help_text: Any = "") -> ThaiDateField:
    return ThaiDateField(label=label, required=False, help_text=help_text)


class PostForm(forms.Form):
    """A role, how the position is called, and for how long."""

    role = forms.ChoiceField(label=_("บทบาท"), choices=())
    title = PrintedText(
        label=_("ตำแหน่ง"), max_length=150, required=False, help_text=_("เช่น นักพัฒนาชุมชนชำนาญการ")
    )
    from_date = _day(_("ตั้งแต่วันที่"), _("ว่างไว้คือวันนี้"))
    to_date = _day(_("ถึงวันที่"), _("วันสุดท้ายของตำแหน่ง ว่างไว้คือไม่กำหนด"))

    def __init__(self, roles: list[Role], data: Any = None) -> None:
        super().__init__(data)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class NewPersonForm(PostForm):
    """A person and a first post."""

    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=80,
        help_text=_("ตัวอักษร ตัวเลข หรือ . _ - @ ใช้เข้าสู่ระบบ เปลี่ยนภายหลังไม่ได้"),
        validators=[UnicodeUsernameValidator(message=_("ใช้ได้เฉพาะตัวอักษร ตัวเลข และ . _ - + @ โดยไม่เว้นวรรค"))],
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    full_name = PrintedText(
        label=_("ชื่อ-สกุล"), max_length=150, required=False, help_text=_("ไม่บังคับ ใช้ตำแหน่งก็ทำงานได้")
    )
    email = forms.EmailField(label=_("อีเมล"), required=False)
    phone = forms.CharField(label=_("โทรศัพท์"), max_length=40, required=False)
    field_order = ["username", "role", "title", "full_name", "email", "phone", "from_date", "to_date"]


class ExistingPersonForm(PostForm):
    """A further post for somebody who has an account already."""

    username = forms.CharField(label=_("ชื่อผู้ใช้ที่มีอยู่แล้ว"), max_length=80)
    field_order = ["username", "role", "title", "from_date", "to_date"]


class ContactForm(PrintedForm, forms.ModelForm[User]):
    """Name and contact of a person."""

    class Meta:
        model = User
        fields = ("full_name", "email", "phone")


class EndForm(forms.Form):
    """The last day of a post, or a stop at once."""

    last_day = _day(_("วันสุดท้าย"), _("ใช้งานได้ถึงสิ้นวันนี้ ถ้าว่างไว้"))
    at_once = forms.BooleanField(label=_("หยุดทันที"), required=False)
