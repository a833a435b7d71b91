"""Input shapes of the lists and of a month's rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.problems import Refusal
from jitasa.rounds.choices import ALWAYS_REQUIRED, REQUIRABLE, RETURNABLE
from jitasa.rounds.models import ListItem, Round
from jitasa.rounds.rules import PHOTOS_LEAST_BOUND, PHOTOS_MOST_BOUND
from jitasa.rounds.rules_heading import MOST
from jitasa.rounds.selectors.lists import ListOf, current_kinds, current_measures
from jitasa.rounds.services.rounds import RoundRules
from jitasa.ui.forms import ANY_DAY, PillSelect, PillSelectMultiple, ThaiDateField, ThaiIntegerField
from jitasa.ui.printed import PrintedText


def add_refusal(form: forms.BaseForm, refusal: Refusal) -> None:
    """Put a refusal where it belongs: at its fields, what has none at the head of the form."""
    for name, texts in refusal.fields.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)
    if not refusal.fields:
        form.add_error(None, refusal.message)


class RoundForm(forms.Form):
    """All rules of one month. ``based_on`` is the revision the person saw."""

    conflict = False  # somebody else was faster; the page answers 409
    based_on = forms.IntegerField(widget=forms.HiddenInput)
    due_on = ThaiDateField(
        label=_("ครบกำหนด"),
        expected=ANY_DAY,
        help_text=_("ส่งถึงเที่ยงคืนของวันนี้นับว่าทันกำหนด หากเป็นวันหยุดจะเลื่อนเป็นวันทำการถัดไป หลังจากนั้นยังส่งได้แต่นับว่าล่าช้า"),
    )
    required_fields = forms.MultipleChoiceField(
        label=_("ช่องที่ต้องกรอกก่อนส่ง"),
        help_text=_("ชื่อกิจกรรม ประเภท วันที่จัด และจำนวนผู้เข้าร่วม ต้องกรอกเสมอ"),
        choices=[(name, label) for name, label in REQUIRABLE.items() if name not in ALWAYS_REQUIRED],
        widget=PillSelectMultiple,
        required=False,
    )
    photos_least = ThaiIntegerField(label=_("ภาพอย่างน้อย"), min_value=0, max_value=PHOTOS_LEAST_BOUND)
    photos_most = ThaiIntegerField(label=_("ภาพไม่เกิน"), min_value=1, max_value=PHOTOS_MOST_BOUND)
    nil_allowed = forms.BooleanField(
        label=_("หน่วยงานแจ้งว่าไม่มีกิจกรรมได้"), required=False, help_text=_("ต้องระบุสาเหตุทุกครั้ง")
    )
    report_heading = PrintedText(
        label=_("หัวรายงานหนึ่งหน้า"),
        max_length=MOST,
        help_text=_("ขึ้นบนรายงานและภาพสำหรับส่ง LINE ใช้ {หน่วยงาน} {วันที่} {ประเภท} แทนข้อมูลของแต่ละรายการ"),
    )
    note = forms.CharField(
        label=_("หมายเหตุถึงหน่วยงาน"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("ใช้เฉพาะเดือนนี้ ไม่คัดลอกไปเดือนถัดไป"),
    )

    @classmethod
    def for_round(cls, round_: Round, *, revision: int, data: Any = None) -> "RoundForm":
        names = (
            "due_on",
            "required_fields",
            "photos_least",
            "photos_most",
            "nil_allowed",
            "report_heading",
            "note",
        )
        initial = {name: getattr(round_, name) for name in names}
        initial |= {"due_on": round_.nominal_due_on, "based_on": revision}
        return cls(data, initial=initial)

    def rules(self) -> RoundRules:
        """What the person asks for, once the form is valid."""
        values = dict(self.cleaned_data)
        values.pop("based_on")
        return RoundRules(**values | {"required_fields": tuple(values["required_fields"])})


class ItemForm(forms.Form):
    """A word of a list; columns the list does not have are left out."""

    label = PrintedText(label=_("คำที่แสดง"), max_length=150)
    label_en = forms.CharField(label=_("คำภาษาอังกฤษ"), max_length=150, required=False)
    kind_code = forms.ChoiceField(
        label=_("ใช้กับประเภท"), required=False, widget=PillSelect, help_text=_("คำนี้จะเสนอเมื่อเลือกประเภทนั้น")
    )
    keywords = forms.CharField(
        label=_("คำในชื่อกิจกรรม"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("คั่นด้วยจุลภาค เมื่อชื่อกิจกรรมมีคำเหล่านี้ แบบบันทึกจะเสนอลักษณะงานนี้"),
    )
    measures = forms.MultipleChoiceField(
        label=_("ปริมาณงานที่ถามก่อน"), required=False, widget=PillSelectMultiple
    )
    unit = PrintedText(label=_("หน่วย"), max_length=40, help_text=_("เช่น ต้น ไร่ กิโลเมตร"))
    decimals = ThaiIntegerField(label=_("จำนวนหลักทศนิยม"), min_value=0, max_value=3, initial=0)
    text = forms.CharField(
        label=_("ข้อความถึงผู้บันทึก"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("ระบุว่าผิดส่วนใด และต้องแก้ไขอย่างไร"),
    )
    fields_ = forms.MultipleChoiceField(
        label=_("ช่องที่ต้องแก้"),
        choices=list(RETURNABLE.items()),
        widget=PillSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, of: ListOf, item: ListItem | None = None) -> None:
        initial = {name: getattr(item, name) for name in ("label", "label_en", *of.extra)} if item else {}
        if "fields" in initial:
            initial["fields_"] = initial.pop("fields")
        super().__init__(data, initial=initial)
        for name in ("kind_code", "keywords", "measures", "unit", "decimals", "text", "fields"):
            if name not in of.extra:
                del self.fields["fields_" if name == "fields" else name]
        if "kind_code" in self.fields:
            kinds = [(kind.code, kind.words) for kind in current_kinds()]
            self.fields["kind_code"].choices = [("", _("ทุกประเภท")), *kinds]  # type: ignore[attr-defined]  # a choice field
        if "measures" in self.fields:
            measures = [(measure.code, measure.words) for measure in current_measures()]
            self.fields["measures"].choices = measures  # type: ignore[attr-defined]  # a choice field
        if item is not None and "unit" in self.fields:
            self.fields["unit"].help_text = _("เปลี่ยนไม่ได้ หากหน่วยผิด ให้เลิกใช้แล้วเพิ่มรายการใหม่")

    def content(self) -> dict[str, Any]:
        """The columns of the list, once the form is valid."""
        values = dict(self.cleaned_data)
        if "fields_" in values:
            values["fields"] = values.pop("fields_")
        return values
