"""Erase a person's own data on request; what she did for her offices stays, without her name."""

import re
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Replace
from django.utils.translation import gettext as _

from jitasa.accounts.models import PersonalNotice, User
from jitasa.accounts.services.former_names import former_name
from jitasa.accounts.services.sessions import end_all_sessions
from jitasa.accounts.services.tell import tell
from jitasa.audit.services.record import record
from jitasa.audit.services.redact import ERASED, erase_person
from jitasa.organizations.choices import ErasureState, OfferAnswer
from jitasa.organizations.models import ErasureRequest, PostOffer
from jitasa.organizations.rules_people import may_carry_out_erasure
from jitasa.organizations.selectors.standing import administrators_of, standing_of
from jitasa.organizations.services.posts import stop_all_posts
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal

NOTICES = ("accounts.PersonalNotice", "notices.Notice")
OWN_DATA = "/work/organizations/people/mine/data/"
# Rows about the person alone, deleted with her name; notices to offices and what she did stay.
OWN_TABLES = (
    "accounts.PersonalNotice",
    "accounts.KnownNetwork",
    "account.EmailAddress",
    "find.SavedView",
    "home.MorningMail",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "usersessions.UserSession",
)


@transaction.atomic
def ask_erasure(*, actor: Viewer, user: User, reason: str, now: datetime) -> ErasureRequest:
    """The person asks; the administrators of her home office are told."""
    if actor.user_id != user.pk or actor.read_only:
        raise Forbidden(_("ขอลบได้เฉพาะข้อมูลของตนเอง"))
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if ErasureRequest.objects.filter(user=user, state=ErasureState.WAITING).exists():
        raise Conflict(_("ท่านขอลบข้อมูลไว้แล้ว และยังรอดำเนินการอยู่"))
    asked = ErasureRequest.objects.create(user=user, reason=reason.strip()[:300], asked_at=now)
    record(actor=actor, verb="organizations.ask_erasure", subject=user, now=now)
    home = standing_of(user.pk, now).home
    if home is not None:
        managers = [row.user for row in administrators_of(home, now) if row.user_id != user.pk]
        tell(
            people=managers,
            kind="privacy",
            words=lambda: (
                _("%(person)s ขอลบข้อมูลส่วนบุคคล") % {"person": user.username},
                _("ต้องตอบภายใน 30 วัน ดำเนินการที่หน้าของผู้นี้"),
            ),
            url=f"/work/organizations/people/{user.pk}/",
            now=now,
        )
    return asked


@transaction.atomic
def withdraw_erasure(*, actor: Viewer, user: User, now: datetime) -> None:
    """The person changes her mind before it is done."""
    if actor.user_id != user.pk or actor.read_only:
        raise Forbidden(_("ถอนได้เฉพาะคำขอของตนเอง"))
    asked = _waiting(user)
    _answered(actor, asked, ErasureState.WITHDRAWN, "", now)
    record(actor=actor, verb="organizations.withdraw_erasure", subject=asked.user, now=now)


@transaction.atomic
def refuse_erasure(*, actor: Viewer, user: User, answer: str, now: datetime) -> None:
    """Whoever manages the account says why it is not done (PDPA s. 33: a legal duty to keep)."""
    _require_may(actor, user, now)
    asked = _waiting(user)
    if not answer.strip():
        raise Refusal(fields={"answer": [_("ระบุเหตุผลที่ไม่ลบ เพื่อแจ้งผู้ขอ")]})
    _answered(actor, asked, ErasureState.REFUSED, answer.strip()[:300], now)
    record(actor=actor, verb="organizations.refuse_erasure", subject=asked.user, now=now)
    tell(
        people=[asked.user],
        kind="privacy",
        words=lambda: (_("คำขอลบข้อมูลของท่านยังไม่ได้รับการดำเนินการ"), asked.answer),
        url=OWN_DATA,
        now=now,
    )


@transaction.atomic
def carry_out_erasure(*, actor: Viewer, user: User, now: datetime) -> None:
    """Take name, contacts and everything about the person alone out of the system, for good.

    Posts end, the account opens nothing any more, the username is never given again; her acts stay and
    read "a user whose data have been erased", in the audit too, whose chains still hold.

    :raises Forbidden: for anybody but who manages the account, and for the person herself.
    """
    _require_may(actor, user, now)
    asked = _waiting(user)
    person, username = asked.user, asked.user.username
    _answered(actor, asked, ErasureState.DONE, "", now)
    ErasureRequest.objects.filter(user=person).update(reason="", answer="")
    stop_all_posts(person, now)
    waiting = PostOffer.objects.filter(user=person, answer=OfferAnswer.WAITING)
    waiting.update(answer=OfferAnswer.WITHDRAWN, answered_at=now, answered_by=None)
    end_all_sessions(person)
    for label in OWN_TABLES:
        apps.get_model(label)._default_manager.filter(user=person).delete()
    _take_out_of_notices(person)
    _make_nameless(person, now)
    erase_person(user_id=person.pk, username=username, now=now)
    record(actor=actor, verb="organizations.erase_person", subject=person, now=now)


def _take_out_of_notices(person: User) -> None:
    """Other people's notices that name her: by username they go, by full name they keep their words."""
    alone = re.compile(rf"(?<![\w.@+-]){re.escape(person.username)}(?![\w.@+-])")
    naming = PersonalNotice.objects.filter(title__contains=person.username)
    PersonalNotice.objects.filter(pk__in=[row.pk for row in naming if alone.search(row.title)]).delete()
    if not person.full_name:
        return
    for label in NOTICES:
        rows = apps.get_model(label)._default_manager
        for column in ("title", "body"):
            without = Replace(column, Value(person.full_name), Value(ERASED))
            rows.filter(**{f"{column}__contains": person.full_name}).update(**{column: without})


def _make_nameless(person: User, now: datetime) -> None:
    person.former_name = former_name(person.username)
    person.username, person.full_name, person.email, person.phone = f"erased-{person.pk}", "", "", ""
    person.search_text = ""
    person.is_active, person.erased_at, person.last_login = False, now, None
    person.must_change_password, person.password_until = False, None
    person.set_unusable_password()
    person.save()


def _waiting(user: User) -> ErasureRequest:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    rows = ErasureRequest.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    asked = rows.filter(user=user, state=ErasureState.WAITING).first()
    if asked is None:
        raise Conflict(_("ไม่มีคำขอลบข้อมูลที่รออยู่ เปิดหน้านี้ใหม่เพื่อดูข้อมูลล่าสุด"))
    return asked


def _require_may(actor: Viewer, user: User, now: datetime) -> None:
    if not may_carry_out_erasure(actor, standing_of(user.pk, now)):
        raise Forbidden(_("ผู้ดูแลของต้นสังกัด หรือของหน่วยงานที่ต้นสังกัดรายงานต่อ เป็นผู้ดำเนินการ และดำเนินการให้ตนเองไม่ได้"))


def _answered(actor: Viewer, asked: ErasureRequest, state: ErasureState, answer: str, now: datetime) -> None:
    asked.state, asked.answer, asked.answered_at, asked.answered_by = state, answer, now, actor.user
    asked.save(update_fields=["state", "answer", "answered_at", "answered_by"])
