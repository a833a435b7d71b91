"""One home each: what is decided in one place is written in no other one, and names follow one order."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from jitasa.compilation.selectors import columns, sql
from jitasa.compilation.selectors.breakdown import BreakdownPart
from jitasa.compilation.selectors.figures import ADDED, Figures
from jitasa.rounds.counted import COUNTED, COUNTED_OF_PART
from jitasa.rounds.models import Tally
from jitasa.rounds.selectors.tallies import Sums
from jitasa.rounds.services.tally import Contribution

JITASA = Path(__file__).parent.parent / "jitasa"
LAYERS = ("forms", "rules", "selectors", "services", "urls", "views")

# pattern, the home of what it asks, and who else may write it
HOMES = {
    r"\bretired_at(__isnull)?=(None|True|False)\b(?!, changed_at|, updated_at)": {"organizations/in_use.py"},
    r"(?<!closed_on=)\bclosed_on(__isnull)?=(None|True|False)\b(?! if)": {
        "organizations/in_use.py",
        "organizations/views/registry.py",  # a column of a line, not a question
    },
    r"\"events\",\s*\"participants\",\s*\"people\"": {"rounds/counted.py"},
}


def sources() -> list[Path]:
    return [
        path
        for path in JITASA.rglob("*.py")
        if not {"tests", "migrations"}.intersection(path.relative_to(JITASA).parts)
    ]


@pytest.mark.parametrize("pattern", HOMES)
def test_a_decision_is_written_in_its_home_alone(pattern: str) -> None:
    found = {
        str(path.relative_to(JITASA)) for path in sources() if re.search(pattern, path.read_text("utf-8"))
    }
    assert found - HOMES[pattern] == set()


def test_the_pattern_finds_a_second_home() -> None:
    asked = ("rows.filter(retired_at=None)", "Q(closed_on=None)", '("events", "participants", "people")')
    for pattern, text in zip(HOMES, asked, strict=True):
        assert re.search(pattern, text), pattern


def test_every_sum_has_the_counted_columns() -> None:
    """Types are told where a sum is kept; which there are is told in ``rounds.counted``."""
    for kept in (Contribution, Sums, Figures):
        assert {field.name for field in fields(kept)} >= set(COUNTED) - {"activities"}, kept
    assert Tally.COUNTS is COUNTED
    assert sql.SUM_NAMES[: len(COUNTED)] == COUNTED
    assert {field.name for field in fields(Figures)} == {*ADDED, "states"}
    assert tuple(column.key for column in columns.COUNTS if column.key in COUNTED) == COUNTED
    assert tuple(field.name for field in fields(BreakdownPart)) == (
        "code",
        "label",
        "official",
        *COUNTED_OF_PART,
    )


def test_names_begin_with_the_layer() -> None:
    """``forms_people.py``, never ``people_forms.py``: one order, so that a file is found where it is looked for."""
    suffixed = re.compile(rf"(?!({'|'.join(LAYERS)})_)\w+_({'|'.join(LAYERS)})\.py")
    assert [str(path.relative_to(JITASA)) for path in sources() if suffixed.fullmatch(path.name)] == []
