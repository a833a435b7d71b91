"""The base data of an installation; safe to run again."""

from collections.abc import Callable
from datetime import datetime

from jitasa.occasions.services.install import install_occasions
from jitasa.organizations.services.install_geography import install_geography
from jitasa.organizations.viewer import SYSTEM
from jitasa.rounds.services.install import install_defaults
from jitasa.thai.dates import be_year, today


def install(*, now: datetime, say: Callable[[str], object]) -> None:
    """Offices from the geography package, the lists, and the occasions of last year to next year."""
    say("→ กรม จังหวัด และอำเภอ")
    install_geography(actor=SYSTEM, now=now)
    say("→ รายการและรอบรายงาน")
    install_defaults(actor=SYSTEM, now=now)
    say("→ วันสำคัญ")
    year = be_year(today(now))
    install_occasions(years=range(year - 1, year + 2), actor=SYSTEM, now=now)
