"""Form fields and widgets of the project, rendered by our own templates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jitasa.thai.dates import day_of
from jitasa.ui.days import distance, long_date, short_date
from jitasa.ui.parsing import parse_date, plain_number
from jitasa.ui.reading import day_or_none, identifier


class Renderer(TemplatesSetting):
    """Uses the project's templates for every form and field."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class DayTyped(str):
    """A day as it was typed, with the day (``2026-11-22``) that the person has said yes to."""

    sure: str

    def __new__(cls, text: str, sure: str) -> "DayTyped":
        made = super().__new__(cls, text)
        made.sure = sure
        return made


@dataclass(frozen=True)
class Expected:
    """How many days before and after today a day is believed without asking; ``None``: any number."""

    past: int | None = 730
    ahead: int | None = 730

    def is_far(self, day: date, today: date) -> bool:
        """Whether the person is asked if this is the day she means."""
        gone = (today - day).days
        return (self.past is not None and gone > self.past) or (self.ahead is not None and -gone > self.ahead)


ANY_DAY = Expected(None, None)


class ThaiDateInput(forms.DateInput):
    """A text box with the date as the reader writes it; a module puts the machine's calendar beside it.

    A day that is far from what is expected has a box to say yes to it, posted as ``<name>_sure``; it is
    ticked for a day that has been kept before (all of them, or only ``sure_day``).
    """

    template_name = "ui/widgets/date.html"
    expected = Expected()
    believes_kept = True
    sure_day: date | None = None

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "placeholder": _("เช่น 22 พ.ย. 2569"), **(attrs or {})})

    def format_value(self, value: object) -> str | None:
        if isinstance(value, datetime):
            value = day_of(value)
        return short_date(value) if isinstance(value, date) else super().format_value(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return DayTyped(typed, str(data.get(f"{name}_sure") or "")) if isinstance(typed, str) else typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        now = day_of(timezone.now())
        day = day_or_none(value, near=now) if isinstance(value, str) else value
        if isinstance(day, date) and self.expected.is_far(day, now):
            sure = day.isoformat()
            kept = self.believes_kept or self.sure_day == day
            yes = value.sure == sure if isinstance(value, DayTyped) else kept
            context["ask"] = {"name": f"{name}_sure", "value": sure, "day": day, "yes": yes}
        return context


class ThaiDateField(forms.DateField):
    """A day typed the Thai way (see :func:`jitasa.thai.dates.parse_date`); cleans to ``datetime.date``.

    A day beyond what is ``expected`` is asked back, and taken when the box beside it says yes to that very day.
    """

    widget = ThaiDateInput
    default_error_messages = {
        "invalid": _("อ่านวันที่นี้ไม่ได้ เขียนเป็น วัน เดือน ปี พ.ศ. เช่น 22 พ.ย. 2569 หรือ 22/11/2569"),
        "required": _("กรอกวันที่ เช่น 22 พ.ย. 2569"),
        "far": _("%(day)s ห่างจากวันนี้ %(distance)s ใช่วันนี้หรือไม่ ถ้าใช่ ทำเครื่องหมายยืนยันวันที่แล้วส่งอีกครั้ง ถ้าไม่ใช่ แก้วันที่"),
    }

    def __init__(self, *args: Any, expected: Expected | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.expected = self.widget.expected = expected or Expected()

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        today = day_of(timezone.now())
        if day is None or not isinstance(value, DayTyped) or not self.expected.is_far(day, today):
            return day
        if value.sure == day.isoformat():
            return day
        words = {"day": long_date(day), "distance": distance(abs((today - day).days))}
        raise ValidationError(self.error_messages["far"], code="far", params=words)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return day_of(value)
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value), near=day_of(timezone.now()))
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
        "max_digits": _("ตัวเลขยาวเกิน %(max)s หลัก ตรวจอีกครั้ง"),
        "max_decimal_places": _("ทศนิยมได้ไม่เกิน %(max)s ตำแหน่ง ปัดเศษแล้วกรอกใหม่"),
        "max_whole_digits": _("ตัวเลขหน้าจุดทศนิยมยาวเกิน %(max)s หลัก ตรวจอีกครั้ง"),
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class RowsField(forms.ModelMultipleChoiceField[Any]):
    """Rows ticked in a list. A number that no row can have is refused like any other that is not offered."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if identifier(key) is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


class PillSelect(forms.RadioSelect):
    """One of a few choices, as pills."""

    template_name = "ui/widgets/pills.html"


class PillSelectMultiple(forms.CheckboxSelectMultiple):
    """Any of a few choices, as pills."""

    template_name = "ui/widgets/pills.html"
