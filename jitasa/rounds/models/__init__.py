"""Tables of a reporting round: the lists, the month's rules, each office's return, and the tallies."""

from jitasa.rounds.models.lists import (
    Kind,
    LateReason,
    ListItem,
    Measure,
    NilReason,
    ParticipantGroup,
    ReturnReason,
    SubKind,
)
from jitasa.rounds.models.round import MonthlyReturn, Round, RoundRevision
from jitasa.rounds.models.tally import CountrySum, Tally, TallyStatus

__all__ = [
    "CountrySum",
    "Kind",
    "LateReason",
    "ListItem",
    "Measure",
    "MonthlyReturn",
    "NilReason",
    "ParticipantGroup",
    "ReturnReason",
    "Round",
    "RoundRevision",
    "SubKind",
    "Tally",
    "TallyStatus",
]
