"""The whole demonstration on an installed, empty database."""

from collections.abc import Callable
from datetime import datetime
from importlib import resources
from pathlib import Path

from jitasa.demo.places import scatter_points
from jitasa.demo.services.letters import make_letters
from jitasa.demo.services.people import make_people, officers
from jitasa.demo.services.publicity import make_publicity
from jitasa.demo.services.seed_krabi import Seeder
from jitasa.occasions.services.adopt import adopt_year
from jitasa.organizations.rules import REGISTRY_BEGINS
from jitasa.organizations.services.import_registry import import_registry
from jitasa.organizations.services.install_paos import install_paos
from jitasa.organizations.viewer import SYSTEM
from jitasa.thai.dates import add_months, be_year, month_of, today


def seed_demo(*, now: datetime, months: int, say: Callable[[str], object]) -> int:
    """Krabi's 62 offices, a PAO for every other province, people, and ``months`` of records."""
    say("→ อปท. 62 แห่งของกระบี่ และ อบจ. ทุกจังหวัด")
    with resources.as_file(resources.files("jitasa.organizations") / "data" / "krabi.csv") as path:
        import_registry(Path(path), actor=SYSTEM, now=now, as_of=REGISTRY_BEGINS)
    install_paos(actor=SYSTEM, now=now)
    scatter_points()
    make_people(since=add_months(month_of(today(now)), -12))
    adopt_year(actor=officers(["00"])["00"], year=be_year(today(now)), now=now)
    say("→ กิจกรรมย้อนหลัง")
    made = Seeder(now=now, say=say).play(months=months)
    say("→ หนังสือเวียน")
    make_letters(now=now)
    say("→ สื่อประชาสัมพันธ์และการเผยแพร่")
    make_publicity(now=now)
    return made
