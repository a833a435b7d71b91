"""The registry's screens, as the cast sees them."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.models import Organization, OrganizationState, Succession
from jitasa.organizations.services.rename import rename
from jitasa.organizations.services.upgrade import upgrade
from tests.cast import NOW, Cast, make_organization

LIST = "/work/organizations/"
PAST = "2565-01-01"
DEPARTMENT_ONLY = [
    "new/",
    "import/",
    "{pk}/upgrade/",
    "{pk}/rename/",
    "{pk}/recode/",
    "{pk}/move/",
    "{pk}/merge/",
    "{pk}/correct/",
]


def text(response: Any) -> str:
    return str(response.content.decode())


def upgraded(cast: Cast) -> Organization:
    return upgrade(
        actor=cast.fah, organization=cast.saithai, type=OrganizationType.TAMBON_MUNICIPALITY, code="05810107",
        effective_on=date(2024, 10, 1), now=NOW, reason="ประกาศกระทรวง",
    )  # fmt: skip


def test_each_office_lists_what_is_below_it(cast: Cast) -> None:
    fah = text(cast.client("fah").get(LIST))
    assert all(name in fah for name in ("อบต.อ่าวนาง", "อบต.เกาะกลาง", "ทม.กระบี่"))
    dao = text(cast.client("dao").get(LIST))
    assert "อบต.อ่าวนาง" in dao
    assert "ทม.กระบี่" in dao  # stands in the district though it answers to the province
    assert "อบต.เกาะกลาง" not in dao
    anong = text(cast.client("anong").get(LIST))
    assert "อบต.อ่าวนาง" in anong
    assert "อบต.ไสไทย" not in anong


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("q=อ่าวนาง", "อบต.อ่าวนาง", "อบต.ไสไทย"),
        ("q=๐๖๘๑๐๑๐๗", "อบต.ไสไทย", "อบต.อ่าวนาง"),
        ("district=8103", "อบต.เกาะกลาง", "อบต.อ่าวนาง"),
        ("type=town_municipality", "ทม.กระบี่", "อบต.อ่าวนาง"),
        ("level=district", "อ.เกาะลันตา", "อบต.เกาะกลาง"),
        (f"as_at={PAST}&q=ไสไทย", "อบต.ไสไทย", "ทต.ไสไทย"),
        ("q=ไสไทย", "ทต.ไสไทย", "อบต.ไสไทย"),
        ("q=06810107", "ทต.ไสไทย", "อบต.อ่าวนาง"),
    ],
)
def test_filters_search_and_a_day_of_the_past(cast: Cast, query: str, found: str, not_found: str) -> None:
    if "ไสไทย" in query or query == "q=06810107":
        upgraded(cast)
    page = text(cast.client("fah").get(f"{LIST}?{query}"))
    assert f"<b>{found}</b>" in page
    assert f"<b>{not_found}</b>" not in page


@pytest.mark.parametrize("asked", ["เมื่อวาน", "2599-01-01", "31/2/2565"])
def test_a_day_that_cannot_be_is_answered_in_words(cast: Cast, asked: str) -> None:
    client = cast.client("fah")
    for address in (LIST, f"{LIST}{cast.aonang.pk}/"):
        response = client.get(address, {"as_at": asked})
        assert response.status_code == 200
        assert "note bad" in text(response)


@pytest.mark.parametrize("as_at", ["", PAST])
def test_the_list_asks_as_much_for_thirty_as_for_three(cast: Cast, as_at: str) -> None:
    client = cast.client("fah")

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(LIST, {"as_at": as_at})
        return len(queries)

    few = count()
    for number in range(11, 41):
        make_organization(
            f"068101{number}",
            OrganizationType.SAO,
            f"อบต.ที่{number}",
            reports_to=cast.mueang,
            lies_in=cast.mueang,
        )
    assert count() == few


def test_an_office_shows_its_parents_its_past_and_what_is_under_it(cast: Cast) -> None:
    upgraded(cast)
    client = cast.client("dao")
    page = text(client.get(f"{LIST}{cast.saithai.pk}/"))
    assert "เทศบาลตำบลไสไทย" in page
    assert "ยกฐานะ" in page
    assert "ประกาศกระทรวง" in page
    assert f'href="/work/organizations/{cast.krabi.pk}/"' not in page  # the province is above her
    past = text(client.get(f"{LIST}{cast.saithai.pk}/", {"as_at": PAST}))
    assert "<h1>อบต.ไสไทย</h1>" in past
    district = text(client.get(f"{LIST}{cast.mueang.pk}/"))
    assert "อบต.อ่าวนาง" in district
    assert "ทม.กระบี่" in district
    assert client.get(f"{LIST}{cast.kokklang.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["ek", "dao", "boonmee", "anong"])
def test_only_the_department_changes_the_registry(cast: Cast, name: str) -> None:
    client = cast.client(name)
    states = OrganizationState.objects.count()
    own = {"ek": cast.krabi, "dao": cast.mueang}.get(name, cast.aonang)
    for address in DEPARTMENT_ONLY:
        assert client.get(LIST + address.format(pk=own.pk)).status_code == 403
        assert client.post(LIST + address.format(pk=own.pk), {"name": "x"}).status_code == 403
        if "pk" in address:
            assert client.get(LIST + address.format(pk=cast.department.pk)).status_code == 404
    assert OrganizationState.objects.count() == states
    assert "เปลี่ยนทะเบียน" not in text(client.get(f"{LIST}{own.pk}/"))


def test_a_guest_is_asked_to_sign_in(cast: Cast) -> None:
    for address in ("", "pick/", f"{cast.aonang.pk}/", f"{cast.aonang.pk}/settings/", *DEPARTMENT_ONLY):
        assert cast.client("guest").get(LIST + address.format(pk=cast.aonang.pk)).status_code == 302


def test_an_upgrade_is_shown_before_it_is_done(cast: Cast) -> None:
    client = cast.client("fah")
    address = f"{LIST}{cast.aonang.pk}/upgrade/"
    asked = {
        "type": "town_municipality",
        "code": "๐๔๘๑๐๑๐๔",
        "effective_on": "1 ต.ค. 2569",
        "reason": "ประกาศ",
    }
    page = text(client.post(address, asked))
    assert "เทศบาลเมืองอ่าวนาง" in page
    assert "สถจ.กระบี่" in page  # it will answer to the province
    cast.aonang.refresh_from_db()
    assert cast.aonang.code == "06810104"
    assert "<form" in text(client.post(address, asked | {"edit": "1"}))
    response = client.post(address, asked | {"confirmed": "1"})
    assert response.status_code == 302
    cast.aonang.refresh_from_db()
    assert (cast.aonang.code, cast.aonang.reports_to) == ("04810104", cast.krabi)


@pytest.mark.at(NOW)
@pytest.mark.parametrize(
    ("verb", "asked", "field"),
    [
        ("upgrade", {"type": "tambon_municipality", "code": "06810104", "effective_on": "1/10/2569"}, "code"),
        ("recode", {"code": "06810107", "effective_on": "1/10/2569"}, "code"),
        ("rename", {"name": "ใหม่", "effective_on": "1/10/2570"}, "effective_on"),
        ("rename", {"name": "ใหม่", "effective_on": "วันนี้"}, "effective_on"),
        ("rename", {"name": "ก" * 300, "effective_on": "1/10/2569"}, "name"),
        ("move", {"lies_in": "อ.เกาะลันตา", "effective_on": "1/10/2569"}, "code"),
        ("move", {"lies_in": "อ.ไม่มีจริง", "effective_on": "1/10/2569"}, "lies_in"),
        ("merge", {"successor": "อบต.อ่าวนาง", "effective_on": "1/10/2569"}, "successor"),
        ("merge", {"successor": "อ.เกาะลันตา", "effective_on": "1/10/2569"}, "successor"),
        ("rename", {"name": "ใหม่", "effective_on": "1/1/2553"}, "effective_on"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_answered_at_the_field(
    cast: Cast, verb: str, asked: dict[str, str], field: str
) -> None:
    client = cast.client("fah")
    states = list(OrganizationState.objects.values())
    for extra in ({}, {"confirmed": "1"}):
        response = client.post(f"{LIST}{cast.aonang.pk}/{verb}/", asked | extra)
        assert response.status_code == 200
        assert f'id="id_{field}_error"' in text(response)
    assert list(OrganizationState.objects.values()) == states
    assert not Succession.objects.exists()


def test_a_merger_ends_one_and_leads_to_the_other(cast: Cast) -> None:
    client = cast.client("fah")
    address = f"{LIST}{cast.saithai.pk}/merge/"
    asked = {"successor": "06810104", "effective_on": "1 ต.ค. 2569"}
    assert "อบต.อ่าวนาง" in text(client.post(address, asked))
    assert client.post(address, asked | {"confirmed": "1"}).status_code == 302
    cast.saithai.refresh_from_db()
    assert cast.saithai.closed_on == date(2026, 10, 1)
    page = text(client.get(f"{LIST}{cast.saithai.pk}/"))
    assert "สิ้นสุดเมื่อ 1 ตุลาคม 2569" in page
    assert client.get(address).status_code == 404
    assert "อบต.ไสไทย" in text(client.get(f"{LIST}{cast.aonang.pk}/"))
    assert "<b>อบต.ไสไทย</b>" not in text(client.get(LIST))
    assert "<b>อบต.ไสไทย</b>" in text(client.get(LIST, {"as_at": PAST}))
    assert "<b>อบต.ไสไทย</b>" in text(client.get(LIST, {"level": "closed"}))


def test_a_new_office_is_entered(cast: Cast) -> None:
    client = cast.client("fah")
    asked = {
        "type": "sao",
        "name": "อบต.หนองทะเล",
        "lies_in": "อ.เมืองกระบี่ (8101)",
        "code": "6810108",
        "effective_on": "1/10/2565",
    }
    assert "องค์การบริหารส่วนตำบลหนองทะเล" in text(client.post(f"{LIST}new/", asked))
    assert not Organization.objects.filter(code="06810108").exists()
    assert client.post(f"{LIST}new/", asked | {"confirmed": "1"}).status_code == 302
    office = Organization.objects.get(code="06810108")
    assert (office.short_name, office.reports_to, office.lies_in) == (
        "อบต.หนองทะเล",
        cast.mueang,
        cast.mueang,
    )
    again = text(client.post(f"{LIST}new/", asked))
    assert "รหัสนี้ใช้อยู่กับ อบต.หนองทะเล" in again


def test_an_offices_administrator_sets_its_approval_step(cast: Cast) -> None:
    address = f"{LIST}{cast.aonang.pk}/settings/"
    client = cast.client("boonmee")
    asked = {
        "approval_required": "on",
        "latitude": "8.05",
        "longitude": "๙๘.๘",
        "website": "aonang.go.th",
        "area_km2": "60.5",
    }
    assert client.post(address, asked).status_code == 302
    cast.aonang.refresh_from_db()
    assert (cast.aonang.approval_required, cast.aonang.longitude) == (True, 98.8)
    wrong = client.post(address, asked | {"latitude": "51.5", "longitude": "0.1"})
    assert "พิกัดอยู่นอกประเทศไทย" in text(wrong)
    cast.aonang.refresh_from_db()
    assert cast.aonang.latitude == 8.05
    for name in ("anong", "dao", "ek"):
        assert cast.client(name).post(address, asked).status_code == 403
    assert cast.client("chai").post(address, asked).status_code == 404
    assert cast.client("fah").get(address).status_code == 200


def test_the_picker_finds_any_office(cast: Cast) -> None:
    results = cast.client("chai").get(f"{LIST}pick/", {"q": "อ่าวนาง"}).json()["results"]
    assert [row["code"] for row in results] == ["06810104"]
    assert results[0]["label"] == "อบต.อ่าวนาง (06810104)"
    assert cast.client("chai").get(f"{LIST}pick/", {"q": ""}).json() == {"results": []}
    districts = cast.client("fah").get(f"{LIST}pick/", {"q": "กระบี่", "level": "district"}).json()["results"]
    assert [row["code"] for row in districts] == ["8101"]


def test_past_names_lead_to_todays_office(cast: Cast) -> None:
    rename(actor=cast.fah, organization=cast.aonang, name="หาดงาม", effective_on=date(2026, 1, 1), now=NOW)
    assert "อบต.หาดงาม" in text(cast.client("fah").get(LIST, {"q": "อ่าวนาง"}))


HEAD = "code,type,name,province_code,province,district_code,district,latitude,longitude\n"
GOOD = "06810108,อบต.,หนองทะเล,81,กระบี่,8101,เมืองกระบี่,,\n"
BAD = "06819901,อบต.,ไม่มี,81,กระบี่,8199,ไม่มี,,\n"


def upload(content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("lao.csv", content.encode())


def test_an_import_is_shown_then_confirmed(cast: Cast) -> None:
    client = cast.client("fah")
    page = client.post(f"{LIST}import/", {"file": upload(HEAD + GOOD + BAD), "as_of": "1/10/2569"})
    assert "ไม่มีอำเภอรหัสนี้" in text(page)
    assert not Organization.objects.filter(code="06810108").exists()
    sha256 = page.context["result"].sha256
    assert cast.client("fah").post(f"{LIST}import/confirm/", {"sha256": sha256}).status_code == 404
    done = client.post(f"{LIST}import/confirm/", {"sha256": sha256, "as_of": "2026-10-01"})
    assert "นำเข้าแล้ว" in text(done)
    assert Organization.objects.get(code="06810108").founded_on == date(2026, 10, 1)
    assert client.post(f"{LIST}import/confirm/", {"sha256": sha256}).status_code == 404
    assert client.get(f"{LIST}import/confirm/").status_code == 302


@pytest.mark.parametrize("content", ["", "ก,ข\n1,2\n", HEAD, "\x00\x01"])
def test_an_unusable_file_is_answered_at_the_field(cast: Cast, content: str) -> None:
    page = cast.client("fah").post(f"{LIST}import/", {"file": upload(content)})
    assert page.status_code == 200
    assert "errors" in text(page)
