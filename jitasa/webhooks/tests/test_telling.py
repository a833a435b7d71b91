"""What happens in an office reaches its programs: signed, in order, again after failure, until it is given up."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.notices.models import Notice
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.review.services.accept_many import Choice, accept_many
from jitasa.review.services.return_record import return_record
from jitasa.webhooks import outgoing, rules
from jitasa.webhooks.choices import Event, State
from jitasa.webhooks.models import Delivery, Webhook
from jitasa.webhooks.services import send
from jitasa.webhooks.services.keep import add_webhook, revoke_webhook, switch_on, try_webhook
from jitasa.webhooks.services.send import forget_deliveries, send_waiting, wake_webhooks
from jitasa.webhooks.tests.receiver import Receiver, receiver
from tests import things
from tests.cast import NOW, Cast
from tests.things import World

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
ALL = list(Event.values)


@pytest.fixture
def there(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOKS_PRIVATE = True
    with receiver() as found:
        yield found


def made(actor: Viewer, there: Receiver, *events: str) -> tuple[Webhook, str]:
    return add_webhook(actor=actor, name="ระบบสารบรรณ", url=there.url, events=events or ALL, now=NOW)


def sent_all(at: Any = NOW) -> int:
    return sum(send_waiting(pk, clock=lambda: at) for pk in Webhook.objects.values_list("pk", flat=True))


def test_the_steps_of_a_record_are_told_in_their_order(cast: Cast, there: Receiver) -> None:
    make_lists()
    _hook, secret = made(cast.boonmee, there)
    row = make_sent(cast.anong)
    return_record(actor=cast.dao, activity=row, reason="ภาพไม่ชัด", fields=["photos"], now=NOW)
    row.refresh_from_db()
    submit(actor=cast.anong, activity=row, now=NOW)
    row.refresh_from_db()
    row.awaits_look = False
    row.save(update_fields=["awaits_look"])
    done = accept_many(actor=cast.dao, choices=[Choice(row.pk, row.revision)], now=NOW)
    assert done.accepted == [row.pk]
    assert sent_all() == 4
    row.refresh_from_db()
    told = there.told
    assert [each["type"] for each in told] == [
        "activity.submitted",
        "activity.returned",
        "activity.submitted",
        "activity.accepted",
    ]
    assert {each["data"]["number"] for each in told} == {row.number}
    assert {each["organization"] for each in told} == {cast.aonang.code}
    assert (told[1]["data"]["reason"], told[1]["data"]["fields"]) == ("ภาพไม่ชัด", ["photos"])
    assert told[3]["data"]["revision"] == row.revision
    assert all(there.holds(secret, place) for place in range(4))
    assert there.got[0][0]["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert there.got[0][0]["host"] == f"127.0.0.1:{there.port}"
    assert sent_all() == 0


def test_a_letter_that_came_is_told_to_its_recipient_only(cast: Cast, there: Receiver) -> None:
    made(cast.boonmee, there, Event.LETTER)
    things.letter_received(World(cast), cast.kokklang)
    things.letter_received(World(cast), cast.aonang)
    assert sent_all() == 1
    assert there.told[0]["type"] == "letter.received"
    assert there.told[0]["data"]["number"]


def test_what_was_taken_back_with_its_act_is_never_told(cast: Cast, there: Receiver) -> None:
    make_lists()
    made(cast.boonmee, there)
    draft = make_draft(cast.anong)
    with transaction.atomic():
        submit(actor=cast.anong, activity=draft, now=NOW)
        assert Delivery.objects.count() == 1
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_only_what_was_asked_for_is_told_and_others_cost_nothing(cast: Cast, there: Receiver) -> None:
    make_lists()
    made(cast.boonmee, there, Event.LETTER)
    make_sent(cast.anong)
    make_sent(cast.chai)
    assert not Delivery.objects.exists()
    draft = make_draft(cast.chai, name="อีกงาน")
    with CaptureQueriesContext(connection) as queries:
        submit(actor=cast.chai, activity=draft, now=NOW)
    assert not any("webhooks_delivery" in query["sql"] for query in queries)


def test_a_failure_waits_longer_each_time_and_keeps_the_order(cast: Cast, there: Receiver) -> None:
    make_lists()
    hook, secret = made(cast.boonmee, there)
    make_sent(cast.anong)
    there.status = 500
    moments = [NOW]
    for wait in rules.WAITS[:3]:
        assert sent_all(moments[-1]) == 0
        assert sent_all(moments[-1] + wait - timedelta(seconds=1)) == 0  # not yet
        moments.append(moments[-1] + wait)
    assert len(there.got) == 3
    row = Delivery.objects.get()
    assert (row.state, row.tries, row.answered) == (State.WAITING, 3, 500)
    hook.refresh_from_db()
    assert (hook.failures, hook.failing_since) == (3, NOW)
    there.status = 200
    assert sent_all(moments[-1]) == 1
    hook.refresh_from_db()
    assert (hook.failures, hook.failing_since, hook.retry_at) == (0, None, None)
    assert len({headers["webhook-id"] for headers, _body in there.got}) == 1
    assert len({headers["webhook-signature"] for headers, _body in there.got}) == 4
    assert there.holds(secret)


def test_after_days_of_failure_it_is_switched_off_and_said(cast: Cast, there: Receiver) -> None:
    make_lists()
    hook, _secret = made(cast.boonmee, there)
    make_sent(cast.anong)
    there.status = 404
    sent_all()
    sent_all(NOW + rules.GIVEN_UP_AFTER)
    hook.refresh_from_db()
    assert hook.ended == "off"
    assert Delivery.objects.get().state == State.DROPPED
    notice = Notice.objects.get(organization=cast.aonang)
    assert "ระบบสารบรรณ" in notice.title
    assert notice.url == f"/work/webhooks/{hook.pk}/"
    assert Entry.objects.filter(verb="webhook.off").count() == 1
    make_sent(cast.anong, name="งานใหม่", place="ที่อื่น")
    assert Delivery.objects.count() == 1
    switch_on(actor=cast.boonmee, webhook=hook, now=NOW)
    there.status = 204
    make_sent(cast.anong, name="งานใหม่กว่า", place="ที่อื่นอีก")
    assert sent_all() == 1


def test_a_worker_that_was_killed_keeps_no_address(cast: Cast, there: Receiver) -> None:
    make_lists()
    hook, _secret = made(cast.boonmee, there)
    make_sent(cast.anong)
    Webhook.objects.update(busy_until=NOW + send.LEASE)
    assert sent_all() == 0
    assert wake_webhooks(now=NOW) == 0
    assert wake_webhooks(now=NOW + send.LEASE * 2) == 1  # the job runs at once in tests, by the real clock
    Webhook.objects.update(busy_until=None)
    assert sent_all(NOW + send.LEASE * 2) == 1
    assert Delivery.objects.get(webhook=hook).state == State.SENT


def test_old_messages_are_forgotten(cast: Cast, there: Receiver) -> None:
    make_lists()
    made(cast.boonmee, there)
    make_sent(cast.anong)
    assert forget_deliveries(now=NOW + timedelta(days=rules.KEPT_DAYS)) == 0
    assert forget_deliveries(now=NOW + timedelta(days=rules.KEPT_DAYS + 1)) == 1


def test_a_revoked_one_hears_nothing_and_its_secret_is_gone(cast: Cast, there: Receiver) -> None:
    make_lists()
    hook, _secret = made(cast.boonmee, there)
    make_sent(cast.anong)
    revoke_webhook(actor=cast.boonmee, webhook=hook, now=NOW)
    assert sent_all() == 0
    hook.refresh_from_db()
    assert hook.sealed == ""
    assert Delivery.objects.get().state == State.DROPPED
    make_sent(cast.anong, name="งานใหม่", place="ที่อื่น")
    assert Delivery.objects.count() == 1


def test_an_answer_leads_nowhere_else_and_is_read_a_little(cast: Cast, there: Receiver) -> None:
    hook, _secret = made(cast.boonmee, there)
    there.status, there.headers, there.body = 302, {"Location": there.url}, b"x" * 5_000_000
    try_webhook(actor=cast.boonmee, webhook=hook, now=NOW)
    assert sent_all() == 0
    assert len(there.got) == 1
    assert Delivery.objects.get().answered == 302


def test_who_never_ends_the_handshake_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "WHOLE_SECONDS", 0.5)
    left = threading.Event()

    def drip(listening: socket.socket) -> None:
        spoken, _address = listening.accept()
        with spoken:
            try:
                spoken.sendall(b"\x16\x03\x03\x40\x00")  # a long message of the handshake begins
                while True:
                    spoken.sendall(b"x")
                    time.sleep(0.05)
            except OSError:
                left.set()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, args=[listening], daemon=True).start()
        port = listening.getsockname()[1]
        with pytest.raises(OSError):  # noqa: PT011 (whatever the system calls it)
            outgoing.post(outgoing.Target("localhost", port, "/", True, "127.0.0.1"), b"{}", {})
        assert left.wait(30)


def test_who_answers_letter_by_letter_is_left(
    cast: Cast, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "WHOLE_SECONDS", 0.5)
    stop = threading.Event()

    def drip(handler: Any) -> None:
        while not stop.wait(0.1):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    there.before = drip
    hook, _secret = made(cast.boonmee, there)
    try_webhook(actor=cast.boonmee, webhook=hook, now=NOW)
    threading.Timer(5, stop.set).start()
    assert sent_all() == 0
    assert not stop.is_set()
    stop.set()
    row = Delivery.objects.get()
    assert (row.state, row.answered, row.tries) == (State.WAITING, 0, 1)
    assert "ติดต่อไม่ได้" in row.problem


INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "2001:0:1::",
]


@pytest.mark.parametrize("number", INSIDE)
def test_addresses_inside_are_known(number: str) -> None:
    assert not outgoing.is_outside(number)


@pytest.mark.parametrize("number", ["1.1.1.1", "203.150.1.1", "2606:4700:4700::1111"])
def test_addresses_outside_are_known(number: str) -> None:
    assert outgoing.is_outside(number)


BAD = [
    "http://example.org/x",
    "ftp://example.org/x",
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://2130706433/x",
    "https://0x7f.1/x",
    "https://[::1]/x",
    "https://[::ffff:10.0.0.1]/x",
    "https://localhost/x",
    "https://user:pass@1.1.1.1/x",
    "https://1.1.1.1/x#y",
    "https://1.1.1.1:99999/x",
    "https:///x",
    "https://1.1.1.1/ x",
    "https://ตัวอย่าง/x",
    "javascript:alert(1)",
    "https://name.that.is.nowhere.invalid/x",
    "",
]


@pytest.mark.parametrize("url", BAD)
def test_an_address_inside_or_of_no_sense_cannot_be_set(cast: Cast, url: str) -> None:
    with pytest.raises(Refusal) as caught:
        add_webhook(actor=cast.boonmee, name="ระบบ", url=url, events=ALL, now=NOW)
    assert list(caught.value.fields) == ["url"]
    assert not Webhook.objects.exists()


def test_a_name_that_moved_inside_later_is_refused_when_sending(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_at = "1.1.1.1"
    asked: list[str] = []

    def lookup(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (now_at, port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    spoken: list[Any] = []
    monkeypatch.setattr(outgoing, "_reached", spoken.append)
    hook, _secret = add_webhook(
        actor=cast.boonmee, name="ระบบ", url="https://moving.example/x", events=ALL, now=NOW
    )
    now_at = "10.0.0.7"
    try_webhook(actor=cast.boonmee, webhook=hook, now=NOW)
    asked.clear()
    assert sent_all() == 0
    assert not spoken
    assert asked == ["moving.example"]  # once: what was checked is what is spoken to
    assert "เครือข่ายภายใน" in Delivery.objects.get().problem
