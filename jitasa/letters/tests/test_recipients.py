"""Who a letter goes to: every LAO of a district or a province, the list before sending, groups, merged offices."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.distribution.models import RecipientGroup
from jitasa.distribution.selectors.areas import area_choices
from jitasa.distribution.selectors.recipients import by_type, listed, resolve
from jitasa.distribution.values import Recipients
from jitasa.letters.models import Letter
from jitasa.letters.services.issue import issue
from jitasa.letters.services.receive import register
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.letters.tests.test_page_views import posted
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.models import Organization, Succession
from tests.cast import NOW, Cast, make_organization
from tests.pages import words_of

IN_MUEANG = {"อบจ.กระบี่", "ทม.กระบี่", "อบต.อ่าวนาง", "อบต.ไสไทย"}


def names(office: Organization, *presets: str) -> set[str]:
    return {row.name for row in listed(resolve(office, Recipients(presets=presets)))}


def test_every_lao_of_a_district_or_a_province(cast: Cast) -> None:
    assert names(cast.krabi, "laos_in:8101") == IN_MUEANG
    assert names(cast.department, "laos_in:8103") == {"อบต.เกาะกลาง"}
    assert names(cast.department, "laos_in:81") == {*IN_MUEANG, "อบต.เกาะกลาง"}
    assert names(cast.department, "laos_in:8101", "laos_in:8103", "pao") == {*IN_MUEANG, "อบต.เกาะกลาง"}


def test_no_office_writes_to_the_laos_of_another_area(cast: Cast) -> None:
    make_organization("82", OrganizationType.PROVINCE, "สถจ.พังงา", reports_to=cast.department)
    assert names(cast.krabi, "laos_in:82", "laos_in:81", "laos_in:", "laos_in:x") == set()
    assert names(cast.mueang, "laos_in:8103") == set()
    assert names(cast.aonang, "laos_in:8101") == set()
    answer = cast.client("ek").post(reverse("letters:new"), posted(areas=["laos_in:82"]))
    assert answer.status_code == 200  # the form says that it is no choice
    assert not Letter.objects.exists()


def test_a_province_ticks_its_districts_and_the_department_names_them(cast: Cast) -> None:
    assert [words for _key, words in area_choices(cast.krabi, ())] == ["อ.เมืองกระบี่", "อ.เกาะลันตา"]
    client = cast.client("fah")
    client.post(
        reverse("letters:new"),
        posted(more="office", presets=[], add_district="อ.เกาะลันตา (8103)", add_province="สถจ.กระบี่ (81)"),
    )
    letter = Letter.objects.get()
    assert letter.recipients["presets"] == ["laos_in:8103", "laos_in:81"]
    page = client.get(reverse("letters:edit", args=[letter.uuid])).content.decode()
    for key in ("laos_in:8103", "laos_in:81"):
        assert f'value="{key}"' in page
    assert 'name="add_district"' not in cast.client("ek").get(reverse("letters:new")).content.decode()


def test_the_list_before_sending_counts_names_and_searches(cast: Cast) -> None:
    letter = draft(cast.ek, values(recipients=Recipients(presets=("laos_in:8101",))))
    client, address = cast.client("ek"), reverse("letters:recipients", args=[letter.uuid])
    page = client.get(address).content.decode()
    assert "ผู้รับ 4 แห่ง" in page
    assert all(name in page for name in IN_MUEANG)
    found = client.get(address, {"q": "อ่าวนาง"}).content.decode()
    assert "อบต.อ่าวนาง" in found
    assert "อบต.ไสไทย" not in found
    rows = listed(resolve(cast.krabi, Recipients(presets=("laos_in:8101",))))
    assert by_type(rows) == [
        ("องค์การบริหารส่วนจังหวัด", 1), ("เทศบาลเมือง", 1), ("องค์การบริหารส่วนตำบล", 2),
    ]  # fmt: skip
    assert cast.client("dao").get(address).status_code == 404  # a draft is its office's own
    assert cast.client("anong").get(address).status_code == 404


def test_the_list_is_kept_as_a_group_to_choose_again(cast: Cast) -> None:
    letter = draft(cast.ek, values(recipients=Recipients(presets=("laos_in:8101",))))
    client, address = cast.client("ek"), reverse("letters:recipients", args=[letter.uuid])
    assert client.post(address, {"name": "ในเมือง"}).status_code == 302
    group = RecipientGroup.objects.get(organization=cast.krabi)
    assert {office.short_name for office in group.members.all()} == IN_MUEANG
    assert "ในเมือง (4)" in client.get(reverse("letters:new")).content.decode()
    assert {row.name for row in listed(resolve(cast.krabi, Recipients(groups=(group.pk,))))} == IN_MUEANG
    empty = draft(cast.ek, values(recipients=Recipients()))
    answer = client.post(reverse("letters:recipients", args=[empty.uuid]), {"name": "ว่าง"})
    assert "ยังไม่มีผู้รับ" in answer.content.decode()
    assert RecipientGroup.objects.count() == 1


def test_a_clerk_keeps_no_group(cast: Cast) -> None:
    letter = draft(cast.anong, values(recipients=Recipients(offices=(cast.saithai.pk,))))
    address = reverse("letters:recipients", args=[letter.uuid])
    assert cast.client("anong").post(address, {"name": "ก"}).status_code == 403
    assert not RecipientGroup.objects.exists()


@pytest.mark.parametrize("name", ["edit", "recipients"])
def test_recipients_ask_no_more_of_the_database_when_there_are_more(cast: Cast, name: str) -> None:
    letter = draft(cast.ek, values(recipients=Recipients(presets=("laos_in:8101",))))
    client, address = cast.client("ek"), reverse(f"letters:{name}", args=[letter.uuid])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(30):
        make_organization(
            f"068101{50 + number}", OrganizationType.SAO, f"อบต.ทดลอง {number}",
            reports_to=cast.mueang, lies_in=cast.mueang,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert "34" in words_of(client.get(address))
    assert len(many) == len(few)


def test_the_outbox_asks_no_more_of_the_database_when_there_are_more(cast: Cast) -> None:
    signer = set_up_office(cast.krabi)
    client, address = cast.client("ek"), reverse("letters:outbox")

    def write(count: int) -> None:
        for _number in range(count):
            issue(actor=cast.ek, letter=draft(cast.ek, values(signer)), now=NOW)
            draft(cast.ek, values(signer))

    write(2)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    write(8)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).content.decode().count('class="letter-row"') == 20
    assert len(many) == len(few)


@pytest.fixture
def merged(cast: Cast) -> Letter:
    """A letter that ไสไทย registered, and one it wrote, before it was merged into อ่าวนาง."""
    for office in (cast.krabi, cast.saithai):
        set_up_office(office)
    letter = issue(
        actor=cast.ek,
        letter=draft(
            cast.ek,
            values(cast.krabi.signers.get(), recipients=Recipients(offices=(cast.saithai.pk,))),
        ),
        now=NOW,
    )
    clerk = type(cast.anong)(user=cast.people["anong"], organization=cast.saithai, roles=cast.anong.roles)
    register(actor=clerk, dispatch=letter.dispatches.get(), now=NOW)
    cast.saithai.signers.update(user=clerk.user)
    given = values(cast.saithai.signers.get(), recipients=Recipients(offices=(cast.mueang.pk,)))
    issue(actor=clerk, letter=draft(clerk, given), now=NOW)
    draft(clerk, values(subject="ร่างที่ไม่ได้ส่ง"))
    Organization.objects.filter(pk=cast.saithai.pk).update(closed_on=date(2026, 11, 21))
    Succession.objects.create(
        predecessor=cast.saithai, successor=cast.aonang, effective_on=date(2026, 11, 21)
    )
    return letter


def test_papers_go_over_to_the_office_one_was_merged_into(cast: Cast, merged: Letter) -> None:
    client = cast.client("anong")
    page = client.get(reverse("letters:before")).content.decode()
    assert page.count('class="letter-row"') == 2
    assert "ร่างที่ไม่ได้ส่ง" not in page
    assert "อบต.ไสไทย ยุบรวมกับสำนักงานนี้" in page
    shown = client.get(reverse("letters:show", args=[merged.uuid]))
    assert shown.status_code == 200
    assert "เลขรับ ๑" in shown.content.decode()  # the stamp of the office that was
    assert client.get(reverse("letters:pdf", args=[merged.uuid])).status_code == 200
    assert "หน่วยงานเดิม" in client.get(reverse("letters:inbox")).content.decode()
    # Reading is all: it is still the other office's letter, and was opened when it was opened.
    for name in ("register_letter", "assign", "pass_on"):
        assert client.post(reverse(f"letters:{name}", args=[merged.uuid])).status_code == 403
    chai = cast.client("chai")
    assert chai.get(reverse("letters:show", args=[merged.uuid])).status_code == 404
    assert 'class="letter-row"' not in chai.get(reverse("letters:before")).content.decode()


def test_a_merger_of_a_merged_office_is_followed(cast: Cast, merged: Letter) -> None:
    Organization.objects.filter(pk=cast.aonang.pk).update(closed_on=date(2026, 11, 22))
    Succession.objects.create(
        predecessor=cast.aonang, successor=cast.kokklang, effective_on=date(2026, 11, 22)
    )
    assert Letter.objects.visible_to(cast.chai).filter(pk=merged.pk).exists()
