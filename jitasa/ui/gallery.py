"""What the gallery shows: true-looking samples with long names, empty and wrong states, many rows."""

from django.http import HttpRequest


def samples(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  # filled below
    return {}
