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


@pytest.mark.parametrize("who", ["anong", "dao", "ek", "fah"])
def test_of_records_only_those_that_use_the_picture_are_read(cast: Cast, who: str) -> None:
    plan = selectors.visible_photos(getattr(cast, who)).filter(sha256="a" * 64).explain()
    assert "Index Scan using activities_activity_pkey" in plan, plan
    assert plan.count(" on activities_activity ") == plan.count("using activities_activity_pkey on "), plan
    assert "Hash Join" not in plan, plan
