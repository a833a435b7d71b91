"""The important days that a Buddhist-era year begins with (docs/domain.md §4): data for ``install``.

Each fixed day has the names it bore, with the first and last year of each: 13 October became
วันนวมินทรมหาราช on 26 September 2566; the official name of 12 August from 2569 is not known, so only
the part that is known is given. Lunar days are computed; วันพืชมงคล is announced by the Palace each
year and given only for the years announced.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

from jitasa.occasions.models import OccasionKind
from jitasa.thai.dates import BE_OFFSET


@dataclass(frozen=True)
class Name:
    """An official and a short name, valid from one Buddhist-era year to another (``None``: open)."""

    official: str
    short: str
    first: int | None = None
    last: int | None = None

    def valid_in(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True)
class Day:
    """One row to write."""

    code: str
    date: date
    name: str
    short_name: str
    kind: OccasionKind


ROYAL, RELIGIOUS, NATIONAL = OccasionKind.ROYAL, OccasionKind.RELIGIOUS, OccasionKind.NATIONAL
_RAMA_9 = "พระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร"
FIXED: list[tuple[str, int, int, OccasionKind, list[Name]]] = [
    ("ramkhamhaeng", 1, 17, ROYAL, [Name("วันพ่อขุนรามคำแหงมหาราช", "วันพ่อขุนรามคำแหงมหาราช")]),
    (
        "naresuan",
        1,
        18,
        ROYAL,
        [Name("วันสมเด็จพระนเรศวรมหาราช และวันกองทัพไทย", "วันสมเด็จพระนเรศวรฯ/กองทัพไทย")],
    ),
    ("national-artist", 2, 24, NATIONAL, [Name("วันศิลปินแห่งชาติ", "วันศิลปินแห่งชาติ")]),
    ("local-government", 3, 18, NATIONAL, [Name("วันท้องถิ่นไทย", "วันท้องถิ่นไทย")]),
    ("rama-3", 3, 31, ROYAL, [Name("วันพระบาทสมเด็จพระนั่งเกล้าเจ้าอยู่หัว", "วันพระนั่งเกล้าฯ (ร.3)")]),
    (
        "princess-sirindhorn",
        4,
        2,
        ROYAL,
        [
            Name(
                "วันคล้ายวันพระราชสมภพ สมเด็จพระกนิษฐาธิราชเจ้า กรมสมเด็จพระเทพรัตนราชสุดา ฯ สยามบรมราชกุมารี "
                "และวันอนุรักษ์มรดกไทย",
                "วันพระราชสมภพ กรมสมเด็จพระเทพรัตนฯ/อนุรักษ์มรดกไทย",
                first=2562,
            ),
            Name(
                "วันคล้ายวันพระราชสมภพ สมเด็จพระเทพรัตนราชสุดา ฯ สยามบรมราชกุมารี และวันอนุรักษ์มรดกไทย",
                "วันพระราชสมภพ สมเด็จพระเทพรัตนฯ/อนุรักษ์มรดกไทย",
                last=2561,
            ),
        ],
    ),
    (
        "chakri",
        4,
        6,
        ROYAL,
        [Name("วันพระบาทสมเด็จพระพุทธยอดฟ้าจุฬาโลกมหาราช และวันที่ระลึกมหาจักรีบรมราชวงศ์", "วันจักรี")],
    ),
    ("coronation", 5, 4, ROYAL, [Name("วันฉัตรมงคล", "วันฉัตรมงคล", first=2563)]),
    ("rama-7", 5, 30, ROYAL, [Name("วันพระบาทสมเด็จพระปกเกล้าเจ้าอยู่หัว", "วันพระปกเกล้าฯ (ร.7)")]),
    (
        "queen-suthida",
        6,
        3,
        ROYAL,
        [
            Name(
                "วันเฉลิมพระชนมพรรษา สมเด็จพระนางเจ้าสุทิดา พัชรสุธาพิมลลักษณ พระบรมราชินี",
                "วันเฉลิมพระชนมพรรษาพระบรมราชินี",
                first=2562,
            )
        ],
    ),
    ("rama-8", 6, 9, ROYAL, [Name("วันอานันทมหิดล", "วันอานันทมหิดล (ร.8)")]),
    ("narai", 7, 11, ROYAL, [Name("วันสมเด็จพระนารายณ์มหาราช", "วันสมเด็จพระนารายณ์ฯ")]),
    (
        "king-birthday",
        7,
        28,
        ROYAL,
        [Name("วันเฉลิมพระชนมพรรษา พระบาทสมเด็จพระเจ้าอยู่หัว", "วันเฉลิมพระชนมพรรษา ร.10", first=2560)],
    ),
    (
        "mother-day",
        8,
        12,
        ROYAL,
        [
            Name("วันแม่แห่งชาติ", "วันแม่แห่งชาติ", first=2569),
            Name(
                "วันเฉลิมพระชนมพรรษา สมเด็จพระบรมราชชนนีพันปีหลวง และวันแม่แห่งชาติ",
                "วันเฉลิมพระชนมพรรษา พระพันปีหลวง/วันแม่แห่งชาติ",
                first=2562,
                last=2568,
            ),
            Name("วันแม่แห่งชาติ", "วันแม่แห่งชาติ", last=2561),
        ],
    ),
    (
        "canal",
        9,
        20,
        NATIONAL,
        [Name("วันอนุรักษ์และรักษาคูคลองแห่งชาติ", "วันอนุรักษ์และรักษาคูคลองแห่งชาติ")],
    ),
    ("mahidol", 9, 24, ROYAL, [Name("วันมหิดล", "วันมหิดล")]),
    ("flag", 9, 28, NATIONAL, [Name("วันพระราชทานธงชาติไทย", "วันพระราชทานธงชาติไทย", first=2560)]),
    (
        "rama-9-memorial",
        10,
        13,
        ROYAL,
        [
            Name("วันนวมินทรมหาราช", "วันนวมินทรมหาราช", first=2566),
            Name(f"วันคล้ายวันสวรรคต{_RAMA_9}", "วันคล้ายวันสวรรคต ร.9", first=2560, last=2565),
        ],
    ),
    ("rama-4", 10, 18, ROYAL, [Name("วันพระบาทสมเด็จพระจอมเกล้าเจ้าอยู่หัว", "วันพระจอมเกล้าฯ (ร.4)")]),
    (
        "love-trees",
        10,
        21,
        NATIONAL,
        [Name("วันรักต้นไม้ประจำปีของชาติ", "วันรักต้นไม้ประจำปีของชาติ")],
    ),
    ("chulalongkorn", 10, 23, ROYAL, [Name("วันปิยมหาราช", "วันปิยมหาราช (ร.5)")]),
    ("vajiravudh", 11, 25, ROYAL, [Name("วันสมเด็จพระมหาธีรราชเจ้า", "วันสมเด็จพระมหาธีรราชเจ้า (ร.6)")]),
    (
        "father-day",
        12,
        5,
        ROYAL,
        [
            Name(
                f"วันคล้ายวันพระบรมราชสมภพ{_RAMA_9} วันชาติ และวันพ่อแห่งชาติ",
                "วันพ่อแห่งชาติ/วันชาติ",
                first=2560,
            )
        ],
    ),
    ("taksin", 12, 28, ROYAL, [Name("วันสมเด็จพระเจ้าตากสินมหาราช", "วันสมเด็จพระเจ้าตากสินฯ")]),
]
LUNAR: list[tuple[str, str, str, str]] = [
    # code, the name in the package, official name, short name
    ("makha-bucha", "วันมาฆบูชา", "วันมาฆบูชา", "วันมาฆบูชา"),
    ("visakha-bucha", "วันวิสาขบูชา", "วันวิสาขบูชา และวันต้นไม้ประจำปีของชาติ", "วันวิสาขบูชา/วันต้นไม้ประจำปีของชาติ"),
    ("asanha-bucha", "วันอาสาฬหบูชา", "วันอาสาฬหบูชา", "วันอาสาฬหบูชา"),
    ("khao-phansa", "วันเข้าพรรษา", "วันเข้าพรรษา", "วันเข้าพรรษา"),
]
PLOUGHING = {2565: (5, 13), 2566: (5, 17), 2567: (5, 10), 2568: (5, 9), 2569: (5, 13)}


def days_of(year: int) -> list[Day]:
    """The important days of a Buddhist-era year, with the names of that year, in order of date."""
    days = [*_fixed(year), *_lunar(year)]
    if year in PLOUGHING:
        month, day = PLOUGHING[year]
        name = "วันพระราชพิธีพืชมงคลจรดพระนังคัลแรกนาขวัญ"
        days.append(Day("ploughing", date(year - BE_OFFSET, month, day), name, "วันพืชมงคล", ROYAL))
    return sorted(days, key=lambda day: (day.date, day.code))


def _fixed(year: int) -> list[Day]:
    return [
        Day(code, date(year - BE_OFFSET, month, day), name.official, name.short, kind)
        for code, month, day, kind, names in FIXED
        for name in names
        if name.valid_in(year)
    ]


def _lunar(year: int) -> list[Day]:
    dates = _lunar_dates(year - BE_OFFSET)
    return [
        Day(code, dates[known_as], official, short, RELIGIOUS)
        for code, known_as, official, short in LUNAR
        if known_as in dates
    ]


@lru_cache(maxsize=32)
def _lunar_dates(gregorian_year: int) -> dict[str, date]:
    """Name → day, as the package computes it; days that fall together share one entry there."""
    found = holidays.country_holidays("TH", years=gregorian_year, language="th")
    return {name: day for day, names in found.items() for name in names.split("; ")}
