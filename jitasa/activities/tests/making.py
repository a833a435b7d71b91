"""Records for tests: lists, pictures and values with everything a round asks for."""

import hashlib
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from jitasa.activities.models import Activity
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo, PhotoState, Upload
from jitasa.review.services.flag import look_now
from jitasa.rounds.models import Kind, Measure, ParticipantGroup, SubKind
from tests.cast import NOW

DAY = date(2026, 11, 20)


def make_lists() -> None:
    """The department's lists, short."""
    made = {"created_at": NOW}
    Kind.objects.create(code="development", label="จิตอาสาพัฒนา", position=1, **made)
    Kind.objects.create(code="disaster", label="จิตอาสาภัยพิบัติ", position=2, **made)
    cleaning = {"keywords": "ทำความสะอาด, เก็บขยะ", "measures": ["waste", "road"]}
    SubKind.objects.create(code="landscape", label="ปรับภูมิทัศน์", kind_code="development", **cleaning, **made)
    flood = {"keywords": "น้ำท่วม, ประสบภัย"}
    SubKind.objects.create(code="rescue", label="ช่วยผู้ประสบภัย", kind_code="disaster", **flood, **made)
    for position, (code, label) in enumerate(
        [("v904", "จิตอาสา 904"), ("people", "ประชาชนจิตอาสา"), ("staff", "พนักงาน อปท.")]
    ):
        ParticipantGroup.objects.create(code=code, label=label, position=position, **made)
    Measure.objects.create(code="waste", label="ขยะ", unit="กก.", position=1, **made)
    Measure.objects.create(code="road", label="ระยะทาง", unit="กม.", decimals=1, position=2, **made)


def make_photo(office: Organization, seed: str = "a", **columns: Any) -> Photo:
    """A picture the office has sent (a row; there is no file behind it)."""
    defaults = {"bytes": 1000, "format": "jpeg", "width": 1600, "height": 1200, "created_at": NOW}
    photo = Photo.objects.create(
        sha256=hashlib.sha256(seed.encode()).hexdigest(),
        **{**defaults, "state": PhotoState.READY, **columns},
    )
    Upload.objects.create(photo=photo, organization=office, created_at=NOW)
    return photo


def full_values(office: Organization, *, pictures: int = 2, **changes: Any) -> ActivityValues:
    """Values that may be sent as they are; pictures are made for ``office``."""
    made = [make_photo(office, f"{uuid4()}") for _ in range(pictures)]
    values = ActivityValues(
        name="ทำความสะอาดชายหาดนพรัตน์ธารา",
        kind="development",
        sub_kind="landscape",
        start_date=DAY,
        start_time=time(8, 30),
        end_time=time(10, 30),
        place="หาดนพรัตน์ธารา",
        tambon_code={"8101": "810116", "8103": "810303"}.get(office.district_code, ""),
        latitude=8.04,
        longitude=98.8,
        chair_position="นายก อบต.อ่าวนาง",
        groups={"v904": 4, "people": 62},
        measures={"waste": Decimal("240")},
        result="เก็บขยะตลอดแนวชายหาด",
        photos=tuple(PhotoValue(sha256=photo.sha256) for photo in made),
    )
    values = replace(values, **changes)
    return replace(
        values, day_confirmed=changes.get("day_confirmed", values.start_date)
    )  # said yes to, where asked


def make_draft(
    actor: Viewer, *, uuid: UUID | None = None, now: datetime = NOW, pictures: int = 2, **changes: Any
) -> Activity:
    """A draft of the actor's office, ready to be sent unless ``changes`` say otherwise."""
    assert actor.organization is not None
    values = full_values(actor.organization, pictures=pictures, **changes)
    return save_draft(actor=actor, uuid=uuid or uuid4(), base_revision=None, values=values, now=now)


class Everything:
    """Whatever it looks like is another activity: tests send the same values over and over."""

    def __contains__(self, uuid: object) -> bool:
        return True


def make_sent(actor: Viewer, *, now: datetime = NOW, look: bool = True, **changes: Any) -> Activity:
    """A record that was sent, and that the worker has looked at unless ``look`` is false."""
    sent = submit(
        actor=actor, activity=make_draft(actor, now=now, **changes), now=now, confirmed=Everything()
    )
    if look:
        look_now(sent, now)
    return sent
