"""What the operator is told at the start of a command."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from jitasa.config.health import missing_limits
from jitasa.config.private_files import readable_by_others

INSTALLATION = "installation"
# What may be wrong with one installation and not with another. Those of pages and addresses load every page: they
# come out the same everywhere, and the suite makes them (docs/adr/0160).
OF_THE_INSTALLATION = [INSTALLATION, checks.Tags.caches, checks.Tags.database, checks.Tags.files]


def data_is_private(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[checks.CheckMessage]:  # noqa: ARG001 (Django's signature)
    """The data folder could not be closed to other users: it belongs to somebody else."""
    open_places = readable_by_others(settings.DATA_DIR)
    if not open_places:
        return []
    names = ", ".join(str(place) for place in open_places[:5])
    return [
        checks.Warning(
            f"ผู้ใช้อื่นของเครื่องอ่านข้อมูลได้ (others may read): {names}",
            hint=f"chown -R <ผู้ใช้ของระบบ> {settings.DATA_DIR} && chmod -R go= {settings.DATA_DIR}",
            id="jitasa.W001",
        )
    ]


def limits_hold(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[checks.CheckMessage]:  # noqa: ARG001 (Django's signature)
    """Behind a pooler the limits of waiting are its own matter, and nothing shows that they are missing before one waits."""
    try:
        missing = missing_limits()
    except DatabaseError:
        return []  # away for now: `/readyz` asks again
    if not missing:
        return []
    return [
        checks.Warning(
            f"หลัง PgBouncer ไม่มีกำหนดเวลารอ ผู้ใช้อาจต้องรอไม่สิ้นสุด (no limits behind the pooler): {', '.join(missing)}",
            hint="ตั้ง connect_query ใน [databases] ของ PgBouncer หรือ ALTER ROLE … SET ตามหัวข้อ A pooler ของ docs/operator.md",
            id="jitasa.W002",
        )
    ]
