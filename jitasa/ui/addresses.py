"""Addresses of many things of one kind: the pattern is looked for once, and each key is put into it."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

ANY = UUID(int=0)


def by_uuid(name: str) -> Callable[[UUID], str]:
    """What makes the address ``name`` (its one argument a UUID) for each row of a list."""
    before, _key, behind = reverse(name, args=[ANY]).partition(str(ANY))
    return lambda uuid: f"{before}{uuid}{behind}"
