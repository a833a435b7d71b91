"""The letters that send a month up, among the letters of their office: of a compilation, of a local government's month."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from jitasa.compilation.models import Compilation
from jitasa.letters.models import Letter
from jitasa.organizations.models import Organization
from jitasa.rounds.selectors.returns import return_of
from jitasa.rounds.selectors.tallies import own_sums


def uuid_of(compilation: Compilation) -> UUID:
    """The letter of a compilation has one name, so that asking twice makes one letter."""
    office = compilation.organization.code
    return uuid5(NAMESPACE_URL, f"jitasa:cover:{office}:{compilation.month}:{compilation.number}")


def cover_of(compilation: Compilation) -> Letter | None:
    """The office's letter, draft or issued, once it was written."""
    return Letter.objects.filter(uuid=uuid_of(compilation), organization=compilation.organization).first()


def memo_uuid(office: Organization, month: date) -> UUID:
    """A memorandum tells of the month as it was reported: when its numbers or its last word change, it is another."""
    sums, stated = own_sums(office.pk, month), return_of(office, month)
    word = "confirmed" if stated and stated.confirmed_at else "nil" if stated and stated.nil_at else ""
    said = (sums.live, sums.participants, sums.events, sums.people, sums.photos, word)
    return uuid5(NAMESPACE_URL, f"jitasa:memo:{office.code}:{month}:{said}")


def memo_of(office: Organization, month: date) -> Letter | None:
    """A local government's memorandum on the month as it is reported now, draft or issued, once it was written."""
    return Letter.objects.filter(uuid=memo_uuid(office, month), organization=office).first()
