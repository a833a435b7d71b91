"""Writing the rows of one part in every format, and telling how whole files come out."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Any

from jitasa.files.reading import size_of
from jitasa.files.store import NewFile
from jitasa.opendata import formats, store
from jitasa.opendata.columns import Column

BATCH = 1000
Piece = dict[str, Any]


def write_piece(part: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Piece | None:
    """Store the rows once in each format; ``None`` when there are none. Reads the rows only once."""
    stream = iter(rows)
    count = 0
    with ExitStack() as stack:
        files = {form: stack.enter_context(NewFile()) for form in formats.FORMATS}
        writers = {form: formats.WRITERS[form](columns) for form in formats.FORMATS}
        while batch := list(islice(stream, BATCH)):
            count += len(batch)
            for form, file in files.items():
                file.write(writers[form].rows(batch))
        if not count:
            return None
        stored = {
            form: {"sha256": file.keep(store.path_of), "bytes": file.bytes} for form, file in files.items()
        }
    return {"part": part, "rows": count, "files": stored}


def whole(
    form: str, columns: Sequence[Column], facts: dict[str, Any], pieces: Sequence[Piece]
) -> Iterator[bytes]:
    """The bytes of a whole file, a little at a time."""
    yield formats.head(form, columns, facts)
    for index, piece in enumerate(pieces):
        if index:
            yield formats.between(form)
        yield from store.chunks(piece["files"][form]["sha256"])
    yield formats.tail(form)


def measured(chunks: Iterable[bytes]) -> dict[str, Any]:
    """SHA-256 and size of what was streamed."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
    return {"sha256": digest.hexdigest(), "bytes": size}


def are_there(pieces: Iterable[Piece]) -> bool:
    """Whether every stored file of the pieces is on disk with its size."""
    stored = (file for piece in pieces for file in piece["files"].values())
    return all(size_of(store.path_of(file["sha256"])) == file["bytes"] for file in stored)
