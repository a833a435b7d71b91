"""Rows that hold what a person typed."""

from django.db.models import Q

from jitasa.thai.search import words


def holding(typed: str, *fields: str) -> Q:
    """Every word of ``typed`` in one of ``fields``, which hold what ``thai.search.stored`` makes.

    Everything for an empty text, nothing for a text without a letter or digit.
    """
    if not typed.strip():
        return Q()
    wanted = words(typed)
    condition = Q() if wanted else Q(pk__in=[])
    for word in wanted:
        held = Q()
        for name in fields:
            held |= Q(**{f"{name}__contains": word})
        condition &= held
    return condition
