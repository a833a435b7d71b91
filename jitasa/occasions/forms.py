"""Input shape of an important day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.occasions.models import WIDEST_WINDOW, OccasionKind
from jitasa.occasions.rules import order_problems
from jitasa.occasions.services.edit import OccasionContent
from jitasa.ui.forms import PillSelect, ThaiDateField, ThaiIntegerField
from jitasa.ui.printed import PrintedText

WIDEST = WIDEST_WINDOW.days


class OccasionForm(forms.Form):
    """What a person enters about a day; whose day it is follows from who enters it."""

    date = ThaiDateField(label=_("วันที่"))
    kind = forms.ChoiceField(label=_("ประเภทของวัน"), choices=OccasionKind.choices, widget=PillSelect)
    name = PrintedText(label=_("ชื่อทางการ"), max_length=250, help_text=_("ตามประกาศของปีนั้น"))
    short_name = PrintedText(label=_("ชื่อสั้น"), max_length=120, help_text=_("ชื่อที่ให้เลือกในแบบบันทึกและในตาราง"))
    window_before = ThaiIntegerField(label=_("จัดก่อนวันจริงได้"), min_value=0, max_value=WIDEST, initial=7)
    window_after = ThaiIntegerField(label=_("จัดหลังวันจริงได้"), min_value=0, max_value=WIDEST, initial=7)
    guidance = forms.CharField(
        label=_("แนวทางการจัดกิจกรรม"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("แสดงให้หน่วยงานเห็นเมื่อเลือกวันนี้"),
    )

    order_reference = PrintedText(
        label=_("คำสั่งหรือหนังสือที่กำหนด"),
        max_length=250,
        required=False,
        help_text=_("เช่น คำสั่ง ศอ.จอส.จังหวัดกระบี่ ที่ 5/2569 ลงวันที่ 2 พฤศจิกายน 2569"),
    )
    order_file = forms.FileField(label=_("ไฟล์คำสั่งหรือหนังสือ"), required=False, help_text=_("PDF หรือภาพถ่าย"))

    def __init__(self, *args: Any, by_centre: bool = False, has_file: bool = False, **kwargs: Any) -> None:
        """``by_centre``: the order is demanded, and said so before; ``has_file``: it is kept already."""
        super().__init__(*args, **kwargs)
        for name, words in order_problems(by_centre=by_centre, reference="", has_file=has_file).items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words[0]

    def content(self) -> OccasionContent:
        """The day as entered, once the form is valid."""
        return OccasionContent(
            **{name: self.cleaned_data[name] for name in OccasionContent.__dataclass_fields__}
        )
