"""What the operator is told at the start of a command."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from jitasa.config.private_files import readable_by_others


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
