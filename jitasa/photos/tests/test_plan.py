"""How PostgreSQL finds the pictures a record may have, before it has counted the rows of the day."""

import pytest

from jitasa.photos import selectors
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW), pytest.mark.postgresql]


def test_the_hashes_come_first_and_no_join_with_the_uploads(cast: Cast) -> None:
    plan = selectors.usable_photos(cast.anong, ["a" * 64, "b" * 64]).explain()
    assert "SubPlan" in plan
    assert "Nested Loop" not in plan
    assert "Join" not in plan
