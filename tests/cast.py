"""The cast: the same eight people in every test (docs/architecture.md §5).

Anong (clerk, อบต.อ่าวนาง), Boonmee (her ปลัด), Chai (clerk of อบต.เกาะกลาง, another district),
Dao (อ.เมืองกระบี่), Ek (สถจ.กระบี่), Fah (the department), Hathai (ศอ.จอส.จังหวัดกระบี่), Guest.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.test import Client

from jitasa.accounts.models import User
from jitasa.organizations.choices import Change, Level, OrganizationType, Role
from jitasa.organizations.models import Home, Organization, OrganizationState, Post
from jitasa.organizations.viewer import Viewer
from jitasa.thai.search import stored
from jitasa.thai.text import sort_key

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # 22 พ.ย. 2569 เวลา 10:00 น.
FOUNDED = date(2010, 1, 1)
T = OrganizationType


def make_organization(
    code: str,
    type_: OrganizationType,
    short_name: str,
    *,
    reports_to: Organization | None = None,
    lies_in: Organization | None = None,
    point: tuple[float, float] | None = None,
    **extra: Any,
) -> Organization:
    """One office with its first state, written directly: tests of the registry use its services."""
    row = office_row(code, type_, short_name, point, **extra)
    row.save()
    put_under(row, reports_to, lies_in)
    row.save()
    first_state(row).save()
    return row


def office_row(
    code: str,
    type_: OrganizationType,
    short_name: str,
    point: tuple[float, float] | None = None,
    **extra: Any,
) -> Organization:
    """An office not yet saved and under nobody."""
    level = {T.DEPARTMENT: Level.DEPARTMENT, T.PROVINCE: Level.PROVINCE, T.DISTRICT: Level.DISTRICT}.get(
        type_, Level.LAO
    )
    return Organization(
        code=code,
        type=type_,
        name=short_name,
        short_name=short_name,
        level=level,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        founded_on=FOUNDED,
        search_text=stored(short_name, code),
        sort_key=sort_key(short_name),
        **extra,
    )


def put_under(row: Organization, reports_to: Organization | None, lies_in: Organization | None) -> None:
    """Give a saved office its parents and what follows from them (not saved)."""
    place = lies_in or reports_to
    row.reports_to, row.lies_in = reports_to, lies_in
    row.province_code = row.code if row.level == Level.PROVINCE else (place.province_code if place else "")
    row.district_code = row.code if row.level == Level.DISTRICT else (place.district_code if place else "")
    row.path = f"{reports_to.path if reports_to else '/'}{row.pk}/"


def first_state(row: Organization) -> OrganizationState:
    """The state an office was founded with, as it stands now (not saved)."""
    return OrganizationState(
        organization=row,
        valid_from=FOUNDED,
        change=Change.FOUNDED,
        code=row.code,
        type=row.type,
        name=row.name,
        short_name=row.short_name,
        reports_to=row.reports_to,
        lies_in=row.lies_in,
        province_code=row.province_code,
        district_code=row.district_code,
        path=row.path,
    )


def make_person(username: str, organization: Organization, *roles: Role, title: str = "") -> User:
    """A person with one open post per role; the password is ``<username>-รหัสทดสอบ``."""
    user = User.objects.create(
        username=username,
        full_name=username.capitalize(),
        search_text=stored(username.capitalize(), username),
    )
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Home.objects.create(user=user, organization=organization, from_date=FOUNDED)
    for role in roles:
        Post.objects.create(user=user, organization=organization, role=role, title=title, from_date=FOUNDED)
    return user


def viewer(user: User, organization: Organization, *roles: Role) -> Viewer:
    return Viewer(user=user, organization=organization, roles=frozenset(roles), address="127.0.0.1")


def just_signed_in(client: Client, user: User, *, ago: float = 0, method: str = "mfa") -> None:
    """The session says, as after a real sign-in, when and how the person showed that it is she (seconds ago)."""
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@dataclass
class Cast:
    """Offices by their usual short names and the people as viewers."""

    department: Organization
    krabi: Organization
    mueang: Organization
    lanta: Organization
    pao: Organization
    town: Organization
    aonang: Organization
    saithai: Organization
    kokklang: Organization
    anong: Viewer
    boonmee: Viewer
    chai: Viewer
    dao: Viewer
    ek: Viewer
    fah: Viewer
    hathai: Viewer
    people: dict[str, User] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        """A browser signed in as ``name`` (``"guest"`` for nobody)."""
        client = Client()
        if name != "guest":
            client.force_login(
                self.people[name], backend="allauth.account.auth_backends.AuthenticationBackend"
            )
            just_signed_in(client, self.people[name])
        return client


# name in the cast: code, type, short name, reports to, lies in, point
OFFICES: dict[str, tuple[str, OrganizationType, str, str, str, tuple[float, float] | None]] = {
    "department": ("00", T.DEPARTMENT, "สถ.", "", "", None),
    "krabi": ("81", T.PROVINCE, "สถจ.กระบี่", "department", "", (8.0863, 98.9063)),
    "mueang": ("8101", T.DISTRICT, "อ.เมืองกระบี่", "krabi", "krabi", None),
    "lanta": ("8103", T.DISTRICT, "อ.เกาะลันตา", "krabi", "krabi", None),
    "pao": ("02810101", T.PAO, "อบจ.กระบี่", "krabi", "mueang", None),
    "town": ("04810102", T.TOWN_MUNICIPALITY, "ทม.กระบี่", "krabi", "mueang", None),
    "aonang": ("06810104", T.SAO, "อบต.อ่าวนาง", "mueang", "mueang", (8.0511, 98.8029)),
    "saithai": ("06810107", T.SAO, "อบต.ไสไทย", "mueang", "mueang", None),
    "kokklang": ("06810304", T.SAO, "อบต.เกาะกลาง", "lanta", "lanta", None),
}
PEOPLE: dict[str, tuple[str, tuple[Role, ...], str]] = {
    "anong": ("aonang", (Role.OFFICER,), "นักพัฒนาชุมชน"),
    "boonmee": ("aonang", (Role.APPROVER, Role.ADMINISTRATOR), "ปลัด อบต."),
    "chai": ("kokklang", (Role.OFFICER,), "นักวิเคราะห์นโยบายและแผน"),
    "dao": ("mueang", (Role.OFFICER, Role.ADMINISTRATOR), "ท้องถิ่นอำเภอ"),
    "ek": ("krabi", (Role.OFFICER, Role.ADMINISTRATOR), "เจ้าพนักงาน สถจ."),
    "fah": ("department", (Role.OFFICER, Role.ADMINISTRATOR), "นักส่งเสริมการปกครองท้องถิ่น"),
    "hathai": ("krabi", (Role.CENTRE,), "เลขานุการ ศอ.จอส.จังหวัด"),
}


ROOM = 1000  # keys for the cast, which are known before it is written; what a test adds has greater ones


def make_cast() -> Cast:
    """Department, Krabi, two districts, five LAOs, and everybody in the cast.

    Written in bulk: nearly every test begins here, so each statement is written two thousand times.
    """
    offices = _make_offices(free_key(Organization))
    people = _make_people(offices, free_key(User))
    viewers = {name: viewer(people[name], offices[at], *roles) for name, (at, roles, _) in PEOPLE.items()}
    return Cast(**offices, **viewers, people=people)  # type: ignore[arg-type]  # the names are the fields


def free_key(model: type[Organization] | type[User]) -> int:
    """The first key of the cast: 1, unless the test made rows before."""
    last: int = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    if connection.vendor == "postgresql" and (
        last or (connection.settings_dict["NAME"], model) not in _with_room
    ):
        # It counts on from what it gave out itself, whatever keys are in use: here from behind the cast.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last + ROOM]
            )
        _with_room.add((connection.settings_dict["NAME"], model))
    return last + 1


_with_room: set[tuple[str, type]] = set()


def _make_offices(first: int) -> dict[str, Organization]:
    rows = {
        name: office_row(code, type_, words, point, pk=number)
        for number, (name, (code, type_, words, _, _, point)) in enumerate(OFFICES.items(), first)
    }
    for name, row in rows.items():
        put_under(row, rows.get(OFFICES[name][3]), rows.get(OFFICES[name][4]))
    Organization.objects.bulk_create(rows.values())
    OrganizationState.objects.bulk_create(first_state(row) for row in rows.values())
    return rows


def _make_people(offices: dict[str, Organization], first: int) -> dict[str, User]:
    people = {
        name: User(
            pk=number, username=name, full_name=name.capitalize(), search_text=stored(name.capitalize(), name)
        )
        for number, name in enumerate(PEOPLE, first)
    }
    for user in people.values():
        user.set_unusable_password()
    User.objects.bulk_create(people.values())
    Post.objects.bulk_create(
        Post(user=people[name], organization=offices[at], role=role, title=title, from_date=FOUNDED)
        for name, (at, roles, title) in PEOPLE.items()
        for role in roles
    )
    Home.objects.bulk_create(
        Home(user=people[name], organization=offices[at], from_date=FOUNDED)
        for name, (at, _, _) in PEOPLE.items()
    )
    return people


def sign_in(cast: Cast) -> dict[str, str]:
    """Everybody's session key."""
    name = settings.SESSION_COOKIE_NAME
    return {person: cast.client(person).cookies[name].value for person in cast.people}
