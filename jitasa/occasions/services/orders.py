"""Take in the file of the order by which a day was set."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.utils.translation import gettext as _

from jitasa.documents.intake import NotTaken, type_of
from jitasa.files import store
from jitasa.files.names import shown_name
from jitasa.occasions import rules
from jitasa.occasions.store import path_of
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal


@dataclass(frozen=True)
class Order:
    """A file on disk: its hash, its name as it is offered, and its type, read from the content."""

    sha256: str
    name: str
    media_type: str


def receive_order(*, actor: Viewer, chunks: Iterable[bytes], name: str) -> Order:
    """Keep the file by its SHA-256; the same file again is the same place. The day that names it comes after.

    :raises Forbidden: the person sets no days.
    :raises Refusal: too large, a program, encrypted, or of no allowed type (field ``order_file``).
    """
    if not rules.may_add(actor):
        raise Forbidden(_(rules.SETTERS))
    most: int = settings.LETTER_FILE_MAX_BYTES
    temporary, sha256, size = store.write_incoming(chunks, most)
    try:
        if size > most:
            raise NotTaken(_("ไฟล์ใหญ่เกิน %(most)d MB ลดขนาดแล้วแนบใหม่") % {"most": most // 1024 // 1024})
        kind = type_of(temporary)
        with store.holding(sha256):
            store.keep(temporary, path_of(sha256))
        stem = PurePath(shown_name(name)).stem[:150]
        return Order(sha256=sha256, name=f"{stem}.{kind.ending}", media_type=kind.media_type)
    except NotTaken as reason:
        raise Refusal(fields={"order_file": [f"{shown_name(name)}: {reason}"]}) from reason
    finally:
        temporary.unlink(missing_ok=True)
