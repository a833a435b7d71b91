"""Refusals (403, among them out-of-date forms) in the audit, so few that no stranger can fill it.

The access log holds every one of them. The audit gets the first twenty an hour of one person or network,
and no more than three hundred an hour of all strangers together; the last one before the limit says so.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jitasa.audit.access.masking import masked
from jitasa.audit.services.record import Actor, record
from jitasa.ui.limits import counted
from jitasa.ui.network import network_of

log = logging.getLogger(__name__)
CHAIN = "refused"  # of strangers; people's refusals stand in their own chains
HOUR = 3600
OF_ONE, OF_STRANGERS = 20, 300
FORM_OUT_OF_DATE = "refused_form"  # put on the request by the view that answers a CSRF failure


@dataclass(frozen=True)
class Stranger:
    """Nobody known, at an address."""

    address: str = ""
    user_id: int | None = None
    user_name: str = "ผู้เยี่ยมชม"
    office_id: int | None = None
    office_name: str = ""


class RefusalsAudited:
    """Stands outside of everything that may refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 403:
            try:
                record_refusal(request, timezone.now())
            except DatabaseError:  # the answer stands, the access log has it
                log.exception("a refusal was not audited")
        return response


def record_refusal(request: HttpRequest, now: datetime) -> bool:
    """Audit one refusal unless there were too many; whether it was written."""
    stranger = Stranger(str(request.META.get("REMOTE_ADDR") or ""))
    actor: Actor = getattr(request, "viewer", stranger)
    known = actor.user_id is not None
    number = _counted(f"person:{actor.user_id}" if known else network_of(actor.address), now)
    if number > OF_ONE or (not known and _counted("strangers", now) > OF_STRANGERS):
        return False
    data = {
        "method": request.method,
        "path": masked(request.path, "")[:300],
        "reason": "refused_form" if getattr(request, FORM_OUT_OF_DATE, False) else "refused_right",
    }
    if number == OF_ONE:
        data["more"] = "access_log"
    with transaction.atomic():
        record(actor=actor, verb="audit.refused", data=data, now=now, chain="" if known else CHAIN)
    return True


def _counted(whose: str, now: datetime) -> int:
    return counted("refused", whose, now, seconds=HOUR)
