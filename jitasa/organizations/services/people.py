"""Create a person with a first post; edit, give a new one-time password, suspend and reopen."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.rules import clean_username, search_text
from jitasa.accounts.services.former_names import was_erased
from jitasa.accounts.services.passwords import set_one_time_password
from jitasa.accounts.services.sessions import end_all_sessions
from jitasa.audit.services.record import record
from jitasa.idempotent import idempotent
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.rules_people import may_give, may_manage_person
from jitasa.organizations.selectors.standing import standing_of
from jitasa.organizations.services.posts import give_first_post
from jitasa.organizations.services.resting import rest_foreign_posts
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal


@dataclass(frozen=True)
class NewPerson:
    """What ``create_person`` gives back: the only copy of the one-time password."""

    user: User
    post: Post
    password: str


@idempotent
def create_person(
    *,
    actor: Viewer,
    organization: Organization,
    username: str,
    role: str,
    full_name: str = "",
    title: str = "",
    email: str = "",
    phone: str = "",
    from_date: date | None = None,
    to_date: date | None = None,
    now: datetime,
) -> NewPerson:
    """A new person with a first post. A username once used is never given again: people are not deleted."""
    if not may_give(actor, organization, role):
        raise Forbidden(_("ท่านเพิ่มผู้ใช้ด้วยบทบาทนี้ในสำนักงานนี้ไม่ได้"))
    name = clean_username(username)
    if User.objects.filter(username=name).exists() or was_erased(name):
        text = _("มีผู้ใช้ชื่อนี้แล้วหรือเคยมี ถ้าเป็นคนเดียวกันให้เพิ่มตำแหน่งแก่ผู้ใช้เดิม ถ้าไม่ใช่ให้ตั้งชื่ออื่น")
        raise Refusal(fields={"username": [text]}, code="username_taken")
    user = User(username=name, full_name=full_name.strip(), email=email.strip(), phone=phone.strip())
    user.search_text = search_text(full_name=user.full_name, username=name)
    user.set_unusable_password()
    _validate(user)
    user.save(force_insert=True)
    password = set_one_time_password(user, now=now)
    record(actor=actor, verb="organizations.create_person", subject=user, data={"username": name}, now=now)
    post = give_first_post(
        actor=actor,
        user=user,
        organization=organization,
        role=role,
        title=title.strip(),
        from_date=from_date,
        to_date=to_date,
        now=now,
    )
    return NewPerson(user, post, password)


@transaction.atomic
def edit_person(*, actor: Viewer, user: User, full_name: str, email: str, phone: str, now: datetime) -> User:
    """Correct a person's name and contact; the entry names the fields, not the personal values."""
    locked = _manageable(actor, user, now)
    values = {"full_name": full_name.strip(), "email": email.strip(), "phone": phone.strip()}
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, values[name])
    _validate(locked)
    if changed:
        locked.search_text = search_text(full_name=locked.full_name, username=locked.username)
        locked.save(update_fields=[*changed, "search_text"])
        record(
            actor=actor, verb="organizations.edit_person", subject=locked, data={"changed": changed}, now=now
        )
    return locked


@transaction.atomic
def reset_password(*, actor: Viewer, user: User, now: datetime) -> str:
    """Give a person a new one-time password, returned once; all their sessions end.

    Posts in offices outside the actor's line rest until those offices wake them.
    """
    locked = _manageable(actor, user, now)
    password = set_one_time_password(locked, now=now)
    resting = rest_foreign_posts(actor=actor, user=locked, now=now)
    data = {"resting": [str(post.organization) for post in resting]} if resting else {}
    record(actor=actor, verb="organizations.reset_password", subject=locked, data=data, now=now)
    return password


@transaction.atomic
def deactivate(*, actor: Viewer, user: User, now: datetime) -> None:
    """Suspend an account at once, in every office; all sessions end, posts stay as they are."""
    locked = _manageable(actor, user, now)
    if actor.user_id == locked.pk:
        raise Refusal(_("ระงับบัญชีของตนเองไม่ได้ ให้ผู้ดูแลคนอื่นหรือหน่วยงานระดับเหนือขึ้นไปเป็นผู้ระงับ"))
    _set_active(actor, locked, False, now)


@transaction.atomic
def activate(*, actor: Viewer, user: User, now: datetime) -> None:
    """Reopen a suspended account."""
    _set_active(actor, _manageable(actor, user, now), True, now)


def _set_active(actor: Viewer, user: User, active: bool, now: datetime) -> None:
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_all_sessions(user)
    verb = "organizations.activate_person" if active else "organizations.deactivate_person"
    record(actor=actor, verb=verb, subject=user, now=now)


def _manageable(actor: Viewer, user: User, now: datetime) -> User:
    """The person, locked, if the actor answers for the account (``rules_people.may_manage_person``)."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not may_manage_person(actor, standing_of(locked.pk, now)):
        raise Forbidden(_("ท่านจัดการบัญชีนี้ไม่ได้ ผู้ดูแลของต้นสังกัด หรือของหน่วยงานที่ต้นสังกัดรายงานต่อ เป็นผู้จัดการ"))
    if locked.erased_at is not None:
        raise Refusal(_("บัญชีนี้ลบข้อมูลส่วนบุคคลแล้ว แก้ไขหรือเปิดใช้อีกไม่ได้"))
    return locked


def _validate(user: User) -> None:
    try:
        user.full_clean(exclude=["password"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refusal(fields={name: list(texts) for name, texts in error.message_dict.items()}) from None
