"""How the one-page report writes times: with a full stop and spaces, as official papers do."""

from datetime import UTC, datetime, time

import pytest

from jitasa.activities.selectors.sheet import sheet
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.thai.dates import clock, clock_span, moment_words
from tests.cast import NOW, Cast


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (time(8, 30), time(10, 30), "08.30 – 10.30 น."),
        (time(8, 5), None, "08.05 น."),
        (None, time(16, 0), "16.00 น."),
        (None, None, ""),
    ],
)
def test_times_of_day(start: time | None, end: time | None, words: str) -> None:
    assert clock_span(start, end) == words


def test_a_moment_is_thailands() -> None:
    at = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
    assert (clock(at), moment_words(at)) == ("01.05", "25 พ.ย. 2569 เวลา 01.05 น.")


@pytest.mark.django_db
@pytest.mark.at(NOW)
def test_the_report_of_a_record_writes_them_so(cast: Cast) -> None:
    make_lists()
    made = make_sent(cast.anong, start_time=time(8, 30), end_time=time(10, 30))
    data, _files = sheet(made, code="")
    assert data["time"] == "08.30 – 10.30 น."
    assert "เวลา 10.00 น." in data["sent_at"]
    assert ":" not in data["sent_at"]
