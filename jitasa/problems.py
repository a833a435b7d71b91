"""Refusals that a service raises and every interface shows in its own way.

A refusal carries a Thai sentence that says what is wrong *and what to do*. Pages turn it into a
message or form errors, the API into problem+json, the command line into a line and an exit code.
"""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """The act was not done and nothing has changed.

    ``message`` is shown to a person. ``fields`` maps a field name to the messages that belong to it,
    so that a form can put them where they are needed. ``code`` is stable, for programs.
    """

    code = "refused"
    status = 400

    def __init__(
        self,
        message: str = "",
        *,
        fields: Mapping[str, Sequence[str]] | None = None,
        code: str | None = None,
    ) -> None:
        self.fields: dict[str, list[str]] = {name: list(texts) for name, texts in (fields or {}).items()}
        self.message = message or " · ".join(text for texts in self.fields.values() for text in texts)
        if code is not None:
            self.code = code
        super().__init__(self.message)


class Forbidden(Refusal):
    """The person may see the thing but may not do this to it (HTTP 403)."""

    code = "forbidden"
    status = 403


class NotFound(Forbidden):
    """The person may not even know that the thing is there (HTTP 404)."""

    code = "not_found"
    status = 404


class Conflict(Refusal):
    """Somebody else changed the thing first (HTTP 409); the interface shows both versions."""

    code = "conflict"
    status = 409


class StoreAway(OSError):
    """The store of files does not answer: nothing was kept, and the same act may be tried again in a while."""
