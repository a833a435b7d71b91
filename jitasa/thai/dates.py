"""Buddhist-era dates, months and the Thai fiscal year.

A *month* is the ``date`` of its first day; in addresses and on the command line it is written
``2569-10`` with the Buddhist-era year.
"""

import calendar
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from jitasa.thai.digits import to_arabic
from jitasa.thai.text import clean

BANGKOK = ZoneInfo("Asia/Bangkok")
BE_OFFSET = 543
YEARS = range(1900, 2201)  # Christian-era years that anything may be dated
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_MONTH_NUMBER = {
    name.replace(".", ""): number
    for names in (MONTHS, MONTHS_SHORT)
    for number, name in enumerate(names, start=1)
}
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_SLUG = re.compile(r"^(\d{4})-(\d{1,2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$")
_WITH_NAME = re.compile(r"^(\d{1,2})(?:เดือน)?(\D+?)(?:[พค]\.?ศ\.?)?(\d{4}|\d{2})$")
_WEEKDAY = re.compile(r"^(?:วัน\S*?)?ที่\s*")
# Whole words and the usual abbreviations: an octopus is no October.
_ENGLISH = {
    word: number
    for number, name in enumerate(calendar.month_name)
    if name
    for word in (name.lower(), name[:3].lower())
} | {"sept": 9}
_BLANKS = re.compile(r"\s+")
_BETWEEN = re.compile(
    r" ?([-/.,\u2010-\u2015\u2044\u2212\u2215]) ?(?=\d)"
)  # spaces and typographic strokes between numbers
_EARLIEST_BE = 2400  # a four-digit year below this is a Christian-era one
# What may stand before two digits of a year: centuries, with the offset of their calendar.
_CENTURIES = (
    *((century, 0) for century in range(1900, 2300, 100)),
    *((century, BE_OFFSET) for century in range(2400, 2800, 100)),
)


def be_year(day: date) -> int:
    """The Buddhist-era year of a day: 2026 → 2569."""
    return day.year + BE_OFFSET


def day_of(moment: datetime) -> date:
    """The calendar day in Thailand at an aware instant: between 17:00 and 24:00 UTC it is tomorrow's.

    The one way from an instant to a day (``tests/test_days.py``).

    :raises ValueError: for an instant without a zone, which may be any day.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant without a zone has no day")
    return moment.astimezone(BANGKOK).date()


def today(now: datetime) -> date:
    """The calendar day in Thailand it is ``now``."""
    return day_of(now)


def month_of(day: date) -> date:
    """The month (its first day) a day falls into."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The month ``count`` months later (earlier when negative)."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def same_day_before(day: date) -> date:
    """The same day of the month before; its last day where it has no such day: 31 March → 28 February."""
    last = last_day(add_months(month_of(day), -1))
    return last.replace(day=min(day.day, last.day))


def month_slug(month: date) -> str:
    """``date(2026, 10, 1)`` → ``2569-10``."""
    return f"{be_year(month)}-{month.month:02}"


def parse_month(text: str) -> date:
    """The month written ``2569-10`` (Thai digits too). :raises ValueError: if it is none."""
    match = _SLUG.match(to_arabic(text.strip()))
    if match is None:
        raise ValueError(f"เขียนเดือนเป็น ปี พ.ศ.-เดือน เช่น 2569-10 (ได้รับ {text!r})")
    year, month = int(match[1]) - BE_OFFSET, int(match[2])
    if not (year in YEARS and 1 <= month <= 12):
        raise ValueError(f"ไม่มีเดือน {text!r} ใช้ปี พ.ศ. เช่น 2569-10")
    return date(year, month, 1)


def parse_date(text: str, *, near: date) -> date:
    """The day a person wrote.

    ``22 พ.ย. 2569``, ``วันอาทิตย์ที่ 22 พฤศจิกายน พ.ศ. 2569``, ``22/11/2569``, ``22/11/69``, ``22/11/26``,
    ``2569-11-22``, ``22 Nov 2026`` and the program's own ``2026-11-22``; Thai digits too. A year of two digits is the
    one nearest to ``near`` (today, mostly) in either calendar: in 2026 both 69 and 26 are that year. Years below 2400
    are Christian-era years.

    :raises ValueError: in Thai, if it is no day.
    """
    written = _BETWEEN.sub(_stroke, _BLANKS.sub(" ", to_arabic(clean(text))).strip())
    parts = _date_parts(_WEEKDAY.sub("", written))
    if parts is None:
        raise ValueError(f"เขียนวันที่เป็น วัน เดือน ปี พ.ศ. เช่น 22 พ.ย. 2569 หรือ 22/11/2569 (ได้รับ {text.strip()!r})")
    year, month, day = parts
    try:
        result = date(_christian(year, near), month, day)
    except ValueError:
        raise ValueError(f"ไม่มีวันที่ {text.strip()!r} ในปฏิทิน") from None
    if result.year not in YEARS:
        raise ValueError(f"ปีของ {text.strip()!r} ไม่อยู่ในช่วงที่ใช้ได้ ใช้ปี พ.ศ. เช่น 2569")
    return result


def _stroke(match: re.Match[str]) -> str:
    """A stroke between numbers as a keyboard has it."""
    return match[1] if match[1] in "-/.," else "-"


def _date_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day as written, or ``None``."""
    if match := _YEAR_FIRST.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DAY_FIRST.match(text):
        return int(match[3]), int(match[2]), int(match[1])
    match = _WITH_NAME.match(text.replace(" ", ""))
    month = _month_number(match[2].replace(".", "").strip("/-,")) if match else None
    return (int(match[3]), month, int(match[1])) if match and month else None


def _month_number(name: str) -> int | None:
    return _MONTH_NUMBER.get(name) or _ENGLISH.get(name.lower())


def _christian(year: int, near: date) -> int:
    """A written year as a Christian-era one; of two digits, the nearest that either calendar writes so."""
    if year < 100:
        either = {base + year - offset for base, offset in _CENTURIES}
        return min(either, key=lambda each: (abs(each - near.year), each))
    return year - BE_OFFSET if year >= _EARLIEST_BE else year


def month_name(month: date) -> str:
    """``ตุลาคม 2569``."""
    return f"{MONTHS[month.month - 1]} {be_year(month)}"


def month_name_short(month: date) -> str:
    """``ต.ค. 69``."""
    return f"{MONTHS_SHORT[month.month - 1]} {be_year(month) % 100:02}"


def long_date(day: date) -> str:
    """``25 พฤศจิกายน 2569``, as letters write it (no word วันที่, no พ.ศ.)."""
    return f"{day.day} {MONTHS[day.month - 1]} {be_year(day)}"


def short_date(day: date) -> str:
    """``25 พ.ย. 2569``."""
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {be_year(day)}"


def clock(at: datetime | time) -> str:
    """``08.30``: a time of day as documents write it, with a full stop; a moment by the clock of Thailand."""
    local = at.astimezone(BANGKOK) if isinstance(at, datetime) else at
    return f"{local:%H.%M}"


def clock_span(start: time | None, end: time | None) -> str:
    """``08.30 – 10.30 น.`` as documents write it; one of the two alone, or nothing."""
    times = [clock(each) for each in (start, end) if each is not None]
    return f"{' – '.join(times)} น." if times else ""


def moment_words(at: datetime) -> str:
    """``25 พ.ย. 2569 เวลา 08.30 น.`` by the clock of Thailand, as documents write it."""
    return f"{short_date(day_of(at))} เวลา {clock(at)} น."


def fiscal_quarter(day: date) -> int:
    """The quarter of the Thai fiscal year: October to December is the first."""
    return (day.month - 10) % 12 // 3 + 1


def fiscal_year(day: date) -> int:
    """The Thai fiscal year (1 October to 30 September), named by the B.E. year in which it ends."""
    return be_year(day) + (1 if day.month >= 10 else 0)
