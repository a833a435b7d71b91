"""Posts that rest: what an account opens elsewhere, after somebody else had its password in hand."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.services.tell import tell
from jitasa.audit.services.record import record
from jitasa.organizations.models import Post
from jitasa.organizations.rules_people import is_own_line, may_give
from jitasa.organizations.selectors.standing import administrators_of
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today


def rest_foreign_posts(*, actor: Viewer, user: User, now: datetime) -> list[Post]:
    """Let the person's posts outside the actor's line rest; within the caller's transaction and entry.

    Called by every act after which the actor could sign in as the person (a one-time password, a second
    factor taken off): managing an account must not give its manager the posts that others entrusted to
    it. The administrators of those offices are told and wake the posts (:func:`wake_post`).
    """
    if actor.is_system:
        return []
    rows = Post.objects.filter(user=user, rests_since=None).not_ended_by(today(now))
    resting = [
        post for post in rows.select_related("organization") if not is_own_line(actor, post.organization)
    ]
    Post.objects.filter(pk__in=[post.pk for post in resting]).update(rests_since=now)
    for office in {post.organization for post in resting}:
        tell(
            people=[row.user for row in administrators_of(office, now) if row.user_id != user.pk],
            kind="post",
            words=lambda: (
                _("ตำแหน่งของ %(person)s ในสำนักงานของท่านพักไว้") % {"person": user.username},
                _("ต้นสังกัดตั้งรหัสผ่านใหม่ให้ผู้นี้ ยืนยันกับเจ้าตัวก่อน แล้วให้ทำหน้าที่ต่อที่หน้าผู้ใช้และตำแหน่ง"),
            ),
            url=f"/work/organizations/people/of/{office.pk}/",
            now=now,
        )
    return resting


@transaction.atomic
def wake_post(*, actor: Viewer, post: Post, now: datetime) -> Post:
    """The post gives its role again: an administrator who may give it has made sure whose account it is."""
    locked = (
        Post.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization", "user")
        .get(pk=post.pk)
    )
    if not may_give(actor, locked.organization, locked.role):
        raise Forbidden(_("ผู้ดูแลของสำนักงานที่ให้ตำแหน่งนี้เท่านั้นที่ให้ทำหน้าที่ต่อได้"))
    if locked.rests_since is None or locked.ended_by(today(now)):
        raise Refusal(_("ตำแหน่งนี้ไม่ได้พักอยู่ เปิดหน้านี้ใหม่เพื่อดูข้อมูลล่าสุด"))
    locked.rests_since = None
    locked.save(update_fields=["rests_since"])
    data = {"username": locked.user.username, "role": locked.role}
    record(actor=actor, verb="organizations.wake_post", subject=locked.organization, data=data, now=now)
    return locked
