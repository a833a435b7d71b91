"""Jobs of the background worker."""

from django.utils import timezone
from django_tasks import task

from jitasa import queues
from jitasa.publicity.models import Campaign
from jitasa.publicity.services import shape as shaping
from jitasa.publicity.services.remind import remind_all
from jitasa.publicity.services.send import courier


@task(queue_name=queues.PICTURES)
def shape(file_id: int) -> str:
    """Make the sizes of a picture; one already done is left alone."""
    return shaping.shape(file_id=file_id)


@task(queue_name=queues.DISTRIBUTION)
def send(campaign_id: int) -> int:
    """Send what is left of a campaign; safe to run again."""
    return courier.send_all(campaign_id)


@task(queue_name=queues.DISTRIBUTION)
def remind(campaign_id: int, sender_id: int) -> int:
    """Remind those who have not used it; whoever was reminded already is left out."""
    campaign = Campaign.objects.get(pk=campaign_id)
    return remind_all(campaign=campaign, sender_id=sender_id, now=timezone.now())
