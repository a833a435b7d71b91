"""One letter: its page on the left, what to do with it on the right."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from jitasa.distribution.selectors.recipients import resolve
from jitasa.letters import rules
from jitasa.letters.choices import AnswerKind, LetterStatus, Origin
from jitasa.letters.forms_page import SendBackForm, VerifyForm
from jitasa.letters.forms_way import AnnotationForm, StampForm
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.pages.sheet import sheet_context
from jitasa.letters.selectors.answers import table_for
from jitasa.letters.selectors.content import chosen
from jitasa.letters.selectors.outbox import follow_counts, way_to
from jitasa.letters.selectors.people import people_of
from jitasa.letters.selectors.signing import signing_as
from jitasa.letters.services.pass_on import existing, reach
from jitasa.letters.services.receive import open_letter
from jitasa.letters.services.tick import tick_activities
from jitasa.letters.views.access import show_returned, visible_letter
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.viewer import Viewer
from jitasa.organizations.views.access import officers
from jitasa.thai.dates import day_of, today
from jitasa.ui.database import done_if_free


@dataclass(frozen=True)
class TypedAnswer:
    """An answer as it was typed and refused: it stands in the form again, beside why."""

    text: str
    rows: list[list[str]]
    wrong: str


@officers
@require_GET
def show(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """The letter; looking at it in the office it was sent to opens it."""
    return letter_page(request, visible_letter(request, uuid))


def letter_page(
    request: ViewerRequest,
    letter: Letter,
    *,
    typed: TypedAnswer | None = None,
    stamp: StampForm | None = None,
    send_back: SendBackForm | None = None,
    annotation: AnnotationForm | None = None,
) -> HttpResponse:
    """The page of a letter; with an answer, a stamp, a word on the copy or a sending back that was refused, HTTP 422."""
    now, viewer = timezone.now(), request.viewer
    show_returned(letter)
    way = way_to(letter, viewer.organization)
    if way is not None:
        # A letter is read also while somebody holds the database; then it counts as opened the next time.
        done_if_free(partial(_note_opened, viewer, letter, way, now))
        way = way_to(letter, viewer.organization)
    context = {
        "letter": letter,
        "way": way,
        "now": now,
        "receipts": letter.receipts.filter(organization=viewer.office_id),
        "may_edit": rules.may_edit(viewer, letter),
        "stamp_form": stamp or StampForm(),
        "annotation_form": annotation or AnnotationForm(),
        "annotations": letter.annotations.filter(organization=viewer.office_id),
        "outside_recipients": letter.outside_recipients.all()
        if viewer.office_id == letter.organization_id
        else (),
        "verify_form": VerifyForm() if rules.may_verify(viewer, letter) else None,
        **_signing(viewer, letter, now, send_back),
        "may_recall": rules.may_recall(viewer, letter),
        "may_follow": rules.may_follow(viewer, letter) and letter.status != LetterStatus.DRAFT,
        "count": follow_counts([letter]).get(letter.pk),
        "warnings": warnings(letter),
        "chain": chain_of(viewer, letter),
        "files": letter.enclosures.exclude(sha256="", of_letter=None).select_related("of_letter"),
        "readable": readable_copies(viewer, letter),
        **(_way_context(viewer, letter, way, now, typed) if way else {}),
        **_sheet(viewer, letter, now),
    }
    return render(
        request,
        "letters/show.html",
        context,
        status=422 if typed or stamp or send_back or annotation else 200,
    )


def _signing(viewer: Viewer, letter: Letter, now: datetime, typed: SendBackForm | None) -> dict[str, Any]:
    """What the signer may do, and how many offices her signature sends the letter to."""
    signer = signing_as(viewer, letter, today(now))
    if signer is None or letter.status != LetterStatus.AWAITING:
        return {"signer": None}
    return {
        "signer": signer,
        "send_back_form": typed or SendBackForm(),
        "recipient_count": len(resolve(letter.organization, chosen(letter))),
    }


def _note_opened(viewer: Viewer, letter: Letter, way: Dispatch, now: datetime) -> None:
    open_letter(actor=viewer, dispatch=way, now=now)
    if letter.answer_kind == AnswerKind.ACTIVITY:
        tick_activities(now=now, chain_id=letter.chain_id, recipient_id=way.recipient_id)


def _sheet(viewer: Viewer, letter: Letter, now: datetime) -> dict[str, Any]:
    """The page as it will print; a letter from outside has its scan, a destroyed one nothing."""
    if letter.origin == Origin.OUTSIDE or letter.destroyed_at is not None:
        return {}
    return sheet_context(letter, office=viewer.organization, day=today(now))


def _way_context(
    viewer: Viewer, letter: Letter, way: Dispatch, now: datetime, typed: TypedAnswer | None
) -> dict[str, Any]:
    office = way.recipient
    live = letter.status == LetterStatus.ISSUED
    may, columns = rules.may_receive(viewer, way), len(letter.answer_columns)
    asked, covering = rules.is_asked(letter, is_lao=office.is_lao), existing(letter, office)
    may_pass_on = may and live and rules.may_pass_on(viewer) and covering is None
    answer = getattr(way, "answer", None)
    readings = list(way.readings.select_related("user").order_by("at"))
    show_posts(((each.user, each.at) for each in readings), with_office=False, of=office.pk)
    return {
        "may_receive": may,
        "may_answer": may and live and asked and letter.answer_kind != AnswerKind.ACTIVITY,
        "asked": asked,
        "may_pass_on": may_pass_on,
        "reach": reach(office) if may_pass_on else 0,
        "covering": covering,
        "next_act": next_act(way, may_pass_on=may_pass_on, may_answer=may and live and asked) if may else "",
        "answer": answer,
        "answer_text": typed.text if typed else answer.text if answer else "",
        "answer_rows": table_for(typed.rows if typed else answer.rows if answer else [], columns),
        "answer_wrong": typed.wrong if typed else "",
        "readings": readings,
        "people": people_of(office.pk, now) if may else [],
        "is_overdue": rules.is_overdue(way, today(now)),
    }


def next_act(way: Dispatch, *, may_pass_on: bool, may_answer: bool) -> str:
    """What the office does next with a letter: the one act a phone keeps under the thumb, or ``""``."""
    if way.registered_at is None:
        return "register"
    if may_pass_on:
        return "pass_on"
    return "answer" if may_answer and way.answered_at is None else ""


def readable_copies(viewer: Viewer, letter: Letter) -> set[int]:
    """The enclosed letters that may also be opened by themselves; the copy of any other is a PDF to save."""
    copies = letter.enclosures.exclude(of_letter=None).values("of_letter")
    return set(Letter.objects.visible_to(viewer).filter(pk__in=copies).values_list("pk", flat=True))


def warnings(letter: Letter) -> list[str]:
    """Where a citation disagrees with the letter it cites, and a letter that is dated ahead of its issue."""
    rows = letter.references.select_related("linked")
    found = (
        rules.citation_problem(number=row.number, day=row.date, linked=row.linked)
        for row in rows
        if row.linked
    )
    ahead = ""
    if letter.issued_at is not None and letter.origin == Origin.OWN:
        ahead = rules.ahead_problem(printed=letter.date_printed, issued=day_of(letter.issued_at))
    return [words for words in (*found, ahead) if words]


def chain_of(viewer: Viewer, letter: Letter) -> list[tuple[Letter, bool]]:
    """From the first letter down to this one and its visible covering letters; whether it is this one."""
    before: list[Letter] = []
    current = letter.parent
    while current is not None:
        before.insert(0, current)
        current = current.parent
    seen = set(
        Letter.objects.visible_to(viewer)
        .filter(pk__in=[each.pk for each in before])
        .values_list("pk", flat=True)
    )
    children = Letter.objects.visible_to(viewer).filter(parent=letter).exclude(status=LetterStatus.DRAFT)
    below = list(children.select_related("organization").order_by("issued_at")[:10])
    line = [*(each for each in before if each.pk in seen), letter, *below]
    return [(each, each.pk == letter.pk) for each in line] if len(line) > 1 else []
