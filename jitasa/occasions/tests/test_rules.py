"""Who keeps which important day, and what is wrong with one as entered."""

from datetime import date

import pytest

from jitasa.occasions.models import Occasion
from jitasa.occasions.rules import may_edit, occasion_problems, order_problems
from tests.cast import Cast


@pytest.mark.django_db
def test_each_keeps_its_own_days(cast: Cast) -> None:
    national, of_krabi = Occasion(), Occasion(organization=cast.krabi)
    of_centre = Occasion(organization=cast.krabi, by_centre=True)

    def keepers(day: Occasion) -> set[str]:
        return {name for name in cast.people if may_edit(getattr(cast, name), day)}

    assert keepers(national) == {"fah"}
    assert keepers(of_krabi) == {"ek"}
    assert keepers(of_centre) == {"hathai"}


def test_a_centre_names_and_encloses_its_order() -> None:
    assert order_problems(by_centre=False, reference="", has_file=False) == {}
    assert order_problems(by_centre=True, reference="ศอ.จอส. ๑/๒๕๖๙", has_file=True) == {}
    assert order_problems(by_centre=True, reference="", has_file=False) == {
        "order_reference": ["กรอกเลขที่และวันที่ของคำสั่งหรือหนังสือที่กำหนดวันนี้"],
        "order_file": ["แนบไฟล์คำสั่งหรือหนังสือที่กำหนดวันนี้ เช่น PDF หรือภาพถ่าย"],
    }


@pytest.mark.parametrize(
    ("day", "wrong"),
    [(date(2016, 12, 31), True), (date(2017, 1, 1), False), (date(2077, 12, 31), False), (date(2078, 1, 1), True)],
)  # fmt: skip
def test_a_day_lies_in_the_years_somebody_can_mean(day: date, wrong: bool) -> None:
    problems = occasion_problems(name="วัน", short_name="วัน", day=day, window_before=0, window_after=0)
    assert problems == ({"date": ["ปีไม่ถูกต้อง เลือกวันระหว่าง พ.ศ. 2560 ถึง 2620"]} if wrong else {})


def test_names_are_asked_for() -> None:
    day = date(2026, 11, 25)
    assert occasion_problems(name="", short_name="", day=day, window_before=0, window_after=0) == {
        "name": ["กรอกชื่อทางการของวันสำคัญ"],
        "short_name": ["กรอกชื่อสั้นที่จะแสดงให้เลือกในแบบบันทึก"],
    }
