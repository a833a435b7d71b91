"""The morning's mail: once a day, to who has something to do, as the start page says it, ended by one click."""

from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from jitasa.accounts.models import User
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.config.tests.test_jobs import QUEUE
from jitasa.distribution.values import Recipients
from jitasa.home.models import MorningMail, MorningRun
from jitasa.home.morning import stop_url
from jitasa.home.rules_morning import is_morning
from jitasa.home.services.morning_mail import begin_morning_mail, send_some
from jitasa.home.tasks import send_morning_mails
from jitasa.letters.services.issue import issue
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.notices.services.notify import notify
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Post
from jitasa.review.services.return_record import return_record
from jitasa.rounds.services.rounds import open_rounds
from jitasa.thai.working_days import is_working_day
from tests.cast import NOW, Cast, make_person
from tests.pages import words_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)  # 07:05 in Bangkok
DAY = date(2026, 11, 23)
with_mail = override_settings(MORNING_MAIL=True, SITE_URL="https://jitasa.example")


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()
    for name, person in cast.people.items():
        User.objects.filter(pk=person.pk).update(email=f"{name}@example.com")


def send(day: date = DAY, now: datetime = MONDAY) -> list[EmailMultiAlternatives]:
    mail.outbox.clear()
    with with_mail:
        assert send_some(day=day, after=0, now=now) is None
    return [each for each in mail.outbox if isinstance(each, EmailMultiAlternatives)]


def to(outbox: list[EmailMultiAlternatives], name: str) -> EmailMultiAlternatives | None:
    return next((each for each in outbox if each.to == [f"{name}@example.com"]), None)


def told(cast: Cast) -> set[str]:
    """Everybody but the volunteer centre, which has none of the clerks' work."""
    return set(cast.people) - {"hathai"}


def both(message: EmailMultiAlternatives | None) -> list[str]:
    """The text and the page of a mail."""
    assert message is not None
    return [str(message.body), str(message.alternatives[0][0])]


# --- what it says ----------------------------------------------------------------------------------------


def test_everybody_is_told_what_waits_on_her_start_page(cast: Cast) -> None:
    sent = make_sent(cast.anong, name="ทำความสะอาดชายหาด")
    return_record(actor=cast.dao, activity=sent, reason="ภาพที่ 3 ซ้ำ", fields=["photos"], now=NOW)
    make_sent(cast.chai)
    outbox = send()
    assert len(outbox) == len(told(cast))
    for text in both(to(outbox, "anong")):
        assert "อ.เมืองกระบี่: ภาพที่ 3 ซ้ำ" in text
        assert f"https://jitasa.example/work/activities/{sent.uuid}/edit/" in text
        assert "วันจันทร์ที่ 23 พฤศจิกายน 2569" in text
    for name in ("anong", "boonmee", "ek"):
        with patch("jitasa.home.views.timezone.now", return_value=MONDAY):
            page = words_of(cast.client(name).get("/work/"))
        items = [line[2:] for line in both(to(outbox, name))[0].splitlines() if line.startswith("* ")]
        assert items
        assert all(item.split(" · ")[0] in page for item in items), name
    assert "ตรวจกิจกรรมที่ส่งเข้ามา 1 รายการ" in both(to(outbox, "ek"))[0]
    assert "ภาพที่ 3 ซ้ำ" not in both(to(outbox, "chai"))[0]


def test_an_executive_who_only_reads_is_told_of_no_tasks(cast: Cast) -> None:
    make_sent(cast.anong)
    Post.objects.filter(user=cast.people["ek"], role=Role.ADMINISTRATOR).delete()
    Post.objects.filter(user=cast.people["ek"]).update(role=Role.VIEWER)
    notify(organization=cast.krabi, kind="reminder", title="โปรดส่งรายงาน", sender=cast.department, now=NOW)
    outbox = send()
    assert to(outbox, "dao") is not None
    assert to(outbox, "ek") is None
    assert to(outbox, "hathai") is None


def test_nothing_to_do_is_no_mail(cast: Cast) -> None:
    open_rounds(now=MONDAY)  # this month is the first that is asked for
    assert send() == []
    notify(organization=cast.aonang, kind="reminder", title="โปรดส่งรายงาน", sender=cast.mueang, now=MONDAY)
    assert sorted(parseaddr(each.to[0])[1] for each in send()) == ["anong@example.com", "boonmee@example.com"]


def test_the_reader_chooses_language_and_digits(cast: Cast) -> None:
    User.objects.filter(username="anong").update(numerals="thai")
    User.objects.filter(username="boonmee").update(language="en")
    outbox = send()
    thai, english = to(outbox, "anong"), to(outbox, "boonmee")
    assert thai is not None
    assert english is not None
    assert "๒๓ พฤศจิกายน ๒๕๖๙" in thai.subject
    assert "23 November 2026" in english.subject
    for text in both(thai):
        assert "๒๓ พฤศจิกายน ๒๕๖๙" in text
        assert f"https://jitasa.example/mail/stop/{cast.people['anong'].pk}:" in text  # addresses stay


def test_two_of_one_post_with_digits_of_their_own(cast: Cast) -> None:
    """What waits is found once for both; each reads the letter's number in the digits she chose."""
    signer = set_up_office(cast.department, prefix="มท 0810.4")
    content = values(signer, recipients=Recipients(offices=(cast.krabi.pk,)))
    issue(actor=cast.fah, letter=draft(cast.fah, content), now=NOW)
    make_person("malee", cast.krabi, *cast.ek.roles)
    User.objects.filter(username="malee").update(email="malee@example.com")
    User.objects.filter(username="ek").update(numerals="thai")
    outbox = send()
    for name, number in (("ek", "มท ๐๘๑๐.๔/ว"), ("malee", "มท 0810.4/ว")):
        for text in both(to(outbox, name)):
            assert number in text, name


def test_whoever_gave_no_name_is_addressed_by_her_post(cast: Cast) -> None:
    """Never by the name of her account."""
    User.objects.filter(username="anong").update(full_name="")
    Post.objects.filter(user=cast.people["anong"]).update(title="นักพัฒนาชุมชน")
    return_record(actor=cast.dao, activity=make_sent(cast.anong), reason="ซ้ำ", fields=["photos"], now=NOW)
    outbox = send()
    for text in both(to(outbox, "anong")):
        assert "เรียน นักพัฒนาชุมชน อบต.อ่าวนาง" in text
    for text in both(to(outbox, "boonmee")):
        assert "เรียน Boonmee" in text


def test_somebody_of_two_offices_gets_one_mail_with_both(cast: Cast) -> None:
    Post.objects.create(
        user=cast.people["anong"], organization=cast.saithai, role=Role.OFFICER, from_date=date(2026, 1, 1)
    )
    [mine] = [each for each in send() if each.to == ["anong@example.com"]]
    for text in both(mine):
        assert "อบต.อ่าวนาง" in text
        assert "อบต.ไสไทย" in text


def test_words_of_people_are_text_in_the_page_of_the_mail(cast: Cast) -> None:
    sent = make_sent(cast.anong, name="<b>กวาด</b>")
    return_record(actor=cast.dao, activity=sent, reason="<script>x</script>", fields=[], now=NOW)
    text, page = both(to(send(), "anong"))
    assert "<b>กวาด</b>" in text
    assert "&lt;b&gt;กวาด&lt;/b&gt;" in page
    assert "<script>" not in page


# --- to whom, and when --------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}, {"morning_mail": False}])
def test_who_is_sent_none(cast: Cast, change: dict[str, Any]) -> None:
    User.objects.filter(username="anong").update(**change)
    outbox = send()
    assert to(outbox, "anong") is None
    assert to(outbox, "boonmee") is not None


def test_somebody_whose_post_ended_is_sent_none(cast: Cast) -> None:
    cast.people["anong"].posts.update(to_date=DAY - timedelta(days=1))
    assert to(send(), "anong") is None


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        ("2026-11-23T06:59", False),
        ("2026-11-23T07:00", True),
        ("2026-11-23T11:59", True),
        ("2026-11-23T12:00", False),
        ("2026-11-22T08:00", False),  # Sunday
        ("2026-12-05T08:00", False),  # Saturday and a holiday
        ("2026-12-07T08:00", False),  # the day off in its place
        ("2026-12-10T08:00", False),  # Constitution day, a Thursday
        ("2026-12-11T08:00", True),
    ],
)
def test_when_it_goes_out(at: str, goes: bool) -> None:
    bangkok = datetime.fromisoformat(f"{at}+07:00")
    assert is_morning(bangkok, 7) is goes
    assert not goes or is_working_day(bangkok.date())


# --- once -----------------------------------------------------------------------------------------------------


def test_twice_is_once(cast: Cast) -> None:
    assert len(send()) == len(told(cast))
    assert send() == []
    assert len(send(day=date(2026, 11, 24), now=MONDAY + timedelta(days=1))) == len(told(cast))


def test_the_database_holds_one_for_a_person_and_day(cast: Cast) -> None:
    MorningMail.objects.create(user=cast.people["anong"], day=DAY, at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        MorningMail.objects.create(user=cast.people["anong"], day=DAY, at=MONDAY)


def test_a_killed_worker_sends_no_second_one(cast: Cast) -> None:
    """Killed while the second mail is handed over: nobody gets two, the others get theirs."""
    real, seen = EmailMultiAlternatives.send, []

    def killed(message: EmailMultiAlternatives, **options: Any) -> int:
        seen.append(message.to)
        if len(seen) == 2:
            real(message, **options)
            raise SystemExit
        return real(message, **options)

    mail.outbox.clear()
    with with_mail, patch.object(EmailMultiAlternatives, "send", killed), pytest.raises(SystemExit):
        send_some(day=DAY, after=0, now=MONDAY)
    with with_mail:
        send_some(day=DAY, after=0, now=MONDAY)
    received = [each.to[0] for each in mail.outbox]
    assert sorted(received) == sorted(f"{name}@example.com" for name in told(cast))


def test_a_mail_that_is_refused_is_marked_and_the_others_go_on(cast: Cast) -> None:
    from smtplib import SMTPRecipientsRefused

    real = EmailMultiAlternatives.send

    def picky(message: EmailMultiAlternatives, **options: Any) -> int:
        if message.to == ["anong@example.com"]:
            raise SMTPRecipientsRefused({})
        return real(message, **options)

    with patch.object(EmailMultiAlternatives, "send", picky):
        assert len(send()) == len(told(cast)) - 1
    assert list(MorningMail.objects.filter(failed=True).values_list("user__username", flat=True)) == ["anong"]


def test_a_line_that_breaks_costs_one_mail_and_the_rest_go_later(cast: Cast) -> None:
    from smtplib import SMTPServerDisconnected

    broken = patch.object(EmailMultiAlternatives, "send", side_effect=SMTPServerDisconnected)
    with broken, with_mail, pytest.raises(SMTPServerDisconnected):
        send_some(day=DAY, after=0, now=MONDAY)
    assert MorningMail.objects.count() == 1
    assert len(send()) == len(told(cast)) - 1


# --- the chore and its jobs -----------------------------------------------------------------------------------


@with_mail
def test_the_chore_begins_a_day_once(cast: Cast, settings: Any) -> None:
    settings.TASKS = QUEUE
    MorningRun.objects.create(day=date(2026, 9, 1), begun_at=MONDAY - timedelta(days=90))
    for minutes in (-10, 0, 1, 2):
        begin_morning_mail(now=MONDAY + timedelta(minutes=minutes))
    assert DBTaskResult.objects.filter(task_path__endswith="send_morning_mails").count() == 1
    assert list(MorningRun.objects.values_list("day", flat=True)) == [DAY]


def test_without_a_mail_server_or_switched_off_nothing_is_begun(cast: Cast) -> None:
    assert begin_morning_mail(now=MONDAY) is False
    assert not MorningRun.objects.exists()


@with_mail
def test_the_jobs_go_on_until_all_have_theirs(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jitasa.home.services.morning_mail.CHUNK", 2)
    mail.outbox.clear()
    with patch("jitasa.home.tasks.timezone.now", return_value=MONDAY):
        send_morning_mails.enqueue(DAY.isoformat(), 0)
    assert len(mail.outbox) == len(told(cast))


@with_mail
def test_a_mail_server_that_is_away_takes_nothing_and_is_asked_again(cast: Cast, settings: Any) -> None:
    settings.TASKS = QUEUE
    away = patch("django.core.mail.backends.locmem.EmailBackend.open", side_effect=ConnectionRefusedError)
    with away, patch("jitasa.home.tasks.timezone.now", return_value=MONDAY):
        send_morning_mails.func(DAY.isoformat(), 0)
    assert not MorningMail.objects.exists()
    assert DBTaskResult.objects.get().run_after == MONDAY + timedelta(minutes=10)


@with_mail
def test_a_job_of_yesterday_sends_nothing(cast: Cast) -> None:
    mail.outbox.clear()
    with patch("jitasa.home.tasks.timezone.now", return_value=MONDAY + timedelta(days=1)):
        send_morning_mails.func(DAY.isoformat(), 0)
    assert mail.outbox == []


def test_people_of_an_office_cost_two_statements_each(cast: Cast) -> None:
    """One reads what came for her, one takes the mail; all else is of the office or of the whole chunk."""

    def statements(day: date) -> int:
        with CaptureQueriesContext(connection) as seen:
            send(day, MONDAY + (day - DAY))
        return sum(not each["sql"].startswith(("SAVEPOINT", "RELEASE")) for each in seen)

    few = statements(DAY)
    for n in range(10):
        user = make_person(f"more{n}", cast.aonang, Role.OFFICER)
        User.objects.filter(pk=user.pk).update(email=f"more{n}@example.com")
    assert statements(DAY + timedelta(days=1)) <= few + 2 * 10


# --- the end of it ---------------------------------------------------------------------------------------------


def test_one_click_in_the_mail_program_ends_it(cast: Cast) -> None:
    message = to(send(), "anong")
    assert message is not None
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://jitasa.example")
    client = Client(enforce_csrf_checks=True)
    assert client.get(address).status_code == 200
    assert User.objects.get(username="anong").morning_mail, "looking at the link ends nothing"
    for _ in range(2):
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not User.objects.get(username="anong").morning_mail
    assert Entry.objects.filter(verb="accounts.save_profile").count() == 1
    assert to(send(date(2026, 11, 24), MONDAY + timedelta(days=1)), "anong") is None


def test_a_link_that_we_did_not_sign_is_not_found(cast: Cast) -> None:
    address = stop_url(cast.people["anong"]).partition("/mail/")[2]
    token = address.split("/")[1]
    other = token.replace(str(cast.people["anong"].pk), str(cast.people["boonmee"].pk), 1)
    for wrong in (other, token[:-1], "1", "x:y"):
        assert Client().post(f"/mail/stop/{wrong}/").status_code == 404
    assert User.objects.filter(morning_mail=False).count() == 0


def test_the_switch_stands_in_the_profile(cast: Cast) -> None:
    client = cast.client("anong")
    page = client.get("/accounts/profile/")
    assert "สรุปงานทางอีเมลทุกเช้าวันทำการ" in words_of(page)
    given = {
        "full_name": "Anong",
        "email": "anong@example.com",
        "phone": "",
        "numerals": "arabic",
        "language": "th",
    }
    assert client.post("/accounts/profile/", given).status_code == 302
    assert not User.objects.get(username="anong").morning_mail
    assert client.post("/accounts/profile/", {**given, "morning_mail": "on"}).status_code == 302
    assert User.objects.get(username="anong").morning_mail


def test_erasing_a_person_takes_her_mails_along() -> None:
    from jitasa.accounts.services.export import ABOUT
    from jitasa.organizations.services.erasure import OWN_TABLES

    assert MorningMail._meta.label in OWN_TABLES
    assert MorningMail._meta.app_label in ABOUT
