"""The filters above the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.audit import labels
from jitasa.ui.forms import ANY_DAY, ThaiDateField


class FilterForm(forms.Form):
    """Person, act and days; unusable days are left out of the filter and shown as errors."""

    person = forms.CharField(label=_("ผู้ทำ"), max_length=150, required=False)
    verb = forms.ChoiceField(label=_("การดำเนินการ"), required=False)
    first_day = ThaiDateField(label=_("ตั้งแต่วันที่"), required=False, expected=ANY_DAY)
    last_day = ThaiDateField(label=_("ถึงวันที่"), required=False, expected=ANY_DAY)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        self.fields["verb"].choices = [("", _("ทุกการดำเนินการ")), *labels.choices()]  # type: ignore[attr-defined]
