"""The channels that the schema names are those of the one list, and what one of them was called before."""

from typing import get_args

from jitasa.activities.choices import FORMER_CHANNELS, ChannelKind
from jitasa.api.schemas import ChannelCode


def test_the_schema_names_the_channels_of_the_one_list() -> None:
    assert get_args(ChannelCode) == (*ChannelKind.values, *FORMER_CHANNELS)
