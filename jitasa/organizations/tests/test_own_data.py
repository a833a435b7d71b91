"""PDPA: a copy of one's own data, erasure that keeps acts and chains, addresses that are forgotten."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import override_settings

from jitasa.accounts.models import PersonalNotice, User
from jitasa.accounts.services.access import record_sign_in
from jitasa.accounts.services.export import relations
from jitasa.accounts.services.guessing import remember_network
from jitasa.accounts.services.tell import tell
from jitasa.audit.models import Entry
from jitasa.audit.selectors.verify import verdicts
from jitasa.audit.services.redact import ERASED, forget_addresses
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations.choices import ErasureState, Role
from jitasa.organizations.models import ErasureRequest, Post, PostOffer
from jitasa.organizations.selectors.viewers import viewer_for
from jitasa.organizations.services.erasure import (
    ask_erasure,
    carry_out_erasure,
    refuse_erasure,
    withdraw_erasure,
)
from jitasa.organizations.services.people import activate, create_person, edit_person
from jitasa.organizations.services.posts import add_post, edit_post
from jitasa.problems import Conflict, Forbidden, Refusal
from tests.cast import NOW, Cast

MINE = "/work/organizations/people/mine/data/"
SECRETS = {"full_name": "อนงค์ ใจดี", "email": "anong@example.go.th", "phone": "081-2345678"}


def broken() -> list[str]:
    return [verdict.reason for verdict in verdicts() if verdict.reason]


@pytest.fixture
def anong(cast: Cast) -> User:
    """Anong with a name, contacts, sign-ins, notices, an offer, and acts by and on her."""
    user = cast.people["anong"]
    User.objects.filter(pk=user.pk).update(username="anong.jaidee", **SECRETS)
    user.refresh_from_db()
    EmailAddress.objects.create(user=user, email=SECRETS["email"])
    record_sign_in(user=user, address="198.51.100.7", now=NOW)
    remember_network(user=user, address="198.51.100.7", now=NOW)
    notify(organization=cast.aonang, kind=NoticeKind.APPROVAL, title="รออนุมัติ", body=f"{user} เสนอ", now=NOW)
    tell(people=[user], kind="security", words=lambda: ("เรื่องของอนงค์", ""), now=NOW)
    add_post(actor=cast.dao, user=user, organization=cast.mueang, role=Role.VIEWER, now=NOW)
    edit_post(actor=cast.boonmee, post=user.posts.get(role=Role.OFFICER), title="นักพัฒนาชุมชนชำนาญการ", now=NOW)
    edit_person(actor=cast.boonmee, user=user, now=NOW, **{**SECRETS, "phone": "081-0000000"})
    return user


# --- a copy to take along -------------------------------------------------------------------------


def test_the_copy_holds_everything_about_her_and_nothing_that_opens_the_account(
    cast: Cast, anong: User
) -> None:
    answer = cast.client("anong").post(MINE + "export/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    data = json.loads(answer.content)
    assert data["account"]["email"] == SECRETS["email"]
    assert len(data["tables"]["organizations.post.user"]) == 2
    assert data["tables"]["accounts.personalnotice.user"][0]["title"] == "เรื่องของอนงค์"
    signed_in = [entry for entry in data["audit"] if entry["act"] == "accounts.sign_in"]
    assert signed_in[0]["address"] == "198.51.100.7"
    assert {entry["act"] for entry in data["audit"]} >= {"organizations.edit_person"}
    text = answer.content.decode()
    anong.refresh_from_db()
    assert anong.password not in text
    assert "Boonmee" not in json.dumps(data["account"], ensure_ascii=False)
    assert Entry.objects.get(verb="accounts.export_data").actor_id == anong.pk


def test_every_table_that_names_a_person_is_in_the_copy(cast: Cast, anong: User) -> None:
    data = json.loads(cast.client("anong").post(MINE + "export/").content)
    names = {f"{row.related_model._meta.label_lower}.{row.field.name}" for row in relations()}
    assert names == set(data["tables"])
    assert len(names) > 35


def test_nobody_takes_somebody_elses(cast: Cast, anong: User) -> None:
    data = json.loads(cast.client("boonmee").post(MINE + "export/").content)
    assert data["account"]["username"] == "boonmee"
    assert SECRETS["email"] not in json.dumps(data, ensure_ascii=False)
    assert cast.client("guest").post(MINE + "export/").status_code == 302


# --- erasure --------------------------------------------------------------------------------------


def test_asking_telling_refusing_withdrawing(cast: Cast, anong: User) -> None:
    ask_erasure(actor=cast.anong, user=anong, reason="เกษียณ", now=NOW)
    assert PersonalNotice.objects.filter(user=cast.people["boonmee"], kind="privacy").count() == 1
    with pytest.raises(Conflict):
        ask_erasure(actor=cast.anong, user=anong, reason="", now=NOW)
    for stranger in (cast.anong, cast.dao, cast.chai, cast.ek):
        with pytest.raises(Forbidden):
            carry_out_erasure(actor=stranger, user=anong, now=NOW)
        with pytest.raises(Forbidden):
            refuse_erasure(actor=stranger, user=anong, answer="ไม่", now=NOW)
    with pytest.raises(Refusal):
        refuse_erasure(actor=cast.boonmee, user=anong, answer=" ", now=NOW)
    refuse_erasure(actor=cast.boonmee, user=anong, answer="อยู่ระหว่างตรวจสอบ", now=NOW)
    assert PersonalNotice.objects.filter(user=anong, body="อยู่ระหว่างตรวจสอบ").exists()
    ask_erasure(actor=cast.anong, user=anong, reason="", now=NOW)
    withdraw_erasure(actor=cast.anong, user=anong, now=NOW)
    with pytest.raises(Conflict):
        carry_out_erasure(actor=cast.boonmee, user=anong, now=NOW)
    with pytest.raises(Forbidden):
        ask_erasure(actor=cast.boonmee, user=anong, reason="", now=NOW)
    states = list(ErasureRequest.objects.order_by("pk").values_list("state", flat=True))
    assert states == [ErasureState.REFUSED, ErasureState.WITHDRAWN]


def test_erasure_leaves_nothing_of_her_in_any_table_and_every_chain_whole(cast: Cast, anong: User) -> None:
    acts = Entry.objects.filter(actor_id=anong.pk).count()
    ask_erasure(actor=cast.anong, user=anong, reason="เกษียณ: อนงค์ ใจดี", now=NOW)
    carry_out_erasure(actor=cast.boonmee, user=anong, now=NOW)
    words = [*SECRETS.values(), "081-0000000", "anong.jaidee", "เรื่องของอนงค์"]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = repr(cursor.fetchall())
            assert not [word for word in words if word in text], table
    assert broken() == []
    assert Entry.objects.filter(actor_id=anong.pk).count() == acts + 1  # the asking itself
    assert set(Entry.objects.filter(actor_id=anong.pk).values_list("actor_name", flat=True)) == {ERASED}
    anong.refresh_from_db()
    assert (str(anong), anong.is_active, viewer_for(anong, NOW).organization) == (ERASED, False, None)
    assert Post.objects.filter(user=anong).count() == 2, "who held the post stays known as somebody"


def test_an_erased_account_opens_nothing_and_its_name_is_never_given_again(cast: Cast, anong: User) -> None:
    client = cast.client("anong")
    ask_erasure(actor=cast.anong, user=anong, reason="", now=NOW)
    carry_out_erasure(actor=cast.boonmee, user=anong, now=NOW)
    assert client.get("/accounts/profile/").status_code == 302
    with pytest.raises(Refusal) as caught:
        create_person(
            actor=cast.boonmee, organization=cast.aonang, username="Anong.Jaidee", role=Role.OFFICER, now=NOW
        )
    assert caught.value.code == "username_taken"
    anong.refresh_from_db()
    for act in (
        lambda: activate(actor=cast.boonmee, user=anong, now=NOW),
        lambda: add_post(
            actor=cast.boonmee, user=anong, organization=cast.aonang, role=Role.OFFICER, now=NOW
        ),
    ):
        with pytest.raises(Refusal):
            act()
    assert not PostOffer.objects.exists()


def test_the_pages_ask_and_carry_out(cast: Cast, anong: User) -> None:
    assert "ขอลบข้อมูลของฉัน" in cast.client("anong").get(MINE).content.decode()
    assert cast.client("anong").post(MINE + "erase/", {"reason": "ย้าย"}).status_code == 302
    assert "ถอนคำขอ" in cast.client("anong").get(MINE).content.decode()
    page = f"/work/organizations/people/{anong.pk}/"
    assert "ลบข้อมูลส่วนบุคคล" in cast.client("boonmee").get(page).content.decode()
    assert cast.client("chai").post(page + "erasure/", {"act": "erase"}).status_code == 404
    assert cast.client("dao").post(page + "erasure/", {"act": "erase"}).status_code == 403
    assert cast.client("boonmee").post(page + "erasure/", {"act": "erase"}).status_code == 302
    assert ERASED in cast.client("boonmee").get("/work/audit/").content.decode()
    assert SECRETS["full_name"] not in cast.client("boonmee").get("/work/audit/").content.decode()


# --- what is left of an entry ---------------------------------------------------------------------


def reduced(cast: Cast, anong: User) -> Entry:
    ask_erasure(actor=cast.anong, user=anong, reason="", now=NOW)
    carry_out_erasure(actor=cast.boonmee, user=anong, now=NOW)
    return Entry.objects.filter(redacted_at__isnull=False).order_by("pk")[0]


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "accounts.other"},
        {"actor_name": "Somebody"},
        {"actor_id": 987654},
        {"redacted_mac": "0" * 64},
        {"redaction_seal": "0" * 64},
        {"redacted_at": None},
        {"hash": "0" * 64},
    ],
)
def test_a_reduced_entry_that_is_altered_shows(cast: Cast, anong: User, change: dict[str, Any]) -> None:
    entry = reduced(cast, anong)
    Entry.objects.filter(pk=entry.pk).update(**change)
    assert len(broken()) == 1


def test_nobody_reduces_an_entry_without_the_key(cast: Cast, anong: User) -> None:
    entry = Entry.objects.filter(verb="accounts.sign_in").get()
    Entry.objects.filter(pk=entry.pk).update(address="", redacted_at=NOW, redacted_mac="0" * 64)
    assert len(broken()) == 1


def test_an_entry_that_was_tampered_with_is_not_reduced(cast: Cast, anong: User) -> None:
    Entry.objects.filter(verb="accounts.sign_in").update(address="203.0.113.1")
    assert forget_addresses(now=NOW + timedelta(days=400)) > 0
    assert Entry.objects.get(verb="accounts.sign_in").address == "203.0.113.1", "it is evidence"
    assert len(broken()) == 1


@override_settings(AUDIT_ADDRESS_DAYS=180)
def test_addresses_are_forgotten_after_their_days_and_the_chains_hold(cast: Cast, anong: User) -> None:
    record_sign_in(user=anong, address="198.51.100.9", now=NOW + timedelta(days=10))
    assert forget_addresses(now=NOW + timedelta(days=180)) == 0
    first = forget_addresses(now=NOW + timedelta(days=181), most=2)
    rest = forget_addresses(now=NOW + timedelta(days=181))
    assert (first, rest > 0) == (2, True)
    assert forget_addresses(now=NOW + timedelta(days=181)) == 0
    assert list(Entry.objects.exclude(address="").values_list("address", flat=True)) == ["198.51.100.9"]
    assert broken() == []
    reduced_twice = reduced(cast, anong)
    assert reduced_twice.actor_name in (ERASED, "Dao", "Boonmee")
    assert broken() == []
