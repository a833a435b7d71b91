"""Public records with real pictures, for the tests of this app."""

from datetime import datetime
from typing import Any

from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.tests.making import make_lists, make_photo, make_sent
from jitasa.activities.values import PhotoValue
from jitasa.photos import store
from jitasa.photos.choices import Size
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services.receive import receive
from jitasa.photos.tests import pictures
from jitasa.review.services.accept import accept
from jitasa.rounds.models import Kind
from tests.cast import NOW, Cast


def make_picture(cast: Cast, seed: int = 1) -> Photo:
    """A picture that Anong's office sent, its copies in place as if the worker had made them."""
    data = pictures.jpeg(320, 240, seed)
    file = pictures.as_file(data)
    photo = receive(actor=cast.anong, organization=cast.aonang, file=file, name="ภาพ.jpg", now=NOW)
    store.published_folder(photo.sha256).mkdir(parents=True, exist_ok=True)
    for size in Size:
        store.published(photo.sha256, size).write_bytes(data)
    Photo.objects.filter(pk=photo.pk).update(state=PhotoState.READY)
    photo.refresh_from_db()
    return photo


def make_public(cast: Cast, *, seed: int = 1, now: datetime = NOW, **changes: Any) -> Activity:
    """An accepted record of อบต.อ่าวนาง with one picture cleared for publication and one kept back."""
    if not Kind.objects.exists():
        make_lists()
    photo = make_picture(cast, seed)
    kept_back = make_photo(cast.aonang, f"kept back {seed}")
    shown = PhotoValue(sha256=photo.sha256, caption="เก็บขยะชายหาด")
    values = {"photos": (shown, PhotoValue(sha256=kept_back.sha256, publish=False)), **changes}
    sent = make_sent(cast.anong, now=now, **values)
    return accept(actor=cast.dao, activity=sent, now=now)


def use_of(activity: Activity) -> ActivityPhoto:
    """Its picture that was left for publication."""
    uses = ActivityPhoto.objects.select_related("photo", "activity__organization")
    return uses.get(activity=activity, position=0)
