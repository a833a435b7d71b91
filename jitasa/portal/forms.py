"""Forms of guests."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.photos.rules import Area
from jitasa.portal.models import Reason, Wish
from jitasa.portal.rules import CONTACT_LONGEST, area_of_cell, parse_areas
from jitasa.portal.services.request_takedown import TakedownWish
from jitasa.ui.forms import PillSelect

CELLS = [
    ("1", _("บนซ้าย")),
    ("2", _("บนกลาง")),
    ("3", _("บนขวา")),
    ("4", _("กลางซ้าย")),
    ("5", _("ตรงกลาง")),
    ("6", _("กลางขวา")),
    ("7", _("ล่างซ้าย")),
    ("8", _("ล่างกลาง")),
    ("9", _("ล่างขวา")),
]


class NineFields(forms.CheckboxSelectMultiple):
    """Nine boxes, three by three, as the fields of the picture lie."""

    template_name = "portal/parts/nine_fields.html"


class AreasMixin(forms.Form):
    """Areas of a picture: dragged by a module into ``areas``, or chosen as fields of the picture."""

    areas = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    cells = forms.MultipleChoiceField(
        label=_("หรือเลือกตำแหน่งในภาพ"), required=False, choices=CELLS, widget=NineFields
    )

    def marked(self) -> tuple[Area, ...]:
        """What was dragged, else the fields chosen."""
        dragged = parse_areas(self.cleaned_data["areas"])
        return tuple(dragged or (area_of_cell(int(cell)) for cell in self.cleaned_data["cells"]))


class TakedownForm(AreasMixin):
    """What a guest asks about a picture. Lengths are the service's affair: it says how much too long."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    wish = forms.ChoiceField(
        label=_("สิ่งที่ต้องการให้ดำเนินการ"), choices=Wish, widget=PillSelect, initial=Wish.REMOVE
    )
    reason = forms.ChoiceField(
        label=_("เหตุผลที่ขอ"),
        choices=Reason,
        widget=PillSelect,
        error_messages={"required": _("เลือกเหตุผลหนึ่งข้อ")},
    )
    words = forms.CharField(
        label=_("รายละเอียด"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("เช่น คนที่สองจากซ้าย ใส่เสื้อสีเหลือง ไม่ต้องบอกชื่อ"),
    )
    contact = forms.CharField(
        label=_("อีเมลหรือเบอร์โทรให้ติดต่อกลับ"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": CONTACT_LONGEST}),
        help_text=_("ไม่กรอกก็ได้ ดูผลจากลิงก์ส่วนตัวที่ได้หลังส่ง"),
    )
    # Programs fill every box they find; a person does not see this one.
    website = forms.CharField(
        label=_("เว้นช่องนี้ว่างไว้"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("ช่องนี้มีไว้กันโปรแกรมส่งคำขอ ลบข้อความในช่องนี้แล้วส่งใหม่"))
        return ""

    @property
    def key_given(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def asked(self) -> TakedownWish:
        """What the service is told. Only after ``is_valid``."""
        given = self.cleaned_data
        return TakedownWish(
            wish=Wish(given["wish"]),
            reason=Reason(given["reason"]),
            areas=self.marked(),
            words=given["words"],
            contact=given["contact"],
        )


class AnswerForm(AreasMixin):
    """What an officer answers."""

    act = forms.ChoiceField(choices=[(name, name) for name in ("remove", "blur", "refuse", "restore")])
    reason = forms.CharField(label=_("ข้อความถึงผู้ขอ"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
