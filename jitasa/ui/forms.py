"""Form fields and widgets of the project, rendered by our own templates."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from jitasa.thai.dates import day_of
from jitasa.ui.days import short_date
from jitasa.ui.parsing import parse_date, plain_number


class Renderer(TemplatesSetting):
    """Uses the project's templates for every form and field."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class ThaiDateInput(forms.DateInput):
    """A text box with the date as the reader writes it; a module puts the machine's calendar beside it."""

    template_name = "ui/widgets/date.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "placeholder": _("เช่น 22 พ.ย. 2569"), **(attrs or {})})

    def format_value(self, value: object) -> str | None:
        if isinstance(value, datetime):
            value = day_of(value)
        return short_date(value) if isinstance(value, date) else super().format_value(value)


class ThaiDateField(forms.DateField):
    """A day typed the Thai way (see :func:`jitasa.ui.parsing.parse_date`); cleans to ``datetime.date``."""

    widget = ThaiDateInput
    default_error_messages = {
        "invalid": _("อ่านวันที่นี้ไม่ได้ เขียนเป็น วัน เดือน ปี พ.ศ. เช่น 22 พ.ย. 2569 หรือ 22/11/2569"),
        "required": _("กรอกวันที่ เช่น 22 พ.ย. 2569"),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return day_of(value)
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except ValueError as wrong:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from wrong

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class NumberText(forms.TextInput):
    """A text box that opens the numeric keypad and takes Thai digits (a number box would refuse them)."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, mode: str = "numeric") -> None:
        super().__init__({"inputmode": mode, "autocomplete": "off", **(attrs or {})})


class ThaiIntegerField(forms.IntegerField):
    """A whole number in Thai or Arabic digits, commas allowed."""

    widget = NumberText
    default_error_messages = {
        "invalid": _("กรอกเป็นจำนวนเต็ม เช่น 12"),
        "min_value": _("ต้องไม่น้อยกว่า %(limit_value)s"),
        "max_value": _("ต้องไม่เกิน %(limit_value)s"),
    }

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class ThaiDecimalField(forms.DecimalField):
    """A number with decimals in Thai or Arabic digits, commas allowed; cleans to ``Decimal``."""

    widget = NumberText(mode="decimal")
    default_error_messages = {
        "invalid": _("กรอกเป็นตัวเลข เช่น 1,250.50"),
        "min_value": _("ต้องไม่น้อยกว่า %(limit_value)s"),
        "max_value": _("ต้องไม่เกิน %(limit_value)s"),
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class PillSelect(forms.RadioSelect):
    """One of a few choices, as pills."""

    template_name = "ui/widgets/pills.html"


class PillSelectMultiple(forms.CheckboxSelectMultiple):
    """Any of a few choices, as pills."""

    template_name = "ui/widgets/pills.html"
