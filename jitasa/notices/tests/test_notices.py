"""Notices of an office: who sees them, reading them, and mail."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jitasa.accounts.models import PersonalKind, PersonalNotice, User
from jitasa.notices.models import Notice, NoticeKind, Reading
from jitasa.notices.selectors import addresses_of, personal_for, unread_count, unread_for
from jitasa.notices.services.notify import deliver, notify, written
from jitasa.notices.services.read import mark_all_read
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.viewers import viewing_as
from jitasa.problems import Forbidden
from tests.cast import NOW, Cast
from tests.pages import words_of

LIST = "/work/notices/"


def tell(office: Organization, title: str = "ส่งกลับแก้ไข: เก็บขยะชายหาด", **values: object) -> Notice:
    values = {"kind": NoticeKind.RETURNED, "now": timezone.now(), **values}
    return notify(organization=office, title=title, **values)  # type: ignore[arg-type]


def test_a_notice_is_for_everybody_in_the_office_and_nobody_else(cast: Cast) -> None:
    tell(cast.aonang, sender=cast.mueang, url="/work/notices/")
    for person in ("anong", "boonmee"):
        page = cast.client(person).get(LIST).content.decode()
        assert "เก็บขยะชายหาด" in page
        assert "อ.เมืองกระบี่" in page
    for person in ("chai", "dao", "fah"):
        assert "เก็บขยะชายหาด" not in cast.client(person).get(LIST).content.decode()


def test_reading_is_each_persons_own(cast: Cast) -> None:
    notice = tell(cast.aonang, url="/work/audit/")
    tell(cast.aonang, "อีกเรื่อง")
    client = cast.client("anong")
    opened = client.post(f"{LIST}{notice.pk}/read/")
    assert opened["Location"] == "/work/audit/"
    client.post(f"{LIST}{notice.pk}/read/")  # twice is once
    assert Reading.objects.count() == 1
    assert (unread_count(cast.anong, timezone.now()), unread_count(cast.boonmee, timezone.now())) == (1, 2)
    client.post(f"{LIST}read-all/")
    assert (unread_count(cast.anong, timezone.now()), unread_count(cast.boonmee, timezone.now())) == (0, 2)
    assert 'class="count"' not in client.get(LIST).content.decode()
    assert 'class="count"' in cast.client("boonmee").get(LIST).content.decode()


def test_the_number_of_a_letter_is_in_the_readers_digits(cast: Cast) -> None:
    """A notice keeps it as the letter prints it; the list and the start page show it as their reader chose."""
    tell(cast.aonang, "หนังสือ มท ๐๘๐๑.๔/ว ๑ ค้างอยู่ 7 แห่ง", body="ตอบ กบ ๗๑๖๐๑/๓ ด้วย", kind=NoticeKind.REMINDER)
    for path in (LIST, "/work/"):
        page = words_of(cast.client("anong").get(path))
        assert "หนังสือ มท 0801.4/ว 1 ค้างอยู่ 7 แห่ง" in page, path
        assert "ตอบ กบ 71601/3 ด้วย" in page, path
    User.objects.filter(username="anong").update(numerals="thai")
    for path in (LIST, "/work/"):
        assert "หนังสือ มท ๐๘๐๑.๔/ว ๑ ค้างอยู่ ๗ แห่ง" in words_of(cast.client("anong").get(path)), path


def test_another_offices_notice_is_not_found(cast: Cast) -> None:
    notice = tell(cast.aonang)
    for person in ("chai", "dao", "fah"):
        assert cast.client(person).post(f"{LIST}{notice.pk}/read/").status_code == 404
    assert not Reading.objects.exists()


def test_a_notice_never_leads_off_the_site(cast: Cast) -> None:
    for url in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        notice = tell(cast.aonang, url=url)
        assert cast.client("anong").post(f"{LIST}{notice.pk}/read/")["Location"] == LIST


def test_nobody_reads_for_the_office_looked_at(cast: Cast) -> None:
    notice = tell(cast.aonang)
    looking = viewing_as(cast.dao, cast.aonang.pk)
    with pytest.raises(Forbidden):
        mark_all_read(actor=looking, now=NOW)
    client = cast.client("dao")
    client.post(f"/work/organizations/people/view-as/{cast.aonang.pk}/")
    assert "เก็บขยะชายหาด" in client.get(LIST).content.decode()
    assert client.post(f"{LIST}{notice.pk}/read/").status_code == 403
    assert not Reading.objects.exists()


def test_what_is_older_than_sixty_days_is_listed_but_not_counted(cast: Cast) -> None:
    tell(cast.aonang, "เรื่องเก่า", now=timezone.now() - timedelta(days=61))
    assert unread_count(cast.anong, timezone.now()) == 0
    assert list(unread_for(cast.anong, timezone.now())) == []
    assert "เรื่องเก่า" in cast.client("anong").get(LIST).content.decode()


def test_the_bell_counts_what_the_lists_show_as_unread(cast: Cast) -> None:
    """The office's and the person's own, of whoever she is and whichever office she looks at."""
    now = timezone.now()
    for number in range(3):
        tell(cast.aonang, f"เรื่องที่ {number}")
    tell(cast.mueang)
    for person in ("anong", "dao"):
        PersonalNotice.objects.create(
            user=cast.people[person], kind=PersonalKind.POST, title="ก", created_at=now
        )
    looking = viewing_as(cast.dao, cast.aonang.pk)
    for viewer, count in ((cast.anong, 4), (cast.boonmee, 3), (cast.dao, 2), (cast.hathai, 0), (looking, 3)):
        unread = unread_for(viewer, now).count() + personal_for(viewer, now).filter(read_at=None).count()
        assert unread_count(viewer, now) == unread == count, viewer


def test_the_bell_is_one_query_and_the_list_does_not_grow(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as found:
        assert unread_count(cast.anong, timezone.now()) == 0
    assert len(found) == 1
    client = cast.client("anong")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(LIST).status_code == 200
        return len(found)

    for _ in range(3):
        tell(cast.aonang, sender=cast.mueang)
    few = queries()
    for _ in range(30):
        tell(cast.aonang, sender=cast.mueang)
    assert queries() == few


# --- mail ------------------------------------------------------------------------------------------

with_mail = override_settings(EMAIL_HOST="mail.example", SITE_URL="https://jitasa.example")


@with_mail
def test_mail_goes_to_people_in_office_with_an_address(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    User.objects.filter(username="anong").update(email="anong@example.com")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        tell(cast.aonang, body="ภาพที่ 3 ไม่ชัด", url="/work/notices/", sender=cast.mueang)
    (letter,) = mail.outbox
    assert letter.bcc == ["anong@example.com"]
    assert letter.to == []
    assert "https://jitasa.example/work/notices/" in letter.body
    assert "อ.เมืองกระบี่" in letter.body


@with_mail
def test_else_to_the_offices_central_address_or_nowhere(cast: Cast) -> None:
    assert addresses_of(cast.aonang, NOW) == ["saraban_06810104@dla.go.th"]
    assert addresses_of(cast.mueang, NOW) == []
    User.objects.filter(username="boonmee").update(email="b@example.com")
    assert addresses_of(cast.aonang, NOW) == ["b@example.com"]
    User.objects.filter(username="boonmee").update(is_active=False)
    assert addresses_of(cast.aonang, NOW) == ["saraban_06810104@dla.go.th"]


def test_without_a_mail_server_nothing_is_queued(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:  # type: ignore[operator]
        tell(cast.aonang)
    assert callbacks == []


def refuse(*_args: object, **_kwargs: object) -> None:
    raise ConnectionRefusedError


@with_mail
@pytest.mark.parametrize(
    "broken", ["django.core.mail.EmailMessage.send", "jitasa.notices.tasks.send_mail_of"]
)
def test_mail_that_cannot_be_sent_or_queued_hurts_nobody(
    cast: Cast,
    broken: str,
    django_capture_on_commit_callbacks: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(broken, SimpleNamespace(enqueue=refuse) if broken.endswith("_of") else refuse)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        tell(cast.aonang)
    assert Notice.objects.count() == 1


@with_mail
def test_a_notice_of_an_act_that_failed_is_never_mailed(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    def failing() -> None:
        with transaction.atomic():
            tell(cast.aonang)
            raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True) as callbacks, pytest.raises(RuntimeError):  # type: ignore[operator]
        failing()
    assert callbacks == []
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_notices_to_many_offices_are_one_statement(cast: Cast) -> None:
    offices = [cast.aonang, cast.saithai, cast.kokklang] * 10
    rows = [written(organization=each, kind=NoticeKind.REMINDER, title="ก", now=NOW) for each in offices]
    with CaptureQueriesContext(connection) as queries:
        deliver(rows)
    assert len(queries) == 1
    assert Notice.objects.count() == len(offices)


def test_a_tag_and_the_title_beside_it_say_the_kind_once(cast: Cast) -> None:
    tell(cast.aonang)
    page = words_of(cast.client("anong").get(LIST))
    assert "ส่งกลับแก้ไข เก็บขยะชายหาด" in page
    assert page.count("ส่งกลับแก้ไข:") == 1  # what the button says to a screen reader
