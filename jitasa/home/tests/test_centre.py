"""What a volunteer centre is met by, what it sends, and the clerks' work never laid before it (docs/adr/0113)."""

import pytest
from django.urls import reverse

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.distribution.values import Recipients
from jitasa.home import duties
from jitasa.letters.models import Dispatch, Letter, Signer
from jitasa.letters.services.issue import issue
from jitasa.letters.services.receive import open_letter, register
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.notices.models import NoticeKind
from jitasa.notices.selectors import addresses_of, unread_count
from jitasa.notices.services.notify import notify
from jitasa.problems import Forbidden
from jitasa.publicity.choices import MaterialKind
from jitasa.publicity.models import Campaign, Delivery, Material
from jitasa.publicity.services.campaigns import CampaignContent, save_campaign, send_campaign
from jitasa.publicity.services.materials import withdraw_material
from jitasa.publicity.tests.making import make_campaign, make_channel, make_material
from tests.cast import NOW, Cast
from tests.pages import words_of

START = "/work/"


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def came_to_krabi(cast: Cast) -> Letter:
    """A letter of the department that lies unopened in Krabi's inbox."""
    signer = set_up_office(cast.department, prefix="มท 0810.4")
    written = draft(cast.fah, values(signer, recipients=Recipients(offices=(cast.krabi.pk,))))
    return issue(actor=cast.fah, letter=written, now=NOW)


def test_the_start_page_of_a_centre_has_numbers_and_what_it_sent_and_no_tasks(cast: Cast) -> None:
    make_sent(cast.anong, name="ทำความสะอาดชายหาด")
    letter = came_to_krabi(cast)
    make_campaign(cast.hathai, [make_material(cast.hathai)], [cast.aonang], title="สื่อวันพ่อของศูนย์")
    page = words_of(cast.client("hathai").get(START))
    assert "ศูนย์อำนวยการจิตอาสาพระราชทานจังหวัดกระบี่" in page
    assert "สื่อวันพ่อของศูนย์" in page
    assert "รายงานแล้ว" in page
    for task in ("ต้องทำ", "รอตรวจ", letter.subject, "ลงรับ"):
        assert task not in page, task
    assert "ต้องทำ" in words_of(cast.client("ek").get(START))


def test_the_bar_of_a_centre_leads_to_what_is_its_own(cast: Cast) -> None:
    page = cast.client("hathai").get(START).content.decode()
    bar = page[page.index("<nav") : page.index("<main")]
    for name in ("letters:outbox", "compilation:board", "occasions:calendar", "publicity:home"):
        assert f'href="{reverse(name)}"' in bar, name
    for name in ("review:list", "letters:inbox", "organizations:people"):
        assert f'href="{reverse(name)}"' not in bar, name


def test_the_offices_work_reaches_the_centre_by_no_way(cast: Cast) -> None:
    """No review, no notice, no mail of duties; looking at a letter does not count as its being opened."""
    make_sent(cast.anong)
    letter = came_to_krabi(cast)
    way = Dispatch.objects.get(letter=letter, recipient=cast.krabi)
    cast.people["hathai"].email = "hathai@example.go.th"
    cast.people["hathai"].save()
    assert duties.of_office(cast.ek, cast.krabi, NOW)
    assert duties.of_office(cast.hathai, cast.krabi, NOW) == []
    notify(organization=cast.krabi, kind=NoticeKind.REMINDER, title="หนังสือใหม่", now=NOW)
    assert unread_count(cast.ek, NOW) == 1
    assert unread_count(cast.hathai, NOW) == 0
    assert "hathai@example.go.th" not in addresses_of(cast.krabi, NOW)
    hathai = cast.client("hathai")
    assert hathai.get(reverse("review:list")).status_code == 403
    assert hathai.get(reverse("letters:show", args=[letter.uuid])).status_code == 200
    open_letter(actor=cast.hathai, dispatch=way, now=NOW)
    way.refresh_from_db()
    assert way.opened_at is None
    with pytest.raises(Forbidden):
        register(actor=cast.hathai, dispatch=way, now=NOW)
    assert not letter.receipts.exists()


def test_a_centres_letter_names_it_and_takes_the_next_number_of_the_office(cast: Cast) -> None:
    set_up_office(cast.krabi)
    signer = Signer.objects.create(
        organization=cast.krabi,
        name="นายทดสอบ ตัวอย่าง",
        position="ผู้อำนวยการ ศอ.จอส.จังหวัดกระบี่",
        user=cast.people["hathai"],
    )
    mine = draft(cast.hathai, values(signer))
    assert (mine.by_centre, mine.head["owner_unit"]) == (True, "ศูนย์อำนวยการจิตอาสาพระราชทานจังหวัดกระบี่")
    sent = issue(actor=cast.hathai, letter=mine, now=NOW)
    assert (sent.register_number, sent.number_key.startswith("กบ0023.1/")) == (1, True)
    assert sent.subject in words_of(cast.client("hathai").get(START))
    assert sent.subject in words_of(cast.client("hathai").get(reverse("letters:outbox")))


def test_a_centre_does_not_change_the_offices_letters(cast: Cast) -> None:
    theirs = draft(cast.ek, values(set_up_office(cast.krabi)))
    hathai = cast.client("hathai")
    assert hathai.get(reverse("letters:edit", args=[theirs.uuid])).status_code == 403
    assert hathai.post(reverse("letters:ask", args=[theirs.uuid])).status_code == 403
    with pytest.raises(Forbidden):
        issue(actor=cast.hathai, letter=theirs, now=NOW)
    assert Letter.objects.get(pk=theirs.pk).revision == theirs.revision


def test_materials_come_from_the_centre_and_only_its_desk_changes_them(cast: Cast) -> None:
    material = make_material(cast.hathai, title="สปอตวันพ่อ", kind=MaterialKind.SCRIPT)
    campaign = make_campaign(cast.hathai, [material], [cast.aonang])
    assert Delivery.objects.filter(campaign=campaign, recipient=cast.aonang).exists()
    assert (material.made_by, campaign.made_by) == ("ศอ.จอส.จังหวัดกระบี่",) * 2
    for address in (START, reverse("publicity:home"), reverse("publicity:campaign", args=[campaign.uuid])):
        assert "ศอ.จอส.จังหวัดกระบี่" in words_of(cast.client("anong").get(address)), address
    with pytest.raises(Forbidden):
        withdraw_material(actor=cast.ek, material=material, reason="ผิด", now=NOW)
    assert Material.objects.get().withdrawn_at is None


def test_a_centre_leaves_the_offices_own_publicity_alone(cast: Cast) -> None:
    theirs = make_material(cast.ek)
    written = make_campaign(cast.ek, [theirs], [cast.aonang], send=False)
    with pytest.raises(Forbidden):
        withdraw_material(actor=cast.hathai, material=theirs, reason="ผิด", now=NOW)
    with pytest.raises(Forbidden):
        make_channel(cast.hathai)
    with pytest.raises(Forbidden):
        send_campaign(actor=cast.hathai, campaign=written, now=NOW)
    with pytest.raises(Forbidden):
        save_campaign(actor=cast.hathai, uuid=written.uuid, content=CampaignContent(title="เปลี่ยนชื่อ"), now=NOW)
    assert Campaign.objects.get().title == "สื่อวันพ่อ"
    address = reverse("publicity:material_withdraw", args=[theirs.pk])
    assert cast.client("hathai").post(address, {"reason": "ผิด"}).status_code == 403
    assert Material.objects.get().withdrawn_at is None
