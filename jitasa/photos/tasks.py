"""Work for the background worker."""

from django_tasks import task

from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services import prepare as preparing


@task()
def prepare(photo_id: int) -> str:
    """Make the published copies of a picture; answers its state. A picture already done is left alone."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None:
        return "gone"
    if photo.state == PhotoState.PENDING:
        photo = preparing.prepare(photo)
    return str(photo.state)
