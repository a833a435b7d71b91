"""How large the body of a request may be, by its address: read by the front server and by middleware.

Every address takes an ordinary form (``FORM_MAX_BYTES``). The addresses below take files too, and then
only from somebody who is signed in. The front refuses by the announced length before it reads a byte.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

ENGLISH = "/en/"
_UUID = r"[0-9a-f-]{36}"
# (addresses, setting that says how many bytes one request may bring there)
UPLOADS: tuple[tuple[str, str], ...] = (
    (r"/work/photos/([0-9a-f]{64}/)?", "UPLOAD_MAX_BYTES"),
    (rf"/api/v1/(photos/[0-9a-f]{{64}}|activities/{_UUID}/with-photos)", "UPLOAD_MAX_BYTES"),
    (r"/openrosa/(key/[A-Za-z0-9_-]{1,100}/)?submission", "UPLOAD_MAX_BYTES"),
    (r"/api/v1/activities/batch", "DATA_UPLOAD_MAX_MEMORY_SIZE"),
    (r"/api/v1/letters/\d+/answer-with-file", "UPLOAD_MAX_BYTES"),
    (rf"/work/activities/{_UUID}/edit/", "UPLOAD_MAX_BYTES"),
    (r"/work/letters/(new|preview|outside|settings|signing)/", "UPLOAD_MAX_BYTES"),
    (rf"/work/letters/{_UUID}/(edit|issue|answer)/", "UPLOAD_MAX_BYTES"),
    (r"/work/occasions/(add|\d+)/", "UPLOAD_MAX_BYTES"),
    (r"/work/sheets/(check|import)/", "UPLOAD_MAX_BYTES"),
    (r"/work/organizations/import/", "UPLOAD_MAX_BYTES"),
    (r"/work/publicity/broadcasts/(new/|\d+/photo/)", "UPLOAD_MAX_BYTES"),
    (r"/work/publicity/materials/(new/|\d+/edit/|\d+/files/|\d+/files/add/)", "MATERIAL_UPLOAD_MAX_BYTES"),
)


@dataclass(frozen=True)
class BodyLimit:
    """``form``: bytes anybody may send; ``most``: bytes somebody signed in may send (never less)."""

    form: int
    most: int

    @property
    def takes_files(self) -> bool:
        return self.most > self.form


def limit_for(path: str) -> BodyLimit:
    """The limit of an address (``/en/…`` counts as the same address without it)."""
    bare = path[len(ENGLISH) - 1 :] if path.startswith(ENGLISH) else path
    form: int = settings.FORM_MAX_BYTES
    for pattern, setting in _patterns():
        if pattern.fullmatch(bare):
            return BodyLimit(form, max(form, getattr(settings, setting)))
    return BodyLimit(form, form)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), setting) for pattern, setting in UPLOADS)
