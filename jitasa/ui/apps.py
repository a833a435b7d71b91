"""The app, and the words Django's own form fields use for the commonest mistakes."""

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "jitasa.ui"
    verbose_name = "ส่วนแสดงผล"

    def ready(self) -> None:
        """Registers ``<number:…>``. Django's Thai for these is stiff ("ฟิลด์นี้จำเป็น"); a field may still say its own."""
        from jitasa.ui import converters  # noqa: F401 (registers; addresses are read later)

        forms.Field.default_error_messages["required"] = _("กรอกหรือเลือกช่องนี้")
        forms.ChoiceField.default_error_messages["invalid_choice"] = _("เลือกจากรายการที่มีให้")
        forms.MultipleChoiceField.default_error_messages["invalid_choice"] = _("เลือกจากรายการที่มีให้")
        forms.ModelChoiceField.default_error_messages["invalid_choice"] = _("เลือกจากรายการที่มีให้")
