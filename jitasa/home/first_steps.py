"""The first days of an office: what is still to be set up, from how things are, each led to where it is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.selectors_mfa import with_second_factor
from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.rules import may_record
from jitasa.home.menu import keeps_letterhead
from jitasa.home.models import FirstStepsDismissal
from jitasa.home.rules_first_steps import (
    FirstStep,
    OfficeFacts,
    are_over,
    is_new,
    may_see_first_steps,
    steps_of,
)
from jitasa.letters.models import LetterSettings
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.rules import may_edit_settings
from jitasa.organizations.rules_people import may_manage_people
from jitasa.organizations.rules_second_factor import needs_second_factor
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today

NAMED = 3  # people without a second factor; the others are counted


@dataclass(frozen=True)
class StepLine:
    """One step; ``url`` is empty for somebody who may not do it, and once it is done."""

    title: str
    words: str
    done: bool
    url: str
    button: str


class _Kept(TypedDict):
    has_contact: bool
    sent: bool
    accepted: bool
    dismissed: bool


def first_steps(viewer: Viewer, office: Organization, now: datetime, *, accepted: int) -> list[StepLine]:
    """The steps of a new office, or none. ``accepted``: its records accepted in the months read already.

    Two statements for an office that is new, none for any other.
    """
    if not may_see_first_steps(viewer) or accepted or not is_new(viewer.served_since, today(now)):
        return []
    facts = _facts(office, now)
    steps = steps_of(facts)
    if are_over(facts, steps.values()):
        return []
    return [_line(viewer, office, facts, step, done) for step, done in steps.items()]


def _facts(office: Organization, now: datetime) -> OfficeFacts:
    roles: dict[int, set[str]] = {}
    lacking: dict[int, User] = {}
    posts = Post.objects.filter(organization=office, user__is_active=True).valid_on(today(now))
    rows = posts.select_related("user").order_by("from_date", "id")
    for post in rows.annotate(has_factor=with_second_factor("user")):
        roles.setdefault(post.user_id, set()).add(post.role)
        if not post.has_factor:  # type: ignore[attr-defined]  # annotated
            lacking[post.user_id] = post.user
    show_posts(((user, now) for user in lacking.values()), with_office=False, of=office.pk)
    asked = {pk for pk, held in roles.items() if _asks_factor(office, held)}
    return OfficeFacts(
        has_place=office.latitude is not None,
        people=sum(held != {Role.VIEWER} for held in roles.values()),
        has_approver=any(Role.APPROVER in held for held in roles.values()),
        wants_approval=office.approval_required,
        factor_asked=bool(asked),
        factor_lacking={pk: str(user) for pk, user in lacking.items() if pk in asked},
        **_kept(office),
    )


def _asks_factor(office: Organization, roles: set[str]) -> bool:
    return needs_second_factor([(office.level, role) for role in roles], required=settings.MFA_REQUIRED)


def _kept(office: Organization) -> _Kept:
    """What is kept elsewhere about the office: one statement."""
    records = Activity.objects.filter(organization=OuterRef("pk"))
    letterhead = LetterSettings.objects.filter(organization=OuterRef("pk")).exclude(address="")
    return (
        Organization.objects.filter(pk=office.pk)
        .values(
            has_contact=Exists(letterhead.exclude(phone="")),
            sent=Exists(records.exclude(submitted_at=None)),
            accepted=Exists(records.filter(status=Status.ACCEPTED)),
            dismissed=Exists(FirstStepsDismissal.objects.filter(organization=OuterRef("pk"))),
        )
        .get()
    )


def _line(viewer: Viewer, office: Organization, facts: OfficeFacts, step: FirstStep, done: bool) -> StepLine:
    title, words, button = _said(facts, step)
    url = "" if done else _where(viewer, office, facts, step)
    if not done and not url and step != FirstStep.SECOND_FACTOR:
        words = _("ผู้ดูแลสำนักงานเป็นผู้ทำ")
    return StepLine(title, words, done, url, button)


def _where(viewer: Viewer, office: Organization, facts: OfficeFacts, step: FirstStep) -> str:
    """The page where the step is done, for somebody who may do it."""
    match step:
        case FirstStep.CONTACT if keeps_letterhead(viewer):
            return reverse("letters:settings")
        case FirstStep.PLACE if may_edit_settings(viewer, office.pk):
            return reverse("organizations:settings", args=[office.pk])
        case FirstStep.PEOPLE if may_manage_people(viewer, office):
            if facts.people > 1:  # one of them becomes the approver, on her page
                return reverse("organizations:people")
            return reverse("organizations:person_add", args=[office.pk])
        case FirstStep.SECOND_FACTOR if viewer.user_id in facts.factor_lacking:
            return reverse("accounts:security")
        case FirstStep.RECORD if may_record(viewer):
            return reverse("activities:new")
    return ""


def _said(facts: OfficeFacts, step: FirstStep) -> tuple[str, str, str]:
    """Title, words and button."""
    match step:
        case FirstStep.CONTACT:
            words = _("ขึ้นในหัวหนังสือที่สำนักงานออก")
            return _("กรอกที่ตั้งและโทรศัพท์ของสำนักงาน"), words, _("กรอกข้อมูลติดต่อ")
        case FirstStep.PLACE:
            return _("ปักหมุดสำนักงานบนแผนที่"), _("แผนที่แสดงสำนักงานตามหมุดนี้"), _("ปักหมุด")
        case FirstStep.PEOPLE if facts.wants_approval:
            words = _("สำนักงานนี้ให้ผู้อนุมัติเห็นชอบก่อนส่ง")
            return _("มีผู้บันทึกและผู้อนุมัติคนละคน"), words, _("จัดผู้ใช้")
        case FirstStep.PEOPLE:
            return _("เพิ่มผู้ใช้คนที่สอง"), _("งานไม่ค้างเมื่อคนหนึ่งไม่อยู่"), _("เพิ่มผู้ใช้")
        case FirstStep.SECOND_FACTOR:
            return _("ยืนยันตัวสองชั้นครบทุกคนที่ต้องมี"), _lacking(facts), _("ความปลอดภัยของบัญชี")
        case FirstStep.RECORD:
            return _("ส่งกิจกรรมแรก"), _("เริ่มจากภาพที่ถ่ายไว้"), _("บันทึกกิจกรรม")


def _lacking(facts: OfficeFacts) -> str:
    names = list(facts.factor_lacking.values())
    if not names:
        return _("ผู้ดูแลสำนักงานต้องมีทุกคน")
    named, others = ", ".join(names[:NAMED]), len(names) - NAMED
    if others > 0:
        return _("ยังไม่มี: %(names)s และอีก %(others)d คน") % {"names": named, "others": others}
    return _("ยังไม่มี: %s") % named
