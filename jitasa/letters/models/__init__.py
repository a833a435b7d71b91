"""Tables of letters: the letter and its parts, its way to each office, registers, office settings."""

from jitasa.letters.models.dispatch import Answer, Dispatch, FollowCount, Reading, Receipt
from jitasa.letters.models.file import StoredFile
from jitasa.letters.models.letter import Enclosure, Letter, Reference
from jitasa.letters.models.office import LetterSettings, Register, Signature, Signer
from jitasa.letters.models.outside import Annotation, OutsideRecipient
from jitasa.letters.models.retention import DestructionItem, DestructionList

__all__ = [
    "Annotation",
    "Answer",
    "DestructionItem",
    "DestructionList",
    "Dispatch",
    "Enclosure",
    "FollowCount",
    "Letter",
    "LetterSettings",
    "OutsideRecipient",
    "Reading",
    "Receipt",
    "Reference",
    "Register",
    "Signature",
    "Signer",
    "StoredFile",
]
