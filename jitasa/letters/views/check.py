"""Is this paper true? Anybody may ask with the code printed on a letter; the text of the letter is not shown."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jitasa.letters.check_code import is_code_of
from jitasa.letters.choices import LetterStatus, Origin
from jitasa.letters.models import Letter
from jitasa.letters.pages.data import signer_lines
from jitasa.ui.limits import rate_limited, wait_a_minute
from jitasa.ui.public_pages import in_both_languages

MOST_A_MINUTE = 30


@in_both_languages
@never_cache
@require_safe
def check(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """Whether a letter with this code was issued, by whom it was signed, and whether it was called back."""
    if rate_limited(request, "letter_check", most=MOST_A_MINUTE):
        return wait_a_minute(_("ตรวจหนังสือจากเครือข่ายนี้ถี่เกินไป รอ 1 นาทีแล้วลองใหม่"))
    rows = Letter.objects.filter(uuid=uuid, origin=Origin.OWN).select_related("organization")
    letter = rows.first()
    if letter is None or not is_code_of(letter, code):
        return render(request, "letters/check.html", {"letter": None}, status=404)
    context = {
        "letter": letter,
        "office": letter.from_text or letter.organization.name,
        "recalled": letter.status == LetterStatus.RECALLED,
        "signer": " ".join([letter.signer.get("name", ""), *signer_lines(letter.signer)]).strip(),
        "on_paper": not letter.signer.get("signed_at"),
    }
    return render(request, "letters/check.html", context)
