"""The register of channels."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from jitasa.audit.models import Entry
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity.choices import ChannelKind
from jitasa.publicity.models import Channel
from jitasa.publicity.services.channels import (
    ChannelContent,
    add_channel,
    edit_channel,
    restore_channel,
    retire_channel,
)
from jitasa.publicity.tests.making import make_channel
from tests.cast import NOW, Cast

PAGE = ChannelContent(ChannelKind.FACEBOOK, "เพจ  อบต.อ่าวนาง", "facebook.com/aonang", 3000)


def test_a_channel_is_registered_once_with_a_tidy_link(cast: Cast) -> None:
    first = add_channel(actor=cast.anong, content=PAGE, now=NOW)
    again = add_channel(actor=cast.anong, content=PAGE, now=NOW)
    assert first == again
    assert (first.name, first.link) == ("เพจ อบต.อ่าวนาง", "https://facebook.com/aonang")
    assert Entry.objects.filter(verb="channel.add").count() == 1


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (ChannelContent(ChannelKind.FACEBOOK, "เพจ", "javascript:alert(1)"), "link"),
        (ChannelContent(ChannelKind.FACEBOOK, "เพจ", ""), "link"),
        (ChannelContent(ChannelKind.LOUDSPEAKER, " "), "name"),
        (ChannelContent("carrier-pigeon", "นกพิราบ"), "kind"),
        (ChannelContent(ChannelKind.LOUDSPEAKER, "เสียง", "", 70_000_001), "reach"),
    ],
)
def test_what_cannot_be_changes_nothing(cast: Cast, content: ChannelContent, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        add_channel(actor=cast.anong, content=content, now=NOW)
    assert list(refused.value.fields) == [field]
    assert not Channel.objects.exists()
    assert not Entry.objects.exists()


def test_the_same_name_with_other_facts_is_refused(cast: Cast) -> None:
    add_channel(actor=cast.anong, content=PAGE, now=NOW)
    other = ChannelContent(PAGE.kind, PAGE.name, PAGE.link, 9)
    with pytest.raises(Refusal):
        add_channel(actor=cast.anong, content=other, now=NOW)
    assert Channel.objects.get().reach == 3000
    add_channel(actor=cast.chai, content=other, now=NOW)  # another office may


def test_the_kind_stays_and_others_may_not_edit(cast: Cast) -> None:
    channel = make_channel(cast.anong, name="เสียงตามสาย ม.1")
    for kind, actor, problem in (
        (ChannelKind.RADIO, cast.anong, Refusal),
        (ChannelKind.LOUDSPEAKER, cast.dao, Forbidden),
        (ChannelKind.LOUDSPEAKER, cast.chai, Forbidden),
    ):
        with pytest.raises(problem):
            edit_channel(actor=actor, channel=channel, content=ChannelContent(kind, "ใหม่"), now=NOW)
    channel.refresh_from_db()
    assert channel.name == "เสียงตามสาย ม.1"


def test_a_retired_channel_comes_back_unless_its_name_is_taken(cast: Cast) -> None:
    channel = make_channel(cast.anong, name="เสียงตามสาย")
    retire_channel(actor=cast.anong, channel=channel, now=NOW)
    retire_channel(actor=cast.anong, channel=channel, now=NOW)
    assert Entry.objects.filter(verb="channel.retire").count() == 1
    make_channel(cast.anong, name="เสียงตามสาย")
    with pytest.raises(Refusal):
        restore_channel(actor=cast.anong, channel=channel, now=NOW)
    assert Channel.objects.active().count() == 1


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(cast: Cast) -> None:
    page = cast.client("anong").post(
        "/work/publicity/channels/new/", {"kind": "line", "name": "ไลน์กลุ่ม", "link": "https://x.example/a"}
    )
    TestCase().assertContains(page, "line.me")
    TestCase().assertContains(page, "ไลน์กลุ่ม")
    assert not Channel.objects.exists()


def test_offices_above_see_channels_below_and_the_count_of_queries_stays(cast: Cast) -> None:
    client = cast.client("ek")
    counts = []
    for rows in (3, 30):
        while Channel.objects.count() < rows:
            make_channel(cast.anong)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/work/publicity/channels/")
        counts.append(len(queries))
        assert len(page.context["lines"]) == rows
    assert counts[0] == counts[1]
    assert not cast.client("chai").get("/work/publicity/channels/").context["own"]
