"""Filters kept under a name: only what the list understands, own or of the office, nobody else's."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.activities.tests.making import make_draft, make_lists
from jitasa.audit.models import Entry
from jitasa.find.lists import LISTS
from jitasa.find.models import SavedView
from jitasa.find.rules import MOST
from jitasa.find.services.views import change_view, remove_view, save_view
from jitasa.letters.tests.test_way import circular
from jitasa.organizations.choices import Role
from jitasa.organizations.selectors.viewers import viewing_as
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast, viewer
from tests.pages import words_of

pytestmark = pytest.mark.django_db
NEW, VIEWS = "/work/views/new/", "/work/views/"

# a query of each list with what it understands, and with what it does not
UNDERSTOOD = {
    "activities:list": ("q=ป่า&status=draft&month=2569-11&kind=development&sort=name", "status=none&month=13&page=3&next=//evil.example"),
    "review:list": ("show=flagged&month=2569-11&place=8101&q=ป่า", "show=none&place=x&just=1&page=2"),
    "letters:inbox": ("show=late&q=สำรวจ", "show=none&page=2"),
    "letters:outbox": ("show=draft&q=สำรวจ", "show=late&page=2"),
    "letters:before": ("q=สำรวจ", "show=late"),
    "letters:receipts": ("year=2568&q=9419", "year=x&page=2"),
    "letters:dispatches": ("year=2568&q=9419", "year=-1"),
    "letters:follow": ("show=held&tab=map", "show=none&tab=none&office=5"),
    "letters:answers": ("show=unopened&q=ทต&view=table", "show=none&view=none"),
    "organizations:list": ("q=อ่าวนาง&level=all&province=81&district=8101&sort=code&as_at=1/1/2569", "level=none&type=none&page=2"),
    "compilation:board_month": ("tab=trend&sort=-code&as=now", "tab=none&page=4&show=none"),
    "compilation:occasion_board": ("rows=laos&sort=-name", "show=none&page=2"),
    "publicity:materials": ("q=ป้าย", "show=none&kind=none"),
    "publicity:campaigns": ("q=ป้าย", "show=none"),
    "publicity:channels": ("q=เพจ&office=4", "kind=none"),
    "publicity:broadcasts": ("period=year&material=posts&own=1", "period=none&own=7"),
    "publicity:board": ("period=year&by=channel", "by=none"),
    "audit:list": ("person=anong&first_day=1/11/2569", "verb=none&last_day=x"),
}  # fmt: skip


def kept(actor: Viewer, **changes: Any) -> SavedView:
    given = {"list_name": "activities:list", "query": "status=draft", "name": "ร่าง"} | changes
    return save_view(actor=actor, now=NOW, **given)


# --- only what the list understands ---------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_what_it_understands_and_nothing_else(name: str) -> None:
    good, bad = UNDERSTOOD[name]
    wanted = sorted(part.partition("=")[0] for part in good.split("&"))
    stored = LISTS[name].read(f"{bad}&{good}")  # of two the last counts, as in an address
    assert sorted(part.partition("=")[0] for part in LISTS[name].read(good).split("&")) == wanted
    assert stored == LISTS[name].read(good)
    assert LISTS[name].read(bad) == ""
    assert LISTS[name].read(LISTS[name].read(good)) == LISTS[name].read(good)


def test_every_list_with_kept_views_shows_them(cast: Cast) -> None:
    """The table names lists that are there; each of them has the place for its views in its page."""
    make_lists()
    letter = circular(cast)
    paths = {
        "letters:follow": [letter.uuid],
        "letters:answers": [letter.uuid],
        "compilation:board_month": None,
    }
    client = cast.client("fah")
    for name in LISTS:
        if name == "compilation:occasion_board":
            from jitasa.occasions.models import Occasion

            day = Occasion.objects.create(
                code="d", date="2026-12-05", name="วันพ่อ", short_name="พ่อ", kind="royal"
            )
            address = reverse(name, args=[day.pk])
        elif name == "compilation:board_month":
            address = "/work/month/2569-11/"
        else:
            address = reverse(name, args=paths.get(name) or [])
        asked = UNDERSTOOD[name][0].replace("office=4", f"office={cast.aonang.pk}")  # one that is there
        page = client.get(f"{address}?{asked}")
        assert page.status_code == 200, name
        assert f"{NEW}?list={name}" in page.content.decode(), name


@pytest.mark.parametrize("query", ["", "page=2", "nonsense=1", "status=none"])
def test_nothing_that_narrows_is_nothing_to_keep(cast: Cast, query: str) -> None:
    with pytest.raises(Refusal, match="ยังไม่ได้กรองรายการ"):
        kept(cast.anong, query=query)
    assert not SavedView.objects.exists()


def test_a_view_leads_to_the_list_and_never_elsewhere(cast: Cast) -> None:
    view = kept(cast.anong, query="status=draft&next=https://evil.example/&q=" + quote("//evil.example"))
    assert view.url == "/work/activities/?q=%2F%2Fevil.example&status=draft"


# --- whose it is ---------------------------------------------------------------------------------------------


def test_own_views_stand_beside_the_filters_and_nobody_elses(cast: Cast) -> None:
    make_lists()
    kept(cast.anong, name="ร่างของอนงค์")
    for who in ("anong", "boonmee", "chai", "dao", "ek", "fah"):
        page = words_of(cast.client(who).get("/work/activities/"))
        assert ("ร่างของอนงค์" in page) == (who == "anong")


def test_a_foreign_view_is_not_found(cast: Cast) -> None:
    view = kept(cast.anong)
    for who in ("boonmee", "chai", "dao", "ek", "fah"):
        client = cast.client(who)
        assert client.get(f"{VIEWS}{view.pk}/").status_code == 404
        assert client.post(f"{VIEWS}{view.pk}/", {"name": "ยึด"}).status_code == 404
        assert client.post(f"{VIEWS}{view.pk}/remove/").status_code == 404
    view.refresh_from_db()
    assert view.name == "ร่าง"


def test_what_is_shared_is_used_by_the_office_and_changed_by_its_administrators(cast: Cast) -> None:
    make_lists()
    view = kept(cast.anong, name="ร่างของสำนักงาน", shared=True)
    assert "ร่างของสำนักงาน" in words_of(cast.client("boonmee").get("/work/activities/"))
    for who in ("chai", "dao", "fah"):
        assert "ร่างของสำนักงาน" not in words_of(cast.client(who).get("/work/activities/"))
        assert cast.client(who).post(f"{VIEWS}{view.pk}/remove/").status_code == 404
    colleague = viewer(cast.people["chai"], cast.aonang, Role.OFFICER)
    with pytest.raises(Forbidden):
        remove_view(actor=colleague, view=view, now=NOW)
    change_view(actor=cast.boonmee, view=view, name="ร่างทั้งหมด", shared=False, now=NOW)
    view.refresh_from_db()
    assert (view.name, view.shared, view.user) == ("ร่างทั้งหมด", False, cast.people["anong"])
    with pytest.raises(Forbidden):  # hers alone again
        remove_view(actor=cast.boonmee, view=view, now=NOW)


def test_who_only_reads_keeps_but_does_not_share(cast: Cast) -> None:
    reader = viewer(cast.people["anong"], cast.aonang, Role.VIEWER)
    kept(reader)
    with pytest.raises(Forbidden):
        kept(reader, name="อื่น", shared=True)


def test_nobody_keeps_anything_in_the_office_looked_at(cast: Cast) -> None:
    kept(cast.anong, shared=True)
    looking = viewing_as(cast.dao, cast.aonang.pk)
    with pytest.raises(Forbidden):
        kept(looking, name="อื่น")
    assert SavedView.objects.visible_to(looking).count() == 1


def test_a_view_belongs_to_the_office_it_was_kept_in(cast: Cast) -> None:
    kept(cast.anong)
    elsewhere = viewer(cast.people["anong"], cast.saithai, Role.OFFICER)
    assert not SavedView.objects.visible_to(elsewhere).exists()
    kept(elsewhere)  # the same name there


# --- names, limits, acts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"), [(" ", "ตั้งชื่อมุมมอง"), ("ก" * 61, "60 ตัวอักษร"), ("ร่าง", "มีมุมมองชื่อนี้")]
)
def test_a_name_that_cannot_be_says_what_to_do(cast: Cast, name: str, said: str) -> None:
    kept(cast.anong)
    with pytest.raises(Refusal, match=said):
        kept(cast.anong, name=name, query="status=returned")
    assert SavedView.objects.count() == 1


def test_there_is_a_limit_for_a_person(cast: Cast) -> None:
    SavedView.objects.bulk_create(
        SavedView(
            user=cast.people["anong"], organization=cast.aonang, list_name="activities:list", name=f"{n}", query="q=1", created_at=NOW
        )
        for n in range(MOST)
    )  # fmt: skip
    with pytest.raises(Refusal, match="ไม่เกิน 30"):
        kept(cast.anong)
    kept(cast.boonmee)


def test_each_act_is_one_entry_and_changing_nothing_none(cast: Cast) -> None:
    view = kept(cast.anong)
    change_view(actor=cast.anong, view=view, name="ร่าง", shared=False, now=NOW)
    change_view(actor=cast.anong, view=view, name="ร่างใหม่", shared=True, now=NOW)
    remove_view(actor=cast.anong, view=view, now=NOW)
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "find.save_view",
        "find.change_view",
        "find.remove_view",
    ]
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("column", ["name", "query"])
def test_the_database_refuses_an_empty_view(cast: Cast, column: str) -> None:
    values = {"name": "ก", "query": "q=1"} | {column: ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(
            user=cast.people["anong"],
            organization=cast.aonang,
            list_name="activities:list",
            created_at=NOW,
            **values,
        )


def test_the_page_keeps_what_was_typed_and_leads_back(cast: Cast) -> None:
    make_lists()
    client = cast.client("anong")
    page = client.get("/work/activities/", {"status": "draft"})
    assert "บันทึกมุมมองนี้" in words_of(page)
    given = {"list": "activities:list", "query": "status=draft", "back": "/work/activities/?status=draft"}
    refused = client.post(NEW, {**given, "name": ""})
    assert refused.status_code == 422
    assert "status=draft" in refused.content.decode()
    done = client.post(NEW, {**given, "name": "ร่างค้าง"})
    assert done["Location"] == "/work/activities/?status=draft"
    after = client.get("/work/activities/", {"status": "draft"})
    assert "บันทึกมุมมองนี้" not in words_of(after)
    assert 'aria-current="true">ร่างค้าง' in after.content.decode()
    assert "ร่างค้าง" in words_of(client.get(VIEWS))


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/work/", "/work/../../evil", "javascript:alert(1)"]
)
def test_it_never_leads_off_the_site(cast: Cast, back: str) -> None:
    given = {"list": "activities:list", "query": "status=draft", "name": "ก", "back": back}
    assert cast.client("anong").post(NEW, given)["Location"].startswith("/work/")


def test_an_unknown_list_is_not_found(cast: Cast) -> None:
    assert cast.client("anong").get(NEW, {"list": "accounts:profile", "query": "q=1"}).status_code == 404


def test_the_views_of_a_page_are_one_statement(cast: Cast) -> None:
    make_lists()
    make_draft(cast.anong)
    client = cast.client("anong")

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/work/activities/")
        return len(seen)

    few = statements()
    for n in range(20):
        kept(cast.anong, name=f"ร่าง {n}")
    assert statements() == few


def test_erasing_a_person_takes_her_views_along() -> None:
    from jitasa.accounts.services.export import ABOUT
    from jitasa.organizations.services.erasure import OWN_TABLES

    assert SavedView._meta.label in OWN_TABLES
    assert SavedView._meta.app_label in ABOUT
