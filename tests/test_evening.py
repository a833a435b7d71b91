"""The timetable of ``make evening`` and what it takes for an answer without words."""

from bench.evening import PEAK
from bench.evening.crowd import Notes, plan
from bench.evening.people import Person

PEOPLE = [Person(session=str(number), office=number, tambon="810101") for number in range(2000)]


def test_everybody_reports_once_along_one_peak() -> None:
    reports = plan(PEOPLE, 100.0)
    assert [report.due for report in reports] == sorted(report.due for report in reports)
    assert sorted(report.person.office for report in reports) == list(range(2000))
    assert len({report.uuid for report in reports}) == 2000
    by_tenth = [sum(each * 10 <= report.due < each * 10 + 10 for report in reports) for each in range(10)]
    assert by_tenth.index(max(by_tenth)) == int(PEAK * 10)
    assert by_tenth[0] < by_tenth[3] < by_tenth[6]


def test_the_shares_are_those_that_are_wanted() -> None:
    reports = plan(PEOPLE, 100.0)
    assert 160 < sum(report.twice for report in reports) < 240
    assert 20 < sum(report.breaks for report in reports) < 60


def test_an_answer_without_a_thai_word_is_told() -> None:
    notes = Notes()
    notes.refused("form", 503, "ระบบไม่ว่าง".encode())
    notes.refused("picture", 422, b'{"error": "\\u0e44\\u0e1f\\u0e25\\u0e4c"}')
    assert not notes.wordless
    notes.refused("form", 500, b"Internal Server Error")
    assert notes.wordless == ["form 500 'Internal Server Error'"]
    assert notes.counts == {"form: 503": 1, "picture: 422": 1, "form: 500": 1}


def test_what_ends_a_report_is_told_in_its_words() -> None:
    notes = Notes()
    notes.gave_up("picture", 400, "<style>b{}</style><h1>อ่านคำขอนี้\n ไม่ได้</h1>".encode())
    assert notes.final == ["picture 400 อ่านคำขอนี้ ไม่ได้"]
