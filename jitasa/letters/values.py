"""The content of a letter as clean values: what the composer, the API or the demonstration hands over."""

import datetime
from dataclasses import dataclass, field

from jitasa.distribution.values import Recipients
from jitasa.letters.choices import AnswerKind, Retention, Secrecy, Urgency


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of the text. ``order`` blocks are numbered; ``own`` marks what a passing office added."""

    kind: str  # "paragraph" or "order"
    text: str
    own: bool = False


@dataclass(frozen=True, kw_only=True)
class Citation:
    """อ้างถึง: number and date as they are to be printed."""

    number: str
    date: datetime.date | None = None
    text: str = ""
    linked_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Attached:
    """สิ่งที่ส่งมาด้วย: words, with a stored file (``sha256``) or another letter's page."""

    title: str
    count_text: str = "จำนวน 1 ฉบับ"
    sha256: str = ""
    of_letter_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class LetterValues:
    """One version of a draft. ``date_printed`` empty means the day of issue."""

    subject: str = ""
    to_text: str = ""
    is_circular: bool = True
    urgency: str = Urgency.NORMAL
    secrecy: str = Secrecy.NONE
    date_printed: datetime.date | None = None
    body: tuple[Block, ...] = ()
    closing: str = "ขอแสดงความนับถือ"
    signer_id: int | None = None
    copies_to: str = ""
    qr_target: str = ""
    qr_caption: str = ""
    citations: tuple[Citation, ...] = ()
    enclosures: tuple[Attached, ...] = ()
    recipients: Recipients = field(default_factory=Recipients)
    answer_kind: str = AnswerKind.NONE
    answer_by: datetime.date | None = None
    answer_occasion_id: int | None = None
    answer_columns: tuple[str, ...] = ()
    escalate_after_days: int | None = None
    retention: str = Retention.TEN_YEARS
    typed_number: str = ""  # a number already given on paper; empty: the register gives it
