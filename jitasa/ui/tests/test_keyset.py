"""Pages by key: everything once, in order, whatever is equal and whatever comes in meanwhile."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.selectors.listing import SORTS
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.ui.keyset import LAST, MOST_COUNTED, Counted, KeyPage, counted, key_page
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
FEW, MANY = Counted(3), Counted(MOST_COUNTED + 1)  # how a list is read depends on how many there are


@pytest.fixture
def many(cast: Cast) -> list[int]:
    """Forty records with few different days, some without one, sorted in no way."""
    make_lists()
    draft, sent = make_draft(cast.anong), make_sent(cast.anong)
    rng = random.Random(7)
    rows = []
    for number in range(40):
        copy = Activity.objects.get(pk=(draft if number % 5 == 0 else sent).pk)
        copy.pk, copy.uuid, copy.number = None, f"00000000-0000-7000-8000-{number:012}", ""
        copy.status, copy.name, copy.participants = "draft", rng.choice("กขค"), rng.choice((5, 9, 70))
        copy.start_date = None if number % 5 == 0 else NOW.date() - timedelta(days=rng.randint(0, 4))
        copy.submitted_at = NOW + timedelta(microseconds=rng.randint(0, 3))
        rows.append(copy)
    Activity.objects.bulk_create(rows)
    return list(Activity.objects.values_list("pk", flat=True))


def walked(order: tuple[str, ...], count: Counted, *, back: bool) -> Iterator[KeyPage[Activity]]:
    query = {"page": LAST} if back else {}
    for _page in range(100):  # never round in a ring
        page = key_page(query, Activity.objects.order_by(*order), 7, count=count)
        yield page
        beside = page.before if back else page.after
        if not beside:
            return
        query = {"before" if back else "after": beside}


@pytest.mark.parametrize("count", [FEW, MANY])
@pytest.mark.parametrize("sort", [*SORTS, "waiting"])
def test_every_row_once_and_in_order_from_both_ends(many: list[int], sort: str, count: Counted) -> None:
    order = SORTS.get(sort, ("submitted_at", "id"))
    wanted = list(Activity.objects.order_by(*order).values_list("pk", flat=True))
    forth = [row.pk for page in walked(order, count, back=False) for row in page]
    back = [row.pk for page in reversed(list(walked(order, count, back=True))) for row in page]
    assert forth == wanted
    assert back == wanted


def test_rows_that_come_in_and_go_move_no_other(many: list[int]) -> None:
    order, seen = SORTS["-date"], list[int]()
    first = Activity.objects.order_by(*order).first()
    for page in walked(order, MANY, back=False):
        seen += [row.pk for row in page]
        if first is not None:  # a newer one stands before everything that was read; one that was read goes
            first.pk, first.uuid, first.start_date = (
                None,
                f"11111111-0000-7000-8000-{len(seen):012}",
                NOW.date(),
            )
            first.save(force_insert=True)
        Activity.objects.filter(pk=seen[-1]).delete()  # the very row by which the next page is named
    assert len(seen) == len(set(seen))
    assert set(many) <= set(seen)


def test_pages_name_their_neighbours(many: list[int]) -> None:
    rows = Activity.objects.order_by("-start_date", "-id")
    first = key_page({}, rows, 30, count=FEW)
    assert (first.before, first.asked, len(first)) == ("", "", 30)
    second = key_page({"after": first.after}, rows, 30, count=FEW)
    assert second.after == ""
    again = key_page({"before": second.before}, rows, 30, count=FEW)
    assert [row.pk for row in again] == [row.pk for row in first]
    assert again.before == ""
    last = key_page({"page": LAST}, rows, 30, count=FEW)
    assert [row.pk for row in last][-1] == list(second)[-1].pk
    assert (len(last), last.after, last.asked) == (30, "", "page=last")


@pytest.mark.parametrize(
    "nonsense",
    ["x", "[]", "[1]", '["2026-11-01","x"]', '["x",1]', "[null,null]", '["2026-11-01",true]', '["2026-11-01",1.5]',
     '["2026-11-01",99999999999999999999]', '["\\u0000",1]', "[" * 90, '{"a":1}', '["2026-13-01",1]', "x" * 5000],
)  # fmt: skip
def test_nonsense_asks_for_the_first_page(many: list[int], nonsense: str) -> None:
    rows = Activity.objects.order_by("-start_date", "-id")
    wanted = [row.pk for row in key_page({}, rows, 5, count=FEW)]
    for name in ("after", "before"):
        assert [row.pk for row in key_page({name: nonsense}, rows, 5, count=FEW)] == wanted


def test_a_place_behind_the_end_shows_the_first_page(many: list[int]) -> None:
    rows = Activity.objects.order_by("id")
    assert key_page({"after": "[9000000000]"}, rows, 5, count=FEW).object_list == list(rows[:5])


def test_lists_are_counted_in_one_statement(many: list[int], django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        found = counted(
            all=Activity.objects.all(), none=Activity.objects.none(), some=Activity.objects.filter(name="ก")
        )
    assert found["all"].number == len(many)
    assert found["none"].number == 0
    assert found["some"].number == Activity.objects.filter(name="ก").count()
    assert str(Counted(MOST_COUNTED)) == "10,000"
    assert str(Counted(MOST_COUNTED + 1)) == "มากกว่า 10,000"
