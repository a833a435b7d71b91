"""Jobs of the background worker."""

from django.utils import timezone
from django_tasks import task

from jitasa import queues
from jitasa.letters.models import Letter, OutsideRecipient
from jitasa.letters.selectors.behind import Behind
from jitasa.letters.services.remind import remind_all
from jitasa.letters.services.send import courier
from jitasa.letters.services.to_outside import mail
from jitasa.organizations.models import Organization


@task(queue_name=queues.DISTRIBUTION)
def send(letter_id: int) -> int:
    """Send what is left of a letter; safe to run again."""
    return courier.send_all(letter_id)


@task(queue_name=queues.NOTICES)
def mail_outside(recipient_id: int) -> None:
    """Mail a letter to somebody outside the registry."""
    recipient = OutsideRecipient.objects.select_related("letter__organization").get(pk=recipient_id)
    mail(recipient, timezone.now())


@task(queue_name=queues.DISTRIBUTION)
def remind(letter_id: int, node_id: int, behind: Behind, sender_id: int) -> int:
    """Remind a large branch; whoever was reminded already is left out, so it is safe to run again."""
    letter = Letter.objects.get(pk=letter_id)
    node = Organization.objects.get(pk=node_id)
    return remind_all(letter=letter, node=node, behind=behind, sender_id=sender_id, now=timezone.now())
