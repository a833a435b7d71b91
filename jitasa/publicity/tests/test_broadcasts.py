"""A use is recorded once, in two taps, corrected, withdrawn; and boards sum what is live."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity.choices import ChannelKind
from jitasa.publicity.models import Broadcast, Delivery
from jitasa.publicity.selectors import boards
from jitasa.publicity.selectors.broadcasts import BroadcastFilter, broadcasts
from jitasa.publicity.services.broadcasts import (
    OnChannel,
    Use,
    edit_broadcast,
    record_broadcast,
    withdraw_broadcast,
)
from jitasa.publicity.services.channels import retire_channel
from jitasa.publicity.tests.making import (
    make_broadcast,
    make_campaign,
    make_channel,
    make_material,
    make_photo,
)
from jitasa.thai.dates import today
from tests.cast import NOW, Cast

DAY = today(NOW)


def test_two_taps_from_the_material(cast: Cast) -> None:
    """The button opens a form with everything filled in; it is sent as it stands."""
    material = make_material(cast.fah)
    loud, _page = make_channel(cast.anong, reach=800), make_channel(cast.anong, ChannelKind.BOARD)
    client = cast.client("anong")
    address = f"/work/publicity/broadcasts/new/?material={material.pk}"
    TestCase().assertContains(client.get(f"/work/publicity/materials/{material.pk}/"), address)
    form = client.get(address).context["form"]
    given = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    for _twice in range(2):
        answer = client.post(address, given | {"on": str(today(timezone.now()))})
        assert answer.status_code == 302
    row = Broadcast.objects.get()
    assert (row.channel, row.reach, row.on) == (loud, 800, today(timezone.now()))
    assert (row.province_code, row.district_code, row.channel_kind) == ("81", "8101", "loudspeaker")
    assert Entry.objects.filter(verb="broadcast.record").count() == 1
    assert client.get(address).context["form"][f"use_{loud.pk}"].value() is True


def test_several_channels_at_once_are_one_batch(cast: Cast) -> None:
    material, batch = make_material(cast.fah), uuid4()
    page = make_channel(cast.anong, ChannelKind.FACEBOOK, link="https://facebook.com/a", reach=900)
    loud = make_channel(cast.anong, reach=500)
    use = Use(
        on=DAY, channels=[OnChannel(page.pk, None, "facebook.com/a/1"), OnChannel(loud.pk, 70)], note=" ดี "
    )
    rows = record_broadcast(actor=cast.anong, batch=batch, subject=material, use=use, now=NOW)
    again = record_broadcast(actor=cast.anong, batch=batch, subject=material, use=use, now=NOW)
    assert [row.pk for row in rows] == [row.pk for row in again]
    assert [(row.reach, row.link) for row in rows] == [(900, "https://facebook.com/a/1"), (70, "")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on": DAY + timedelta(days=1)}, "on"),
        ({"on": date(1969, 11, 22)}, "on"),
        ({"channels": []}, "channels"),
        ({"photo": "0" * 64}, "photo"),
        ({"link": "ftp://x.go.th"}, "link"),
        ({"reach": -1}, "reach"),
    ],
)
def test_refusals_change_nothing(cast: Cast, change: dict[str, Any], field: str) -> None:
    material, channel = make_material(cast.fah), make_channel(cast.anong)
    line = OnChannel(channel.pk, change.pop("reach", None), change.pop("link", ""))
    given: dict[str, Any] = {"on": DAY, "channels": [line]} | change
    with pytest.raises(Refusal) as refused:
        record_broadcast(actor=cast.anong, batch=uuid4(), subject=material, use=Use(**given), now=NOW)
    assert [name.split("_")[0] for name in refused.value.fields] == [field]
    assert not Broadcast.objects.exists()


def test_channels_and_pictures_of_others_are_of_no_use(cast: Cast) -> None:
    material, mine = make_material(cast.fah), make_channel(cast.anong)
    theirs, retired = make_channel(cast.chai), make_channel(cast.anong)
    retire_channel(actor=cast.anong, channel=retired, now=NOW)
    for use in (
        Use(on=DAY, channels=[OnChannel(theirs.pk)]),
        Use(on=DAY, channels=[OnChannel(retired.pk)]),
        Use(on=DAY, channels=[OnChannel(mine.pk)], photo=make_photo(cast.chai).sha256),
    ):
        with pytest.raises(Refusal):
            record_broadcast(actor=cast.anong, batch=uuid4(), subject=material, use=use, now=NOW)
    assert not Broadcast.objects.exists()


def test_withdrawing_takes_it_out_of_counts_and_campaign(cast: Cast) -> None:
    material = make_material(cast.fah)
    campaign = make_campaign(cast.fah, [material], [cast.aonang])
    first, second = make_broadcast(cast.anong, material), make_broadcast(cast.anong, material)
    assert first.campaign == campaign
    for row, used in ((first, True), (second, False)):
        with pytest.raises(Refusal):
            withdraw_broadcast(actor=cast.anong, broadcast=row, reason=" ", now=NOW)
        withdraw_broadcast(actor=cast.anong, broadcast=row, reason="บันทึกซ้ำ", now=NOW)
        assert (Delivery.objects.get().used_at is not None) is used
    assert boards.total(broadcasts(cast.fah, BroadcastFilter(cast.department))).times == 0
    first.refresh_from_db()
    with pytest.raises(Forbidden):
        edit_broadcast(actor=cast.anong, broadcast=first, on=DAY, reach=1, link="", note="", now=NOW)


def test_correcting_is_for_the_own_office(cast: Cast) -> None:
    row = make_broadcast(cast.anong, make_material(cast.fah), reach=10)
    with pytest.raises(Forbidden):
        edit_broadcast(actor=cast.dao, broadcast=row, on=DAY, reach=1, link="", note="", now=NOW)
    edit_broadcast(actor=cast.anong, broadcast=row, on=DAY, reach=25, link="", note="", now=NOW)
    edit_broadcast(actor=cast.anong, broadcast=row, on=DAY, reach=25, link="", note="", now=NOW)
    row.refresh_from_db()
    assert row.reach == 25
    assert Entry.objects.filter(verb="broadcast.edit").count() == 1


def test_an_accepted_activity_is_published_as_a_post_of_its_own(cast: Cast) -> None:
    make_lists()
    activity, channel = make_sent(cast.anong), make_channel(cast.anong, reach=40)
    use = Use(on=DAY, channels=[OnChannel(channel.pk)])
    with pytest.raises(Forbidden):
        record_broadcast(actor=cast.anong, batch=uuid4(), subject=activity, use=use, now=NOW)
    type(activity).objects.filter(pk=activity.pk).update(status="accepted")
    activity.refresh_from_db()
    address = f"/work/publicity/broadcasts/new/?activity={activity.uuid}"
    assert cast.client("anong").get(address).status_code == 200
    assert cast.client("chai").get(address).status_code == 404
    record_broadcast(actor=cast.anong, batch=uuid4(), subject=activity, use=use, now=NOW)
    rows = broadcasts(cast.fah, BroadcastFilter(cast.department, posts=True))
    assert boards.by(rows, "material", cast.department)[0].query == {"material": "posts"}
    TestCase().assertContains(
        cast.client("anong").get("/work/publicity/broadcasts/?material=posts&period=all"), activity.name
    )


def spread(cast: Cast) -> None:
    """Three uses in two districts: 100 and 200 people in อ่าวนาง, 50 in เกาะกลาง."""
    material = make_material(cast.fah)
    now = timezone.now()
    assert today(now) >= DAY
    for actor, reach in ((cast.anong, 100), (cast.anong, 200), (cast.chai, 50)):
        make_broadcast(actor, material, reach=reach)


def test_boards_sum_by_place_channel_campaign_and_material(cast: Cast) -> None:
    spread(cast)
    rows = broadcasts(cast.fah, BroadcastFilter(cast.department))
    assert boards.total(rows) == boards.PublicityFigures(times=3, people=350, offices=2, materials=1)
    country = boards.by(rows, "place", cast.department)
    assert [(row.label, row.figures.people, row.every) for row in country] == [("สถจ.กระบี่", 350, 5)]
    krabi = boards.by(broadcasts(cast.ek, BroadcastFilter(cast.krabi)), "place", cast.krabi)
    assert {row.label: row.figures.people for row in krabi} == {"อ.เมืองกระบี่": 300, "อ.เกาะลันตา": 50}
    mueang = boards.by(broadcasts(cast.dao, BroadcastFilter(cast.mueang)), "place", cast.mueang)
    assert {row.label: row.figures.times for row in mueang}["อบต.อ่าวนาง"] == 2
    assert {row.label: row.figures.times for row in mueang}["อบต.ไสไทย"] == 0
    assert boards.by(rows, "channel", cast.department)[0].figures.times == 3
    assert boards.by(rows, "campaign", cast.department)[0].query == {"campaign": "none"}
    assert boards.total(broadcasts(cast.dao, BroadcastFilter(cast.department))).people == 300


def test_every_number_leads_to_its_records(cast: Cast) -> None:
    spread(cast)
    client = cast.client("fah")
    for by in boards.BY:
        page = client.get("/work/publicity/board/", {"by": by, "period": "all"})
        for line in page.context["lines"]:
            if line["records"]:
                found = client.get(line["records"])
                assert found.context["total"] == line["row"].figures
                assert len(found.context["page"]) == line["row"].figures.times
        for _month, times, address in page.context["months"]:
            assert client.get(address).context["total"].times == times


def test_tables_are_workbooks_with_the_same_numbers(cast: Cast) -> None:
    spread(cast)
    client = cast.client("fah")
    content = client.get("/work/publicity/board.xlsx", {"period": "all"}).content
    table = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert ["สถจ.กระบี่", 3, 350, 2, 5, 1] in table
    for name in ("broadcasts", "channels", "materials"):
        answer = client.get(f"/work/publicity/{name}.xlsx", {"period": "all"})
        assert answer.content[:2] == b"PK"


def test_places_are_counted_where_an_office_stood_on_the_day(cast: Cast) -> None:
    make_broadcast(cast.anong, make_material(cast.fah), reach=10)
    type(cast.aonang).objects.filter(pk=cast.aonang.pk).update(district_code="8103")
    rows = boards.by(broadcasts(cast.fah, BroadcastFilter(cast.krabi)), "place", cast.krabi)
    assert {row.label: row.figures.times for row in rows} == {"อ.เมืองกระบี่": 1, "อ.เกาะลันตา": 0}


def test_board_and_list_ask_as_often_for_many_as_for_few(cast: Cast) -> None:
    material, channel, counts = make_material(cast.fah), make_channel(cast.anong), []
    client = cast.client("fah")
    for rows in (3, 30):
        while Broadcast.objects.count() < rows:
            make_broadcast(cast.anong, material, channel=channel)
        with CaptureQueriesContext(connection) as queries:
            client.get("/work/publicity/board/?period=all")
            page = client.get("/work/publicity/broadcasts/?period=all")
        counts.append(len(queries))
        assert len(page.context["page"]) == rows
    assert counts[0] == counts[1]


def test_nonsense_in_an_address_counts_as_not_given(cast: Cast) -> None:
    client = cast.client("fah")
    odd = {"period": "x", "month": "25690", "kind": "x", "campaign": "9" * 30, "material": "-1", "by": "x"}
    assert client.get("/work/publicity/board/", odd).status_code == 200
    assert client.get("/work/publicity/board/", {"office": "1' OR 1=1"}).status_code == 404
    assert cast.client("chai").get("/work/publicity/board/", {"office": cast.aonang.pk}).status_code == 404
