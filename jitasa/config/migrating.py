"""Tables are changed while the site runs: a change that does not get its lock soon lets the others go on and
tries again (docs/adr/0153)."""

import time
from collections.abc import Callable

from django.core.management.base import CommandError
from django.db.utils import OperationalError

LOCK_NOT_AVAILABLE = "55P03"
TRIES = 20
PAUSE_SECONDS = 5.0


def until_locks_are_had(act: Callable[[], object], *, say: Callable[[str], object]) -> None:
    """Run ``act`` until no lock is missing. What it finished before stays done: it goes on from there.

    :raises CommandError: somebody else kept a table for all of :data:`TRIES` tries.
    """
    for tried in range(1, TRIES + 1):
        try:
            act()
            return
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
        say(f"… ตารางถูกใช้งานอยู่ รอ {PAUSE_SECONDS:.0f} วินาทีแล้วลองใหม่ ({tried}/{TRIES})")
        time.sleep(PAUSE_SECONDS)
    raise CommandError(
        "ปรับโครงสร้างฐานข้อมูลไม่สำเร็จ เพราะมีงานอื่นใช้ตารางนานเกินไป ดูงานที่ค้างด้วย"
        " SELECT pid, xact_start, query FROM pg_stat_activity WHERE xact_start < now() - interval '1 minute'"
        " แล้วสั่ง jitasa migrate อีกครั้ง ส่วนที่ทำแล้วจะไม่ทำซ้ำ"
    )
