"""Compare every file that was taken in with the hash it came with: what is missing, what is damaged."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from django.apps import apps

from jitasa.files.reading import kept_hash
from jitasa.files.store import place_of
from jitasa.problems import StoreAway

# (model, folder of the store, name of the file in the place of its hash); materials stand beside this app
# (docs/architecture.md), so that models are looked up by name.
KEPT = (
    ("photos.Photo", "originals", ""),
    ("letters.StoredFile", "letters", ""),
    ("occasions.Occasion", "occasions", ""),
    ("publicity.MaterialFile", "materials", "original"),
)
HASH = {"occasions.Occasion": "order_sha256"}  # where the column has another name; empty: no file


@dataclass(frozen=True)
class BadFile:
    """``what``: the model's label; ``found``: the hash of what lies there, empty when nothing does."""

    what: str
    sha256: str
    fault: Literal["missing", "damaged"]
    found: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def bad_files() -> Iterator[BadFile]:
    """Each original that is missing or whose content has another SHA-256, in the order of the hashes."""
    for label, folder, name in KEPT:
        column = HASH.get(label, "sha256")
        rows = apps.get_model(label)._default_manager.exclude(**{column: ""}).order_by(column)
        for sha256 in rows.values_list(column, flat=True).distinct().iterator(chunk_size=2000):
            place = place_of(folder, sha256)
            found = _hash_of(place / name if name else place)
            if found != sha256:
                yield BadFile(label, sha256, "damaged" if found else "missing", found)


def _hash_of(path: Path) -> str:
    """The SHA-256 of a file; empty when there is none or the disk cannot read it."""
    try:
        return kept_hash(path)
    except FileNotFoundError:
        return ""
    except StoreAway:
        raise  # nothing can be said of any file
    except OSError as error:  # a bad sector: the file is there, but damaged
        return f"errno {error.errno}"
