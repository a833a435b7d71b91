"""Jobs of a worker."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from jitasa import queues
from jitasa.notices.models import Notice
from jitasa.notices.selectors import addresses_of


@task(queue_name=queues.NOTICES)
def send_mail_of(notice_id: int) -> int:
    """Send a notice by mail to its office; returns the number of addresses. Addresses are not shown to
    each other."""
    notice = Notice.objects.select_related("organization", "sender").filter(pk=notice_id).first()
    if notice is None:
        return 0
    addresses = addresses_of(notice.organization, timezone.now())
    if not addresses:
        return 0
    lines = [notice.title, "", notice.body, "", f"{settings.SITE_URL}{notice.url}" if notice.url else ""]
    if notice.sender:
        lines.append(f"จาก {notice.sender}")
    text = "\n".join(lines).strip()
    EmailMessage(
        subject=" ".join(f"INFO จิตอาสา: {notice.title}".split()), body=text, to=[], bcc=addresses
    ).send()
    return len(addresses)
