"""Template filters for dates, months, digits and words of lists, in the reader's language and numerals."""

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from jitasa.thai import dates, digits
from jitasa.ui import days
from jitasa.ui.numerals import shown, whole_in_own_digits

register = template.Library()
_RECEIPT = re.compile(r"\b\d{2}-\d{4}-\d{6}(?:-[0-9A-Z]{8})?\b")


def _day(value: date | datetime) -> date:
    return dates.day_of(value) if isinstance(value, datetime) else value


@register.filter
def thai_date(value: date | datetime | None) -> str:
    """``25 พ.ย. 2569``, in English ``25 Nov 2026``; nothing for an empty value."""
    return shown(days.short_date(_day(value))) if value else ""


@register.filter
def thai_long_date(value: date | datetime | None) -> str:
    """``25 พฤศจิกายน 2569``, ``25 November 2026``."""
    return shown(days.long_date(_day(value))) if value else ""


@register.filter
def thai_datetime(value: datetime | None) -> str:
    """``25 พ.ย. 2569 เวลา 10:42 น.``, ``25 Nov 2026, 10:42``."""
    return shown(days.date_time(value)) if value else ""


@register.filter
def thai_month(value: date | None) -> str:
    """``พฤศจิกายน 2569``, ``November 2026``."""
    return shown(days.month_name(value)) if value else ""


@register.filter
def thai_month_short(value: date | None) -> str:
    """``พ.ย. 69``, ``Nov 26``."""
    return shown(days.month_name_short(value)) if value else ""


@register.filter
def month_slug(value: date | None) -> str:
    """``2569-11``, as addresses write a month."""
    return dates.month_slug(value) if value else ""


@register.filter
def whole_numbers(text: str) -> str:
    """Numbers of receipts within words are not broken at their hyphens."""
    return mark_safe(_RECEIPT.sub(r'<span class="num">\g<0></span>', conditional_escape(text)))  # noqa: S308 (escaped)


@register.filter
def label(item: object) -> str:
    """The word of a list's item in the reader's language (``ListItem.words``); nothing for no item."""
    return "" if item is None else str(getattr(item, "words", item))


@register.filter
def time_span(start: time | None, end: time | None = None) -> str:
    """``08:30–10:30 น.``, in English ``08:30–10:30``; nothing where neither is known."""
    return shown(days.time_span(start, end))


@register.filter
def letter_number(number: object) -> str:
    """A letter is printed with Thai digits; the number is shown in those the reader chose."""
    return whole_in_own_digits(number)


@register.filter
def thai_digits(value: object) -> str:
    return digits.to_thai(value)


@register.filter
def own_digits(value: object) -> str:
    """Words made elsewhere, with their digits as the reader wants them."""
    return shown(value)


@register.filter
def n(value: object) -> str:
    """Thousands separated by commas: ``9640`` → ``9,640``; ``–`` where there is no number."""
    if value is None or value == "":
        return "–"
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if number == number.to_integral_value():
        return shown(f"{int(number):,}")
    return shown(f"{number:,.2f}".rstrip("0"))
