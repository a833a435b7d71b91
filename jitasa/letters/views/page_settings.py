"""Letterhead, number prefix, signers, groups of recipients."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.accounts.models import User
from jitasa.distribution.models import RecipientGroup
from jitasa.distribution.services import groups
from jitasa.letters import rules
from jitasa.letters.emblem import thumbnail
from jitasa.letters.forms_page import (
    CentreHeadForm,
    DelegationForm,
    GroupForm,
    OfficeSettingsForm,
    SignerForm,
)
from jitasa.letters.models import LetterSettings, Signer, StoredFile
from jitasa.letters.selectors.centre import centre_head_of
from jitasa.letters.selectors.people import people_of
from jitasa.letters.selectors.signing import delegations_of, own_signers
from jitasa.letters.services import settings as service
from jitasa.letters.services import signers
from jitasa.letters.services.files import receive_file
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.rules import lao_code
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.viewer import Viewer
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.sorting import by_dictionary

WITH_PROOF = ("signer", "delegate")  # who may sign: the administrator shows that it is she


@fresh_sign_in(when=lambda request: request.POST.get("what") in WITH_PROOF)
@officers
def settings(request: ViewerRequest) -> HttpResponse:
    """Forms on one page; the button that was pressed says which one was sent. Who signs is asked with proof."""
    office, now = service.office_of(request.viewer), timezone.now()
    stored = LetterSettings.objects.filter(organization=office).first()
    people = people_of(office.pk, now)
    offered, standing = own_signers(office), delegations_of(office, now)
    what = request.POST.get("what", "")
    data, files = request.POST or None, request.FILES or None
    forms: dict[str, BaseForm] = {
        "head": OfficeSettingsForm(
            data if what == "head" else None, files if what == "head" else None, instance=stored
        ),
        "signer": SignerForm(data if what == "signer" else None, prefix="signer", people=people),
        "delegate": DelegationForm(
            data if what == "delegate" else None, prefix="delegate", people=people, signers=offered
        ),
        "group": GroupForm(data if what == "group" else None, prefix="group"),
    }
    chosen = forms.get(what)
    if chosen is not None and chosen.is_valid():
        try:
            _keep(request, what, chosen.cleaned_data)
        except Refusal as refusal:
            if isinstance(refusal, Forbidden):
                raise
            for name, texts in refusal.fields.items():
                place = "emblem_file" if name == "file" else name
                chosen.add_error(place if place in chosen.fields else None, texts[0])
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("letters:settings")
    small = thumbnail(stored.emblem) if stored and stored.emblem else None
    context = {
        "forms": forms,
        "emblem": f"data:image/png;base64,{b64encode(small).decode()}" if small else "",
        "settings": stored,
        "signers": shown_signers(offered, now, office.pk),
        "may_name_centre_head": rules.may_name_centre_head(request.viewer),
        "delegations": shown_signers(standing, now, office.pk),
        "signs": Signer.objects.active().filter(user=request.viewer.user).exists(),
        "groups": by_dictionary(
            RecipientGroup.objects.filter(organization=office).prefetch_related("members").order_by("pk"),
            lambda group: group.name,
        ),
    }
    return render(request, "letters/settings.html", context)


@officers
def centre_settings(request: ViewerRequest) -> HttpResponse:
    """What the ministry's centre says of itself for letters: the title of its head."""
    if not rules.may_name_centre_head(request.viewer):
        raise Forbidden(_("เฉพาะศูนย์อำนวยการจิตอาสาระดับกระทรวงหรือผู้ดูแลสำนักงานของกรมจึงตั้งค่านี้ได้"))
    stored = LetterSettings.objects.filter(organization=request.viewer.office_id).first()
    form = CentreHeadForm(request.POST or None, instance=stored)
    if form.is_valid():
        title = str(form.cleaned_data["centre_head"])
        service.name_centre_head(actor=request.viewer, title=title, now=timezone.now())
        messages.success(request, _("บันทึกแล้ว"))
        return redirect("letters:centre_settings")
    return render(request, "letters/centre_settings.html", {"form": form, "usual": centre_head_of(None)})


def shown_signers(rows: Iterable[Signer], now: datetime, office_id: int) -> list[Signer]:
    """Signers of the viewer's office with their people as they are called there."""
    signers = list(rows)
    show_posts(((row.user, now) for row in signers), with_office=False, of=office_id)
    return signers


def delegate(actor: Viewer, given: Mapping[str, Any]) -> Signer:
    """Write a delegation down, from a form's values."""
    names = ("name", "position", "capacity", "order_text")
    return signers.delegate(
        actor=actor,
        signer=given["stands_for"],
        user=given["user"],
        texts={name: str(given[name]) for name in names},
        from_date=given["from_date"],
        to_date=given["to_date"],
        now=timezone.now(),
    )


def _picture(request: ViewerRequest, name: str) -> StoredFile | None:
    file = request.FILES.get(name)
    if file is None:
        return None
    return receive_file(actor=request.viewer, chunks=file.chunks(), name=file.name or "", now=timezone.now())


def _keep(request: ViewerRequest, what: str, given: dict[str, object]) -> None:
    actor, now = request.viewer, timezone.now()
    if what == "head":
        beside = ("emblem_file", "seal_file", "circular_series", "cover_by_memo")
        texts = {name: str(text) for name, text in given.items() if name not in beside}
        service.save_settings(
            actor=actor,
            texts=texts,
            emblem=_picture(request, "emblem_file"),
            seal=_picture(request, "seal_file"),
            circular_series=bool(given["circular_series"]),
            cover_by_memo=bool(given["cover_by_memo"]),
            now=now,
        )
    elif what == "signer":
        texts = {name: str(text) for name, text in given.items() if name != "user"}
        signers.add_signer(actor=actor, user=cast(User, given["user"]), texts=texts, now=now)
    elif what == "delegate":
        delegate(actor, given)
    else:
        codes = [lao_code(code) for code in str(given["codes"]).replace(",", " ").split()]
        groups.save_group(actor=actor, name=str(given["name"]), codes=codes, now=now)


@officers
@require_POST
def group_remove(request: ViewerRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(RecipientGroup, pk=pk, organization=request.viewer.office_id)
    groups.remove_group(actor=request.viewer, group=group, now=timezone.now())
    messages.success(request, _("ลบกลุ่มแล้ว"))
    return redirect("letters:settings")
