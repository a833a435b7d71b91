"""The content of a letter as clean values: what the composer, the API or the demonstration hands over."""

import datetime
from dataclasses import dataclass, field, replace

from jitasa.distribution.values import Recipients
from jitasa.letters.choices import TO_NOBODY, AnswerKind, LetterKind, OutsideWay, Retention, Secrecy, Urgency


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of the text; ``own`` marks what a passing office added.

    ``order`` blocks are numbered through the letter, ``sub`` blocks below the last of them (๑.๑). A ``table``
    has a row a line and its cells between ``|``, the headings first.
    """

    kind: str  # "paragraph", "order", "sub" or "table"
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
class OutsideTo:
    """A recipient by name who is not in the registry; ``address`` with an @ goes by mail, others on paper."""

    name: str
    address: str = ""

    @property
    def way(self) -> OutsideWay:
        return OutsideWay.MAIL if "@" in self.address else OutsideWay.PAPER


ON_THE_SHEET = "ตามบัญชีแนบท้าย"  # said after เรียน of a letter whose addressees stand on a sheet of their own


@dataclass(frozen=True, kw_only=True)
class LetterValues:
    """One version of a draft. ``date_printed`` empty means the day of issue; ``to_text`` empty, the attached sheet."""

    kind: str = LetterKind.EXTERNAL
    subject: str = ""
    to_text: str = ""
    addressees: str = ""  # a long list on an attached sheet, one a line
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
    outside: tuple[OutsideTo, ...] = ()
    answer_kind: str = AnswerKind.NONE
    answer_by: datetime.date | None = None
    answer_occasion_id: int | None = None
    answer_columns: tuple[str, ...] = ()
    escalate_after_days: int | None = None
    retention: str = Retention.TEN_YEARS
    typed_number: str = ""  # a number already given on paper; empty: the register gives it

    def addressed(self) -> "LetterValues":
        """The same, with the attached list named after เรียน where nobody else is."""
        on_sheet = self.addressees.strip() and not self.to_text.strip() and self.kind not in TO_NOBODY
        return replace(self, to_text=ON_THE_SHEET) if on_sheet else self
