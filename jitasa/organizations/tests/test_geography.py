"""The department, its provinces and districts, and the PAOs."""

import pytest
from django.db.models import Count

from jitasa.audit.models import Entry
from jitasa.organizations.choices import Level, OrganizationType
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.organizations.selectors import geography
from jitasa.organizations.services.install_geography import install_geography
from jitasa.organizations.services.install_paos import install_paos
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Forbidden
from tests.cast import NOW, Cast, make_organization

pytestmark = pytest.mark.django_db


def test_the_country_is_entered_once() -> None:
    installed = install_geography(actor=SYSTEM, now=NOW)
    assert (installed.departments, installed.provinces, installed.districts) == (1, 76, 878)
    again = install_geography(actor=SYSTEM, now=NOW)
    assert again.total == 0
    assert Organization.objects.count() == OrganizationState.objects.count() == 955
    assert Entry.objects.filter(verb="registry.install").count() == 1
    assert not Organization.objects.filter(code="10").exists()


def test_names_and_places_of_the_tree() -> None:
    install_geography(actor=SYSTEM, now=NOW)
    krabi, lanta = Organization.objects.get(code="81"), Organization.objects.get(code="8103")
    assert (krabi.name, krabi.short_name) == ("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดกระบี่", "สถจ.กระบี่")
    assert (lanta.name, lanta.short_name) == ("ที่ว่าการอำเภอเกาะลันตา", "อ.เกาะลันตา")
    assert lanta.reports_to == lanta.lies_in == krabi
    assert lanta.path == f"{krabi.path}{lanta.pk}/"
    assert (lanta.province_code, lanta.district_code) == ("81", "8103")
    state = lanta.states.get()
    assert (state.path, state.name, state.code) == (lanta.path, lanta.name, "8103")


def test_what_stands_already_is_left_alone(cast: Cast) -> None:
    before = cast.mueang.name
    installed = install_geography(actor=cast.fah, now=NOW)
    assert (installed.departments, installed.provinces, installed.districts) == (0, 75, 876)
    cast.mueang.refresh_from_db()
    assert cast.mueang.name == before


def test_every_province_gets_one_pao(cast: Cast) -> None:
    install_geography(actor=SYSTEM, now=NOW)
    assert len(install_paos(actor=SYSTEM, now=NOW)) == 75
    assert install_paos(actor=SYSTEM, now=NOW) == []
    paos = Organization.objects.filter(type=OrganizationType.PAO)
    assert paos.values("province_code").annotate(n=Count("pk")).filter(n=1).count() == 76
    phuket = paos.get(province_code="83")
    assert (phuket.code, phuket.short_name) == ("02830101", "อบจ.ภูเก็ต")
    assert phuket.reports_to is not None
    assert phuket.reports_to.level == Level.PROVINCE
    assert phuket.lies_in is not None
    assert phuket.lies_in.code == "8301"


def test_only_who_keeps_the_registry_may_install(cast: Cast) -> None:
    count = Organization.objects.count()
    for viewer in (cast.ek, cast.dao, cast.boonmee):
        with pytest.raises(Forbidden):
            install_geography(actor=viewer, now=NOW)
        with pytest.raises(Forbidden):
            install_paos(actor=viewer, now=NOW)
    assert Organization.objects.count() == count


def test_area_codes_have_names() -> None:
    assert len(geography.provinces()) == 76
    assert geography.districts("10") == ()
    assert {row.name_th for row in geography.tambons("8101")} >= {"อ่าวนาง", "ไสไทย"}
    tambon = geography.tambon("810116")
    assert tambon is not None
    assert geography.tambon("999999") is None
    assert geography.place_label("810116") == f"ต.{tambon.name_th} อ.เมืองกระบี่ จ.กระบี่"
    assert geography.district_of("810116") == geography.district("8101")


def test_the_tambon_of_a_point_is_guessed_from_the_nearest_office(cast: Cast) -> None:
    guess = geography.nearest_tambon(8.05, 98.81)
    assert guess is not None
    assert (guess.name_th, guess.district_code) == ("อ่าวนาง", "8101")
    assert geography.nearest_tambon(15.0, 100.0) is None
    assert geography.nearest_office(8.05, 98.81, province_code="83") is None
    make_organization(
        "05810109", OrganizationType.TAMBON_MUNICIPALITY, "ทต.กระบี่น้อย", reports_to=cast.mueang,
        lies_in=cast.mueang, point=(8.14, 98.93),
    )  # fmt: skip
    near = geography.nearest_tambon(8.13, 98.92)
    assert near is not None
    assert near.name_th == "กระบี่น้อย"
