"""The screens of webhooks: who may, the secret once, what is shown of the last messages."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from jitasa.audit.models import Entry
from jitasa.problems import Forbidden, Refusal
from jitasa.webhooks import rules
from jitasa.webhooks.choices import Event
from jitasa.webhooks.models import Delivery, Webhook
from jitasa.webhooks.services.keep import add_webhook, revoke_webhook
from jitasa.webhooks.services.send import send_waiting
from jitasa.webhooks.tests.receiver import Receiver, receiver
from tests.cast import NOW, Cast, just_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
ALL = list(Event.values)


@pytest.fixture
def there(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOKS_PRIVATE = True
    with receiver() as found:
        yield found


def test_the_screens_add_show_once_try_and_end(cast: Cast, there: Receiver) -> None:
    client = cast.client("boonmee")
    added = client.post(
        "/work/webhooks/new/", {"name": "ระบบสารบรรณ", "url": there.url, "events": ["letter.received"]}
    )
    assert added.status_code == 200, added.content.decode()
    assert "no-store" in added["Cache-Control"]
    found = re.search(r"<kbd>(whsec_[\w+/=]+)</kbd>", added.content.decode())
    assert found is not None
    row = Webhook.objects.get()
    assert found[1] not in str(vars(row))
    assert client.post(f"/work/webhooks/{row.pk}/try/").status_code == 302
    send_waiting(row.pk, clock=lambda: NOW + timedelta(hours=1))
    assert there.holds(found[1])
    for path in ("/work/webhooks/", f"/work/webhooks/{row.pk}/"):
        page = client.get(path).content.decode()
        assert there.url in page.replace("&amp;", "&")
        assert found[1] not in page
        assert row.sealed not in page
    assert "ถึงแล้ว" in page
    assert "ถึงแล้ว · 204" in page
    assert client.post(f"/work/webhooks/{row.pk}/revoke/").status_code == 302
    assert client.post(f"/work/webhooks/{row.pk}/try/").status_code == 409
    verbs = Entry.objects.filter(verb__startswith="webhook.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["webhook.add", "webhook.try", "webhook.revoke"]
    assert found[1] not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_slip_keeps_what_was_typed(cast: Cast) -> None:
    page = cast.client("boonmee").post(
        "/work/webhooks/new/", {"name": "ระบบสารบรรณ", "url": "https://10.0.0.1/x", "events": ["test"]}
    )
    assert page.status_code == 422
    assert 'value="https://10.0.0.1/x"' in page.content.decode()
    assert not Webhook.objects.exists()


def test_an_old_sign_in_is_asked_again_before_one_is_added(cast: Cast) -> None:
    client = cast.client("boonmee")
    just_signed_in(client, cast.people["boonmee"], ago=3600)
    assert client.post("/work/webhooks/new/", {"name": "ก"}).status_code == 401


def test_only_administrators_of_the_office_and_so_many(cast: Cast, there: Receiver) -> None:
    with pytest.raises(Forbidden):
        add_webhook(actor=cast.anong, name="ก", url=there.url, events=ALL, now=NOW)
    row, _secret = add_webhook(actor=cast.boonmee, name="ก", url=there.url, events=ALL, now=NOW)
    for stranger in (cast.anong, cast.chai, cast.dao, cast.fah):
        with pytest.raises(Forbidden):
            revoke_webhook(actor=stranger, webhook=row, now=NOW)
    for _ in range(rules.WEBHOOKS_MOST - 1):
        add_webhook(actor=cast.boonmee, name="ก", url=there.url, events=ALL, now=NOW)
    with pytest.raises(Refusal) as caught:
        add_webhook(actor=cast.boonmee, name="ก", url=there.url, events=ALL, now=NOW)
    assert caught.value.code == "too_many_webhooks"
    assert cast.client("fah").get(f"/work/webhooks/{row.pk}/").status_code == 404
    assert cast.client("anong").get("/work/webhooks/").status_code == 403


def test_what_failed_is_shown_in_words(cast: Cast, there: Receiver) -> None:
    row, _secret = add_webhook(actor=cast.boonmee, name="ก", url=there.url, events=ALL, now=NOW)
    there.status = 503
    client = cast.client("boonmee")
    client.post(f"/work/webhooks/{row.pk}/try/")
    send_waiting(row.pk, clock=lambda: NOW + timedelta(hours=1))
    page = client.get(f"/work/webhooks/{row.pk}/").content.decode()
    assert "ระบบปลายทางตอบ 503" in page
    assert "ติดต่อไม่ได้" in page
    assert Delivery.objects.get().tries >= 1
