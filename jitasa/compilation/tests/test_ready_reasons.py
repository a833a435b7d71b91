"""Ready reasons for late and for nil: one tap, kept by the department, working without script."""

from datetime import date

import pytest
from django.urls import reverse

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.rounds.models import LateReason, MonthlyReturn, NilReason
from jitasa.rounds.selectors.lists import LISTS
from jitasa.rounds.services.defaults import DEFAULTS
from jitasa.rounds.services.items import add_item, retire_item
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def post(cast: Cast, act: str, month: str, **data: str) -> int:
    address = reverse("compilation:return_act", args=[MONTH[month], act])
    return cast.client("anong").post(address, data).status_code


MONTH = {"2569-10": date(2026, 10, 1)}


def test_a_chosen_reason_is_stated_where_nothing_was_written(cast: Cast) -> None:
    row = add_item(
        actor=cast.fah, of=LISTS["nil-reasons"], content={"label": "น้ำท่วมทั้งตำบล", "label_en": ""}, now=NOW
    )
    page = (
        cast.client("anong")
        .get(reverse("compilation:month_return", args=[MONTH["2569-10"]]))
        .content.decode()
    )
    assert f'name="ready" value="{row.code}" data-text="น้ำท่วมทั้งตำบล"' in page
    assert post(cast, "nil", "2569-10", ready=row.code, reason="") == 302
    assert MonthlyReturn.objects.get().nil_reason == "น้ำท่วมทั้งตำบล"


def test_what_was_written_wins_and_neither_is_refused(cast: Cast) -> None:
    row = add_item(
        actor=cast.fah, of=LISTS["nil-reasons"], content={"label": "น้ำท่วมทั้งตำบล", "label_en": ""}, now=NOW
    )
    assert post(cast, "nil", "2569-10", ready="gone", reason=" ") == 400
    assert post(cast, "nil", "2569-10", ready=row.code, reason="น้ำท่วมหมู่ 3") == 302
    assert MonthlyReturn.objects.get().nil_reason == "น้ำท่วมหมู่ 3"


def test_late_reasons_are_on_the_form_and_a_retired_one_is_not(cast: Cast) -> None:
    make_lists()
    of = LISTS["late-reasons"]
    kept, gone = (
        add_item(actor=cast.fah, of=of, content={"label": label, "label_en": ""}, now=NOW)
        for label in ("รอภาพ", "เลิกใช้แล้ว")
    )
    retire_item(actor=cast.fah, of=of, item=gone, now=NOW)
    day = MONTH["2569-10"].replace(day=20)
    make_sent(cast.anong, start_date=day)
    page = (
        cast.client("anong")
        .get(reverse("compilation:month_return", args=[MONTH["2569-10"]]))
        .content.decode()
    )
    assert "รอภาพ" in page
    assert "เลิกใช้แล้ว" not in page
    assert post(cast, "confirm", "2569-10", ready=kept.code, late_reason="") == 302
    assert MonthlyReturn.objects.get().late_reason == "รอภาพ"


def test_a_new_installation_has_some_of_each() -> None:
    rows = dict(DEFAULTS)
    assert len(rows[NilReason]) >= 4
    assert len(rows[LateReason]) >= 4
