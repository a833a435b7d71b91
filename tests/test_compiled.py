"""Queries and inserts whose text is kept give what the object mapper gives, under whatever values."""

import contextlib
from collections.abc import Callable
from copy import copy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet
from django.test.utils import CaptureQueriesContext

from jitasa.activities.models import Activity, FlagDue, Participation
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.compiled import Compiled
from jitasa.inserting import KEPT_ROWS, insert, insert_new, insert_values, new_row
from jitasa.organizations.models import Organization, Post
from jitasa.photos.models import Photo
from jitasa.rounds.models import Kind, ParticipantGroup
from jitasa.together import run, together
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def held(user: int, day: date) -> QuerySet[Post]:
    rows = Post.objects.filter(user=user).valid_on(day).select_related("organization")
    return rows.order_by("pk")


def test_rows_are_those_of_the_query_with_what_hangs_on_them(cast: Cast) -> None:
    posts = Compiled(held, user=int, day=date)
    for name in ("anong", "dao", "fah"):
        person, day = cast.people[name], NOW.date()
        expected = list(held(person.pk, day))
        found = posts.rows(user=person.pk, day=day)
        assert found == expected
        assert found
        with CaptureQueriesContext(connection) as captured:
            assert [post.organization.name for post in found] == [row.organization.name for row in expected]
        assert len(captured) == 0
    assert posts.rows(user=cast.people["anong"].pk, day=date(1999, 1, 1)) == []


def test_values_of_every_kind_stand_where_they_belong(cast: Cast) -> None:
    make_lists()
    draft, sent = make_draft(cast.anong), make_sent(cast.anong)
    tries: list[tuple[Callable[..., QuerySet[Activity]], dict[str, Any], dict[str, Any]]] = [
        (lambda uuid: Activity.objects.filter(uuid=uuid), {"uuid": UUID}, {"uuid": sent.uuid}),
        (lambda name: Activity.objects.filter(number=name), {"name": str}, {"name": sent.number}),
        (
            lambda since: Activity.objects.filter(created_at__gte=since).order_by("pk"),
            {"since": type(NOW)},
            {"since": NOW - timedelta(days=1)},
        ),
        (
            lambda ids: Activity.objects.filter(pk__in=ids).order_by("pk"),
            {"ids": [int]},
            {"ids": [draft.pk, sent.pk, 10**9]},
        ),
        (lambda ids: Activity.objects.filter(pk__in=ids).order_by("pk"), {"ids": [int]}, {"ids": [sent.pk]}),
        (lambda ids: Activity.objects.filter(pk__in=ids), {"ids": [int]}, {"ids": []}),
    ]
    for build, types, values in tries:
        compiled = Compiled(build, **types)
        expected = list(build(**values))
        assert compiled.rows(**values) == expected
        assert compiled.rows(**values) == expected  # the text that was kept
    assert Compiled(lambda uuid: Activity.objects.filter(uuid=uuid), uuid=UUID).first(uuid=uuid4()) is None


def test_a_value_that_does_not_stand_as_given_is_refused(cast: Cast) -> None:
    begins = Compiled(lambda word: Organization.objects.filter(path__startswith=word), word=str)
    with pytest.raises(ValueError, match="word"):
        begins.rows(word="a")


def kinds(count: int) -> list[Kind]:
    return [
        Kind(code=f"k{n}", label=f"ประเภท “{n}” \\ 'x' %s", position=n, created_at=NOW) for n in range(count)
    ]


@pytest.mark.parametrize("count", [1, 3, KEPT_ROWS + 5, 700])
def test_inserted_rows_are_those_of_the_mapper(db: None, count: int) -> None:
    rows = kinds(count)
    with transaction.atomic():
        insert(rows)
    stored = {row.code: row for row in Kind.objects.all()}
    assert len(stored) == count
    for row in rows:
        assert not row._state.adding
        for field in Kind._meta.concrete_fields:
            assert getattr(stored[row.code], field.attname) == getattr(row, field.attname)


def test_a_row_that_is_there_is_changed_or_left(cast: Cast) -> None:
    make_lists()
    activity = make_draft(cast.anong)
    group = ParticipantGroup.objects.earliest("pk")
    part = Participation.objects.filter(activity=activity).first() or Participation(
        activity=activity, group=group, count=1
    )
    again = Participation(activity=activity, group=part.group, count=77)
    insert([again], unique=["activity", "group"], update=["count"])
    assert Participation.objects.get(activity=activity, group=part.group).count == 77
    insert([FlagDue(activity_id=activity.pk, since=NOW)], unique=["activity"], update=["since"])
    later = NOW + timedelta(hours=1)
    insert([FlagDue(activity_id=activity.pk, since=later)], unique=["activity"], update=["since"])
    assert FlagDue.objects.get(pk=activity.pk).since == later


def test_a_twin_is_refused_or_reported(cast: Cast) -> None:
    first, twin = kinds(1)[0], kinds(1)[0]
    insert([first])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([twin])
    photo = {"sha256": "a" * 64, "bytes": 1, "format": "jpeg", "width": 1, "height": 1, "created_at": NOW}
    one = Photo(**photo, asked_by=cast.aonang)
    assert insert_new(one)
    assert one.pk == Photo.objects.get().pk
    assert not insert_new(Photo(**photo, asked_by=cast.kokklang))
    assert Photo.objects.get().asked_by_id == cast.aonang.pk


def test_a_related_row_saved_in_between_is_known(cast: Cast) -> None:
    """The record was not saved when its parts were made."""
    make_lists()
    group = ParticipantGroup.objects.earliest("pk")
    activity = Activity(
        uuid=uuid4(),
        organization=cast.aonang,
        month=date(2026, 11, 1),
        created_at=NOW,
        updated_at=NOW,
    )
    part = Participation(activity=activity, group=group, count=4)
    insert([activity])
    insert([part])
    assert Participation.objects.get().activity_id == activity.pk


@pytest.mark.django_db(transaction=True)
def test_what_waits_goes_together_and_is_never_overtaken(cast: Cast) -> None:
    make_lists()
    said: list[tuple[Any, ...]] = []
    with transaction.atomic(), CaptureQueriesContext(connection) as captured, together():
        run("UPDATE rounds_kind SET label = %s WHERE code = %s", ["ร้อย %", "development"])
        with together():
            run("SELECT label FROM rounds_kind WHERE code = %s", ["development"], then=said.extend)
        assert said == [("ร้อย %",)]
        run("UPDATE rounds_kind SET label = %s WHERE code = %s", ["'; --", "development"])
        assert Kind.objects.get(code="development").label == "'; --"
    texts = [each["sql"] for each in captured.captured_queries if "rounds_kind" in each["sql"]]
    assert len(texts) == (3 if connection.vendor == "postgresql" else 4)


def test_what_waits_is_given_up_with_its_block(cast: Cast) -> None:
    make_lists()
    with contextlib.suppress(LookupError), transaction.atomic(), together():
        run("UPDATE rounds_kind SET label = %s WHERE code = %s", ["anything", "development"])
        raise LookupError
    assert not Kind.objects.filter(label="anything").exists()


@pytest.mark.parametrize("prepares", [True, False])
def test_a_plan_is_kept_by_its_connection_unless_a_proxy_would_lose_it(
    cast: Cast, settings: Any, prepares: bool
) -> None:
    settings.DATABASE_PREPARES = prepares
    posts = Compiled(held, user=int, day=date)
    for _again in range(8):  # from the sixth on PostgreSQL may take one plan for all values
        for name in ("anong", "dao"):
            person = cast.people[name]
            with CaptureQueriesContext(connection) as captured:
                found = posts.rows(user=person.pk, day=NOW.date())
            assert found == list(held(person.pk, NOW.date()))
            named = captured.captured_queries[0]["sql"].startswith("EXECUTE organizations_post_")
            assert named is (prepares and connection.vendor == "postgresql")


def test_many_at_once_are_refused_like_one(db: None) -> None:
    """Many rows go another way (COPY); what the database refuses is the same error, and nothing of it stays."""
    rows = kinds(KEPT_ROWS + 5)
    rows[-1].code = rows[0].code
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(rows)
    assert not Kind.objects.exists()


def test_many_rows_of_every_kind_of_column_are_those_of_the_mapper(cast: Cast) -> None:
    """A whole record, one with every column filled, copied many times by either way."""
    make_lists()
    sent = make_sent(cast.anong)
    sent.publicity, sent.latitude, sent.longitude = ["facebook", "line"], 8.04, 98.8
    sent.budget_amount, sent.result = Decimal("1234.50"), "แถวที่ 1\nแถวที่ 2\t\\N “x” 'y' %s"
    rows = [copy_of(sent) for _ in range(KEPT_ROWS + 3)]
    insert(rows)
    last = copy_of(sent)
    last.save()
    assert len({row.pk for row in [*rows, last]}) == KEPT_ROWS + 4, "whoever comes next gets another key"
    for row in rows:
        stored = Activity.objects.get(pk=row.pk)
        for field in Activity._meta.concrete_fields:
            if not field.unique:
                assert getattr(stored, field.attname) == getattr(last, field.attname), field.name


def copy_of(row: Activity) -> Activity:
    made = copy(row)
    made._state = copy(row._state)
    made._state.adding = True
    made.pk, made.uuid, made.number, made.status = None, uuid4(), "", "draft"
    return made


def test_values_without_rows_must_name_every_column(cast: Cast) -> None:
    with pytest.raises(ValueError, match="since"):
        insert_values(FlagDue, ["activity_id"], [(1,)])


@pytest.mark.parametrize("model", [Activity, Participation, Kind, Photo])
def test_a_new_row_is_what_the_model_makes(model: type[Model]) -> None:
    one, two = new_row(model), model()
    assert {**vars(one), "_state": 0} == {**vars(two), "_state": 0}
    assert one._state.adding
    assert new_row(Participation, activity=new_row(Activity, id=7), count=2).activity_id == 7
    lists = [value for value in vars(one).values() if isinstance(value, list)]
    assert all(value is not other for value in lists for other in vars(new_row(model)).values())
