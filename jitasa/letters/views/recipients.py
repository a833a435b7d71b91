"""Who is going to get a draft: how many of each kind, and every one of them by name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jitasa.distribution.selectors.recipients import Listed, by_type, listed, resolve
from jitasa.distribution.services.groups import save_group_of
from jitasa.letters import rules
from jitasa.letters.forms_page import GroupNameForm
from jitasa.letters.models import Letter
from jitasa.letters.selectors.content import chosen
from jitasa.letters.views.access import visible_letter
from jitasa.organizations.choices import Role
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.search import stored, words
from jitasa.ui.reading import page_of

ROWS = 100


@officers
@require_http_methods(["GET", "POST"])
def recipients(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """The list, searchable; a POST keeps it as a group to choose again."""
    letter, office = visible_letter(request, uuid), own_office(request)
    if not rules.may_edit(request.viewer, letter):
        raise Forbidden(_("ดูรายชื่อก่อนส่งได้เฉพาะร่างของหน่วยงานตนเอง หนังสือที่ส่งแล้วดูที่หน้าติดตาม"))
    addressees = resolve(office, chosen(letter))
    form = GroupNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ids = [each.recipient_id for each in addressees]
        try:
            save_group_of(actor=request.viewer, name=form.cleaned_data["name"], ids=ids, now=timezone.now())
        except Forbidden:
            raise
        except Refusal as refusal:
            form.add_error("name", refusal.fields["name"])
        else:
            messages.success(request, _("บันทึกกลุ่มแล้ว เลือกได้ในช่องผู้รับ"))
            return redirect("letters:recipients", uuid=uuid)
    return _shown(request, letter, form, len(addressees), listed(addressees))


def _shown(
    request: ViewerRequest, letter: Letter, form: GroupNameForm, total: int, rows: list[Listed]
) -> HttpResponse:
    typed = words(request.GET.get("q", ""))
    wanted = request.GET.get("type", "")
    found = [
        row
        for row in rows
        if (not wanted or row.type == wanted)
        and (not typed or all(word in stored(row.name, row.place) for word in typed))
    ]
    context = {
        "letter": letter,
        "form": form,
        "total": total,
        "types": by_type(rows),
        "type": wanted,
        "q": request.GET.get("q", ""),
        "page": page_of(request, found, ROWS),
        "may_set_up": request.viewer.has(Role.ADMINISTRATOR, Role.APPROVER),
    }
    return render(request, "letters/recipients.html", context)
