"""What the Atom feeds hold: the newest accepted activities of the country or of one place."""

import hashlib
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.db.models.functions import Coalesce
from django.templatetags.static import static
from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.activities.selectors.places import tambon_words
from jitasa.activities.selectors.public import published, with_cleared_photos
from jitasa.activities.selectors.sheet import date_words
from jitasa.files.reading import at_hand
from jitasa.organizations.models import Organization
from jitasa.photos import store
from jitasa.photos.choices import Size
from jitasa.portal import atom
from jitasa.portal.selectors import places
from jitasa.portal.selectors.pictures import address as picture_address

MOST = 50
BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)  # an empty feed is as old as this
REMEMBERED = 60 * 60 * 24 * 30
SUMMARY_LONGEST = 500


def feed(office: Organization | None) -> bytes:
    """The feed of the country, or of an office, district or province; three queries."""
    rows = published().select_related("organization", "kind").filter(reviewed_at__isnull=False)
    order = F("reviewed_at").desc()
    if (
        office is not None
    ):  # found by place and then sorted: along the country's newest could be a long way to one office
        rows = rows.filter(places.inside(office))
        order = Coalesce("reviewed_at", "updated_at").desc()
    rows = with_cleared_photos(rows).order_by(order, "-pk")[:MOST]
    entries = [_entry(row) for row in rows]
    name = f" · {office.short_name}" if office else ""
    path = reverse("portal:feed_office", args=[office.code]) if office else reverse("portal:feed")
    made = atom.Feed(
        id=f"{atom.TAG}/feed/{office.pk if office else 'all'}",
        title=f"กิจกรรมจิตอาสา{name}",
        subtitle="กิจกรรมขององค์กรปกครองส่วนท้องถิ่นที่รับรายงานแล้วล่าสุด",
        url=f"{settings.SITE_URL}{path}",
        page=f"{settings.SITE_URL}{places.address_of(office) if office else reverse('front')}",
        updated=max((entry.updated for entry in entries), default=BEFORE_ALL),
        entries=entries,
    )
    return atom.document(made, f"{settings.SITE_URL}{static('ui/mark.svg')}")


def freshness(body: bytes, key: str, now: datetime) -> tuple[str, datetime]:
    """(ETag, when this process first saw this very text).

    A picture taken down or a record withdrawn changes the feed without leaving a newer time in it, so
    the time of the change is noticed, not read: never earlier than the change, and never twice the same.
    """
    digest = hashlib.sha256(body).hexdigest()[:32]
    known = cache.get(f"portal-feed:{key}")
    if known is not None and known[0] == digest:
        return f'"{digest}"', datetime.fromtimestamp(known[1], UTC)
    second = int(now.timestamp())
    if known is not None:
        second = max(second, known[1] + 1)
    cache.set(f"portal-feed:{key}", (digest, second), REMEMBERED)
    return f'"{digest}"', datetime.fromtimestamp(second, UTC)


def _entry(row: Activity) -> atom.AtomEntry:
    reviewed = row.reviewed_at or row.updated_at
    return atom.AtomEntry(
        id=f"{atom.TAG}/activity/{row.uuid}",
        title=row.name,
        url=f"{settings.SITE_URL}{reverse('portal:activity', args=[row.number])}",
        author=row.organization_name,
        author_url=f"{settings.SITE_URL}{places.address_of(row.organization)}",
        summary=_summary(row),
        published=row.submitted_at or reviewed,
        updated=reviewed,
        category=(row.kind.code, row.kind.label) if row.kind else None,
        picture=_picture(row),
    )


def _summary(row: Activity) -> str:
    where = " ".join(part for part in (row.place, tambon_words(row.tambon_code)) if part)
    people = f"ผู้เข้าร่วม {row.participants:,} คน" if row.participants else ""
    facts = " · ".join(part for part in (date_words(row), where, people) if part)
    words = f"{facts}\n{row.result}" if row.result else facts
    return words if len(words) <= SUMMARY_LONGEST else words[: SUMMARY_LONGEST - 1].rstrip() + "…"


def _picture(row: Activity) -> atom.Picture | None:
    use = next(iter(row.public_photos), None)  # type: ignore[attr-defined]  # with_cleared_photos
    if use is None:
        return None
    path = at_hand(store.published(use.photo.sha256, Size.MEDIUM))
    if path is None:
        return None
    length = path.stat().st_size
    return atom.Picture(f"{settings.SITE_URL}{picture_address(use, Size.MEDIUM.value)}", length)
