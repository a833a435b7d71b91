"""What a day's pages lead to: the letters that ask for it and the materials made for it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jitasa.letters.choices import AnswerKind, LetterStatus
from jitasa.letters.models import Letter
from jitasa.occasions.models import Occasion, OccasionKind
from jitasa.occasions.services.edit import OccasionContent, edit_occasion
from jitasa.organizations.models import Organization
from jitasa.publicity.choices import MaterialKind
from jitasa.publicity.models import Material
from tests.cast import NOW, Cast

CONTENT = OccasionContent(
    date=date(2026, 12, 5), name="วันพ่อแห่งชาติ", short_name="วันพ่อ", kind=OccasionKind.ROYAL
)


@pytest.fixture
def day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Occasion:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return Occasion.objects.create(
        code="father", date=CONTENT.date, name=CONTENT.name, short_name=CONTENT.short_name, kind=CONTENT.kind
    )


def make_letter(office: Organization, day: Occasion, subject: str, **columns: Any) -> Letter:
    """A letter in force that asks for activities on the day."""
    values = {"status": LetterStatus.ISSUED, "number": f"มท {uuid4().hex[:6]}", "issued_at": NOW, **columns}
    return Letter.objects.create(
        uuid=uuid4(),
        organization=office,
        subject=subject,
        answer_kind=AnswerKind.ACTIVITY,
        answer_occasion=day,
        answer_by=day.date,
        created_at=NOW,
        updated_at=NOW,
        **values,
    )


def make_material(office: Organization, day: Occasion, title: str, **columns: Any) -> Material:
    return Material.objects.create(
        uuid=uuid4(),
        organization=office,
        kind=MaterialKind.SCRIPT,
        title=title,
        words="ประชาสัมพันธ์",
        occasion=day,
        created_at=NOW,
        updated_at=NOW,
        **columns,
    )


def pages(day: Occasion) -> list[str]:
    return [reverse("occasions:edit", args=[day.pk]), reverse("compilation:occasion_board", args=[day.pk])]


def test_letters_and_materials_stand_on_both_pages_of_the_day(cast: Cast, day: Occasion) -> None:
    letter = make_letter(cast.department, day, "ขอให้จัดกิจกรรมวันพ่อ")
    material = make_material(cast.department, day, "โปสเตอร์วันพ่อ")
    for address in pages(day):
        page = cast.client("fah").get(address).content.decode()
        assert reverse("letters:show", args=[letter.uuid]) in page
        assert reverse("publicity:material", args=[material.pk]) in page
        assert ("ขอให้จัดกิจกรรมวันพ่อ" in page, "โปสเตอร์วันพ่อ" in page) == (True, True)


def test_only_what_the_reader_may_see_and_use(cast: Cast, day: Occasion) -> None:
    make_letter(cast.department, day, "ร่างที่ยังไม่ออก", status=LetterStatus.DRAFT, number="")
    make_letter(cast.department, day, "เรียกคืนแล้ว", status=LetterStatus.RECALLED, recalled_at=NOW)
    make_letter(cast.kokklang, day, "ของอำเภออื่น")
    make_material(cast.kokklang, day, "สื่อของอำเภออื่น")
    make_material(cast.department, day, "สื่อหมดเวลา", use_to=date(2026, 11, 1))
    make_material(cast.department, day, "สื่อที่ถอน", withdrawn_at=NOW, withdraw_reason="แก้คำผิด")
    make_material(cast.krabi, day, "สื่อของจังหวัด")
    for address in pages(day):
        page = cast.client("anong").get(address).content.decode()
        assert "สื่อของจังหวัด" in page
        for hidden in ("ร่างที่ยังไม่ออก", "เรียกคืนแล้ว", "ของอำเภออื่น", "สื่อหมดเวลา", "สื่อที่ถอน"):
            assert hidden not in page


def test_a_letter_passed_on_stands_there_once(cast: Cast, day: Occasion) -> None:
    first = make_letter(cast.department, day, "จากกรม")
    second = make_letter(cast.krabi, day, "จากจังหวัด", parent=first, root=first)
    make_letter(cast.mueang, day, "จากอำเภอ", parent=second, root=first)
    for address in pages(day):
        page = cast.client("fah").get(address).content.decode()
        assert ("จากกรม" in page, "จากจังหวัด" in page, "จากอำเภอ" in page) == (True, False, False)
        page = cast.client("dao").get(address).content.decode()
        assert ("จากกรม" in page, "จากอำเภอ" in page) == (False, True)


def test_a_day_without_either_shows_no_empty_frame(cast: Cast, day: Occasion) -> None:
    for address in pages(day):
        page = cast.client("fah").get(address).content.decode()
        assert "หนังสือเรื่องวันนี้" not in page
        assert "สื่อสำหรับวันนี้" not in page


def test_a_moved_day_keeps_its_letters_and_materials(cast: Cast, day: Occasion) -> None:
    make_letter(cast.department, day, "ขอให้จัดกิจกรรมวันพ่อ")
    make_material(cast.department, day, "โปสเตอร์วันพ่อ")
    moved = edit_occasion(
        actor=cast.fah, occasion=day, content=replace(CONTENT, date=date(2026, 12, 6)), now=NOW
    )
    assert moved.pk != day.pk
    for address in pages(moved):
        page = cast.client("fah").get(address).content.decode()
        assert "ขอให้จัดกิจกรรมวันพ่อ" in page
        assert "โปสเตอร์วันพ่อ" in page


def test_queries_do_not_grow_with_letters_and_materials(cast: Cast, day: Occasion) -> None:
    client, counts = cast.client("fah"), []
    for number in (3, 27):
        for each in range(number):
            later = NOW + timedelta(minutes=each)
            make_letter(cast.department, day, f"เรื่อง {number}-{each}", issued_at=later)
            make_material(cast.department, day, f"สื่อ {number}-{each}")
        with CaptureQueriesContext(connection) as queries:
            for address in pages(day):
                client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
