"""Posts offered across lines: make the offer, accept, decline, take back, let it run out."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.services.tell import tell
from jitasa.audit.services.record import record
from jitasa.organizations.choices import OfferAnswer
from jitasa.organizations.models import Organization, Post, PostOffer
from jitasa.organizations.rules_people import Standing, may_answer_offer, may_give
from jitasa.organizations.selectors.standing import administrators_of, standing_of
from jitasa.organizations.services.homes import begin_home
from jitasa.organizations.viewer import SYSTEM, Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.dates import today
from jitasa.ui.days import short_date

OWN_POSTS = "/work/organizations/people/mine/"


def make_offer(
    *,
    actor: Viewer,
    user: User,
    organization: Organization,
    role: str,
    title: str,
    from_date: date,
    to_date: date | None,
    now: datetime,
) -> PostOffer:
    """Ask the person, and the administrators of the home office, whether a post is accepted.

    Called by ``posts.add_post`` inside its transaction, after its checks.
    """
    if PostOffer.objects.waiting(now).filter(user=user, organization=organization, role=role).exists():
        raise Refusal(fields={"role": [_("เสนอตำแหน่งนี้แก่ผู้นี้ไว้แล้ว และยังรอคำตอบอยู่")]})
    expire_offers(now=now, user=user)
    offer = PostOffer.objects.create(
        user=user,
        organization=organization,
        role=role,
        title=title,
        from_date=from_date,
        to_date=to_date,
        offered_by=actor.user,
        offered_at=now,
        expires_at=now + timedelta(days=settings.POST_OFFER_DAYS),
    )
    data = {"username": user.username, "role": role, "from": from_date, "to": to_date}
    record(actor=actor, verb="organizations.offer_post", subject=organization, data=data, now=now)
    _tell_both_sides(offer, standing_of(user.pk, now), now)
    return offer


def _tell_both_sides(offer: PostOffer, standing: Standing, now: datetime) -> None:
    def words(text: str) -> tuple[str, str]:
        until = _("ตอบได้ถึง %(day)s ถ้าไม่ตอบถือว่าไม่รับ") % {"day": short_date(today(offer.expires_at))}
        values = {"office": offer.organization, "role": offer.get_role_display()}
        return text % {**values, "person": offer.user.username}, until

    def to_person() -> tuple[str, str]:
        return words(_("%(office)s เสนอตำแหน่ง%(role)sแก่ท่าน"))

    def to_home() -> tuple[str, str]:
        return words(_("%(office)s เสนอตำแหน่ง%(role)sแก่ %(person)s"))

    tell(people=[offer.user], kind="post", words=to_person, url=OWN_POSTS, now=now)
    if standing.home is not None:
        url = f"/work/organizations/people/{offer.user_id}/"
        managers = [row.user for row in administrators_of(standing.home, now) if row.user_id != offer.user_id]
        tell(people=managers, kind="post", words=to_home, url=url, now=now)


@transaction.atomic
def accept_offer(*, actor: Viewer, offer: PostOffer, now: datetime) -> Post:
    """The person's side says yes: the post begins, on the day offered or today if that has passed.

    Somebody with no post left in the home office has moved: the office of the post becomes the home.
    """
    locked, standing = _answerable(actor, offer, now)
    day = today(now)
    if locked.organization.closed_on is not None:
        raise Refusal(_("สำนักงานที่เสนอตำแหน่งนี้สิ้นสุดไปแล้ว จึงรับไม่ได้"))
    if locked.to_date is not None and locked.to_date < day:
        raise Refusal(_("วันสุดท้ายของตำแหน่งที่เสนอผ่านไปแล้ว ขอให้สำนักงานนั้นเสนอใหม่"))
    first = max(locked.from_date, day)
    require_no_overlap(locked.user, locked.organization, locked.role, first, locked.to_date)
    post = Post.objects.create(
        user=locked.user,
        organization=locked.organization,
        role=locked.role,
        title=locked.title,
        from_date=first,
        to_date=locked.to_date,
    )
    if not standing.serves_home:
        begin_home(locked.user, locked.organization, day)
    _answered(actor, locked, OfferAnswer.ACCEPTED, now)
    return post


@transaction.atomic
def decline_offer(*, actor: Viewer, offer: PostOffer, now: datetime) -> None:
    """The person's side says no; nothing was given."""
    locked, _standing = _answerable(actor, offer, now)
    _answered(actor, locked, OfferAnswer.DECLINED, now)


@transaction.atomic
def withdraw_offer(*, actor: Viewer, offer: PostOffer, now: datetime) -> None:
    """The office takes its offer back."""
    locked = _locked(offer)
    if not may_give(actor, locked.organization, locked.role):
        raise Forbidden(_("ผู้ดูแลของสำนักงานที่เสนอตำแหน่งเท่านั้นที่ถอนคืนได้"))
    _require_waiting(locked, now)
    _answered(actor, locked, OfferAnswer.WITHDRAWN, now)


def expire_offers(*, now: datetime, user: User | None = None) -> int:
    """Close offers nobody answered in time (a chore of the worker); returns how many."""
    rows = PostOffer.objects.filter(answer=OfferAnswer.WAITING, expires_at__lte=now)
    rows = rows.filter(user=user) if user else rows
    closed = 0
    for offer in rows.select_related("organization", "user"):
        with transaction.atomic():
            if rows.filter(pk=offer.pk).update(answer=OfferAnswer.EXPIRED, answered_at=now):
                _enter(SYSTEM, offer, OfferAnswer.EXPIRED, now)
                closed += 1
    return closed


def require_no_overlap(user: User, office: Organization, role: str, first: date, last: date | None) -> None:
    """Refuse the same role in the same office twice on one day."""
    rows = Post.objects.filter(user=user, organization=office, role=role).not_ended_by(first)
    other = rows.filter(**({"from_date__lte": last} if last else {})).first()
    if other is not None:
        text = _("ผู้นี้เป็น%(role)sของสำนักงานนี้อยู่แล้ว ตั้งแต่ %(day)s")
        values = {"role": other.get_role_display(), "day": short_date(other.from_date)}
        raise Refusal(fields={"role": [text % values]})


def _locked(offer: PostOffer) -> PostOffer:
    User.objects.select_for_update(no_key=True).get(
        pk=offer.user_id
    )  # two acts on one person wait for each other
    rows = PostOffer.objects.select_for_update(of=("self",), no_key=True).select_related(
        "organization", "user", "offered_by"
    )
    return rows.get(pk=offer.pk)


def _answerable(actor: Viewer, offer: PostOffer, now: datetime) -> tuple[PostOffer, Standing]:
    locked = _locked(offer)
    standing = standing_of(locked.user_id, now)
    if not may_answer_offer(actor, standing):
        raise Forbidden(_("เจ้าของบัญชีหรือผู้ดูแลของต้นสังกัดเท่านั้นที่ตอบรับตำแหน่งนี้ได้"))
    _require_waiting(locked, now)
    return locked, standing


def _require_waiting(offer: PostOffer, now: datetime) -> None:
    if not offer.waits(now):
        raise Conflict(_("ข้อเสนอนี้มีคำตอบแล้วหรือหมดเวลาแล้ว เปิดหน้านี้ใหม่เพื่อดูข้อมูลล่าสุด"))


def _answered(actor: Viewer, offer: PostOffer, answer: OfferAnswer, now: datetime) -> None:
    offer.answer, offer.answered_at, offer.answered_by = answer, now, actor.user
    offer.save(update_fields=["answer", "answered_at", "answered_by"])
    _enter(actor, offer, answer, now)


def _enter(actor: Viewer, offer: PostOffer, answer: OfferAnswer, now: datetime) -> None:
    data = {"username": offer.user.username, "role": offer.role, "answer": answer.value}
    record(actor=actor, verb="organizations.answer_offer", subject=offer.organization, data=data, now=now)
    if offer.offered_by is not None and actor.user_id != offer.offered_by_id:

        def words() -> tuple[str, str]:
            text = _("ข้อเสนอตำแหน่งแก่ %(person)s: %(answer)s")
            return text % {"person": offer.user.username, "answer": answer.label}, ""

        url = f"/work/organizations/people/of/{offer.organization_id}/"
        tell(people=[offer.offered_by], kind="post", words=words, url=url, now=now)
