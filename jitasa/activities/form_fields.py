"""Fields of the record's form that only it has: times, codes and ids of what is offered, degrees."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.activities.choices import FORMER_CHANNELS
from jitasa.thai.digits import to_arabic
from jitasa.ui.forms import NumberText
from jitasa.ui.reading import are_digits, identifier

CODE_LETTERS = 60


class TimeText(forms.TimeInput):
    """A text box with the numeric keypad: 0830 is enough. (A time box shows AM and PM on many machines.)"""

    def __init__(self) -> None:
        super().__init__(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "08:30"}, format="%H:%M"
        )


class ThaiTimeField(forms.TimeField):
    """08:30, 8.30, 0830, Thai digits too."""

    widget = TimeText
    default_error_messages = {"invalid": _("อ่านเวลานี้ไม่ได้ เขียนเป็น ชั่วโมง:นาที เช่น 08:30")}

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            plain = to_arabic(value).replace("น.", "").strip().replace(".", ":")
            value = f"{plain[:-2]}:{plain[-2:]}" if are_digits(plain, least=3, most=4) else plain
        return super().to_python(value)


class CodeField(forms.ChoiceField):
    """A code of what is offered. Whether it is on offer is the service's to say: it must say so anyhow."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= CODE_LETTERS


class IdField(forms.TypedChoiceField):
    """An id of what is offered, checked by the service as well."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=_id, empty_value=None, **options)

    def valid_value(self, _value: Any) -> bool:
        return True


def _id(text: str) -> int:
    number = identifier(text)
    if number is None:
        raise ValueError(text)
    return number


class DegreesField(forms.FloatField):
    """Degrees with a decimal point, Thai digits too."""

    widget = NumberText(mode="decimal")
    default_error_messages = {"invalid": _("เขียนพิกัดเป็นทศนิยม เช่น 8.0863")}

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_arabic(value) if isinstance(value, str) else value)


class ChannelField(forms.MultipleChoiceField):
    """Channels of the one list; a page kept on a device may still send a former code."""

    def to_python(self, value: object) -> list[str]:
        return [str(FORMER_CHANNELS.get(code, code)) for code in super().to_python(value)]
