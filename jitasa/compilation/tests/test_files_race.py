"""The same file asked for by several people at one moment is one row and one job."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.choices import FileKind, FileState
from jitasa.compilation.models import CompilationFile
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.keep_files import ask_file, make_file
from jitasa.config.tests.test_jobs import QUEUE
from tests.at_once import at_once
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.at(NOW), pytest.mark.postgresql]


def test_many_ask_and_two_workers_make_it(cast: Cast, settings: Any) -> None:
    settings.TASKS = QUEUE
    make_lists()
    make_sent(cast.anong)
    made = compile_round(actor=cast.ek, organization=cast.krabi, month=date(2026, 11, 1), now=NOW).compilation

    def asked(actor: Any) -> int:
        return ask_file(actor=actor, compilation=made, kind=FileKind.RECORDS_CSV, now=NOW).pk

    answers = at_once([partial(asked, actor) for actor in (cast.ek, cast.fah) * 3])
    row = CompilationFile.objects.get()
    assert answers == [row.pk] * 6
    assert DBTaskResult.objects.count() == 1
    assert at_once([lambda: make_file(row.pk)] * 3) == [None] * 3
    row.refresh_from_db()
    assert (row.state, row.told.count()) == (FileState.READY, 0)
