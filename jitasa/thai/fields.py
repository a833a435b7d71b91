"""A form field for a day as Thai officers write it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jitasa.thai.dates import parse_date, short_date


class ThaiDateField(forms.CharField):
    """A text field read by :func:`jitasa.thai.dates.parse_date`; its value is a ``date`` or ``None``.

    A browser's own date field shows Christian-era years in many languages, so a plain one is used.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("เช่น 22 พ.ย. 2569 หรือ 22/11/2569"))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]  # a CharField of another value
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return short_date(value) if isinstance(value, date) else value

    def run_validators(self, value: Any) -> None:
        """The limits on text say nothing about a day."""
