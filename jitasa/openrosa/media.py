"""Lists that go with the form as files: too long for the form, or different from office to office."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import md5

from jitasa.activities.selectors.invitations import waiting_for, words_of
from jitasa.activities.selectors.places import tambon_choices
from jitasa.occasions.selectors import near
from jitasa.organizations.models import Organization
from jitasa.ui.days import short_date

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class MediaFile:
    name: str
    content: bytes

    @property
    def hash_given(self) -> str:
        """As the manifest gives it (OpenRosa asks for MD5)."""
        return "md5:" + md5(self.content, usedforsecurity=False).hexdigest()


def _tambons(office: Organization, _day: date) -> Pairs:
    """Those of the office's province, its own district first."""
    for district, rows in tambon_choices(office):
        for code, label in rows:
            yield code, f"{label} {district}"


def _occasions(office: Organization, day: date) -> Pairs:
    for row in near(office, day):
        yield str(row.pk), f"{short_date(row.date)} {row.name}"


def _joint(office: Organization, _day: date) -> Pairs:
    """Events that other offices ask this one to, until it has recorded its part."""
    for row in waiting_for(office.pk):
        yield str(row.activity.uuid), words_of(row)


FILES: dict[str, Callable[[Organization, date], Pairs]] = {
    "tambons.csv": _tambons,
    "occasions.csv": _occasions,
    "joint.csv": _joint,
}


def media_of(office: Organization, day: date) -> list[MediaFile]:
    return [MediaFile(name, _csv(rows(office, day))) for name, rows in FILES.items()]


def _csv(rows: Pairs) -> bytes:
    """A file needs one row at least: some clients cannot read one without."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", "label"])
    writer.writerows(list(rows) or [("", "–")])
    return out.getvalue().encode()
