"""Jobs of a worker."""

from django.conf import settings
from django.core.mail import EmailMessage
from django_tasks import task

from jitasa import queues
from jitasa.accounts.models import PersonalNotice


@task(queue_name=queues.NOTICES)
def send_mail_of_personal_notice(notice_id: int) -> int:
    """Send a personal notice to the person's own address; returns the number of addresses."""
    notice = PersonalNotice.objects.select_related("user").filter(pk=notice_id).first()
    if notice is None or not notice.user.email or not notice.user.is_active:
        return 0
    lines = [notice.title, "", notice.body, "", f"{settings.SITE_URL}{notice.url}" if notice.url else ""]
    subject = " ".join(f"INFO จิตอาสา: {notice.title}".split())
    EmailMessage(subject=subject, body="\n".join(lines).strip(), to=[notice.user.email]).send()
    return 1
