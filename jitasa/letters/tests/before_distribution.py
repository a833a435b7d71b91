"""A database as it was before ``distribution``, migrated to today's, and what it holds afterwards.

Run on SQLite in a process of its own, which prints that, by ``config.tests.walked``; on PostgreSQL by
``tests.migrated``.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import django

from jitasa.config.garbage import loads_much

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
BEFORE = [("letters", "0002_letterhead_coordinator"), ("publicity", "0002_posts")]


def main() -> None:
    loads_much()
    django.setup()
    json.dump(walk_all(), sys.stdout)


def walk_all() -> dict[str, Any]:
    """All migrations in an empty database, with rows put in between; what today's models see of them."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    # Not by the command: it would also make permissions for models that are no more.
    MigrationExecutor(connection).migrate(BEFORE)
    write(MigrationExecutor(connection).loader.project_state(BEFORE).apps)
    call_command("migrate", verbosity=0)
    return read()


def write(apps: Any) -> None:
    """A department, two provinces, an office that was moved; a circular that escalates, a group, a campaign."""
    offices = _offices(apps)
    model = apps.get_model
    times = {"created_at": NOW, "updated_at": NOW}
    letter = model("letters", "Letter").objects.create(
        uuid=uuid4(), organization=offices["top"], status="issued", number="ว 1", register_year=2569,
        register_number=7, escalate_after_days=3, send_total=2, sent_count=2, issued_at=NOW, **times,
    )  # fmt: skip
    rows = model("letters", "Dispatch").objects
    rows.create(
        letter=letter, recipient=offices["moved"], delivered_at=NOW, opened_at=NOW + timedelta(hours=1)
    )
    rows.create(letter=letter, recipient=offices["stays"], delivered_at=NOW)
    for name, delivered, opened in (
        ("top", 2, 1),
        ("left", 2, 0),
        ("right", 0, 1),
        ("moved", 1, 1),
        ("stays", 1, 0),
    ):
        model("letters", "FollowCount").objects.create(
            letter=letter, organization=offices[name], delivered=delivered, opened=opened,
            lao_delivered=delivered, lao_opened=opened, opened_seconds=3600 * opened,
        )  # fmt: skip
    model("letters", "Register").objects.create(
        organization=offices["top"], year=2569, kind="dispatch", last=3
    )
    group = model("letters", "RecipientGroup").objects.create(organization=offices["top"], name="กลุ่ม")
    group.members.set([offices["moved"], offices["stays"]])
    campaign = model("publicity", "Campaign").objects.create(
        uuid=uuid4(),
        organization=offices["top"],
        title="สื่อ",
        status="sent",
        send_total=1,
        sent_count=1,
        **times,
    )
    model("publicity", "Delivery").objects.create(
        campaign=campaign, recipient=offices["moved"], delivered_at=NOW
    )


def _offices(apps: Any) -> dict[str, Any]:
    model, state = (
        apps.get_model("organizations", "Organization"),
        apps.get_model("organizations", "OrganizationState"),
    )
    levels = {"top": "department", "left": "province", "right": "province", "moved": "lao", "stays": "lao"}
    found: dict[str, Any] = {}
    for name, level in levels.items():
        type_ = {"lao": "sao"}.get(level, level)
        found[name] = model.objects.create(
            code=name, type=type_, name=name, short_name=name, level=level, founded_on=date(2010, 1, 1)
        )
    paths = {"top": ("top",), "left": ("top", "left"), "right": ("top", "right"),
             "moved": ("top", "right", "moved"), "stays": ("top", "left", "stays")}  # fmt: skip
    for name, line in paths.items():
        row = found[name]
        row.path = "/" + "".join(f"{found[each].pk}/" for each in line)
        row.reports_to = found[line[-2]] if len(line) > 1 else None
        row.save()
        _state(state, row, row.path, date(2026, 11, 23) if name == "moved" else date(2010, 1, 1))
    before = f"/{found['top'].pk}/{found['left'].pk}/{found['moved'].pk}/"
    _state(state, found["moved"], before, date(2010, 1, 1), date(2026, 11, 23))
    return found


def _state(model: Any, row: Any, path: str, begins: date, ends: date | None = None) -> None:
    model.objects.create(
        organization=row, code=row.code, type=row.type, name=row.name, short_name=row.short_name, path=path,
        reports_to=row.reports_to, valid_from=begins, valid_to=ends, change="founded",
    )  # fmt: skip


def read() -> dict[str, Any]:
    """What today's models see, by the offices' codes."""
    from jitasa.compilation.services.check import differences
    from jitasa.distribution.models import RecipientGroup
    from jitasa.letters.models import Dispatch, FollowCount, Register
    from jitasa.organizations.models import Organization
    from jitasa.publicity.models import Delivery

    codes = dict(Organization.objects.values_list("pk", "code"))

    def line(path: str) -> list[str]:
        return [codes[int(part)] for part in path.strip("/").split("/")]

    return {
        "paths": {row.recipient.code: line(row.path) for row in Dispatch.objects.select_related("recipient")},
        "escalate": {
            row.recipient.code: row.escalate_at.isoformat() if row.escalate_at else None
            for row in Dispatch.objects.select_related("recipient")
        },
        "counts": {
            codes[row.organization_id]: [row.delivered, row.opened] for row in FollowCount.objects.all()
        },
        "above": {
            codes[row.organization_id]: codes.get(row.above_id or 0) for row in FollowCount.objects.all()
        },
        "typed": Register.objects.get().typed,
        "group": sorted(RecipientGroup.objects.get(name="กลุ่ม").members.values_list("code", flat=True)),
        "delivery": Delivery.objects.get().recipient.code,
        "differences": [each.what for each in differences()],
    }


if __name__ == "__main__":
    main()
