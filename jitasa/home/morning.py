"""The words of the morning's mail: what waits for one person, office by office, as the start page says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jitasa.accounts.models import Numerals, User
from jitasa.home import duties, work
from jitasa.home import summary as executive
from jitasa.home.work import Item
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today
from jitasa.ui.days import long_date, weekday
from jitasa.ui.numerals import numerals, shown

SALT = "home.morning_mail"
Key = tuple[int, frozenset[str], str, str]


@dataclass(frozen=True)
class OfficeWork:
    """What waits in one office; the first items that must be done, then what came in and asks for something."""

    office: Organization
    items: Sequence[Item]


class Desk:
    """What must be done, made once for all people who share an office, its roles, a language and digits."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._made: dict[Key, list[Item]] = {}

    def of_person(self, viewers: Sequence[Viewer]) -> list[OfficeWork]:
        """In the reader's language, which is the active one; offices where nothing waits are left out."""
        found = [
            OfficeWork(viewer.organization, self._items(viewer)) for viewer in viewers if viewer.organization
        ]
        return [each for each in found if each.items]

    def _items(self, viewer: Viewer) -> list[Item]:
        office = viewer.organization
        assert office is not None
        key = (office.pk, frozenset(map(str, viewer.roles)), translation.get_language() or "", shown("0"))
        if key not in self._made:
            self._made[key] = duties.of_office(viewer, office, self.now)
        must = self._made[key]
        return [*must, *(() if executive.is_for(viewer) else work.notices(viewer, self.now, must))]


def mail_for(person: User, viewers: Sequence[Viewer], desk: Desk) -> EmailMultiAlternatives | None:
    """One person's mail, in her language and digits; none when nothing waits. It is not sent."""
    with translation.override(person.language), numerals(thai=person.numerals == Numerals.THAI):
        offices = desk.of_person(viewers)
        if not offices:
            return None
        day = today(desk.now)
        count = sum(len(each.items) for each in offices)
        context = {
            "person": person,
            "day": _("วัน%(weekday)sที่ %(date)s") % {"weekday": weekday(day), "date": long_date(day)},
            "offices": offices,
            "several": len(offices) > 1,
            "site": settings.SITE_URL,
            "stop_url": stop_url(person),
            "profile_url": f"{settings.SITE_URL}{reverse('accounts:profile')}",
            "start_url": f"{settings.SITE_URL}{reverse('home:start')}",
        }
        subject = _("INFO จิตอาสา: มี %(count)s เรื่องรอท่าน · %(day)s") % {"count": count, "day": context["day"]}
        mail = EmailMultiAlternatives(
            subject=shown(subject),
            body=render_to_string("home/morning_mail.txt", context).strip() + "\n",
            to=[person.email],
            headers=_headers(context["stop_url"]),
        )
        mail.attach_alternative(render_to_string("home/morning_mail.html", context), "text/html")
        return mail


def _headers(address: object) -> dict[str, str]:
    """RFC 8058: one click in the mail program ends it; RFC 3834: nobody's holiday answers."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def stop_url(person: User) -> str:
    """The address that ends the morning's mail for this person alone, and does nothing else."""
    token = Signer(salt=SALT).sign(str(person.pk))
    return f"{settings.SITE_URL}{reverse('mail_stop', args=[token])}"


def person_of(token: str) -> User | None:
    """Whose mail a token ends; none for one that we did not sign."""
    try:
        pk = Signer(salt=SALT).unsign(token)
    except BadSignature:
        return None
    return User.objects.filter(pk=pk, erased_at=None).first()
