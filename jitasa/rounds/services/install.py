"""Fill the lists of a new installation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations import versions
from jitasa.organizations.models import Topic
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.rounds.rules import may_edit_lists
from jitasa.rounds.services.defaults import DEFAULTS

STEP = 10  # between positions


def install_defaults(*, actor: Viewer, now: datetime) -> dict[str, int]:
    """Add the default words whose code the lists have never had; returns the number per table.

    Words the department edited or retired are left as they are, so running it again is harmless.

    :raises Forbidden: unless the actor is the department or the program itself.
    """
    if not may_edit_lists(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่กรมเท่านั้นที่ติดตั้งรายการเริ่มต้นได้"))
    added: dict[str, int] = {}
    with transaction.atomic():
        for model, rows in DEFAULTS:
            known = set(model._default_manager.values_list("code", flat=True))
            fresh = [
                model(**row, position=(index + 1) * STEP, created_at=now)
                for index, row in enumerate(rows)
                if row["code"] not in known
            ]
            model._default_manager.bulk_create(fresh)
            added[model._meta.model_name or ""] = len(fresh)
        if any(added.values()):
            versions.changed(Topic.LISTS)
            record(actor=actor, verb="list.install", data=added, now=now)
    return added
