"""A lost telephone: an administrator of the line above takes a person's second factors away."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.services.second_factor import take_all_away
from jitasa.accounts.services.tell import tell
from jitasa.audit.services.record import record
from jitasa.organizations.rules_second_factor import may_reset_second_factor
from jitasa.organizations.selectors.standing import standing_of
from jitasa.organizations.services.resting import rest_foreign_posts
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal


@transaction.atomic
def reset_second_factor(*, actor: Viewer, user: User, now: datetime) -> int:
    """Remove app, passkeys and recovery codes and end all sessions; returns how many factors there were.

    The password stays; whoever must have a second factor adds one at the next sign-in. The person is told.
    :raises Forbidden: not an administrator of the line above. :raises Refusal: there is none to take away.
    """
    if not may_reset_second_factor(actor, standing_of(user.pk, now)):
        raise Forbidden(
            _(
                "ยกเลิกการยืนยันตัวสองชั้นได้เฉพาะผู้ดูแลของหน่วยงานระดับเหนือขึ้นไป และทำให้ตนเองไม่ได้ ถ้าไม่มีผู้ใดทำได้ ให้ผู้ดูแลระบบใช้คำสั่ง jitasa reset-mfa"
            )
        )
    count = take_all_away(user=user)
    if not count:
        raise Refusal(_("ผู้นี้ยังไม่มีการยืนยันตัวสองชั้น ไม่มีอะไรต้องยกเลิก"))
    record(
        actor=actor, verb="organizations.reset_second_factor", subject=user, data={"count": count}, now=now
    )
    rest_foreign_posts(actor=actor, user=user, now=now)
    tell(
        people=[user],
        kind="security",
        words=lambda: _words(actor),
        url=reverse("accounts:security"),
        now=now,
    )
    return count


def _words(actor: Viewer) -> tuple[str, str]:
    body = _(
        "%(who)s %(office)s ยกเลิกแอป พาสคีย์ และรหัสสำรองของท่าน เข้าสู่ระบบด้วยรหัสผ่านแล้วเพิ่มใหม่ ถ้าท่านไม่ได้ขอ ให้แจ้งหน่วยงานระดับเหนือขึ้นไปทันที"
    )
    names = {"who": actor.user_name, "office": actor.office_name}
    return _("การยืนยันตัวสองชั้นของท่านถูกยกเลิก"), body % names
