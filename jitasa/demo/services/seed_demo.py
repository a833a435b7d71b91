"""The whole demonstration on an installed, empty database: what a visitor looks at first, then the older months.

Every step leaves alone what stands already, so that one who was stopped goes on (``demo.progress``).
"""

from collections.abc import Callable
from datetime import date, datetime, time
from importlib import resources
from pathlib import Path

from django.db import transaction

from jitasa.accounts.models import User
from jitasa.demo.people import LOG_INS
from jitasa.demo.places import scatter_points
from jitasa.demo.plan import AONANG, first_month
from jitasa.demo.services.centre import make_centre
from jitasa.demo.services.letters import make_letters, make_memorandum
from jitasa.demo.services.people import make_people, officers
from jitasa.demo.services.publicity import make_publicity
from jitasa.demo.services.seed_krabi import Seeder
from jitasa.letters.models import Letter
from jitasa.occasions.models import Occasion
from jitasa.occasions.services.adopt import adopt_year
from jitasa.organizations.rules import REGISTRY_BEGINS
from jitasa.organizations.services.import_registry import import_registry
from jitasa.organizations.services.install_paos import install_paos
from jitasa.organizations.viewer import SYSTEM
from jitasa.publicity.models import Broadcast
from jitasa.rounds.services.rounds import ensure_round
from jitasa.thai.dates import BANGKOK, add_months, be_year, month_of, today

Say = Callable[[str], object]


def seed_demo(*, now: datetime, months: int, say: Say) -> int:
    """Krabi's 62 offices, a PAO for every other province, people, and ``months`` of records."""
    seed_newest(now=now, months=months, say=say)
    return seed_older(now=now, months=months, say=say)


def seed_newest(*, now: datetime, months: int, say: Say) -> None:
    """Offices, people, the newest month, letters and publicity: enough to look round in."""
    say("→ อปท. 62 แห่งของกระบี่ และ อบจ. ทุกจังหวัด")
    if not User.objects.filter(username=LOG_INS[0].username).exists():
        _offices_and_people(now, months)
    say("→ กิจกรรม")
    Seeder(now=now, months=months, say=say).play_newest()
    if not Letter.objects.exists():
        say("→ หนังสือเวียน")
        make_letters(now=now)
    if not Broadcast.objects.exists():
        say("→ สื่อประชาสัมพันธ์และการเผยแพร่")
        make_publicity(now=now)
    if not Occasion.objects.filter(by_centre=True).exists():
        make_centre(now=now)


def seed_older(*, now: datetime, months: int, say: Say) -> int:
    """The months before, the newest of them first; returns the number of all records."""
    count = Seeder(now=now, months=months, say=say).play_older()
    if months > 1 and not Letter.objects.filter(organization__code=AONANG).exists():
        make_memorandum(now=now)
    return count


@transaction.atomic
def _offices_and_people(now: datetime, months: int) -> None:
    with resources.as_file(resources.files("jitasa.organizations") / "data" / "krabi.csv") as path:
        import_registry(Path(path), actor=SYSTEM, now=now, as_of=REGISTRY_BEGINS)
    install_paos(actor=SYSTEM, now=now)
    scatter_points()
    make_people(since=add_months(month_of(today(now)), -12))
    adopt_year(actor=officers(["00"])["00"], year=be_year(today(now)), now=now)
    _open_rounds(first_month(today(now), months), months)


def _open_rounds(first: date, months: int) -> None:
    """As they were opened then, oldest first: the newest month alone would be the first that anybody owes."""
    for index in range(months):
        month = add_months(first, index)
        ensure_round(month, now=datetime.combine(month, time(9), BANGKOK))
