"""Facts for the flags: what the pictures say, where else they stand, what happened nearby that day."""

from datetime import date
from math import cos, radians

from django.db.models import Q

from jitasa.activities.choices import LIVE, Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.points import Point
from jitasa.organizations.choices import Level, OrganizationType
from jitasa.organizations.models import Organization
from jitasa.photos.models import Photo
from jitasa.photos.selectors import similar
from jitasa.review.rules_flags import NEAR_KM, Area, ComparedRecord, PhotoFact, PhotoUse, RecordFacts
from jitasa.thai.dates import today

SENT = (*LIVE, Status.RETURNED)
HISTORY_MOST = 100
USES_MOST = 60
EVENTS_MOST = 200
KM_A_DEGREE = 111.0


def facts_of(activity: Activity) -> RecordFacts:
    """Everything ``rules_flags.find_all`` asks about a record. Reads across all offices: for the machine."""
    photos = [row.photo for row in activity.photos.select_related("photo")]
    return RecordFacts(
        event=event_of(activity),
        start=activity.start_date,
        end=activity.end_date,
        part=activity.part,
        participants=activity.participants,
        area=area_of(activity.organization),
        photos=[photo_fact(photo) for photo in photos],
        uses=uses_elsewhere(activity, photos),
        history=earlier_counts(activity),
        others=others_that_day(activity),
    )


def event_of(activity: Activity) -> ComparedRecord:
    return ComparedRecord(
        id=activity.pk,
        name=activity.name,
        place=activity.place,
        point=_point(activity.latitude, activity.longitude),
        tambon_code=activity.tambon_code,
        district_code=_district(activity.tambon_code, activity.organization),
        host_activity_id=activity.host_activity_id,
    )


def photo_fact(photo: Photo) -> PhotoFact:
    return PhotoFact(
        sha256=photo.sha256,
        taken_on=today(photo.taken_at) if photo.taken_at else None,
        point=_point(photo.latitude, photo.longitude),
    )


def area_of(office: Organization) -> Area:
    """An อบจ. or a provincial office works in the whole province, the department everywhere."""
    whole_province = office.type == OrganizationType.PAO or office.level == Level.PROVINCE
    return Area(
        point=_point(office.latitude, office.longitude),
        area_km2=float(office.area_km2) if office.area_km2 is not None else None,
        province_code=office.province_code,
        district_code="" if whole_province else office.district_code,
    )


def uses_elsewhere(activity: Activity, photos: list[Photo]) -> list[PhotoUse]:
    """Other sent records in which one of the pictures stands, exactly or nearly.

    Drafts do not count: nobody but their office knows them, and half of them are never sent.
    """
    mine_by_theirs: dict[int, list[tuple[str, bool]]] = {}
    for photo in photos:
        mine_by_theirs.setdefault(photo.pk, []).append((photo.sha256, True))
        for like in similar(photo):
            mine_by_theirs.setdefault(like.pk, []).append((photo.sha256, like.pk == photo.pk))
    if not mine_by_theirs:
        return []
    rows = (
        ActivityPhoto.objects.filter(photo__in=list(mine_by_theirs), activity__status__in=SENT)
        .exclude(activity=activity.pk)
        .select_related("photo")
        .order_by("-activity_id", "position")[:USES_MOST]
    )
    return [
        PhotoUse(mine=mine, theirs=row.photo.sha256, exact=exact, other_id=row.activity_id)
        for row in rows
        for mine, exact in mine_by_theirs[row.photo_id]
    ]


def earlier_counts(activity: Activity) -> list[int]:
    """Head counts of the office's own sent records up to that day, newest first."""
    if activity.start_date is None:
        return []
    rows = Activity.objects.live().filter(
        organization=activity.organization_id, start_date__lte=activity.start_date
    )
    counts = (
        rows.exclude(pk=activity.pk).order_by("-start_date", "-id").values_list("participants", flat=True)
    )
    return list(counts[:HISTORY_MOST])


def others_that_day(activity: Activity) -> list[ComparedRecord]:
    """Sent records of other offices that begin on the record's days, near it or in its district."""
    if activity.start_date is None:
        return []
    near = _near(activity)
    if near is None:
        return []
    days: tuple[date, date] = (activity.start_date, activity.end_date or activity.start_date)
    rows = (
        Activity.objects.filter(near, start_date__range=days, status__in=SENT)
        .exclude(organization=activity.organization_id)
        .select_related("organization")
        .order_by("-start_date", "-id")[:EVENTS_MOST]
    )
    return [event_of(row) for row in rows]


def _near(activity: Activity) -> Q | None:
    """A box of ``NEAR_KM`` around the pin; records without a pin (or all, lacking one) by district."""
    district = _district(activity.tambon_code, activity.organization)
    in_district = Q(tambon_code__startswith=district) | Q(
        tambon_code="", organization__district_code=district
    )
    point = _point(activity.latitude, activity.longitude)
    if point is None:
        return in_district if district else None
    up = NEAR_KM / KM_A_DEGREE
    aside = up / cos(radians(point.latitude))
    box = Q(
        latitude__range=(point.latitude - up, point.latitude + up),
        longitude__range=(point.longitude - aside, point.longitude + aside),
    )
    return box | (in_district & Q(latitude=None)) if district else box


def _district(tambon_code: str, office: Organization) -> str:
    return tambon_code[:4] if tambon_code else office.district_code


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    if latitude is None or longitude is None:
        return None
    return Point(latitude, longitude)
