"""Acts that a client may send twice: the same act sent several times at one moment is done once."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, transaction

P = ParamSpec("P")
R = TypeVar("R")


def idempotent(service: Callable[P, R]) -> Callable[P, R]:
    """Make a service that looks for its row, and creates it when there is none, safe against itself.

    Two requests that arrive together both find no row; the database lets one create it and stops the
    other. That one is undone and done again, and now finds the row as if it had come a moment later:
    it answers the same, or refuses as it would have then. One transaction, by this decorator.

    The service must find its row by what the unique constraint stands on. What else is wrong with the
    data stops the second attempt as well.

    :raises django.db.IntegrityError: a constraint other than "there is one of these already".
    """

    @wraps(service)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return service(*args, **kwargs)
        except IntegrityError:
            with transaction.atomic():
                return service(*args, **kwargs)

    return wrapped
