"""The scheduler: every minute what is due now and then, unless the clock has jumped."""

import os
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from jitasa.clock import accept_clock
from jitasa.config.schedule import Schedule
from jitasa.heartbeat import orphaned

LOOK_SECONDS = 1.0


class Command(BaseCommand):
    requires_system_checks = []  # made by `jitasa serve` once, not by every process it starts
    help = "ตัวตั้งเวลา: เปิดรอบ ทวงหนังสือ เก็บกวาด ทุกนาที"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--nice", type=int, default=0, help="ให้โปรแกรมอื่นใช้เครื่องก่อน (0 ถึง 19 ปกติ 0)")
        parser.add_argument("--accept-clock", action="store_true", help="ยืนยันว่านาฬิกาเครื่องขณะนี้ถูกต้อง แล้วจบ")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accept_clock"]:
            accept_clock()
            self.stdout.write("✓ รับเวลาของเครื่องขณะนี้แล้ว ตัวตั้งเวลาจะทำงานต่อภายในหนึ่งนาที")
            return
        os.nice(max(0, options["nice"]))
        signal.signal(signal.SIGINT, _stop)
        signal.signal(signal.SIGTERM, _stop)
        schedule = Schedule(os.environ.get("JITASA_NAME", "scheduler"))
        while not orphaned():
            schedule.look()
            time.sleep(LOOK_SECONDS)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Every chore is one transaction or safe to run again: it may end at any point, and at once."""
    os._exit(0)
