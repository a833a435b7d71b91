"""The whole country in bulk, for measuring: 7,850 LAOs (SAOs, tambon municipalities, PAOs) and their years.

Rows are written in bulk and not by the services (``country_month``), yet hold everything the services would have
written that a number, a board, an export or a compilation reads. Offices made here are marked ``synthetic``.
"""

import io
import math
import random
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from datetime import time as clock
from importlib import resources
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.core.files.base import File
from django.db import transaction

from jitasa.accounts.models import User
from jitasa.accounts.rules import search_text
from jitasa.activities.models import Activity
from jitasa.demo.people import LOG_INS
from jitasa.demo.pictures import Shot, draw
from jitasa.demo.services.country_month import Country
from jitasa.demo.services.country_writing import write_months
from jitasa.demo.services.filling import filling
from jitasa.demo.services.people import make_people
from jitasa.demo.stories import STORIES
from jitasa.inserting import insert_values
from jitasa.occasions.rules import EARLIEST_YEAR
from jitasa.occasions.services.install import install_occasions
from jitasa.organizations.choices import Level, OrganizationType, Role
from jitasa.organizations.models import Home, Organization, Post
from jitasa.organizations.rules import REGISTRY_BEGINS
from jitasa.organizations.selectors.geography import tambons
from jitasa.organizations.services.facts import StateFacts
from jitasa.organizations.services.import_registry import import_registry
from jitasa.organizations.services.install_geography import enter_offices
from jitasa.organizations.services.install_paos import install_paos
from jitasa.organizations.viewer import SYSTEM
from jitasa.photos.models import Photo, Upload
from jitasa.photos.services.prepare import prepare
from jitasa.photos.services.receive import receive
from jitasa.rounds.services.rounds import ensure_round
from jitasa.thai.dates import BANGKOK, add_months, be_year, month_of, today

T = OrganizationType
LOCAL_GOVERNMENTS = 7_850  # of the country (docs/domain.md §2)
FOUNDED = date(2010, 1, 1)
PICTURES = 24  # drawn once, two for each office
Say = Callable[[str], object]


def seed_country(*, now: datetime, months: int, per_month: int, say: Say) -> int:
    """Offices and people for the whole country, and ``months`` × ``per_month`` records of each office, oldest first.

    Months that hold records of synthetic offices stand already and are left alone: whoever was stopped goes on.
    Returns the number of records made.
    """
    first = add_months(month_of(today(now)), 1 - months)
    country = make_country(now=now, since=first, say=say)
    wanted = [add_months(first, index) for index in range(months)]
    stand = set(
        Activity.objects.filter(month__in=wanted, organization__synthetic=True)
        .values_list("month", flat=True)
        .distinct()
    )
    with filling(say):
        return _months(country, wanted, stand, per_month, now, say)


def _months(
    country: Country, wanted: Sequence[date], stand: set[date], per_month: int, now: datetime, say: Say
) -> int:
    opened = [ensure_round(month, now=datetime.combine(month, clock(9), BANGKOK)) for month in wanted]
    rounds = [each for each in opened if each.month not in stand]
    made, began = 0, time.monotonic()
    for done, count in enumerate(write_months(country, rounds, per_month, now)):
        made += count
        month, took = rounds[done].month, time.monotonic() - began
        left = len(rounds) - done - 1
        minutes = math.ceil(took / (done + 1) * left / 60)
        say(
            f"  {month:%m}/{be_year(month)}: {made:,} กิจกรรม · {made / took:,.0f} ต่อวินาที · "
            f"อีก {left} เดือน ราว {minutes} นาที"
        )
    return made


def make_country(*, now: datetime, since: date, say: Say) -> Country:
    """The offices, somebody at work in each and a few pictures; what stands already stays."""
    if not User.objects.filter(username=LOG_INS[0].username).exists():
        with resources.as_file(resources.files("jitasa.organizations") / "data" / "krabi.csv") as path:
            import_registry(Path(path), actor=SYSTEM, now=now, as_of=REGISTRY_BEGINS)
        install_paos(actor=SYSTEM, now=now)
        say(f"→ อบต. และเทศบาลตำบลสมมติ {enter_laos():,} แห่ง")
        make_people(since=since)
        years = range(max(be_year(since), EARLIEST_YEAR), be_year(today(now)) + 1)
        install_occasions(years=years, actor=SYSTEM, now=now)
    say(f"→ ผู้ใช้ {make_clerks(since):,} คน")
    offices = list(Organization.objects.open().laos().order_by("pk"))
    provinces = Organization.objects.open().filter(level=Level.PROVINCE)
    clerks = people_by_office()
    return Country(
        offices=offices,
        clerks=clerks,
        reviewers={each.province_code: (each.pk, clerks.get(each.pk)) for each in provinces},
        points={office.pk: point_of(office) for office in offices},
        pictures=make_pictures(offices, now),
    )


def enter_laos() -> int:
    """Synthetic LAOs in every district that has no SAO yet; returns how many."""
    laos = Organization.objects.open().laos()
    taken = laos.filter(type=T.SAO).values_list("district_code", flat=True)
    districts = Organization.objects.open().filter(type=T.DISTRICT).exclude(code__in=set(taken))
    facts = facts_of_laos(districts, LOCAL_GOVERNMENTS - laos.count())
    with transaction.atomic():
        return len(enter_offices(facts, since=FOUNDED, synthetic=True))


def facts_of_laos(districts: Iterable[Organization], count: int) -> list[StateFacts]:
    """``count`` LAOs: an SAO for every tambon, the others, where any are left, tambon municipalities.

    These stand in the districts of the provinces' capitals, then in the second district of each province, and so on.
    """
    ordered = sorted(districts, key=lambda district: (district.code[2:], district.code))
    facts = [
        StateFacts(T.SAO, f"06{district.code}{number:02}", tambon.name_th, district, district)
        for district in ordered
        for number, tambon in enumerate(tambons(district.code), start=2)
    ]
    for district in ordered[: max(0, count - len(facts))]:
        name = tambons(district.code)[0].name_th
        facts.append(StateFacts(T.TAMBON_MUNICIPALITY, f"05{district.code}01", name, district, district))
    return facts


@transaction.atomic
def make_clerks(since: date) -> int:
    """One officer, who has no password, for every office where nobody is; the people of ``make_people`` have theirs."""
    offices = list(Organization.objects.open().exclude(posts__role=Role.OFFICER).order_by("pk"))
    names = [f"clerk-{office.code}" for office in offices]
    User.objects.bulk_create(
        (
            User(
                username=name,
                search_text=search_text(full_name="", username=name),
                password=make_password(None),
            )
            for name in names
        ),
        batch_size=500,
    )
    keys = dict(User.objects.filter(username__startswith="clerk-").values_list("username", "pk"))
    pairs = [(keys[name], office.pk) for name, office in zip(names, offices, strict=True)]
    Home.objects.bulk_create(
        (Home(user_id=user, organization_id=office, from_date=since) for user, office in pairs),
        batch_size=500,
    )
    Post.objects.bulk_create(
        (
            Post(user_id=user, organization_id=office, role=Role.OFFICER, title="นักพัฒนาชุมชน", from_date=since)
            for user, office in pairs
        ),
        batch_size=500,
    )
    return len(pairs)


def people_by_office() -> dict[int, int]:
    """Office → the officer who came first."""
    posts = Post.objects.filter(role=Role.OFFICER, to_date=None).order_by("-pk")
    return dict(posts.values_list("organization_id", "user_id"))


def point_of(office: Organization) -> tuple[float, float]:
    """Somewhere in the country, near the other offices of its district; no fact, as the office is none."""
    if office.latitude is not None and office.longitude is not None:
        return office.latitude, office.longitude
    centre, near = random.Random(office.district_code), random.Random(office.code)  # noqa: S311 (a drawing)
    latitude, longitude = centre.uniform(6.5, 19.5), centre.uniform(98.5, 104.5)
    return round(latitude + near.uniform(-0.1, 0.1), 6), round(longitude + near.uniform(-0.1, 0.1), 6)


def make_pictures(offices: Sequence[Organization], now: datetime, count: int = PICTURES) -> list[Photo]:
    """``count`` pictures, drawn and prepared, which every office has sent: two are taken for its records."""
    photos = []
    for seed in range(count):
        content = draw(Shot(STORIES[seed % len(STORIES)].scene, seed, now, None))
        file = File(io.BytesIO(content), name=f"country-{seed}.jpg")
        photo = receive(actor=SYSTEM, organization=offices[0], file=file, name=file.name or "", now=now)
        photos.append(prepare(photo))
    _note_senders(offices, photos, now)
    return photos


@transaction.atomic
def _note_senders(offices: Sequence[Organization], photos: Sequence[Photo], now: datetime) -> None:
    known = set(Upload.objects.values_list("photo_id", "organization_id"))
    country = Country(offices=offices, pictures=photos, told=())
    rows = [
        (photo.pk, office.pk, None, "", now)
        for office in offices
        for photo in country.pictures_of(office)
        if (photo.pk, office.pk) not in known
    ]
    insert_values(Upload, ("photo_id", "organization_id", "user_id", "name", "created_at"), rows)
