"""Usernames of erased people: only a keyed hash is kept, so that they are never given again."""

from django.conf import settings

from jitasa.accounts.models import User


def former_name(username: str) -> str:
    """What is kept of an erased username, so that it is never given again."""
    return str(settings.KEYS["tokens"].mac(username, purpose="organizations.former_name"))


def was_erased(username: str) -> bool:
    """Whether somebody of that name was erased, under whatever key."""
    codes = settings.KEYS["tokens"].macs(username, purpose="organizations.former_name")
    return User.objects.filter(former_name__in=codes).exists()
