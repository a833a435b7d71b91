"""The table of docs/security.md holds every requirement of ASVS 5.0 levels 1 and 2 once and names what exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
STATES = {"met", "operator", "part", "no", "n/a"}
# Sections with the number of the last requirement, and those of level 3 among them (OWASP ASVS 5.0.0).
SECTIONS = {
    "1.1": 2, "1.2": 10, "1.3": 12, "1.4": 3, "1.5": 3, "2.1": 3, "2.2": 3, "2.3": 5, "2.4": 2,
    "3.2": 2, "3.3": 5, "3.4": 8, "3.5": 8, "3.7": 5, "4.1": 5, "4.2": 5, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 6, "5.3": 3, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 8, "6.4": 6, "6.5": 8, "6.6": 4, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 3, "7.6": 2, "8.1": 4, "8.2": 4, "8.3": 3, "8.4": 2,
    "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 3, "10.3": 5, "10.4": 16, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 4, "11.2": 5, "11.3": 5, "11.4": 4, "11.5": 2, "11.6": 2, "12.1": 5, "12.2": 2, "12.3": 5,
    "13.1": 4, "13.2": 6, "13.3": 4, "13.4": 7, "14.1": 2, "14.2": 8, "14.3": 3,
    "15.1": 5, "15.2": 5, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 4,
}  # fmt: skip
LEVEL_3 = re.findall(
    r"\S+",
    """
    1.2.10 1.3.12 1.5.3 2.3.5 2.4.2 3.3.5 3.4.7 3.4.8 3.5.6 3.5.7 3.5.8 3.7.3 3.7.4 3.7.5 4.1.4 4.1.5
    4.2.2 4.2.3 4.2.4 4.2.5 5.2.4 5.2.5 5.2.6 5.3.3 6.2.12 6.3.4 6.3.5 6.3.6 6.3.7 6.3.8 6.4.5 6.4.6
    6.5.6 6.5.7 6.5.8 6.6.4 7.5.3 8.1.3 8.1.4 8.2.4 8.3.2 8.3.3 8.4.2 10.2.3 10.3.5 10.4.12 10.4.13
    10.4.14 10.4.15 10.4.16 11.1.3 11.1.4 11.2.4 11.2.5 11.3.4 11.3.5 11.5.2 11.6.2 12.1.4 12.1.5 12.3.5
    13.1.2 13.1.3 13.1.4 13.2.6 13.3.3 13.3.4 13.4.6 13.4.7 14.2.5 14.2.6 14.2.7 14.2.8 15.1.4 15.1.5
    15.2.4 15.2.5 16.5.4
    """,
)
ROW = re.compile(
    r"^\| (\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))? \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE
)


def numbers(first: str, last: str) -> list[str]:
    section, start = first.rsplit(".", 1)
    assert not last or last.rsplit(".", 1)[0] == section, f"{first}–{last}"
    end = int((last or first).rsplit(".", 1)[1])
    return [f"{section}.{number}" for number in range(int(start), end + 1)]


def rows() -> list[tuple[list[str], str, str, str]]:
    """Numbers, state, where and test of each row, WebRTC left out."""
    found = [row for row in ROW.findall(TEXT) if not row[0].startswith("17.")]
    return [(numbers(first, last), state, where, test) for first, last, _words, state, where, test in found]


def test_every_requirement_of_levels_1_and_2_stands_once() -> None:
    expected = [f"{section}.{number}" for section, last in SECTIONS.items() for number in range(1, last + 1)]
    found = [number for numbered, *_rest in rows() for number in numbered]
    assert sorted(found) == sorted(set(expected) - set(LEVEL_3))
    assert set(LEVEL_3) < set(expected)


def test_every_row_has_a_state_and_says_where_or_why() -> None:
    for numbered, state, where, _test in rows():
        assert state in STATES, numbered
        assert state == "n/a" or where != "–", numbered


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`([\w./-]+\.(?:py|md|lock|html)|[\w-]+(?:/[\w-]+)+/?)`", TEXT)))
)
def test_what_the_table_names_exists(path: str) -> None:
    if path.startswith(("/", "application/")):
        return
    assert (
        (ROOT / path).exists()
        or (ROOT / "jitasa" / path).exists()
        or (ROOT / "jitasa" / path.split("/")[0] / "templates" / path).exists()
    ), path


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`([\w./-]+\.py::\w+)`", TEXT))))
def test_a_test_that_is_named_exists(named: str) -> None:
    name, _colons, function = named.partition("::")
    path = next(place / name for place in (ROOT, ROOT / "jitasa") if (place / name).exists())
    assert re.search(rf"^def {function}\(", path.read_text("utf-8"), re.MULTILINE), named


def test_every_point_has_a_test() -> None:
    points = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", TEXT, re.MULTILINE)
    assert [int(number) for number, _tests in points] == list(range(1, 18))
    assert all("::" in tests for _number, tests in points)
