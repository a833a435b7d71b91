"""The cast: the same seven people in every test (design.md §9).

Anong (clerk, อบต.อ่าวนาง), Boonmee (her ปลัด), Chai (clerk of อบต.เกาะกลาง, another district),
Dao (อ.เมืองกระบี่), Ek (สถจ.กระบี่), Fah (the department), Guest.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from jitasa.accounts.models import User
from jitasa.organizations.choices import Change, Level, OrganizationType, Role
from jitasa.organizations.models import Organization, OrganizationState, Post
from jitasa.organizations.viewer import Viewer
from jitasa.thai.text import search_key, sort_key

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
    level = {T.DEPARTMENT: Level.DEPARTMENT, T.PROVINCE: Level.PROVINCE, T.DISTRICT: Level.DISTRICT}.get(
        type_, Level.LAO
    )
    place = lies_in or reports_to
    province_code = code if level == Level.PROVINCE else (place.province_code if place else "")
    district_code = code if level == Level.DISTRICT else (place.district_code if place else "")
    organization = Organization.objects.create(
        code=code,
        type=type_,
        name=short_name,
        short_name=short_name,
        level=level,
        reports_to=reports_to,
        lies_in=lies_in,
        province_code=province_code,
        district_code=district_code,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        founded_on=FOUNDED,
        search_text=search_key(f"{short_name} {code}"),
        sort_key=sort_key(short_name),
        **extra,
    )
    organization.path = f"{reports_to.path if reports_to else '/'}{organization.pk}/"
    organization.save(update_fields=["path"])
    OrganizationState.objects.create(
        organization=organization,
        valid_from=FOUNDED,
        change=Change.FOUNDED,
        code=code,
        type=type_,
        name=short_name,
        short_name=short_name,
        reports_to=reports_to,
        lies_in=lies_in,
        province_code=province_code,
        district_code=district_code,
        path=organization.path,
    )
    return organization


def make_person(username: str, organization: Organization, *roles: Role, title: str = "") -> User:
    """A person with one open post per role; the password is ``<username>-รหัสทดสอบ``."""
    user = User.objects.create(username=username, full_name=username.capitalize())
    user.set_unusable_password()
    user.save(update_fields=["password"])
    for role in roles:
        Post.objects.create(user=user, organization=organization, role=role, title=title, from_date=FOUNDED)
    return user


def viewer(user: User, organization: Organization, *roles: Role) -> Viewer:
    return Viewer(user=user, organization=organization, roles=frozenset(roles), address="127.0.0.1")


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
    people: dict[str, User] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        """A browser signed in as ``name`` (``"guest"`` for nobody)."""
        client = Client()
        if name != "guest":
            client.force_login(
                self.people[name], backend="allauth.account.auth_backends.AuthenticationBackend"
            )
        return client


def make_cast() -> Cast:
    """Department, Krabi, two districts, five LAOs, and everybody in the cast."""
    department = make_organization("00", T.DEPARTMENT, "สถ.")
    krabi = make_organization("81", T.PROVINCE, "สถจ.กระบี่", reports_to=department, point=(8.0863, 98.9063))
    mueang = make_organization("8101", T.DISTRICT, "อ.เมืองกระบี่", reports_to=krabi, lies_in=krabi)
    lanta = make_organization("8103", T.DISTRICT, "อ.เกาะลันตา", reports_to=krabi, lies_in=krabi)
    pao = make_organization("02810101", T.PAO, "อบจ.กระบี่", reports_to=krabi, lies_in=mueang)
    town = make_organization("04810102", T.TOWN_MUNICIPALITY, "ทม.กระบี่", reports_to=krabi, lies_in=mueang)
    aonang = make_organization(
        "06810104", T.SAO, "อบต.อ่าวนาง", reports_to=mueang, lies_in=mueang, point=(8.0511, 98.8029)
    )
    saithai = make_organization("06810107", T.SAO, "อบต.ไสไทย", reports_to=mueang, lies_in=mueang)
    kokklang = make_organization("06810304", T.SAO, "อบต.เกาะกลาง", reports_to=lanta, lies_in=lanta)
    people = {
        "anong": make_person("anong", aonang, Role.OFFICER, title="นักพัฒนาชุมชน"),
        "boonmee": make_person("boonmee", aonang, Role.APPROVER, Role.ADMINISTRATOR, title="ปลัด อบต."),
        "chai": make_person("chai", kokklang, Role.OFFICER, title="นักวิเคราะห์นโยบายและแผน"),
        "dao": make_person("dao", mueang, Role.OFFICER, Role.ADMINISTRATOR, title="ท้องถิ่นอำเภอ"),
        "ek": make_person("ek", krabi, Role.OFFICER, Role.ADMINISTRATOR, title="เจ้าพนักงาน สถจ."),
        "fah": make_person(
            "fah", department, Role.OFFICER, Role.ADMINISTRATOR, title="นักส่งเสริมการปกครองท้องถิ่น"
        ),
    }
    return Cast(
        department=department,
        krabi=krabi,
        mueang=mueang,
        lanta=lanta,
        pao=pao,
        town=town,
        aonang=aonang,
        saithai=saithai,
        kokklang=kokklang,
        anong=viewer(people["anong"], aonang, Role.OFFICER),
        boonmee=viewer(people["boonmee"], aonang, Role.APPROVER, Role.ADMINISTRATOR),
        chai=viewer(people["chai"], kokklang, Role.OFFICER),
        dao=viewer(people["dao"], mueang, Role.OFFICER, Role.ADMINISTRATOR),
        ek=viewer(people["ek"], krabi, Role.OFFICER, Role.ADMINISTRATOR),
        fah=viewer(people["fah"], department, Role.OFFICER, Role.ADMINISTRATOR),
        people=people,
    )
