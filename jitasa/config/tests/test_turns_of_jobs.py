"""Who queues many jobs at once keeps nobody waiting: the first of everybody goes before the second of anybody."""

from datetime import date
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.choices import FileKind
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.keep_files import ask_file
from jitasa.config.tests.test_jobs import QUEUE
from jitasa.notices.models import Notice
from jitasa.notices.services.notify import deliver, written
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos.tests.pictures import jpeg
from jitasa.publicity.choices import MaterialKind
from jitasa.publicity.tests.making import make_file, make_material
from jitasa.queues import MOST_BEHIND, behind
from tests.cast import NOW, Cast

MONTH = date(2026, 11, 1)


@pytest.fixture
def queue(settings: Any) -> None:
    """Jobs wait for a worker, as they do in use, and offices get mail."""
    settings.TASKS = QUEUE
    settings.EMAIL_HOST = "mail.example"


def order() -> list[Any]:
    """What the jobs that wait are about, as a worker takes them."""
    return [each.args_kwargs["args"][0] for each in DBTaskResult.objects.ready()]


def test_the_first_of_everybody_goes_before_the_second_of_anybody() -> None:
    assert behind(0) > behind(1) > behind(MOST_BEHIND)
    assert behind(MOST_BEHIND) == behind(7_850) >= -100
    assert behind(MOST_BEHIND, first=-10) >= -100


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_one_mail_goes_before_the_rest_of_many(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def tell(*offices: Organization) -> list[int]:
        with django_capture_on_commit_callbacks(execute=True):
            rows = deliver(
                [written(organization=each, kind="letter", title="มีหนังสือ", now=NOW) for each in offices]
            )
        return [row.pk for row in rows]

    first, *others = tell(cast.krabi, cast.mueang, cast.aonang, cast.lanta)
    [alone] = tell(cast.aonang)
    assert Notice.objects.count() == 5
    assert order() == [first, alone, *others]


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_files_of_a_month_and_pictures_of_a_campaign_take_turns_by_office(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_lists()
    make_sent(cast.anong)

    def files(actor: Viewer, office: Organization) -> list[int]:
        made = compile_round(actor=actor, organization=office, month=MONTH, now=NOW).compilation
        kinds = (FileKind.RECORDS_CSV, FileKind.RECORDS_JSON)
        return [ask_file(actor=actor, compilation=made, kind=kind, now=NOW).pk for kind in kinds]

    def pictures(actor: Viewer) -> list[int]:
        material = make_material(actor, kind=MaterialKind.POSTER)
        with django_capture_on_commit_callbacks(execute=True):
            return [make_file(actor, material, content=jpeg(seed=n), name=f"{n}.jpg").pk for n in (1, 2)]

    first, second = files(cast.ek, cast.krabi)
    of_another, its_second = files(cast.fah, cast.department)
    assert order() == [first, of_another, second, its_second]
    DBTaskResult.objects.all().delete()
    first, second = pictures(cast.ek)
    of_another, its_second = pictures(cast.fah)
    assert order() == [first, of_another, second, its_second]
