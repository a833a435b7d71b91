"""What may be sent, said before it is sent. ``ui.body_limits`` refuses by the announced length."""

from django.http import HttpRequest

from jitasa.publicity import file_types
from jitasa.publicity.choices import FileKind


def limits() -> list[tuple[str, str, int]]:
    """(kind, its word, megabytes) of what may be sent, for the page to say before."""
    return [
        (kind.value, str(kind.label), file_types.most_bytes(kind.value) // file_types.MB) for kind in FileKind
    ]


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
