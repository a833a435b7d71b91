"""Links by kind of channel, dates of use, which channels are ticked first."""

from datetime import date

import pytest

from jitasa.publicity import rules
from jitasa.publicity.choices import ChannelKind, Licence
from jitasa.publicity.models import Channel, Material

K = ChannelKind


@pytest.mark.parametrize(
    ("kind", "link"),
    [
        (K.FACEBOOK, "https://www.facebook.com/aonang"),
        (K.FACEBOOK, "https://fb.watch/x"),
        (K.LINE, "https://line.me/R/ti/p/@x"),
        (K.LINE, "https://lin.ee/x"),
        (K.YOUTUBE, "https://youtu.be/x"),
        (K.YOUTUBE, "http://m.youtube.com/watch?v=1"),
        (K.TIKTOK, "https://www.tiktok.com/@x"),
        (K.WEBSITE, "https://อ่าวนาง.ไทย/หน้าแรก"),
        (K.WEBSITE, "http://aonang.go.th:8080/a?b=c#d"),
        (K.LOUDSPEAKER, ""),
    ],
)
def test_links_of_the_right_form(kind: str, link: str) -> None:
    assert rules.link_problem(kind, link) == ""


@pytest.mark.parametrize(
    ("kind", "link"),
    [
        (K.WEBSITE, "javascript:alert(1)"),
        (K.WEBSITE, "ftp://aonang.go.th"),
        (K.WEBSITE, "data:text/html,<b>x"),
        (K.WEBSITE, "https://"),
        (K.WEBSITE, "https://localhost/"),
        (K.WEBSITE, "https://a.go.th/หน้า แรก"),
        (K.WEBSITE, "https://a.go.th:99999/"),
        (K.WEBSITE, "https://a.go.th/\u202e"),
        (K.WEBSITE, "https://[::1"),
        (K.WEBSITE, f"https://a.go.th/{'x' * 300}"),
        (K.FACEBOOK, "https://facebook.com@evil.example/x"),
        (K.FACEBOOK, "https://notfacebook.com/x"),
        (K.FACEBOOK, "https://facebook.com.evil.example/x"),
        (K.FACEBOOK, "https://youtube.com/x"),
        (K.LINE, "line://ti/p/x"),
    ],
)
def test_links_refused_in_words(kind: str, link: str) -> None:
    assert rules.link_problem(kind, link)


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        (" facebook.com/x ", "https://facebook.com/x"),
        ("www.aonang.go.th:8080/a", "https://www.aonang.go.th:8080/a"),
        ("http://a.go.th", "http://a.go.th"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("เพจอ่าวนาง", "เพจอ่าวนาง"),
        ("", ""),
    ],
)
def test_a_link_without_its_beginning_gets_one(typed: str, tidy: str) -> None:
    assert rules.tidy_link(typed) == tidy


def test_dates_of_use_include_both_ends() -> None:
    material = Material(use_from=date(2026, 12, 1), use_to=date(2026, 12, 5))
    assert rules.is_ahead(material, date(2026, 11, 30))
    assert not rules.is_ahead(material, date(2026, 12, 1))
    assert not rules.is_over(material, date(2026, 12, 5))
    assert rules.is_over(material, date(2026, 12, 6))
    assert not rules.is_over(Material(), date(2026, 12, 6))


def test_what_everybody_may_fetch_needs_an_open_licence() -> None:
    assert rules.licence_problem(Licence.OFFICIAL, is_public=True)
    assert not rules.licence_problem(Licence.CC_BY, is_public=True)
    assert not rules.licence_problem(Licence.OFFICIAL, is_public=False)


def test_the_channels_of_last_time_are_ticked_again_else_the_usual_ones() -> None:
    page, loud = Channel(pk=1, kind=K.FACEBOOK), Channel(pk=2, kind=K.LOUDSPEAKER)
    assert rules.suggested("script", [page, loud], [1]) == [1]
    assert rules.suggested("script", [page, loud], []) == [2]
    assert rules.suggested("script", [page, loud], [9]) == [2]
    assert rules.suggested("script", [page], []) == [1]
    assert rules.suggested("script", [], []) == []
