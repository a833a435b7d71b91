"""A letter's page as files, for the command line: found by its number, as an office has it."""

from datetime import datetime

from django.db.models import Q

from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.pages import render
from jitasa.letters.pages.data import page_of
from jitasa.letters.rules import number_key
from jitasa.organizations.models import Organization
from jitasa.problems import Refusal
from jitasa.thai.dates import today

FORMATS = ("pdf", "docx", "png")


def find_letter(number: str, office: Organization | None) -> Letter:
    """The newest issued letter with the number (Thai or Arabic digits) that is the office's or came to it,
    by itself or as a copy with a covering letter.

    :raises Refusal: there is none.
    """
    found = (
        Letter.objects.filter(number_key=number_key(number)).exclude(number="").order_by("-issued_at", "-pk")
    )
    rows = list(found.select_related("organization")[:50])
    if office is not None:
        rows = [each for each in rows if each.organization_id == office.pk or _came(each, office)]
    if not rows:
        where = f"ของหรือถึง {office.short_name} " if office is not None else ""
        raise Refusal(f"ไม่พบหนังสือเลขที่ {number} {where}ตรวจเลขที่ เช่น 'มท ๐๘๐๑.๔/ว ๓๐๐๐'")
    return rows[0]


def _came(letter: Letter, office: Organization) -> bool:
    came = Q(letter=letter) | Q(letter__enclosures__of_letter=letter)
    return Dispatch.objects.filter(came, recipient=office).exists()


def letter_files(*, number: str, office: Organization | None, form: str, now: datetime) -> list[bytes]:
    """One PDF or DOCX, or a PNG a page; with ``office``, its copy with the stamps.

    :raises Refusal: there is no such letter. :raises faces.fonts.NoThaiFont: no Thai face.
    """
    page = page_of(find_letter(number, office), day=today(now), office=office)
    if form == "png":
        return render.to_png(page)
    if form == "docx":
        from jitasa.letters.pages.docx import to_docx  # loaded when one is made: docs/adr/0165

        return [to_docx(page)]
    return [render.to_pdf(page)]
