"""Link an outside identity to an account, and take the link away."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.services.tell import tell
from jitasa.audit.labels import label
from jitasa.audit.services.record import Actor, record
from jitasa.problems import Conflict

PROVIDER = "oidc"


@transaction.atomic
def link_identity(*, actor: Actor, user: User, uid: str, now: datetime) -> None:
    """From now on the identity ``uid`` (a keyed hash) opens the account. One identity, one account.

    :raises Conflict: it belongs to another account, or the account has another identity.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    taken = SocialAccount.objects.filter(provider=PROVIDER, uid=uid).first()
    if taken is not None and taken.user_id != user.pk:
        raise Conflict(_("ตัวตนนี้เชื่อมกับบัญชีอื่นอยู่แล้ว เข้าสู่ระบบด้วยบัญชีนั้นแล้วยกเลิกการเชื่อมก่อน"))
    if taken is not None:
        return
    if SocialAccount.objects.filter(provider=PROVIDER, user=user).exists():
        raise Conflict(_("บัญชีนี้เชื่อมกับตัวตนอื่นอยู่ ยกเลิกการเชื่อมเดิมก่อน"))
    SocialAccount.objects.create(provider=PROVIDER, user=user, uid=uid, extra_data={})
    _noted(actor, user, "accounts.link_identity", now)


@transaction.atomic
def unlink_identity(*, actor: Actor, user: User, now: datetime) -> None:
    """The identity opens the account no more; the password does."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    count, _rows = SocialAccount.objects.filter(provider=PROVIDER, user=user).delete()
    if count:
        _noted(actor, user, "accounts.unlink_identity", now)


def _noted(actor: Actor, user: User, verb: str, now: datetime) -> None:
    record(actor=actor, verb=verb, subject=user, now=now)

    def words() -> tuple[str, str]:
        return label(verb), _("ถ้าไม่ใช่ท่านที่ทำ ให้เปลี่ยนรหัสผ่านทันที และแจ้งผู้ดูแลสำนักงานของท่าน")

    tell(people=[user], kind="security", words=words, url=reverse("accounts:security"), now=now)
