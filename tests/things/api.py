"""Tokens, and what the addresses of the API are filled with: without a token none of it is looked for."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from jitasa.organizations.models import Organization
from tests.things.world import Arguments, World


def api_token(_world: World, office: Organization) -> Arguments:
    """A token of the office."""
    from jitasa.api.models import ApiToken

    now = timezone.now()
    made = ApiToken.objects.create(
        organization=office,
        name="ระบบสารบรรณ",
        scopes=["activities:read"],
        mac=uuid4().hex,
        first="jt_12345",
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    return {"pk": made.pk}


def api_list(_world: World, _office: Organization) -> Arguments:
    return {"name": "kinds"}


def api_month(_world: World, _office: Organization) -> Arguments:
    return {"month": "2569-11"}


def api_record(_world: World, _office: Organization) -> Arguments:
    return {"uuid": uuid4()}


def api_picture(_world: World, _office: Organization) -> Arguments:
    return {"sha256": "0" * 64}


def api_letter(_world: World, _office: Organization) -> Arguments:
    return {"pk": 1}


def webhook(_world: World, office: Organization) -> Arguments:
    """A webhook of the office."""
    from jitasa.webhooks.models import Webhook
    from jitasa.webhooks.sealing import new_secret, seal

    made = Webhook.objects.create(
        organization=office,
        name="ระบบสารบรรณ",
        url="https://127.0.0.1/told",
        events=["letter.received"],
        sealed=seal(new_secret()),
        created_at=timezone.now(),
    )
    return {"pk": made.pk}


def openrosa_form(_world: World, _office: Organization) -> Arguments:
    return {"form_id": "jitasa-activity"}


def openrosa_file(_world: World, _office: Organization) -> Arguments:
    return {"form_id": "jitasa-activity", "name": "tambons.csv"}
