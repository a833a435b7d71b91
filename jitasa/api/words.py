"""What is said of a value in a body that cannot be read: the words of the form on the screen, wherever it has them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from jitasa.activities.form_fields import DegreesField, ThaiTimeField
from jitasa.ui.forms import ThaiDecimalField, ThaiIntegerField

Context = Mapping[str, Any]


def words_for(kind: str, error: Mapping[str, Any]) -> str:
    """``kind`` is pydantic's type of the fault, ``error`` what else it says of it."""
    about: Context = error.get("ctx", {})
    if kind == "value_error" and about.get("error"):
        return str(about["error"])
    say = _BY_KIND.get(kind) or next(
        (say for start, say in _BY_START.items() if kind.startswith(start)), None
    )
    return say(about) if say is not None else _("ค่านี้ใช้ไม่ได้: %(why)s") % {"why": error.get("msg", kind)}


def date_words() -> str:
    return _("อ่านวันที่นี้ไม่ได้ กรอกปี ค.ศ. เดือน และวัน เช่น 2026-11-20")


def _least(about: Context) -> str:
    return _limit("min_value", about.get("ge", about.get("gt")))


def _most(about: Context) -> str:
    return _limit("max_value", about.get("le", about.get("lt")))


def _limit(code: str, limit: object) -> str:
    return str(ThaiIntegerField.default_error_messages[code]) % {"limit_value": limit}


def _too_long(about: Context) -> str:
    return _("ยาวเกิน %(most)s ตัวอักษร ตัดให้สั้นลง") % {"most": f"{about['max_length']:,}"}


def _of_decimals(code: str, name: str) -> Callable[[Context], str]:
    return lambda about: str(ThaiDecimalField.default_error_messages[code]) % {"max": about[name]}


_BY_KIND: dict[str, Callable[[Context], str]] = {
    "missing": lambda _about: _("ต้องมีช่องนี้"),
    "extra_forbidden": lambda _about: _("ไม่รู้จักช่องนี้ ตรวจชื่อช่องในคู่มือ API"),
    "greater_than_equal": _least,
    "greater_than": _least,
    "less_than_equal": _most,
    "less_than": _most,
    "string_too_long": _too_long,
    "string_too_short": lambda _about: _("ต้องไม่ว่าง"),
    "string_pattern_mismatch": lambda about: _("ต้องเขียนตามแบบ %(pattern)s") % {"pattern": about["pattern"]},
    "too_long": lambda about: _("มีได้ไม่เกิน %(most)s รายการ แบ่งส่งเป็นหลายครั้ง") % {"most": about["max_length"]},
    "too_short": lambda about: _("ต้องมีอย่างน้อย %(least)s รายการ") % {"least": about["min_length"]},
    "literal_error": lambda about: _("ใช้ได้เฉพาะ %(choices)s") % {"choices": about["expected"]},
    "finite_number": lambda _about: str(ThaiDecimalField.default_error_messages["invalid"]),
    "decimal_max_digits": _of_decimals("max_digits", "max_digits"),
    "decimal_max_places": _of_decimals("max_decimal_places", "decimal_places"),
    "decimal_whole_digits": _of_decimals("max_whole_digits", "whole_digits"),
}
_BY_START: dict[str, Callable[[Context], str]] = {
    "int_": lambda _about: str(ThaiIntegerField.default_error_messages["invalid"]),
    "decimal_": lambda _about: str(ThaiDecimalField.default_error_messages["invalid"]),
    "float_": lambda _about: str(DegreesField.default_error_messages["invalid"]),
    "datetime_": lambda _about: _("อ่านวันและเวลานี้ไม่ได้ เขียนเช่น 2026-11-20T08:30:00+07:00"),
    "date_": lambda _about: date_words(),
    "time_": lambda _about: str(ThaiTimeField.default_error_messages["invalid"]),
    "uuid_": lambda _about: _("ต้องเป็น UUID เช่น 0192f3a0-7c1e-7a52-9b0c-3f1f5c2d8e11"),
    "bool_": lambda _about: _("ใช้ได้เฉพาะ true หรือ false"),
    "string_": lambda _about: _("ต้องเป็นข้อความในเครื่องหมายคำพูด"),
    "list_": lambda _about: _("ต้องเป็นรายการใน [ ]"),
    "dict_": lambda _about: _("ต้องเป็นชื่อกับค่าใน { }"),
    "model_": lambda _about: _("ต้องเป็นชื่อกับค่าใน { }"),
}
