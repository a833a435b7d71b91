"""Search and filters: words inside Thai text, and whatever else people and programs send."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jitasa.activities.models import Activity
from jitasa.activities.selectors.public import published
from jitasa.portal.selectors import activities, search
from jitasa.portal.tests.making import make_public
from jitasa.thai.text import search_key
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def shown(cast: Cast) -> Activity:
    return make_public(cast)


def found(**query: str) -> list[Activity]:
    return list(activities.narrowed(activities.read(query, today=date(2026, 11, 22))))


INSIDE_THE_TEXT = [
    "นพรัตน์",
    "ชายหาด",
    "ทำความสะอาด หาด",
    "อ่าวนาง",
    "เก็บขยะ",
    "81-6911",
    "๘๑-๖๙๑๑",
    "เเนวชายหาด",
    "ทําความสะอาด",
]


def test_words_are_found_inside_thai_text(shown: Activity) -> None:
    for typed in INSIDE_THE_TEXT:
        assert found(q=typed) == [shown], typed


def test_all_words_must_be_there(shown: Activity) -> None:
    assert found(q="นพรัตน์ ภูเขา") == []


SAID_INSTEAD = [
    ("ก" * 10_000, "200 ตัวอักษร"),
    ("่้๊๋์", "ยังไม่มีคำให้ค้น"),
    ("... --- %%% ___", "ยังไม่มีคำให้ค้น"),
    ("กา", "อย่างน้อย 3 ตัวอักษร"),
    ("หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า", "ไม่เกิน 8 คำ"),
]


def test_what_cannot_be_looked_for_is_said(client: Client, shown: Activity) -> None:
    for typed, words in SAID_INSTEAD:
        answer = client.get("/activities/", {"q": typed})
        assert answer.status_code == 200
        page = answer.content.decode()
        assert words in page
        assert len(page) < 60_000
        assert shown.name not in page


HOSTILE = [
    "'; DROP TABLE activities_activity; --",
    '" OR 1=1 --',
    "%_%_%",
    "\x01หาด\x02",
    "<script>alert(1)</script>",
    "\\\\\\\\'",
    "\ud800".encode("utf-8", "replace").decode(),
    "🌳🌳🌳",
]


def test_hostile_words_find_nothing_and_break_nothing(client: Client, shown: Activity) -> None:
    for typed in HOSTILE:
        answer = client.get("/activities/", {"q": typed})
        assert answer.status_code == 200, typed
        assert b"<script>alert" not in answer.content
        assert Activity.objects.filter(pk=shown.pk).exists()


def test_a_percent_sign_is_a_letter_like_any_other(shown: Activity) -> None:
    assert found(q="หาด%รัตน์") == []


NARROWING = [
    ({"province": "81"}, 1),
    ({"province": "80"}, 0),
    ({"district": "8101"}, 1),
    ({"province": "80", "district": "8101"}, 0),
    ({"tambon": "810116"}, 1),
    ({"tambon": "810101"}, 0),
    ({"office": "06810104"}, 1),
    ({"office": "81"}, 1),
    ({"office": "06810107"}, 0),
    ({"kind": "development"}, 1),
    ({"kind": "disaster"}, 0),
    ({"kind": "'; --"}, 1),
    ({"since": "20/11/2569", "until": "20/11/2569"}, 1),
    ({"since": "21 พ.ย. 2569"}, 0),
    ({"until": "2026-11-19"}, 0),
    ({"since": "30/11/2569", "until": "1/11/2569"}, 1),
    ({"since": "31/2/2569"}, 1),
    ({"since": "๑/๑๑/๒๕๖๙"}, 1),
]


def test_filters_narrow(shown: Activity) -> None:
    for query, expected in NARROWING:
        assert len(found(**query)) == expected, query


ODD = [
    {"since": "เมื่อวาน"},
    {"since": "1/1/9999"},
    {"until": "99999999999999999999"},
    {"occasion": "abc"},
    {"occasion": "99999999999999999999999"},
    {"office": "nowhere"},
    {"office": "99999999"},
    {"province": "99"},
    {"page": "-5"},
    {"page": "9" * 5000},
    {"page": "๓"},
]


def test_odd_filters_are_answered(client: Client, shown: Activity) -> None:
    for query in ODD:
        assert client.get("/activities/", query).status_code == 200, query


def test_what_was_left_out_is_said(client: Client, shown: Activity) -> None:
    assert "อ่านวันที่ไม่ได้" in client.get("/activities/", {"since": "เมื่อวาน"}).content.decode()
    page = client.get("/activities/", {"since": "30/11/2569", "until": "1/11/2569"}).content.decode()
    assert "สลับให้แล้ว" in page


def test_the_list_counts_no_further_than_a_hundred_pages(
    shown: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        _copy(shown, f"81-6911-10000{number}")
    monkeypatch.setattr(activities, "MOST_COUNTED", 4)
    monkeypatch.setattr(activities, "PER_PAGE", 2)
    page = activities.paged(published().order_by("-start_date", "-id"), "9")
    assert (page.number, page.paginator.num_pages, page.paginator.count) == (2, 2, 5)
    assert page.paginator.overflows  # type: ignore[attr-defined]  # our own paginator


def test_that_there_are_more_is_remembered_a_number_is_not(
    shown: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    _copy(shown, "81-6911-100000")
    rows = published().order_by("-start_date", "-id")
    monkeypatch.setattr(activities, "MOST_COUNTED", 1)
    assert activities.paged(rows, "1").paginator.count == 2
    with CaptureQueriesContext(connection) as asked:
        assert activities.CappedPaginator(rows, 24).overflows
    assert not asked.captured_queries
    monkeypatch.setattr(activities, "MOST_COUNTED", 2)
    assert activities.paged(rows, "1").paginator.count == 2
    _copy(shown, "81-6911-100001")
    assert activities.paged(rows, "1").paginator.count == 3


def _copy(row: Activity, number: str) -> None:
    copy = Activity.objects.get(pk=row.pk)
    copy.pk, copy.number, copy.start_date = None, number, date(2026, 11, 3)
    copy.uuid = type(row.uuid)(int=row.uuid.int ^ int(number[-6:]))
    copy.save(force_insert=True)


def test_reading_a_search_never_fails() -> None:
    for text in ("", " ", "\n", "ก", "กกก", "\u200b\u200b", "ำ", "๑๒๓"):
        assert isinstance(search.read(text), search.Search)
    assert search.read("  หาด  ").words == (search_key("หาด"),)
