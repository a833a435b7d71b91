"""The name of a view."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.find.models import SavedView


class ViewForm(forms.ModelForm[SavedView]):
    """``shares``: whether the person may give the view to the whole office."""

    class Meta:
        model = SavedView
        fields = ("name", "shared")
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off", "maxlength": 60})}
        help_texts = {"name": _("เช่น “รอตรวจของ อ.เมือง” หรือ “เดือนนี้ยังไม่ส่ง”")}

    def __init__(self, data: object = None, *, instance: SavedView | None = None, shares: bool) -> None:
        super().__init__(data, instance=instance)  # type: ignore[arg-type]  # a QueryDict
        if not shares:
            del self.fields["shared"]

    def validate_unique(self) -> None:
        """The service says it, under its lock."""

    def validate_constraints(self) -> None:
        """The service says it, under its lock."""
