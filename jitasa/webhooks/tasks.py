"""Jobs of a worker."""

from django_tasks import task

from jitasa import queues
from jitasa.webhooks.services.send import send_waiting


@task(queue_name=queues.NOTICES)
def send_waiting_of(webhook_id: int) -> int:
    """Send what waits for one address; returns how many messages arrived."""
    return send_waiting(webhook_id)
