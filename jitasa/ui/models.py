"""What is counted of those who ask often."""

from django.db import models


class RequestCount(models.Model):
    """How often one network asked one thing within one span of time; a keyed hash, no address (``limits``)."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "ui_asked"  # its first name; limits.py writes to it
