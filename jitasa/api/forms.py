"""The form of a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.api.choices import Scope
from jitasa.api.rules import LONGEST_DAYS
from jitasa.ui.forms import PillSelectMultiple, ThaiIntegerField


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("ใช้กับระบบใด"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("เช่น ระบบสารบรรณของเทศบาล")}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("การดำเนินการ"), choices=Scope.choices, widget=PillSelectMultiple
    )
    days = ThaiIntegerField(
        label=_("ใช้ได้กี่วัน"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=180,
        help_text=_("ไม่เกิน 366 วัน ก่อนครบกำหนดให้ออกโทเคนใหม่แทน"),
    )

    def put(self, fields: dict[str, list[str]]) -> None:
        """A service's refusals at their fields."""
        for name, texts in fields.items():
            for text in texts:
                self.add_error(name if name in self.fields else None, text)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
