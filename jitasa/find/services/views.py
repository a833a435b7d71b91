"""Keep the filters of a list under a name, change that, remove it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jitasa.accounts.models import User
from jitasa.audit.services.record import record
from jitasa.find.lists import LISTS, LONGEST
from jitasa.find.models import SavedView
from jitasa.find.rules import MOST, may_change_view, may_save_view, may_share_view
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.text import normalise

NOT_YOURS = gettext_lazy("แก้หรือลบได้เฉพาะมุมมองของตนเอง มุมมองที่ใช้ร่วมกัน ผู้ดูแลสำนักงานแก้ได้ด้วย")


@transaction.atomic
def save_view(
    *, actor: Viewer, list_name: str, query: str, name: str, shared: bool = False, now: datetime
) -> SavedView:
    """Keep what the list understands of ``query`` under ``name`` for the person in her present office.

    :raises Refusal: no such list, nothing that narrows it, too long, a name that is empty or taken, too many.
    """
    if not may_save_view(actor) or actor.user is None or actor.organization is None:
        raise Forbidden(_("บันทึกมุมมองได้เมื่อทำงานในสำนักงานของท่านเอง"))
    wanted = LISTS.get(list_name)
    kept = wanted.read(query) if wanted else ""
    if not kept:
        raise Refusal(_("ยังไม่ได้กรองรายการ เลือกตัวกรองก่อนแล้วบันทึกมุมมอง"))
    if len(kept) > LONGEST:
        raise Refusal(_("ตัวกรองยาวเกินไป ใช้คำค้นที่สั้นลงแล้วบันทึกใหม่"))
    User.objects.select_for_update(no_key=True).get(pk=actor.user.pk)  # counts and names, one at a time
    mine = SavedView.objects.filter(user=actor.user, organization=actor.organization)
    if mine.count() >= MOST:
        words = _("บันทึกมุมมองได้ไม่เกิน %(most)d รายการ ลบที่ไม่ใช้ในหน้ามุมมองที่บันทึกก่อน")
        raise Refusal(words % {"most": MOST}, code="too_many")
    view = SavedView(
        user=actor.user, organization=actor.organization, list_name=list_name, query=kept, created_at=now
    )
    _name(actor, view, name, shared)
    view.save(force_insert=True)
    record(actor=actor, verb="find.save_view", subject=view, data=_said(view), now=now)
    return view


@transaction.atomic
def change_view(*, actor: Viewer, view: SavedView, name: str, shared: bool, now: datetime) -> SavedView:
    """Another name, or shared with the office or no longer. :raises Refusal: as :func:`save_view`."""
    locked = _changeable(actor, view)
    before = (locked.name, locked.shared)
    _name(actor, locked, name, shared)
    if (locked.name, locked.shared) != before:
        locked.save(update_fields=["name", "shared"])
        record(actor=actor, verb="find.change_view", subject=locked, data=_said(locked), now=now)
    return locked


@transaction.atomic
def remove_view(*, actor: Viewer, view: SavedView, now: datetime) -> None:
    """Remove a view; the list stays as it is."""
    locked = _changeable(actor, view)
    record(actor=actor, verb="find.remove_view", subject=locked, data=_said(locked), now=now)
    locked.delete()


def _changeable(actor: Viewer, view: SavedView) -> SavedView:
    locked = SavedView.objects.select_for_update(no_key=True).get(pk=view.pk)
    if not may_change_view(actor, locked):
        raise Forbidden(str(NOT_YOURS))
    return locked


def _name(actor: Viewer, view: SavedView, name: str, shared: bool) -> None:
    """Set name and sharing (not saved)."""
    wanted = normalise(name)
    if not wanted:
        raise Refusal(fields={"name": [_("ตั้งชื่อมุมมอง เช่น “รอตรวจของ อ.เมือง”")]})
    if len(wanted) > 60:
        raise Refusal(fields={"name": [_("ชื่อยาวเกินไป ใช้ไม่เกิน 60 ตัวอักษร")]})
    same = SavedView.objects.filter(
        user=view.user_id, organization=view.organization_id, list_name=view.list_name, name=wanted
    )
    if same.exclude(pk=view.pk).exists():
        raise Refusal(fields={"name": [_("มีมุมมองชื่อนี้ในรายการนี้แล้ว ตั้งชื่ออื่น")]}, code="name_taken")
    if shared and not view.shared and not may_share_view(actor):
        raise Forbidden(_("ให้ผู้อื่นใช้มุมมองได้เฉพาะเจ้าหน้าที่ของสำนักงาน"))
    view.name, view.shared = wanted, shared


def _said(view: SavedView) -> dict[str, object]:
    return {"list": view.list_name, "name": view.name, "query": view.query, "shared": view.shared}
