"""The days of letters are days in Thailand, also in the hours in which UTC has yesterday's."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from jitasa.letters import rules
from jitasa.letters.choices import Retention
from jitasa.letters.models import Letter
from jitasa.letters.services.outside import OutsideLetter, register_outside
from jitasa.problems import Refusal
from tests.cast import Cast

GIVEN = {"number": "กษ 0512/123", "from_text": "สำนักงานเกษตรจังหวัดกระบี่", "subject": "ขอเชิญร่วมปลูกป่า"}
EVENING = datetime(2026, 11, 30, 16, 59, tzinfo=UTC)  # 23:59 น. ของวันที่ 30
NIGHT = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)  # 00:00 น. ของวันที่ 1
LAST, FIRST = date(2026, 11, 30), date(2026, 12, 1)


def take_in(cast: Cast, now: datetime, **days: date) -> Letter:
    return register_outside(actor=cast.ek, uuid=uuid4(), given=OutsideLetter(**GIVEN, **days), now=now)  # type: ignore[arg-type]  # the names are the fields


@pytest.mark.parametrize("field", ["date_printed", "date_verified"])
def test_an_outside_letter_dated_tomorrow_is_refused_until_it_is_tomorrow_here(
    cast: Cast, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        take_in(cast, EVENING, **{field: FIRST})
    assert list(refused.value.fields) == [field]
    assert take_in(cast, NIGHT, **{field: FIRST}).pk


def test_a_misprinted_day_to_come_is_taken_with_the_day_it_is_known_to_be_of(cast: Cast) -> None:
    letter = take_in(cast, EVENING, date_printed=FIRST, date_verified=LAST)
    assert (letter.date_printed, letter.date_verified) == (FIRST, LAST)


@pytest.mark.parametrize(
    ("issued_at", "free_on"),
    [
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), date(2037, 1, 1)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2038, 1, 1)),  # of the new year, here
    ],
)
def test_a_letter_of_new_years_night_is_kept_with_the_new_year(issued_at: datetime, free_on: date) -> None:
    letter = Letter(issued_at=issued_at, retention=Retention.TEN_YEARS)
    assert rules.may_destroy_after(letter) == free_on
