"""The ends of all chains as one signed document, to be kept where nobody on this machine can change it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from jitasa.audit.hashing import ring
from jitasa.audit.models import Chain
from jitasa.problems import Refusal

KIND = "jitasa-audit-heads"


@dataclass(frozen=True)
class Heads:
    """Length and hash of the last entry of every chain at one moment."""

    made_at: datetime
    chains: dict[str, tuple[int, str]]

    @property
    def entries(self) -> int:
        return sum(length for length, _head in self.chains.values())


def current_heads(now: datetime) -> Heads:
    """All heads as one statement sees them."""
    rows = Chain.objects.filter(length__gt=0).order_by("key").values_list("key", "length", "head")
    return Heads(now, {key: (length, head) for key, length, head in rows})


def written(heads: Heads) -> bytes:
    """The document: JSON, UTF-8, one chain a line, signed with the audit's key."""
    content = {
        "kind": KIND,
        "version": 1,
        "site": settings.SITE_URL,
        "made_at": heads.made_at.astimezone(UTC).isoformat(),
        "entries": heads.entries,
        "chains": {key: list(end) for key, end in heads.chains.items()},
    }
    content["signature"] = ring().mac(_text(content), purpose="audit.heads")
    return json.dumps(content, ensure_ascii=False, indent=0).encode()


def read(document: bytes) -> Heads:
    """The heads in a document of ours.

    :raises Refusal: it is something else, or was changed since it was signed.
    """
    try:
        content: dict[str, Any] = json.loads(document)
        signature = str(content.pop("signature"))
        chains = {str(key): (int(length), str(head)) for key, (length, head) in content["chains"].items()}
        heads = Heads(datetime.fromisoformat(content["made_at"]), chains)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refusal(_("ไฟล์นี้ไม่ใช่ค่าท้ายสายที่ jitasa audit-heads ทำ เลือกไฟล์ audit-heads-….json")) from None
    if content.get("kind") != KIND or not ring().matches(signature, _text(content), purpose="audit.heads"):
        raise Refusal(_("ลายเซ็นของไฟล์ค่าท้ายสายไม่ถูกต้อง: ไฟล์ถูกแก้ หรือลงนามด้วยกุญแจที่ไม่อยู่ในรายการแล้ว"))
    return heads


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
