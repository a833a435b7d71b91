"""How many statements the acts of a record cost, counted from the first of the request to the last.

Session, person, posts, BEGIN and COMMIT (here SAVEPOINT and RELEASE: a test runs inside a transaction)
count too. What PostgreSQL is sent in one go (``jitasa.together``) stands under the number of its first, as
``8a 8b 8c``. When a limit is passed the whole list is printed; ``pytest -s -k statements`` prints it always.
"""

import re
from collections.abc import Callable
from string import ascii_lowercase
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Index, Model, UniqueConstraint
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.activities.models import (
    Activity,
    ActivityPhoto,
    ActivityRevision,
    MeasureValue,
    Participation,
    Step,
)
from jitasa.activities.tests.making import make_draft, make_lists, make_photo, make_sent
from jitasa.audit.models import Entry
from jitasa.occasions.models import Occasion
from jitasa.organizations import versions
from jitasa.organizations.models import Post
from jitasa.photos.models import Upload
from jitasa.photos.tests.pictures import jpeg
from jitasa.review.services.flag import flag_pending
from jitasa.rounds.models import Tally
from jitasa.thai.dates import today
from jitasa.webhooks.services.announce import listeners
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
PARTS = (Participation, MeasureValue, ActivityPhoto)


@pytest.fixture(autouse=True)
def today_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


# The row of the country's month (docs/adr/0162) is added by the tallies' statement on PostgreSQL; on SQLite by its own.
ALONE = 0 if connection.vendor == "postgresql" else 1


def statements(act: Callable[[], Any], title: str, most: int, *, sent: int | None = None) -> Any:
    """Run ``act`` and hold its statements under ``most``; on PostgreSQL sent in ``sent`` goes."""
    with CaptureQueriesContext(connection) as captured:
        answer = act()
    goes = [each["sql"].split(";\n") for each in captured.captured_queries]
    lines = [
        f"{number:3}{ascii_lowercase[place] if len(go) > 1 else ' '} {_short(sql)}"
        for number, go in enumerate(goes, 1)
        for place, sql in enumerate(go)
    ]
    text = "\n".join([f"{title}: {len(lines)} statements in {len(goes)} goes", *lines])
    print(text)  # noqa: T201 (the list is what this test is for)
    assert len(lines) <= most, text
    assert sent is None or connection.vendor != "postgresql" or len(goes) <= sent, text
    return answer


def _short(sql: str) -> str:
    sql = re.sub(r"SELECT (DISTINCT )?.*? FROM", r"SELECT … FROM", sql, count=1, flags=re.DOTALL)
    return re.sub(r"\s+", " ", sql)[:150]


def form_of(cast: Cast, *, pictures: int, groups: int = 2, measures: int = 2) -> dict[str, Any]:
    """A filled form as a browser posts it."""
    day = Occasion.objects.create(
        code="day", date="2026-11-20", name="วันสำคัญของชาติ", short_name="วันสำคัญ", kind="royal"
    )
    shas = [make_photo(cast.aonang, f"{uuid4()}").sha256 for _ in range(pictures)]
    counts = {"group_v904": "4", "group_people": "62", "group_staff": "3"}
    amounts = {"measure_waste": "240", "measure_road": "1.5"}
    return {
        "writer": str(cast.people["anong"].pk),
        "page": "p1",
        "base_revision": "",
        "name": "ทำความสะอาดชายหาดนพรัตน์ธารา",
        "kind": "development",
        "sub_kind": "landscape",
        "start_date": "20 พ.ย. 2569",
        "start_time": "08:30",
        "end_time": "10:30",
        "place": "หาดนพรัตน์ธารา",
        "moo": "3",
        "tambon_code": "810116",
        "latitude": "8.04",
        "longitude": "98.8",
        "basis": "occasion",
        "occasion_id": str(day.pk),
        "part": "host",
        "chair_position": "นายก อบต.อ่าวนาง",
        "result": "เก็บขยะตลอดแนวชายหาด",
        "budget_source": "none",
        "photos_shown": "1",
        "photo": shas,
        **{f"publish_{sha}": "1" for sha in shas},
        **dict(list(counts.items())[:groups]),
        **dict(list(amounts.items())[:measures]),
    }


def send_new(cast: Cast, **sizes: int) -> Activity:
    make_lists()
    client, form = cast.client("anong"), form_of(cast, **sizes)
    form |= {"action": "submit"}
    other = {"name": "ปลูกต้นไม้ริมถนน", "place": "ถนนสายใหม่"}  # not the same activity again: that is asked
    client.post(reverse("activities:edit", args=[uuid4()]), form | other)  # a process that has just begun
    address = reverse("activities:edit", args=[uuid4()])
    answer = statements(lambda: client.post(address, form), f"new record {sizes}", 22, sent=12)
    assert "/sent/" in answer["Location"]
    return Activity.objects.latest("pk")


def test_statements_of_a_new_record(cast: Cast) -> None:
    sent = send_new(cast, pictures=4)
    assert sent.number == "81-6911-000002"
    assert (sent.photo_count, sent.measures.count(), sent.participations.count()) == (4, 2, 2)
    assert [step.act for step in sent.steps.all()] == ["created", "submitted"]
    assert sent.revisions.count() == 1


def test_statements_of_a_new_record_do_not_grow_with_its_parts(cast: Cast) -> None:
    sent = send_new(cast, pictures=9, groups=3)
    assert sent.photo_count == 9


def test_statements_of_a_picture(cast: Cast) -> None:
    client = cast.client("anong")

    def send(number: int) -> Any:
        file = SimpleUploadedFile("ภาพ.jpg", jpeg(seed=number), "image/jpeg")
        return client.post(reverse("photos:upload"), {"file": file})

    send(1)  # a process that has just begun
    answer = statements(lambda: send(2), "picture", 7, sent=4)
    assert Upload.objects.get(photo__sha256=answer.json()["sha256"]).organization_id == cast.aonang.pk
    send(2)
    assert Upload.objects.count() == 2


def test_statements_of_an_autosave(cast: Cast) -> None:
    make_lists()
    client, form, uuid = cast.client("anong"), form_of(cast, pictures=4), uuid4()
    address = reverse("activities:autosave", args=[uuid])
    first = client.post(address, form).json()
    form |= {
        "base_revision": first["revision"],
        "name": "ชื่อใหม่",
        "group_people": "63",
        "measure_waste": "200",
    }
    answer = statements(lambda: client.post(address, form), "autosave", 16, sent=13)
    assert answer.json()["revision"] == first["revision"] + 1
    assert Activity.objects.get().participants == 67


def test_statements_of_an_acceptance(cast: Cast) -> None:
    make_lists()
    first, second = make_sent(cast.anong), make_sent(cast.anong)
    flag_pending(NOW)
    Activity.objects.update(flag_count=0)
    client = cast.client("dao")
    client.get(reverse("review:list"))
    with versions.reading():
        listeners()  # which offices have webhooks is read once a process, as the lists are by the page
    address = reverse("review:accept", args=[first.uuid])
    answer = statements(lambda: client.post(address, {"revision": first.revision}), "accept one", 16)
    assert str(second.uuid) in answer["Location"]
    first.refresh_from_db()
    assert first.status == "accepted"


def test_statements_of_an_acceptance_that_shows_the_next_record(cast: Cast) -> None:
    """By script: the answer holds the next record whole, with its pictures, flags, steps and neighbours."""
    make_lists()
    first, second, _third = [make_sent(cast.anong, name=f"กิจกรรมที่ {n}") for n in range(3)]
    Activity.objects.update(flag_count=0)
    client = cast.client("dao")
    client.get(reverse("review:record", args=[second.uuid]))
    with versions.reading():
        listeners()
    address = reverse("review:accept", args=[first.uuid])
    answer = statements(
        lambda: client.post(address, {"revision": first.revision}, headers={"HX-Request": "true"}),
        "accept one and show the next",
        24 + ALONE,  # with the number beside "ตรวจ" in the bar
    )
    assert second.name in answer.content.decode()
    first.refresh_from_db()
    assert first.status == "accepted"


def test_statements_of_fifty_acceptances(cast: Cast) -> None:
    make_lists()
    rows = [make_sent(cast.anong, name=f"กิจกรรมที่ {n}") for n in range(50)]
    flag_pending(NOW)
    Activity.objects.update(flag_count=0)
    client = cast.client("dao")
    client.get(reverse("review:list"))
    choices = [f"{row.pk}:{row.revision}" for row in rows]
    address = reverse("review:accept_many")
    statements(lambda: client.post(address, {"choice": choices}), "accept fifty", 20)
    assert Activity.objects.filter(status="accepted").count() == 50


@pytest.mark.parametrize("name", ["anong", "boonmee", "dao", "ek", "fah"])
def test_statements_of_the_start_page(cast: Cast, name: str) -> None:
    make_lists()
    make_sent(cast.anong)
    make_draft(cast.anong)
    client = cast.client(name)
    client.get(reverse("home:start"))
    answer = statements(lambda: client.get(reverse("home:start")), f"start page of {name}", 12)
    assert answer.status_code == 200


def test_statements_of_the_start_page_of_a_new_office(cast: Cast) -> None:
    """Its first steps cost two more; an office that is not new pays none of them (the test above)."""
    make_lists()
    make_sent(cast.anong)
    make_draft(cast.anong)
    Post.objects.filter(organization=cast.aonang).update(from_date=today(NOW))
    client = cast.client("boonmee")
    client.get(reverse("home:start"))
    answer = statements(lambda: client.get(reverse("home:start")), "start page of a new office", 14)
    assert "first-steps" in answer.content.decode()


@pytest.mark.parametrize(
    "model",
    [Activity, *PARTS, ActivityRevision, Step, Entry, Upload, Tally],
    ids=lambda model: model.__name__,
)
def test_no_index_of_the_road_repeats_another(model: type[Model]) -> None:
    """Each costs at every insert; one on a column is no use beside one that begins with it."""
    meta = model._meta
    whole = [
        each
        for each in [*meta.constraints, *meta.indexes]
        if isinstance(each, UniqueConstraint | Index) and each.condition is None and each.fields
    ]
    first = {each.fields[0] for each in whole}
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, meta.db_table).values()
    alone = [each["columns"] for each in found if each["index"] and not each["unique"]]
    columns = {meta.get_field(name).column for name in first if not name.startswith("-")}  # type: ignore[union-attr]  # fields of the model
    assert not [each for each in alone if len(each) == 1 and each[0] in columns]
