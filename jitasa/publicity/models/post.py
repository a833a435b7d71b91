"""What an office says when it publishes one of its activities itself."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jitasa.activities.models import Activity


class ActivityPost(models.Model):
    """Title, text and pictures of the post of one record, as its office last left them.

    ``pictures`` are the SHA-256 of at most four pictures, the leading one first. Whether each may
    still be shown is asked every time from the record (``activities.selectors.public``).
    """

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="post")
    title = models.CharField(_("ชื่อบนการ์ด"), max_length=250)
    text = models.TextField(_("ข้อความโพสต์"))
    pictures = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[models.Manager["ActivityPost"]] = models.Manager()

    def __str__(self) -> str:
        return self.title
