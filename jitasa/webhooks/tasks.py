"""Jobs of a worker."""

from django_tasks import task

from jitasa.webhooks.services.send import send_waiting


@task()
def send_waiting_of(webhook_id: int) -> int:
    """Send what waits for one address; returns how many messages arrived."""
    return send_waiting(webhook_id)
