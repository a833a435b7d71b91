"""Facts of a registry file that cannot be right keep no office out: they stand in a list to be checked."""

from datetime import date

import pytest

from jitasa.organizations.models import Organization, OrganizationState, RegistryDoubt
from jitasa.organizations.services.doubts import settle
from jitasa.organizations.services.import_registry import ImportResult, import_registry, summary
from jitasa.organizations.services.settings import OfficeSettings, change_settings
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
HEAD = "code,type,name,province_code,district_code,latitude,longitude"


def run(*rows: str, head: str = HEAD, as_of: date | None = None) -> ImportResult:
    return import_registry("\n".join([head, *rows]).encode(), actor=SYSTEM, now=NOW, as_of=as_of)


@pytest.mark.parametrize(
    ("row", "column", "short_name"),
    [
        ("06810111,อบต.,กก,81,8101,51.5,0.1", "latitude", "อบต.กก"),
        ("06810111,อบต.,กก,81,8101,8.05,", "latitude", "อบต.กก"),
        ("06810111,อบต.,กก,81,8101,เหนือ,ใต้", "latitude", "อบต.กก"),
        ("06810111,อบต.,กก,81,8101,nan,inf", "latitude", "อบต.กก"),
        ("05810111,อบต.,กก,81,8101,,", "type", "ทต.กก"),
        ("06810111,ทต.,เทศบาลตำบลกก,81,8101,,", "type", "ทต.กก"),
        ("06810111,ทต.,อบต.กก,81,8101,,", "type", "อบต.กก"),
        ("06810111,สภา,กก,81,8101,,", "type", "อบต.กก"),
        ("06810111,อบต.,เทศบาลตำบลกก,81,8101,,", "name", "อบต.กก"),
    ],
)
def test_an_office_comes_in_without_the_doubtful_fact(
    cast: Cast, row: str, column: str, short_name: str
) -> None:
    result = run(row)
    assert (result.founded, result.problems, result.doubtful) == (1, [], 1)
    office = Organization.objects.get(code=row[:8])
    assert (office.short_name, office.latitude, office.district_code) == (short_name, None, "8101")
    doubt = RegistryDoubt.objects.get()
    assert (doubt.organization, doubt.column, doubt.settled_at) == (office, column, None)
    assert any("ต้องตรวจสอบ" in line for line in summary(result))
    again = run(row)
    assert not again.anything
    assert RegistryDoubt.objects.count() == 1


def test_a_doubtful_fact_changes_nothing_that_is_known(cast: Cast) -> None:
    result = run("06810104,ทต.,อ่าวนาง,81,8101,51.5,0.1")
    assert (result.changed, result.amended, result.doubtful) == (0, 0, 2)
    cast.aonang.refresh_from_db()
    assert (cast.aonang.type, cast.aonang.short_name) == ("sao", "อบต.อ่าวนาง")


def test_the_list_to_be_checked_and_who_may(cast: Cast) -> None:
    run("06810111,อบต.,กก,81,8101,51.5,0.1", "06810112,ทต.,ขข,81,8101,,")
    client = cast.client("fah")
    assert "ต้องตรวจสอบ" in client.get("/work/organizations/").content.decode()
    page = client.get("/work/organizations/to-check/").content.decode()
    assert "อบต.กก" in page
    assert "51.5" in page
    point, type_ = RegistryDoubt.objects.order_by("column")
    change_settings(
        actor=cast.fah,
        organization=point.organization,
        settings=OfficeSettings(8.05, 98.8, None, "", approval_required=False),
        now=NOW,
    )
    point.refresh_from_db()
    assert point.settled_at == NOW
    with pytest.raises(Forbidden):
        settle(actor=cast.ek, doubt=type_, now=NOW)
    assert client.post(f"/work/organizations/to-check/{type_.pk}/").status_code == 302
    with pytest.raises(Refusal):
        settle(actor=cast.fah, doubt=type_, now=NOW)
    page = client.get("/work/organizations/to-check/").content.decode()
    assert "ไม่มีหน่วยงานที่ต้องตรวจสอบ" in page


def test_blank_as_of_is_today_and_the_same_day_may_be_mended(cast: Cast) -> None:
    run("06810111,อบต.,กก,81,8101,,")
    office = Organization.objects.get(code="06810111")
    assert office.founded_on == date(2026, 11, 22)
    result = run("06810111,อบต.,กกใหม่,81,8101,,")
    assert (result.changed, result.problems) == (1, [])
    state = OrganizationState.objects.get(organization=office)
    assert (state.short_name, state.valid_from, state.valid_to) == ("อบต.กกใหม่", date(2026, 11, 22), None)


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;;;;;", '"sep=;",,,'])
def test_the_line_that_excel_reads_is_obeyed(cast: Cast, line: str) -> None:
    result = run("06810111;อบต.;ก,ก;81;8101;;", head=f"\ufeff{line}\r\n" + HEAD.replace(",", ";"))
    assert (result.founded, result.problems) == (1, [])
    tab = run("06810112\tอบต.\tขข\t81\t8101\t\t", head="sep=\t\n" + HEAD.replace(",", "\t"))
    assert tab.founded == 1


@pytest.mark.parametrize("rows", [3, 3500])
def test_a_quote_never_closed_in_the_header_is_refused_with_its_line(cast: Cast, rows: int) -> None:
    with pytest.raises(Refusal, match="บรรทัด 1 ") as refusal:
        run(*["06810111,อบต.,ก,81,8101,8.05,98.80,,,,,,,,,,"] * rows, head=f'"{HEAD}')
    assert f"บรรทัด {rows + 1}" in refusal.value.message


def test_rows_swallowed_by_a_quote_are_said(cast: Cast) -> None:
    row = '06810111,อบต.,"กก,81,8101,,'
    result = run(
        "06810110,อบต.,คค,81,8101,,", row, "06810112,อบต.,ขข,81,8101,,", '06810113,อบต.,"งง",81,8101,,'
    )
    assert result.founded == 1
    assert [(problem.line, "บรรทัด 5" in problem.reason) for problem in result.problems] == [(3, True)]
    result = run("06810112,อบต.,ขข,81,8101,,", row, "06810114,อบต.,จจ,81,8101,,")
    assert [(problem.line, "บรรทัด 4" in problem.reason) for problem in result.problems] == [(3, True)]


def test_a_quote_closed_in_the_next_row_makes_no_office_of_two(cast: Cast) -> None:
    """Its name would be ``กก,81,8101,, 06810112,อบต.,ขข``."""
    result = run('06810111,อบต.,"กก,81,8101,,', '06810112,อบต.,ขข",81,8101,,', "06810113,อบต.,คค,81,8101,,")
    assert [(each.line, "กลืน" in each.reason) for each in result.problems] == [(2, True)]
    assert result.founded == 1
    assert Organization.objects.get(code="06810113").short_name == "อบต.คค"


def test_a_quote_open_in_the_last_row_is_said_and_one_in_a_word_is_a_letter(cast: Cast) -> None:
    result = run("06810111,อบต.,กก,81,8101,,", '06810112,อบต.,"ขข,81,8101,,')
    assert [(each.line, "ไม่ปิด" in each.reason) for each in result.problems] == [(3, True)]
    assert result.founded == 1
    assert run('06810113,อบต.,ค"ค,81,8101,,').founded == 1


def test_a_line_break_inside_quotes_is_no_swallowed_row(cast: Cast) -> None:
    result = run('06810111,อบต.,"องค์การบริหารส่วนตำบล\nกก",81,8101,,')
    assert (result.founded, result.problems) == (1, [])
    assert Organization.objects.get(code="06810111").short_name == "อบต.กก"


def test_a_name_with_its_marks_in_another_order_is_the_same_name(cast: Cast) -> None:
    run("06810111,อบต.,ห้วยน้ำขาว,81,8101,,", as_of=date(2026, 1, 1))
    result = run("06810111,อบต.,ห้วยนำ้ขาว,81,8101,,")
    assert (result.changed, result.unchanged) == (0, 1)
