"""The days a year begins with: the department's table, names of their year, nothing overwritten."""

from datetime import date

import pytest

from jitasa.audit.models import Entry
from jitasa.occasions.models import Occasion
from jitasa.occasions.services.calendar import days_of
from jitasa.occasions.services.install import install_occasions
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast

# docs/domain.md §4, as announced: (month, day) of 2565 … 2569
TABLE = {
    "makha-bucha": [(2, 16), (3, 6), (2, 24), (2, 12), (3, 3)],
    "ploughing": [(5, 13), (5, 17), (5, 10), (5, 9), (5, 13)],
    "visakha-bucha": [(5, 15), (6, 3), (5, 22), (5, 11), (5, 31)],
    "asanha-bucha": [(7, 13), (8, 1), (7, 20), (7, 10), (7, 29)],
    "khao-phansa": [(7, 14), (8, 2), (7, 21), (7, 11), (7, 30)],
}
FIXED = """ม.ค. 17 18 | ก.พ. 24 | มี.ค. 18 31 | เม.ย. 2 6 | พ.ค. 4 30 | มิ.ย. 3 9 | ก.ค. 11 28 | ส.ค. 12
| ก.ย. 20 24 28 | ต.ค. 13 18 21 23 | พ.ย. 25 | ธ.ค. 5 28"""


@pytest.mark.parametrize("code", TABLE)
@pytest.mark.parametrize("year", range(2565, 2570))
def test_moving_days_fall_as_announced(code: str, year: int) -> None:
    found = {day.code: day.date for day in days_of(year)}
    assert found[code] == date(year - 543, *TABLE[code][year - 2565])


def test_the_fixed_days_are_those_of_the_table() -> None:
    wanted = [
        (month, int(day))
        for month, part in enumerate(FIXED.replace("\n", " ").split("|"), 1)
        for day in part.split()[1:]
    ]
    moving = set(TABLE)
    assert [(d.date.month, d.date.day) for d in days_of(2569) if d.code not in moving] == wanted


@pytest.mark.parametrize(
    ("year", "code", "name"),
    [
        (2565, "rama-9-memorial", "วันคล้ายวันสวรรคตพระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร"),
        (2566, "rama-9-memorial", "วันนวมินทรมหาราช"),
        (2569, "mother-day", "วันแม่แห่งชาติ"),
    ],
)
def test_a_day_bears_the_name_of_its_year(year: int, code: str, name: str) -> None:
    assert {day.code: day.name for day in days_of(year)}[code] == name


def test_days_that_were_not_yet_are_left_out() -> None:
    assert "coronation" not in {day.code for day in days_of(2562)}
    assert "coronation" in {day.code for day in days_of(2563)}
    assert "ploughing" not in {day.code for day in days_of(2570)}  # not announced when this was written


def test_no_code_or_name_stands_twice_in_a_year() -> None:
    for year in range(2560, 2600):
        codes = [day.code for day in days_of(year)]
        assert len(codes) == len(set(codes))


def test_installing_again_changes_nothing(cast: Cast) -> None:
    added = install_occasions(years=[2568, 2569], actor=SYSTEM, now=NOW)
    assert added == Occasion.objects.count() == len(days_of(2568)) + len(days_of(2569))
    Occasion.objects.filter(code="chakri", date__year=2026).update(retired_at=NOW)
    Occasion.objects.filter(code="mahidol", date__year=2026).update(date=date(2026, 9, 25))
    assert install_occasions(years=[2569], actor=cast.fah, now=NOW) == 0
    assert Entry.objects.filter(verb="occasion.install").count() == 1


def test_only_the_department_installs_and_only_years_that_can_be(cast: Cast) -> None:
    for stranger in (cast.anong, cast.dao, cast.ek):
        with pytest.raises(Forbidden):
            install_occasions(years=[2569], actor=stranger, now=NOW)
    with pytest.raises(Refusal, match="พุทธศักราช"):
        install_occasions(years=[2026], actor=cast.fah, now=NOW)
    assert not Occasion.objects.exists()
