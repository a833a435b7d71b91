"""Rows that are no longer offered but stay for what was written with them: asked here and nowhere else.

An office ends on a day (``closed_on``); a word of a list, an important day, a channel or a signer is
retired (``retired_at``) and may be offered again.
"""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)

IN_USE = Q(retired_at=None)


class RetirableQuerySet(models.QuerySet[Row]):
    """Of a model with ``retired_at``."""

    def active(self) -> Self:
        """The rows offered today."""
        return self.filter(IN_USE)


def is_open(field: str = "") -> Q:
    """Offices that have not ended; ``field`` is the path from the row to its office."""
    return Q(**{f"{field}__closed_on" if field else "closed_on": None})
