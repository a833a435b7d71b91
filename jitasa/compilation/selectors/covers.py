"""The cover letter of a compilation among the letters of its office."""

from uuid import NAMESPACE_URL, UUID, uuid5

from jitasa.compilation.models import Compilation
from jitasa.letters.models import Letter


def uuid_of(compilation: Compilation) -> UUID:
    """The letter of a compilation has one name, so that asking twice makes one letter."""
    office = compilation.organization.code
    return uuid5(NAMESPACE_URL, f"jitasa:cover:{office}:{compilation.month}:{compilation.number}")


def cover_of(compilation: Compilation) -> Letter | None:
    """The office's letter, draft or issued, once it was written."""
    return Letter.objects.filter(uuid=uuid_of(compilation), organization=compilation.organization).first()
