"""Keeping and destroying: a list a year, a committee's decision on each letter; nothing is destroyed without one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.files import store
from jitasa.files.reading import must_answer, remove
from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus, Retention
from jitasa.letters.models import (
    Answer,
    DestructionItem,
    DestructionList,
    Enclosure,
    Letter,
    LetterSettings,
    Signature,
    StoredFile,
)
from jitasa.letters.store import path_of
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import be_year, today
from jitasa.thai.search import stored


def make_list(*, actor: Viewer, now: datetime) -> DestructionList:
    """The office's list of this year: every letter of its own whose time of keeping is over.

    Asked for again it takes up what has come since, as long as it is not confirmed.

    :raises Forbidden: the person does not administer the office.
    """
    office = _office(actor)
    with transaction.atomic():
        made, created = DestructionList.objects.select_for_update(no_key=True).get_or_create(
            organization=office, year=be_year(today(now)), defaults={"made_at": now}
        )
        if made.confirmed_at is not None:
            return made
        there = set(made.items.values_list("letter_id", flat=True))
        due = [letter for letter in _kept(office, now) if letter.pk not in there]
        DestructionItem.objects.bulk_create([DestructionItem(list=made, letter=letter) for letter in due])
        if created or due:
            data = {"year": made.year, "letters": len(due)}
            record(actor=actor, verb="letter.retention_list", subject=made, data=data, now=now)
    return made


def _kept(office: Organization, now: datetime) -> list[Letter]:
    rows = Letter.objects.filter(
        organization=office,
        destroyed_at=None,
        status__in=[LetterStatus.ISSUED, LetterStatus.RECALLED],
        created_at__year__lt=today(now).year,
    ).exclude(retention=Retention.FOREVER)
    day = today(now)
    rows = rows.only("issued_at", "created_at", "retention")
    return [letter for letter in rows if (after := rules.may_destroy_after(letter)) and after <= day]


def confirm_list(
    *,
    actor: Viewer,
    destruction: DestructionList,
    committee: str,
    words: Mapping[int, bool],
    now: datetime,
) -> int:
    """The committee's word on each letter, by item id; what it lets go is destroyed now, for good.

    The line in the registers and the hash of the page stay; text and files go. Confirming twice is
    confirming once. Return the number of letters destroyed.

    :raises Refusal: no committee is named, or a letter has no word. :raises Forbidden: not the office's.
    :raises StoreAway: what must be destroyed cannot be, and nothing is.
    """
    office = _office(actor)
    if destruction.organization_id != office.pk:
        raise Forbidden(_("ยืนยันได้เฉพาะบัญชีของสำนักงานตนเอง"))
    must_answer()
    with transaction.atomic():
        row = DestructionList.objects.select_for_update(no_key=True).get(pk=destruction.pk)
        if row.confirmed_at is not None:
            return 0
        items = list(row.items.select_related("letter").order_by("pk"))
        _refuse(committee, items, words)
        for item in items:
            item.destroy = words[item.pk]
        DestructionItem.objects.bulk_update(items, ["destroy"])
        files = [path for item in items if item.destroy for path in _destroy(actor, item.letter, now)]
        row.committee, row.confirmed_at, row.confirmed_by = committee.strip(), now, actor.user
        row.save(update_fields=["committee", "confirmed_at", "confirmed_by"])
        gone = sum(1 for item in items if item.destroy)
        data = {"year": row.year, "destroyed": gone, "kept": len(items) - gone}
        record(actor=actor, verb="letter.retention_confirm", subject=row, data=data, now=now)
        transaction.on_commit(lambda: _unlink(files))
    return gone


def _refuse(committee: str, items: list[DestructionItem], words: Mapping[int, bool]) -> None:
    fields: dict[str, list[str]] = {}
    if not committee.strip():
        fields["committee"] = [_("กรอกชื่อและตำแหน่งกรรมการทำลายหนังสือ")]
    left = sum(1 for item in items if item.pk not in words)
    if left:
        fields["items"] = [_("ยังไม่มีมติอีก %(count)s ฉบับ เลือก “ทำลาย” หรือ “เก็บไว้” ให้ครบ") % {"count": left}]
    if not items:
        fields["items"] = [_("ไม่มีหนังสือในบัญชีนี้")]
    if fields:
        raise Refusal(fields=fields)


def _destroy(actor: Viewer, letter: Letter, now: datetime) -> list[str]:
    """Empty the letter; return the hashes of its files that nobody else has."""
    hashes = [sha256 for sha256 in letter.enclosures.values_list("sha256", flat=True) if sha256]
    letter.enclosures.update(sha256="", file_name="", media_type="", bytes=0)
    letter.body, letter.destroyed_at = [], now
    letter.search_text = stored(
        letter.subject, letter.from_text, letter.to_text
    )  # its line in the registers is found
    letter.qr_target = letter.qr_caption = letter.addressees = ""
    letter.annotations.all().delete()
    letter.save(
        update_fields=["body", "addressees", "search_text", "destroyed_at", "qr_target", "qr_caption"]
    )
    data = {"number": letter.number, "hash": letter.content_hash}
    record(actor=actor, verb="letter.destroy", subject=letter, data=data, now=now)
    own = StoredFile.objects.filter(organization=letter.organization, sha256__in=hashes)
    list(
        own.select_for_update(no_key=True).order_by("sha256")
    )  # whoever is putting one into a letter comes first
    free = [sha256 for sha256 in hashes if not _is_named(sha256)]
    own.filter(sha256__in=free).delete()
    return free


def _is_named(sha256: str) -> bool:
    """Whether another letter, an answer, a letterhead or a signature names the file."""
    return (
        Enclosure.objects.filter(sha256=sha256).exists()
        or Answer.objects.filter(sha256=sha256).exists()
        or LetterSettings.objects.filter(Q(emblem=sha256) | Q(seal=sha256)).exists()
        or Signature.objects.filter(sha256=sha256).exists()
    )


def _unlink(hashes: list[str]) -> None:
    """Remove the files that nobody has: another office may, or the same one sent it again just now."""
    for sha256 in hashes:
        with store.holding(sha256):
            if not _is_named(sha256) and not StoredFile.objects.filter(sha256=sha256).exists():
                remove(path_of(sha256))


def _office(actor: Viewer) -> Organization:
    if actor.organization is None or not rules.may_destroy(actor):
        raise Forbidden(_("เฉพาะผู้ดูแลสำนักงานเท่านั้นที่จัดทำบัญชีหนังสือขอทำลายได้"))
    return actor.organization
