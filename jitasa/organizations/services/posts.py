"""Give a post (or offer it, to people of another line), change its title, end it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.services.sessions import end_all_sessions
from jitasa.audit.services.record import record
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post, PostOffer
from jitasa.organizations.rules_people import may_end_post, may_give, needs_consent
from jitasa.organizations.selectors.standing import home_of, standing_of
from jitasa.organizations.services.homes import begin_home
from jitasa.organizations.services.offers import make_offer, require_no_overlap
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today


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
) -> Post | PostOffer:
    """Give a person a post from ``from_date`` (today) to its last day ``to_date`` (open end).

    Somebody whose home office is not in the actor's line is offered it (``rules_people.needs_consent``).
    """
    _require_may_give(actor, organization, role)
    locked = User.objects.select_for_update(no_key=True).get(
        pk=user.pk
    )  # two acts on one person wait for each other
    first = from_date or today(now)
    _check_dates(first, to_date, today(now), is_new=True)
    require_no_overlap(user, organization, role, first, to_date)
    if locked.erased_at is not None:
        raise Refusal(fields={"username": [_("ผู้ใช้นี้ขอลบข้อมูลแล้ว ให้ตำแหน่งอีกไม่ได้ เพิ่มเป็นผู้ใช้ใหม่")]})
    write = make_offer if needs_consent(actor, home_of(user.pk)) else _give
    return write(
        actor=actor,
        user=user,
        organization=organization,
        role=role,
        title=title.strip(),
        from_date=first,
        to_date=to_date,
        now=now,
    )


def give_first_post(
    *,
    actor: Viewer,
    user: User,
    organization: Organization,
    role: str,
    title: str,
    from_date: date | None,
    to_date: date | None,
    now: datetime,
) -> Post:
    """The post somebody new begins with, checked like any other; within the caller's transaction."""
    _require_may_give(actor, organization, role)
    first = from_date or today(now)
    _check_dates(first, to_date, today(now), is_new=True)
    return _give(
        actor=actor,
        user=user,
        organization=organization,
        role=role,
        title=title,
        from_date=first,
        to_date=to_date,
        now=now,
    )


def _give(
    *,
    actor: Viewer,
    user: User,
    organization: Organization,
    role: str,
    title: str,
    from_date: date,
    to_date: date | None,
    now: datetime,
) -> Post:
    """Write a post that was checked; somebody's first one makes its office the home office."""
    post = Post.objects.create(
        user=user,
        organization=organization,
        role=role,
        title=title,
        from_date=from_date,
        to_date=to_date,
    )
    if home_of(user.pk) is None:
        begin_home(user, organization, today(now))
    first = from_date
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
    if not may_end_post(actor, locked.organization, locked.role, standing_of(locked.user_id, now)):
        raise Forbidden(_("ท่านสิ้นสุดตำแหน่งนี้ไม่ได้"))
    day = today(now)
    if locked.ended_by(day):
        raise Refusal(_("ตำแหน่งนี้สิ้นสุดไปแล้ว"))
    if last_day >= day and last_day < locked.from_date:
        raise Refusal(fields={"last_day": [_("วันสุดท้ายต้องไม่ก่อนวันเริ่ม ถ้าต้องการยกเลิกตำแหน่งนี้ให้หยุดทันที")]})
    _require_other_administrator(actor, locked, day)
    if last_day < day:
        _stop(locked, now)
        end_all_sessions(locked.user)
    else:
        locked.to_date = max(last_day, locked.from_date)
        locked.save(update_fields=["to_date", "revoked_at"])
    data: dict[str, object] = {"username": locked.user.username, "role": locked.role, "to": locked.to_date}
    data |= {"at_once": True} if last_day < day else {}
    record(actor=actor, verb="organizations.end_post", subject=locked.organization, data=data, now=now)
    return locked


def stop_all_posts(user: User, now: datetime) -> None:
    """End every post of a person at once; within the caller's transaction, entry and end of sessions."""
    for post in Post.objects.select_for_update(no_key=True).filter(user=user).not_ended_by(today(now)):
        _stop(post, now)


def _stop(post: Post, now: datetime) -> None:
    day = today(now)
    post.to_date = max(day - timedelta(days=1), post.from_date)
    post.revoked_at = now if post.to_date >= day else None
    post.save(update_fields=["to_date", "revoked_at"])


def _locked(post: Post) -> Post:
    return (
        Post.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization", "user")
        .get(pk=post.pk)
    )


def _require_may_give(actor: Viewer, organization: Organization, role: str) -> None:
    if role not in Role.values:
        raise Refusal(fields={"role": [_("เลือกบทบาทจากรายการ")]})
    if not may_give(actor, organization, role):
        raise Forbidden(_("ท่านกำหนดตำแหน่งนี้ไม่ได้ ผู้ดูแลของสำนักงานนั้นหรือหน่วยงานระดับเหนือขึ้นไปหนึ่งระดับเป็นผู้กำหนด"))


def _check_dates(first: date, last: date | None, day: date, *, is_new: bool) -> None:
    if last is not None and last < first:
        raise Refusal(fields={"to_date": [_("วันสุดท้ายต้องไม่ก่อนวันเริ่ม")]})
    if is_new and last is not None and last < day:
        raise Refusal(fields={"to_date": [_("วันสุดท้ายผ่านไปแล้ว เลือกวันนี้หรือวันหลังจากนี้")]})


def _require_other_administrator(actor: Viewer, post: Post, day: date) -> None:
    """An office does not dismiss its own last administrator: nobody there could appoint the next."""
    if post.role != Role.ADMINISTRATOR or actor.office_id != post.organization_id:
        return
    others = Post.objects.filter(
        organization=post.organization, role=Role.ADMINISTRATOR, user__is_active=True
    ).exclude(user=post.user)
    if not others.valid_on(day).exists():
        raise Refusal(_("นี่คือผู้ดูแลคนสุดท้ายของสำนักงาน ตั้งผู้ดูแลคนใหม่ก่อน แล้วจึงสิ้นสุดตำแหน่งนี้"))
