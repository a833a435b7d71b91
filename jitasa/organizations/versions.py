"""What rarely changes (lists, a month's rules, important days, offices), read once per process.

Every change draws a new token for its topic in its own transaction (:func:`changed`). A request reads the
tokens in the statement that reads the person's posts, and :func:`remembered` gives what was loaded under
the same token: an edit shows at once in every process, without a message between them. Outside a request
(command line, worker, a service called alone) nothing is remembered unless :func:`reading` says so.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import TypeVar, cast
from uuid import uuid4

from django.db.models import Subquery

from jitasa.organizations.models.version import DataVersion, Topic

T = TypeVar("T")
Tokens = dict[str, str]
MOST_ENTRIES = 5000  # of a topic; then memory begins anew

_known: ContextVar[Tokens | None] = ContextVar("data_versions", default=None)
_memory: dict[str, tuple[str, dict[Hashable, object]]] = {}


def changed(topic: Topic) -> None:
    """Draw a new token, in the transaction of the change; what follows here reads from the database."""
    DataVersion.objects.bulk_create(
        [DataVersion(topic=topic, token=uuid4().hex)],
        update_conflicts=True,
        unique_fields=["topic"],
        update_fields=["token"],
    )
    known = _known.get()
    if known is not None:
        known.pop(topic, None)


def remembered(topic: Topic, key: Hashable, load: Callable[[], T]) -> T:
    """What ``load`` gave under the topic's present token. Answers are shared: do not change them."""
    token = (_known.get() or {}).get(topic)
    if token is None:
        return load()
    kept_under, entries = _memory.get(topic, ("", {}))
    if kept_under != token or topic not in _memory or len(entries) > MOST_ENTRIES:
        entries = {}
        _memory[topic] = (token, entries)
    if key not in entries:
        entries[key] = load()
    return cast("T", entries[key])


def annotations() -> dict[str, Subquery]:
    """The tokens as columns of another query; :func:`learn` reads them from its row."""
    return {
        f"version_of_{topic}": Subquery(DataVersion.objects.filter(topic=topic).values("token"))
        for topic in Topic
    }


def learn(row: object) -> None:
    """Take the tokens from a row with :func:`annotations`; nothing outside a request."""
    known = _known.get()
    if known is not None:
        known.update({topic: getattr(row, f"version_of_{topic}") or "" for topic in Topic})


def begin() -> Token[Tokens | None]:
    """A request begins: nothing is known yet."""
    return _known.set({})


def end(token: Token[Tokens | None]) -> None:
    _known.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Remember inside the block, under the tokens of now (one statement): for a batch outside a request."""
    stored: Mapping[str, str] = dict(DataVersion.objects.values_list("topic", "token"))
    mark = _known.set({topic: stored.get(topic, "") for topic in Topic})
    try:
        yield
    finally:
        _known.reset(mark)


def forget() -> None:
    """Empty this process's memory (tests)."""
    _memory.clear()
