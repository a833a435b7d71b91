"""Keeping what an office says when it publishes an activity."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.activities.models import Activity
from jitasa.activities.selectors.public import cleared_photos
from jitasa.audit.services.record import record
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.publicity.models import ActivityPost
from jitasa.publicity.rules_post import MOST_PICTURES, MOST_TEXT, MOST_TITLE, may_post
from jitasa.thai.text import normalise

NOT_YOURS = gettext_noop("โพสต์ได้เฉพาะกิจกรรมที่รับรายงานแล้วของหน่วยงานท่าน")


def save_post(
    *,
    actor: Viewer,
    activity: Activity,
    title: str,
    text: str,
    pictures: Sequence[str],
    base_revision: int,
    now: datetime,
) -> ActivityPost:
    """Keep title, text and pictures (SHA-256, the leading one first) of the record's post.

    The same again changes nothing. ``base_revision`` is the revision the page showed, 0 for none.

    :raises Forbidden: not the record's office, or the record is not accepted (any more).
    :raises Refusal: words missing or too long, too many pictures, or one that may not be published.
    :raises Conflict: somebody saved another post in between.
    """
    title, text = normalise(title).strip(), _lines(text)
    chosen = list(dict.fromkeys(pictures))
    with transaction.atomic():
        row = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
        if not may_post(actor, row):
            raise Forbidden(_(NOT_YOURS))
        _check(row, title, text, chosen)
        found = ActivityPost.objects.select_for_update(no_key=True).filter(activity=row).first()
        if found and (found.title, found.text, found.pictures) == (title, text, chosen):
            return found
        if base_revision != (found.revision if found else 0):
            raise Conflict(_("มีผู้แก้โพสต์นี้ก่อนท่าน ข้อความล่าสุดอยู่ด้านล่าง คัดลอกส่วนของท่านมาใส่แล้วบันทึกอีกครั้ง"))
        saved = found or ActivityPost(activity=row, created_at=now, revision=0)
        saved.title, saved.text, saved.pictures = title, text, chosen
        saved.revision += 1
        saved.updated_at, saved.updated_by = now, actor.user
        saved.save()
        data = {"title": title, "text": text, "pictures": chosen, "revision": saved.revision}
        record(actor=actor, verb="post.save", subject=row, data=data, now=now)
    return saved


def _lines(text: str) -> str:
    """The text normalised line by line: a post lives by its empty lines."""
    return "\n".join(normalise(line).strip() for line in text.splitlines()).strip()


def _check(activity: Activity, title: str, text: str, pictures: Sequence[str]) -> None:
    problems: dict[str, list[str]] = {}
    for name, words, most in (("title", title, MOST_TITLE), ("text", text, MOST_TEXT)):
        if not words:
            problems[name] = [_("กรอกช่องนี้")]
        elif len(words) > most:
            problems[name] = [
                _("ยาว %(count)d ตัวอักษร ลดให้เหลือไม่เกิน %(most)d") % {"count": len(words), "most": most}
            ]
    if len(pictures) > MOST_PICTURES:
        problems["pictures"] = [_("เลือกภาพไม่เกิน %d ภาพ") % MOST_PICTURES]
    cleared = cleared_photos().filter(activity=activity, photo__sha256__in=pictures).count()
    if cleared != len(pictures):
        problems["pictures"] = [_("มีภาพที่เผยแพร่ไม่ได้แล้ว เลือกภาพใหม่จากที่แสดงไว้")]
    if problems:
        raise Refusal(fields=problems)
