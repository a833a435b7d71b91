"""Rows are found however a person writes, and old keys are brought to the one folding."""

import pytest

from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.search import search
from jitasa.ui.searching import holding
from jitasa.ui.stored_keys import rebuild_search_text, replace_in_search_text
from tests.cast import Cast


@pytest.mark.parametrize(
    "typed",
    [
        "อบต.อ่าวนาง",
        "อบต. อ่าวนาง",
        "อบตอ่าวนาง",
        "องค์การบริหารส่วนตำบลอ่าวนาง",
        "องค์การบริหารส่วนตำบล อ่าวนาง",
        "๐๖๘๑๐๑๐๔",
    ],
)
def test_an_office_is_found_in_full_and_short(cast: Cast, typed: str) -> None:
    assert search(typed).first() == cast.aonang


def test_what_has_no_letter_finds_nothing_and_no_text_everything(cast: Cast) -> None:
    offices = Organization.objects.all()
    assert not offices.filter(holding("…", "search_text")).exists()
    assert offices.filter(holding("  ", "search_text")).count() == offices.count()


def test_old_keys_are_rebuilt_in_batches(cast: Cast) -> None:
    right = dict(Organization.objects.values_list("pk", "search_text"))
    Organization.objects.update(search_text="เทศบาลเมืองกระบี่ ๔")
    rebuild_search_text(Organization, longest=30)
    assert set(Organization.objects.values_list("search_text", flat=True)) == {
        "เทศบาลเมืองกระบี่ 4 ทมกระบี่ 4"[:30]
    }
    assert len(right) > 3


def test_a_letter_in_old_keys_is_replaced_and_the_rest_left(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.aonang.pk).update(search_text="อบต.ถ้ำฤๅษี อบตถ้ำฤๅษี")
    others = dict(Organization.objects.exclude(pk=cast.aonang.pk).values_list("pk", "search_text"))
    replace_in_search_text(Organization, "ฤๅ", "ฤา")
    assert search("ฤาษี").first() == search("ถ้ำฤๅษี").first() == cast.aonang
    assert dict(Organization.objects.exclude(pk=cast.aonang.pk).values_list("pk", "search_text")) == others
