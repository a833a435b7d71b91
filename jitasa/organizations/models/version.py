"""Which version of what rarely changes is in force: read with the person, so that memory is never stale."""

from django.db import models


class Topic(models.TextChoices):
    """What a process keeps in memory, each under a version of its own."""

    LISTS = "lists"
    ROUNDS = "rounds"
    OCCASIONS = "occasions"
    REGISTRY = "registry"


class DataVersion(models.Model):
    """``token`` is drawn anew by every change (``organizations.versions.changed``) and never comes back."""

    topic = models.CharField(max_length=12, primary_key=True, choices=Topic)
    token = models.CharField(max_length=32)
