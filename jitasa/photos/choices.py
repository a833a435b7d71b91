"""Closed lists of the picture store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Size(models.TextChoices):
    """Published copies by name; ``LONG_SIDE`` says how large."""

    SMALL = "small", _("เล็ก")
    MEDIUM = "medium", _("กลาง")
    LARGE = "large", _("ใหญ่")


# Longest side in pixels; a smaller picture keeps its size.
LONG_SIDE = {Size.SMALL: 320, Size.MEDIUM: 960, Size.LARGE: 1920}
