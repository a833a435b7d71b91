"""The form of a new webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.ui.forms import PillSelectMultiple
from jitasa.webhooks.choices import Event


class WebhookForm(forms.Form):
    name = forms.CharField(
        label=_("แจ้งระบบใด"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("เช่น ระบบสารบรรณของเทศบาล")}),
    )
    url = forms.CharField(
        label=_("ที่อยู่ที่รับแจ้ง"),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
        help_text=_("ผู้พัฒนาของระบบนั้นเป็นผู้ให้ ต้องขึ้นต้นด้วย https:// และอยู่บนอินเทอร์เน็ต"),
    )
    events = forms.MultipleChoiceField(label=_("แจ้งเมื่อ"), choices=Event.choices, widget=PillSelectMultiple)

    def put(self, fields: dict[str, list[str]]) -> None:
        """A service's refusals at their fields."""
        for name, texts in fields.items():
            for text in texts:
                self.add_error(name if name in self.fields else None, text)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
