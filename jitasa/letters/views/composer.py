"""Write a letter: the form in the order of the page, beside it the page itself."""

import base64
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

import uuid6
from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.accounts.fresh import ask_again
from jitasa.distribution.selectors.recipients import by_type, listed, resolve
from jitasa.letters import forms_letter, rules
from jitasa.letters.models import Letter, Signer
from jitasa.letters.pages.data import page_of
from jitasa.letters.pages.render import to_png
from jitasa.letters.selectors.content import values_of
from jitasa.letters.selectors.signing import signing_as
from jitasa.letters.selectors.visible import find_by_number
from jitasa.letters.services.compose import preview_letter, save_letter
from jitasa.letters.services.files import receive_file
from jitasa.letters.services.signing import printed_signer
from jitasa.letters.values import Block, LetterValues
from jitasa.letters.views.access import show_returned
from jitasa.letters.views.signing import ask, sign
from jitasa.organizations.choices import Role
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.dates import today

SHOWN = 60  # recipients listed beside the form; all of them are on their own page
LINES = {
    "paragraph": "body",
    "order": "body",
    "sub": "body",
    "table": "body",
    "citation": "citations",
    "enclosure": "enclosures",
}
START = LetterValues(
    body=(
        Block(kind="paragraph", text="ด้วย"),
        Block(kind="order", text=""),
        Block(kind="paragraph", text="จึงเรียนมาเพื่อ"),
    )
)


@dataclass
class Composer:
    """The form and its formsets, bound or not."""

    form: forms_letter.LetterForm
    blocks: BaseFormSet[Any]
    citations: BaseFormSet[Any]
    enclosures: BaseFormSet[Any]

    def is_valid(self) -> bool:
        parts = (self.form, self.blocks, self.citations, self.enclosures)
        return sum(part.is_valid() for part in parts) == len(parts)  # every part says what is wrong

    def values(self) -> LetterValues:
        given = self.form.cleaned_data
        plain = (
            "kind", "addressees", "outside", "subject", "to_text", "is_circular", "urgency", "secrecy", "date_printed", "closing", "copies_to",
            "qr_caption", "answer_kind", "answer_by", "escalate_after_days", "retention",
        )  # fmt: skip
        signer, occasion = given["signer"], given["answer_occasion"]
        return LetterValues(
            **{name: given[name] for name in plain},
            body=forms_letter.blocks_of(self.blocks),
            signer_id=signer.pk if signer else None,
            qr_target=self.form.qr_target(),
            citations=forms_letter.citations_of(self.citations),
            enclosures=forms_letter.enclosures_of(self.enclosures),
            recipients=self.form.recipients(),
            answer_occasion_id=occasion.pk if occasion else None,
            answer_columns=tuple(c.strip() for c in given["answer_columns"].split(",") if c.strip()),
        )


def shown(request: ViewerRequest, letter: Letter, values: LetterValues, *, more: str = "") -> Composer:
    """The composer filled with values, with an empty line more where one was asked for."""
    blocks: list[dict[str, Any]] = [vars(each) for each in values.body]
    citations: list[dict[str, Any]] = [vars(each) for each in values.citations]
    enclosures: list[dict[str, Any]] = [
        {**vars(each), "of_letter": each.of_letter_id} for each in values.enclosures
    ]
    if more in ("paragraph", "order", "sub", "table"):
        blocks.append({"kind": more, "own": letter.parent_id is not None})
    for name, rows in (("citation", citations), ("enclosure", enclosures)):
        if more == name or not rows:
            rows.append({"count_text": "จำนวน 1 ฉบับ"})
    return Composer(
        forms_letter.LetterForm(
            viewer=request.viewer,
            initial=forms_letter.initial_of(letter, values),
            chosen=values.recipients,
        ),
        forms_letter.Blocks(initial=blocks, prefix="blocks"),
        forms_letter.Citations(initial=citations, prefix="citations"),
        forms_letter.Enclosures(initial=enclosures, prefix="enclosures"),
    )


def sent(request: ViewerRequest) -> Composer:
    """The composer as it was sent."""
    data, files = request.POST, request.FILES
    return Composer(
        forms_letter.LetterForm(data, viewer=request.viewer),
        forms_letter.Blocks(data, prefix="blocks"),
        forms_letter.Citations(data, prefix="citations"),
        forms_letter.Enclosures(data, files, prefix="enclosures"),
    )


def writer(request: ViewerRequest) -> None:
    """:raises Forbidden: the person writes no letters."""
    if not rules.may_write(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเท่านั้นที่เขียนหนังสือได้"))


def page(
    request: ViewerRequest, composer: Composer, letter: Letter, *, values: LetterValues | None = None
) -> HttpResponse:
    stored = letter.pk is not None
    context = {
        "composer": composer,
        "letter": letter if stored else None,
        "is_covering": letter.parent_id is not None,
        "may_issue": stored and signing_as(request.viewer, letter, today(timezone.now())) is not None,
        "may_set_up": request.viewer.has(Role.ADMINISTRATOR, Role.APPROVER),
        **looked_at(request, letter, values),
    }
    return render(request, "letters/composer.html", context)


def looked_at(request: ViewerRequest, letter: Letter, values: LetterValues | None) -> dict[str, Any]:
    """What stands beside the form: the page, who gets it, and where a citation disagrees with its letter."""
    office = request.viewer.organization
    addressees = resolve(office, values.recipients) if values and office else []
    rows, levels = listed(addressees), {each.level for each in addressees}
    return {
        "letter_uuid": letter.uuid if letter.pk is not None else None,
        "warnings": warnings(request, letter, values, levels) if values else [],
        "recipient_count": len(rows),
        "recipient_types": by_type(rows),
        "recipients": rows[:SHOWN],
        "pictures": pictures(request, letter, values) if values else [],
        "invalid": values is None,
    }


class Warned(NamedTuple):
    """What an office would send back: the part of the form it belongs to, of what it speaks, what is wrong."""

    place: str
    about: str
    words: str


def warnings(
    request: ViewerRequest, letter: Letter, values: LetterValues, levels: Collection[str] = ()
) -> list[Warned]:
    """What the writer should see before it is sent; the letter can be sent all the same, save what signing refuses.

    ``levels`` of those it goes to.
    """
    return [each for each in _warnings(request, letter, values, levels) if each.words]


def _warnings(
    request: ViewerRequest, letter: Letter, values: LetterValues, levels: Collection[str]
) -> Iterator[Warned]:
    ahead = rules.ahead_problem(printed=values.date_printed, issued=today(timezone.now()))
    yield Warned("head", _("วันที่"), ahead)
    for each in values.citations:
        linked = find_by_number(request.viewer, each.number)
        if linked is not None:
            words = rules.citation_problem(number=each.number, day=each.date, linked=linked)
            yield Warned("citations", each.number, words)
    for block in values.body:
        yield Warned("body", _("เนื้อความ"), rules.purpose_problem(levels, block.text))
        if letter.parent_id is not None:
            yield Warned("body", _("เนื้อความ"), rules.carried_problem(request.viewer.level, block.text))
    signer = Signer.objects.filter(organization=request.viewer.office_id, pk=values.signer_id or 0).first()
    behalf = rules.behalf_problem(printed_signer(signer), values.to_text, values.addressees)
    yield Warned("signer", _("ผู้ลงนาม"), behalf)


def pictures(request: ViewerRequest, letter: Letter, values: LetterValues) -> list[str]:
    """The draft's pages as data addresses: nothing is stored for looking."""
    try:
        draft, references, enclosures = preview_letter(actor=request.viewer, letter=letter, values=values)
    except Refusal:
        return []  # the form says why
    made = page_of(draft, day=today(timezone.now()), references=references, enclosures=enclosures)
    images = to_png(made, width_px=820, own_marked=True)
    return [f"data:image/png;base64,{base64.b64encode(each).decode()}" for each in images]


@officers
def new(request: ViewerRequest) -> HttpResponse:
    """A new letter; its identity is made with the empty form, so that sending twice is one letter."""
    writer(request)
    if request.method == "POST":
        return save(request, None)
    letter = Letter(uuid=uuid6.uuid7(), organization=request.viewer.organization, revision=0)
    return page(request, shown(request, letter, START), letter, values=START)


@officers
def edit(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    letter = get_object_or_404(
        Letter.objects.visible_to(request.viewer).select_related("organization"), uuid=uuid
    )
    if not rules.may_edit(request.viewer, letter):
        raise Forbidden(_("หนังสือที่ออกเลขแล้วแก้ไขไม่ได้ และแก้ไขได้เฉพาะร่างของหน่วยงานตนเอง"))
    if request.method == "POST":
        return save(request, letter)
    show_returned(letter)
    values = values_of(letter)
    more = request.GET.get("more", "")
    return page(request, shown(request, letter, values, more=more), letter, values=values)


def save(request: ViewerRequest, letter: Letter | None) -> HttpResponse:
    """Keep the draft; then go on writing, add a line, or look."""
    composer = sent(request)
    blank = letter or Letter(uuid=uuid6.uuid7(), organization=request.viewer.organization, revision=0)
    if not composer.is_valid():
        return page(request, composer, blank)
    values = composer.values()
    more = request.POST.get("more", "")
    try:
        values = with_files(request, composer, values)
        if more == "look":
            return page(request, composer, blank, values=values)
        saved = save_letter(
            actor=request.viewer,
            uuid=letter.uuid if letter else composer.form.cleaned_data["uuid"],
            base_revision=composer.form.cleaned_data["base_revision"] or None,
            values=values,
            now=timezone.now(),
        )
    except (Refusal, Conflict) as refusal:
        if isinstance(refusal, Forbidden):
            raise
        _show_refusal(composer, refusal)
        return page(request, composer, blank, values=values)
    return after(request, saved, more)


def after(request: ViewerRequest, saved: Letter, more: str) -> HttpResponse:
    """Where a saved draft goes on, by the button that was pressed."""
    if more == "issue":
        return sign_if_fresh(request, saved)
    if more == "ask":
        return ask(request, saved.uuid)
    here = reverse("letters:edit", args=[saved.uuid])
    if more in LINES:
        return redirect(f"{here}?more={more}#{LINES[more]}")
    messages.success(request, _("บันทึกร่างแล้ว"))
    return redirect(f"{here}#recipients" if more == "office" else here)


def sign_if_fresh(request: ViewerRequest, saved: Letter) -> HttpResponse:
    """Issue; or, when the sign-in is old, the page that asks first: the draft is kept already."""
    fields = {"typed_number": request.POST.get("typed_number", "")}
    answer = ask_again(request, action=reverse("letters:issue", args=[saved.uuid]), fields=fields)
    return sign(request, saved.uuid) if answer is None else answer


def with_files(request: ViewerRequest, composer: Composer, values: LetterValues) -> LetterValues:
    """Receive the files of the enclosures' lines. :raises Refusal: one that may not be enclosed."""
    rows = [form.cleaned_data for form in composer.enclosures.forms]
    for row in rows:
        file = row.get("file")
        if file and not row.get("DELETE"):
            stored = receive_file(
                actor=request.viewer, chunks=file.chunks(), name=file.name or "", now=timezone.now()
            )
            row["sha256"], row["title"] = stored.sha256, row["title"] or stored.name.rpartition(".")[0][:250]
    return replace(values, enclosures=forms_letter.enclosures_of(composer.enclosures))


def _show_refusal(composer: Composer, refusal: Refusal) -> None:
    for name, texts in (refusal.fields or {"": [refusal.message]}).items():
        place = name if name in composer.form.fields else None
        for text in texts:
            composer.form.add_error(place, refusal.message if name == "file" else text)


@officers
@require_POST
def preview(request: ViewerRequest) -> HttpResponse:
    """The page, the recipients and the warnings of what stands in the form; nothing is kept."""
    writer(request)
    composer = sent(request)
    valid = composer.is_valid()
    uuid = composer.form.cleaned_data.get("uuid") or uuid6.uuid7()
    found = Letter.objects.visible_to(request.viewer).filter(uuid=uuid).first()
    letter = found or Letter(uuid=uuid, organization=request.viewer.organization, revision=0)
    values = composer.values() if valid else None
    if "HX-Request" not in request.headers:
        return page(request, composer, letter, values=values)
    return render(request, "letters/preview.html", looked_at(request, letter, values))
