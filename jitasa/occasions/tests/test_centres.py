"""Days that a volunteer centre sets: by an order whose file is kept, for its own area, changed by itself alone."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse

from jitasa.audit.models import Entry
from jitasa.documents.tests import files
from jitasa.occasions.models import Occasion, OccasionKind
from jitasa.occasions.selectors import offered_for
from jitasa.occasions.services.adopt import adopt_year
from jitasa.occasions.services.copy_year import copy_year
from jitasa.occasions.services.edit import (
    OccasionContent,
    add_occasion,
    content_of,
    edit_occasion,
    retire_occasion,
)
from jitasa.occasions.services.orders import Order, receive_order
from jitasa.organizations.choices import Role
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast, viewer

CONTENT = OccasionContent(
    date=date(2026, 12, 1),
    name="วันพัฒนาคลองทั้งจังหวัด",
    short_name="พัฒนาคลอง",
    kind=OccasionKind.LOCAL,
    order_reference="คำสั่ง ศอ.จอส.จังหวัดกระบี่ ที่ 5/2569 ลงวันที่ 2 พฤศจิกายน 2569",
)


PDF = files.pdf()


def order_of(actor: Viewer) -> Order:
    return receive_order(actor=actor, chunks=[PDF], name="คำสั่ง 5-2569.pdf")


def set_by(actor: Viewer, content: OccasionContent = CONTENT) -> Occasion:
    return add_occasion(actor=actor, content=content, order=order_of(actor), now=NOW)


def district_centre(cast: Cast) -> Viewer:
    return viewer(cast.people["dao"], cast.mueang, Role.CENTRE)


def test_a_centre_sets_a_day_by_an_order_and_it_is_shown_as_its_own(cast: Cast) -> None:
    day = set_by(cast.hathai)
    assert (day.organization, day.by_centre, day.set_by) == (cast.krabi, True, "ศอ.จอส.จังหวัดกระบี่")
    assert day.order_name == "คำสั่ง 5-2569.pdf"
    assert Entry.objects.get(verb="occasion.add").data["sha256"] == day.order_sha256
    anong = cast.client("anong")
    page = anong.get(reverse("occasions:calendar"), {"month": "2569-12"}).content.decode()
    assert "กำหนดโดย ศอ.จอส.จังหวัดกระบี่" in page
    assert CONTENT.order_reference in page
    got = anong.get(reverse("occasions:order", args=[day.pk]))
    assert b"".join(got.streaming_content) == PDF  # type: ignore[attr-defined]


def test_without_an_order_nothing_is_set_and_what_was_typed_stands_there(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        add_occasion(actor=cast.hathai, content=replace(CONTENT, order_reference=""), now=NOW)
    assert set(refused.value.fields) == {"order_reference", "order_file"}
    sent = {**vars(CONTENT), "date": "1/12/2569", "kind": "local"}
    shown = cast.client("hathai").post(reverse("occasions:add"), sent)
    assert "แนบไฟล์คำสั่งหรือหนังสือที่กำหนดวันนี้" in shown.content.decode()
    assert CONTENT.name in shown.content.decode()
    assert not Occasion.objects.exists()


def test_the_form_of_a_centre_says_before_that_the_order_is_demanded(cast: Cast) -> None:
    demanded = ("id_order_reference", "id_order_file")
    for who, wanted in (("hathai", True), ("ek", False)):
        page = cast.client(who).get(reverse("occasions:add")).content.decode()
        for box in demanded:
            tag = next(each for each in re.findall(r"<input[^>]*>", page) if f'id="{box}"' in each)
            assert (" required" in tag) is wanted, (who, tag)


def test_a_program_is_no_order(cast: Cast) -> None:
    sent = {**vars(CONTENT), "date": "1/12/2569"}
    for content, name in ((b"MZ\x90\x00" + b"\0" * 600, "order.pdf"), (b"<html><script>", "order.pdf")):
        file = BytesIO(content)
        file.name = name
        answer = cast.client("hathai").post(reverse("occasions:add"), {**sent, "order_file": file})
        assert answer.status_code == 200
    assert not Occasion.objects.exists()


@pytest.mark.at(NOW)
def test_through_the_form_the_file_is_kept_with_the_day(cast: Cast) -> None:
    file = BytesIO(files.pdf())
    file.name = "คำสั่ง.pdf"
    hathai = cast.client("hathai")
    answer = hathai.post(reverse("occasions:add"), {**vars(CONTENT), "date": "1/12/2569", "order_file": file})
    assert answer.status_code == 302
    day = Occasion.objects.get()
    assert (day.by_centre, day.order_media_type) == (True, "application/pdf")
    sent = {**vars(CONTENT), "date": "1/12/2569", "guidance": "ขุดลอกคลองหน้าบ้าน"}
    hathai.post(reverse("occasions:edit", args=[day.pk]), sent)
    day.refresh_from_db()
    assert day.guidance == "ขุดลอกคลองหน้าบ้าน"
    assert day.order_sha256, "the file stays without being sent again"


def test_a_new_name_takes_the_order_along(cast: Cast) -> None:
    old = set_by(cast.hathai)
    new = edit_occasion(
        actor=cast.hathai, occasion=old, content=replace(content_of(old), name="วันคลองสวย"), now=NOW
    )
    assert new.pk != old.pk
    assert (new.by_centre, new.order_sha256, new.order_name) == (True, old.order_sha256, old.order_name)


def test_each_desk_changes_its_own_days_only(cast: Cast) -> None:
    theirs, ours = set_by(cast.hathai), add_occasion(actor=cast.ek, content=CONTENT, now=NOW)
    assert theirs.pk != ours.pk
    both = (
        (cast.ek, theirs),
        (cast.fah, theirs),
        (cast.dao, theirs),
        (cast.hathai, ours),
        (cast.anong, theirs),
    )
    for actor, day in both:
        with pytest.raises(Forbidden):
            edit_occasion(actor=actor, occasion=day, content=replace(CONTENT, name="วันอื่น"), now=NOW)
        with pytest.raises(Forbidden):
            retire_occasion(actor=actor, occasion=day, now=NOW)
    assert set(Occasion.objects.values_list("name", "retired_at")) == {(CONTENT.name, None)}


def test_the_years_list_is_the_offices_affair(cast: Cast) -> None:
    set_by(cast.hathai, replace(CONTENT, date=date(2025, 12, 1)))
    with pytest.raises(Forbidden):
        copy_year(actor=cast.hathai, year=2569, now=NOW)
    assert copy_year(actor=cast.ek, year=2569, now=NOW) == 0, "a centre's day needs an order of its year"
    ministry = viewer(cast.people["fah"], cast.department, Role.CENTRE)
    with pytest.raises(Forbidden):
        adopt_year(actor=ministry, year=2569, reference="", now=NOW)
    national = set_by(ministry)
    assert (national.organization, national.set_by) == (
        None,
        "ศูนย์อำนวยการและขับเคลื่อนงานจิตอาสา กระทรวงมหาดไทย",
    )


def test_a_districts_day_is_for_its_own_offices_and_known_above(cast: Cast) -> None:
    day = set_by(district_centre(cast))
    assert (day.organization, day.code) == (cast.mueang, "8101-day-1")
    assert day in offered_for(cast.aonang, CONTENT.date)
    assert day in offered_for(cast.town, CONTENT.date), "a town lies in the district, whomever it reports to"
    assert day not in offered_for(cast.kokklang, CONTENT.date)
    page = reverse("occasions:edit", args=[day.pk])
    seen = {name: cast.client(name).get(page).status_code for name in ("anong", "dao", "ek", "fah", "hathai")}
    assert set(seen.values()) == {200}
    for address in (page, reverse("occasions:order", args=[day.pk])):
        assert cast.client("chai").get(address).status_code == 404
    board = reverse("compilation:occasion_board", args=[day.pk])
    above = cast.client("ek").get(board).content.decode()
    assert "อบต.อ่าวนาง" in above
    assert "อบต.เกาะกลาง" not in above
    assert cast.client("chai").get(board).status_code == 404


def test_the_public_page_of_a_day_says_which_centre_set_it(cast: Cast) -> None:
    for day, words in (
        (set_by(cast.hathai), "กำหนดโดย ศอ.จอส.จังหวัดกระบี่"),
        (set_by(district_centre(cast)), "กำหนดโดย ศอ.จอส.อำเภอเมืองกระบี่"),
    ):
        assert day.organization is not None
        address = reverse("portal:day_of_province", args=[2569, day.code, day.organization.code])
        assert words in cast.client("guest").get(address).content.decode()
