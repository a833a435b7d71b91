"""Destroying a letter's files while the same bytes are sent again loses nothing that somebody has."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from jitasa.distribution.values import Recipients
from jitasa.files import store
from jitasa.letters.models import DestructionItem, Letter, StoredFile
from jitasa.letters.services.files import receive_file
from jitasa.letters.services.issue import issue
from jitasa.letters.services.retention import confirm_list, make_list
from jitasa.letters.store import path_of
from jitasa.letters.tests.samples import PDF, draft, set_up_office, values
from jitasa.letters.values import Attached
from jitasa.organizations.viewer import Viewer
from tests.cast import NOW, Cast


@pytest.fixture
def old(cast: Cast) -> StoredFile:
    """The file of a letter of the department whose time of keeping is over."""
    stored = receive_file(actor=cast.fah, chunks=[PDF], name="ก.pdf", now=NOW)
    given = values(
        set_up_office(cast.department),
        enclosures=(Attached(title="ภาพ", sha256=stored.sha256),),
        recipients=Recipients(presets=("governors",)),
    )
    letter = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    long_ago = NOW - timedelta(days=1500)
    Letter.objects.filter(pk=letter.pk).update(retention="one_year", created_at=long_ago, issued_at=long_ago)
    return stored


def destroy(actor: Viewer) -> None:
    destruction = make_list(actor=actor, now=NOW)
    words = dict.fromkeys(DestructionItem.objects.values_list("pk", flat=True), True)
    assert confirm_list(actor=actor, destruction=destruction, committee="ประธาน", words=words, now=NOW) == 1


def test_a_file_nobody_has_any_more_goes(
    cast: Cast, old: StoredFile, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        destroy(cast.fah)
    assert not path_of(old.sha256).exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("who", ["ek", "fah"])
def test_a_file_sent_again_between_the_word_and_the_deed_stays(
    cast: Cast, old: StoredFile, who: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as deeds:
        destroy(cast.fah)
    again = receive_file(actor=getattr(cast, who), chunks=[PDF], name="ข.pdf", now=NOW)
    for deed in deeds:
        deed()
    assert path_of(again.sha256).read_bytes() == PDF


def test_who_removes_waits_for_who_keeps(cast: Cast, old: StoredFile) -> None:
    inside = Event()

    def remove() -> None:
        with store.holding(old.sha256):
            inside.set()

    other = Thread(target=remove)
    with store.holding(old.sha256):
        other.start()
        assert not inside.wait(0.2)
    other.join(timeout=10)
    assert inside.is_set()
