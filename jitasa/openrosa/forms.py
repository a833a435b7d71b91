"""The form of a telephone's token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.api.rules import LONGEST_DAYS
from jitasa.ui.forms import ThaiIntegerField


class CollectForm(forms.Form):
    name = forms.CharField(
        label=_("ผู้ถือโทรศัพท์"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("เช่น โทรศัพท์งานป้องกันฯ เครื่องที่ 1")}),
        help_text=_("หนึ่งเครื่องหนึ่งรหัส เครื่องหายให้ยกเลิกเฉพาะรหัสนั้นที่หน้าโทเคน API"),
    )
    days = ThaiIntegerField(label=_("ใช้ได้กี่วัน"), min_value=1, max_value=LONGEST_DAYS, initial=180)

    def put(self, fields: dict[str, list[str]]) -> None:
        """A service's refusals at their fields."""
        for name, texts in fields.items():
            for text in texts:
                self.add_error(name if name in self.fields else None, text)
