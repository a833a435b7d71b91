"""A letter's content as values again: what the composer shows and what a repeated sending is compared with."""

from jitasa.distribution.values import Recipients
from jitasa.letters.models import Letter
from jitasa.letters.values import Attached, Block, Citation, LetterValues, OutsideTo
from jitasa.ui.reading import identifier

PLAIN = (
    "kind", "subject", "to_text", "addressees", "is_circular", "urgency", "date_printed", "closing", "copies_to", "qr_target",
    "qr_caption", "answer_kind", "answer_by", "answer_occasion_id", "escalate_after_days", "retention",
)  # fmt: skip


def values_of(letter: Letter) -> LetterValues:
    """Everything :func:`jitasa.letters.services.compose.save_letter` stored."""
    signer = letter.signer.get("id", "")
    return LetterValues(
        **{name: getattr(letter, name) for name in PLAIN},
        body=tuple(
            Block(kind=block.get("kind", "paragraph"), text=block.get("text", ""), own=bool(block.get("own")))
            for block in letter.body
        ),
        signer_id=identifier(signer),
        citations=tuple(
            Citation(number=each.number, date=each.date, text=each.text, linked_id=each.linked_id)
            for each in letter.references.all()
        ),
        enclosures=tuple(
            Attached(
                title=each.title,
                count_text=each.count_text,
                sha256=each.sha256,
                of_letter_id=each.of_letter_id,
            )
            for each in letter.enclosures.all()
        ),
        recipients=chosen(letter),
        outside=tuple(
            OutsideTo(name=each.name, address=each.address) for each in letter.outside_recipients.all()
        ),
        answer_columns=tuple(letter.answer_columns),
    )


def chosen(letter: Letter) -> Recipients:
    """The recipients as they were chosen in the draft."""
    return Recipients.stored(letter.recipients)
