"""Give a post, change its title, end it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.audit.services.record import record
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.rules_people import may_give
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today
from jitasa.ui.days import short_date


@transaction.atomic
def add_post(
    *,
    actor: Viewer,
    user: User,
    organization: Organization,
    role: str,
    title: str = "",
    from_date: date | None = None,
    to_date: date | None = None,
    now: datetime,
) -> Post:
    """Give a person a post from ``from_date`` (today) to its last day ``to_date`` (open end)."""
    _require_may_give(actor, organization, role)
    User.objects.select_for_update().get(pk=user.pk)  # two acts on one person wait for each other
    first = from_date or today(now)
    _check_dates(first, to_date, today(now), is_new=True)
    _check_no_overlap(user, organization, role, first, to_date)
    post = Post.objects.create(
        user=user, organization=organization, role=role, title=title.strip(), from_date=first, to_date=to_date
    )
    data = {"username": user.username, "role": role, "from": first, "to": to_date}
    record(actor=actor, verb="organizations.add_post", subject=organization, data=data, now=now)
    return post


@transaction.atomic
def edit_post(*, actor: Viewer, post: Post, title: str, now: datetime) -> Post:
    """Change how the position is called."""
    locked = _locked(post)
    _require_may_give(actor, locked.organization, locked.role)
    if locked.title != title.strip():
        data = {
            "username": locked.user.username,
            "role": locked.role,
            "from": locked.title,
            "to": title.strip(),
        }
        locked.title = title.strip()
        locked.save(update_fields=["title"])
        record(actor=actor, verb="organizations.edit_post", subject=locked.organization, data=data, now=now)
    return locked


@transaction.atomic
def end_post(*, actor: Viewer, post: Post, last_day: date, now: datetime) -> Post:
    """End a post after ``last_day``; a day before today stops it at once, also one not begun yet.

    :raises Refusal: when it has ended already, or is the last administrator's and nobody above acts.
    """
    locked = _locked(post)
    _require_may_give(actor, locked.organization, locked.role)
    day = today(now)
    if locked.ended_by(day):
        raise Refusal(_("ตำแหน่งนี้สิ้นสุดไปแล้ว"))
    if last_day >= day and last_day < locked.from_date:
        raise Refusal(fields={"last_day": [_("วันสุดท้ายต้องไม่ก่อนวันเริ่ม ถ้าต้องการยกเลิกตำแหน่งนี้ให้หยุดทันที")]})
    _require_other_administrator(actor, locked, day)
    locked.to_date = max(last_day, locked.from_date)
    if last_day < day:
        locked.to_date = max(day - timedelta(days=1), locked.from_date)
        locked.revoked_at = now if locked.to_date >= day else None
    locked.save(update_fields=["to_date", "revoked_at"])
    data = {"username": locked.user.username, "role": locked.role, "to": locked.to_date}
    data |= {"at_once": True} if last_day < day else {}
    record(actor=actor, verb="organizations.end_post", subject=locked.organization, data=data, now=now)
    return locked


def _locked(post: Post) -> Post:
    return Post.objects.select_for_update(of=("self",)).select_related("organization", "user").get(pk=post.pk)


def _require_may_give(actor: Viewer, organization: Organization, role: str) -> None:
    if role not in Role.values:
        raise Refusal(fields={"role": [_("เลือกบทบาทจากรายการ")]})
    if not may_give(actor, organization, role):
        raise Forbidden(_("ท่านกำหนดตำแหน่งนี้ไม่ได้ ผู้ดูแลของสำนักงานนั้นหรือหน่วยงานที่เหนือขึ้นไปหนึ่งระดับเป็นผู้กำหนด"))


def _check_dates(first: date, last: date | None, day: date, *, is_new: bool) -> None:
    if last is not None and last < first:
        raise Refusal(fields={"to_date": [_("วันสุดท้ายต้องไม่ก่อนวันเริ่ม")]})
    if is_new and last is not None and last < day:
        raise Refusal(fields={"to_date": [_("วันสุดท้ายผ่านไปแล้ว เลือกวันนี้หรือวันหลังจากนี้")]})


def _check_no_overlap(user: User, office: Organization, role: str, first: date, last: date | None) -> None:
    rows = Post.objects.filter(user=user, organization=office, role=role).not_ended_by(first)
    other = rows.filter(**({"from_date__lte": last} if last else {})).first()
    if other is not None:
        text = _("ผู้นี้เป็น%(role)sของสำนักงานนี้อยู่แล้ว ตั้งแต่ %(day)s")
        values = {"role": other.get_role_display(), "day": short_date(other.from_date)}
        raise Refusal(fields={"role": [text % values]})


def _require_other_administrator(actor: Viewer, post: Post, day: date) -> None:
    """An office does not dismiss its own last administrator: nobody there could appoint the next."""
    if post.role != Role.ADMINISTRATOR or actor.office_id != post.organization_id:
        return
    others = Post.objects.filter(
        organization=post.organization, role=Role.ADMINISTRATOR, user__is_active=True
    ).exclude(user=post.user)
    if not others.valid_on(day).exists():
        raise Refusal(_("นี่คือผู้ดูแลคนสุดท้ายของสำนักงาน ตั้งผู้ดูแลคนใหม่ก่อน แล้วจึงสิ้นสุดตำแหน่งนี้"))
