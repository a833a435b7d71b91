"""Two workers at one large sheet at the same moment: each batch is written by one of them."""

from datetime import date
from typing import Any

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_lists
from jitasa.compilation.services.check import differences
from jitasa.queues import QUEUES
from jitasa.rounds.models import Round
from jitasa.rounds.rules import first_rules
from jitasa.sheets import batches
from jitasa.sheets.reading import SheetText
from jitasa.sheets.services import go_on
from jitasa.sheets.services.import_rows import ImportAnswers
from jitasa.sheets.services.large_import import begin_import, take_import
from jitasa.sheets.sheet_row import SheetRow
from jitasa.sheets.tests.made import GOOD, told_apart
from jitasa.sheets.zips import ZipPictures
from tests.at_once import at_once
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.at(NOW), pytest.mark.postgresql]
ROWS = 60


def worked(pk: int) -> int:
    count = 0
    while go_on.step(pk, now=NOW):
        count += 1
    return count


def test_two_workers_write_each_batch_once(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [*QUEUES]}}
    monkeypatch.setattr(batches, "AT_ONCE", 6)
    make_lists()
    rules = first_rules(date(2026, 11, 1)) | {"photos_least": 0}
    Round.objects.create(month=date(2026, 11, 1), **rules)
    cells = [{**GOOD, **told_apart(n), "start_date": f"{n % 20 + 1}/11/2569"} for n in range(ROWS)]
    rows = [SheetRow(n, {name: str(text) for name, text in each.items()}) for n, each in enumerate(cells, 4)]
    row = begin_import(
        actor=cast.anong,
        sheet=SheetText(rows),
        pictures=ZipPictures(),
        name="ทั้งปี.xlsx",
        asked=ImportAnswers(),
        now=NOW,
    )
    checked = at_once([lambda: worked(row.pk)] * 3)
    row.refresh_from_db()
    assert row.stage == "ready"
    take_import(actor=cast.anong, sheet_import=row, now=NOW)
    imported = at_once([lambda: worked(row.pk)] * 3)
    row.refresh_from_db()
    assert (row.stage, sum(checked), sum(imported)) == ("done", 10, 10)
    assert row.rows.filter(taken=True, fate="sent").count() == ROWS
    numbers = Activity.objects.values_list("number", "revision")
    assert len({number for number, _revision in numbers}) == ROWS
    assert {revision for _number, revision in numbers} == {1}
    assert list(differences()) == []
