"""A reminder and the entry that says who reminded whom are one transaction."""

import pytest

from jitasa.audit.models import Entry
from jitasa.letters.services import remind as letters
from jitasa.letters.tests.test_way import circular
from jitasa.publicity.services import remind as campaigns
from jitasa.publicity.tests.making import make_campaign, make_material
from tests.cast import NOW, Cast


def refuse(*_rows: object, **_more: object) -> None:
    raise OSError("the disk is full")


def entries(verb: str) -> list[int]:
    return list(Entry.objects.filter(verb=verb).values_list("data__count", flat=True))


def test_of_a_letter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"actor": cast.fah, "letter": circular(cast), "node": cast.department, "behind": "unopened"}
    with monkeypatch.context() as broken:
        broken.setattr(letters, "deliver", refuse)
        with pytest.raises(OSError, match="full"):
            letters.remind(**given, now=NOW)  # type: ignore[arg-type]  # the names are the service's
    assert entries("letter.remind") == []
    assert letters.remind(**given, now=NOW) == (1, False)  # type: ignore[arg-type]  # as above
    assert letters.remind(**given, now=NOW) == (0, False)  # type: ignore[arg-type]  # as above
    assert entries("letter.remind") == [1]


def test_of_a_campaign(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = make_campaign(cast.ek, [make_material(cast.ek)], [cast.aonang, cast.saithai])
    with monkeypatch.context() as broken:
        broken.setattr(campaigns, "deliver", refuse)
        with pytest.raises(OSError, match="full"):
            campaigns.remind(actor=cast.ek, campaign=campaign, now=NOW)
    assert entries("campaign.remind") == []
    assert campaigns.remind(actor=cast.ek, campaign=campaign, now=NOW) == (2, False)
    assert campaigns.remind(actor=cast.ek, campaign=campaign, now=NOW) == (0, False)
    assert entries("campaign.remind") == [2]
