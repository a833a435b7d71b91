"""Jobs of the background worker."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from jitasa import queues
from jitasa.sheets.services.go_on import step


@task(queue_name=queues.INTERACTIVE)
def go_on(import_id: int) -> None:
    """One batch of a large sheet; the next is a job of its own, so that pictures and mail do not wait for all of them."""
    with transaction.atomic():
        if step(import_id, now=timezone.now()):
            go_on.enqueue(import_id)
