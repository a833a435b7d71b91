"""One list of publicity channels for the record's form and the register; what bore a former name is understood."""

from typing import Any

import pytest

from jitasa.activities.choices import FORMER_CHANNEL_WORDS, ChannelKind, channels_of
from jitasa.activities.forms import RecordForm
from jitasa.activities.selectors.values import in_words, values_of
from jitasa.activities.tests.making import make_draft, make_lists
from jitasa.publicity import choices as register
from jitasa.sheets.layout import key, words_of_choices
from tests.cast import Cast


def test_the_register_has_the_same_list_as_the_form() -> None:
    field: Any = RecordForm.base_fields["publicity"]
    assert register.ChannelKind is ChannelKind
    assert list(field.choices) == list(ChannelKind.choices)


def test_former_codes_are_read_as_what_they_are_now() -> None:
    assert channels_of(["press", "banner", "board", "fax"]) == (ChannelKind.BOARD, ChannelKind.PRESS)
    field: Any = RecordForm.base_fields["publicity"]
    assert field.clean(["banner", "line"]) == ["board", "line"]


@pytest.mark.parametrize("words", FORMER_CHANNEL_WORDS)
def test_a_sheet_filled_with_former_words_is_read(words: str) -> None:
    assert words_of_choices()["publicity"][key(words)] == FORMER_CHANNEL_WORDS[words]


def test_a_record_written_before_shows_todays_words(cast: Cast) -> None:
    make_lists()
    row = make_draft(cast.anong)
    row.publicity = ["loudspeaker", "banner"]
    assert values_of(row).publicity == ("loudspeaker", "board")
    assert in_words(row)["publicity"] == "เสียงตามสาย/หอกระจายข่าว · ป้าย/บอร์ดประชาสัมพันธ์"
