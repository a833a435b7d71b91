"""What is remembered per process is never stale: an edit shows at once, also in another process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from jitasa.config.tests.served import python_path
from jitasa.organizations import versions
from jitasa.organizations.models import DataVersion, Topic
from jitasa.rounds.models import Kind
from jitasa.rounds.selectors.lists import LISTS, offered
from jitasa.rounds.services.items import edit_item
from tests.cast import NOW, Cast

ROOT = Path(__file__).parents[3]
# A process that answers each line it reads with the kinds as a request of that moment sees them.
READER = """
import sys, django
django.setup()
from jitasa.organizations import versions
from jitasa.rounds.models import Kind
from jitasa.rounds.selectors.lists import offered
from django.db import connection
from django.test.utils import CaptureQueriesContext
for _line in sys.stdin:
    with CaptureQueriesContext(connection) as captured, versions.reading():
        labels = ",".join(row.label for row in offered(Kind))
    print(f"{labels} {len(captured)}", flush=True)
"""


@pytest.fixture
def kind(db: None) -> Kind:
    return Kind.objects.create(code="development", label="จิตอาสาพัฒนา", position=1, created_at=NOW)


def labels() -> tuple[str, int]:
    """The kinds as a request sees them, and the statements it took."""
    with CaptureQueriesContext(connection) as captured, versions.reading():
        words = ",".join(row.label for row in offered(Kind))
    return words, len(captured)


def test_what_was_read_is_read_once(kind: Kind) -> None:
    assert labels() == ("จิตอาสาพัฒนา", 2)
    assert labels() == ("จิตอาสาพัฒนา", 1)  # the tokens alone


def test_an_edit_shows_at_once(cast: Cast, kind: Kind) -> None:
    labels()
    content = {"label": "พัฒนาชุมชน", "label_en": ""}
    edit_item(actor=cast.fah, of=LISTS["kinds"], item=kind, content=content, now=NOW)
    assert labels() == ("พัฒนาชุมชน", 2)


def test_the_request_that_edits_reads_its_own_edit(cast: Cast, kind: Kind) -> None:
    with versions.reading():
        assert [row.label for row in offered(Kind)] == ["จิตอาสาพัฒนา"]
        content = {"label": "พัฒนาชุมชน", "label_en": ""}
        edit_item(actor=cast.fah, of=LISTS["kinds"], item=kind, content=content, now=NOW)
        assert [row.label for row in offered(Kind)] == ["พัฒนาชุมชน"]


def test_a_token_that_was_rolled_back_never_comes_back(kind: Kind) -> None:
    tokens = set()
    for _ in range(3):
        with transaction.atomic():
            versions.changed(Topic.LISTS)
            tokens.add(DataVersion.objects.get(topic=Topic.LISTS).token)
            transaction.set_rollback(True)
    assert len(tokens) == 3


def test_outside_a_request_nothing_is_remembered(kind: Kind) -> None:
    offered(Kind)
    Kind.objects.filter(pk=kind.pk).update(label="อื่น")
    assert [row.label for row in offered(Kind)] == ["อื่น"]


@pytest.mark.django_db(transaction=True)
def test_an_edit_shows_at_once_in_another_process(cast: Cast, kind: Kind) -> None:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and ("memory" in name or not Path(name).exists()):
        pytest.skip("a database in memory belongs to one process; PostgreSQL tries this")
    with _other_process(name) as other:
        assert _asked(other) == ("จิตอาสาพัฒนา", 2)
        assert _asked(other) == ("จิตอาสาพัฒนา", 1)
        content = {"label": "พัฒนาชุมชน", "label_en": ""}
        edit_item(actor=cast.fah, of=LISTS["kinds"], item=kind, content=content, now=NOW)
        assert _asked(other) == ("พัฒนาชุมชน", 2)
        assert labels() == ("พัฒนาชุมชน", 2)


def _other_process(name: str) -> "subprocess.Popen[str]":
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{name}"
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "jitasa.config.settings",
        "JITASA_DATABASE_URL": url,
        "PYTHONPATH": python_path(),
    }
    return subprocess.Popen(
        [sys.executable, "-c", READER],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _asked(process: "subprocess.Popen[str]") -> tuple[str, int]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    words, _, count = process.stdout.readline().strip().rpartition(" ")
    return words, int(count)
