"""Say which office an account belongs to."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.audit.services.record import record
from jitasa.organizations.models import Home, Organization, Post
from jitasa.organizations.rules_people import may_move_home
from jitasa.organizations.selectors.standing import home_of, standing_of
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today


def begin_home(user: User, organization: Organization, day: date) -> None:
    """From ``day`` on the person belongs to ``organization``; within the caller's transaction and entry."""
    open_row = Home.objects.of_today().filter(user=user).first()
    if open_row is not None and open_row.organization_id == organization.pk:
        return
    if open_row is not None:
        open_row.to_date = max(day - timedelta(days=1), open_row.from_date)
        open_row.save(update_fields=["to_date"])
    Home.objects.create(user=user, organization=organization, from_date=day)


@transaction.atomic
def move_home(*, actor: Viewer, user: User, organization: Organization | None, now: datetime) -> None:
    """Make an office where the person holds a post today the home office.

    :raises Forbidden: for anybody but the home's line, or the person while posts are held at home.
    :raises Refusal: when no post is held in the office today.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not may_move_home(actor, standing_of(user.pk, now)):
        raise Forbidden(
            _("ย้ายต้นสังกัดได้โดยผู้ดูแลของต้นสังกัดเดิมหรือหน่วยงานระดับเหนือขึ้นไป หรือโดยเจ้าของบัญชีเมื่อพ้นจากต้นสังกัดเดิมแล้ว")
        )
    day = today(now)
    held = Post.objects.filter(user=user, organization=organization).valid_on(day)
    if organization is None or not held.exists():
        raise Refusal(_("ย้ายต้นสังกัดไปสำนักงานที่ผู้นี้มีตำแหน่งอยู่วันนี้เท่านั้น ให้ตำแหน่งในสำนักงานนั้นก่อน"))
    before = home_of(user.pk)
    begin_home(user, organization, day)
    data = {"username": user.username, "from_office": str(before or ""), "to_office": str(organization)}
    record(actor=actor, verb="organizations.move_home", subject=user, data=data, now=now)


def hand_over_homes(predecessors: Sequence[Organization], successor: Organization, day: date) -> None:
    """Offices that were merged: their people belong to the office that goes on; within the merger's act."""
    rows = list(Home.objects.of_today().filter(organization__in=predecessors))
    for row in rows:
        row.to_date = max(day - timedelta(days=1), row.from_date)
    Home.objects.bulk_update(rows, ["to_date"], batch_size=500)
    Home.objects.bulk_create(
        [
            Home(user_id=row.user_id, organization=successor, from_date=max(day, row.from_date))
            for row in rows
        ],
        batch_size=500,
    )
