"""Jobs of the background worker."""

from django_tasks import task

from jitasa.letters.services.send import send_all


@task()
def send(letter_id: int) -> int:
    """Send what is left of a letter; safe to run again."""
    return send_all(letter_id=letter_id)
