"""Records that stand in the database before a journey begins, with real pictures behind them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import FilePayload

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_draft, make_sent
from jitasa.activities.values import PhotoValue
from jitasa.organizations.viewer import Viewer
from jitasa.photos.services.receive import receive
from tests.browser.days import NOW, YESTERDAY
from tests.browser.one_at_a_time import database
from tests.browser.recording import NAME, picture


def received(actor: Viewer, *pictures: FilePayload) -> tuple[PhotoValue, ...]:
    """The pictures as a record of the actor's office names them."""
    office = actor.organization
    assert office is not None
    found = []
    for each in pictures:
        upload = SimpleUploadedFile(each["name"], each["buffer"], "image/jpeg")
        photo = receive(actor=actor, organization=office, file=upload, name=each["name"], now=NOW)
        found.append(PhotoValue(sha256=photo.sha256))
    return tuple(found)


def drafted(actor: Viewer, name: str = NAME, *, seeds: tuple[int, ...] = (1, 2), **changes: Any) -> Activity:
    """The same, not sent yet."""
    with database():
        shots = received(actor, *(picture(seed, scene="canal") for seed in seeds))
        values: dict[str, Any] = {"name": name, "start_date": YESTERDAY, "groups": {"staff": 62}, **changes}
        return make_draft(actor, now=NOW, pictures=0, photos=shots, **values)


def sent(actor: Viewer, name: str = NAME, *, seeds: tuple[int, ...] = (1, 2), **changes: Any) -> Activity:
    """Anong's (or Chai's) record, sent and waiting for review; ``seeds`` draw its pictures."""
    values: dict[str, Any] = {
        "name": name,
        "start_date": YESTERDAY,
        "groups": {"volunteer-904": 4, "staff": 62},
        "latitude": None,
        "longitude": None,
        **changes,
    }
    with database():
        shots = received(actor, *(picture(seed, scene="canal") for seed in seeds))
        return make_sent(actor, now=NOW, pictures=0, photos=shots, **values)
