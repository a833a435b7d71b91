"""Processes that live."""

from typing import Any

from jitasa.config.health import KINDS
from jitasa.heartbeat import Heart
from jitasa.organizations.models import Organization
from tests.things.world import World


def living_processes(_world: World, _office: Organization) -> dict[str, Any]:
    """Every kind of process has just given a sign of life."""
    for kind in KINDS:
        Heart(kind).beat()
    return {}
