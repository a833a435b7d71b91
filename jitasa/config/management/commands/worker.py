"""The background worker: runs queued jobs, and every minute looks after what was left behind."""

import os
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from jitasa.config.upkeep import upkeep

UPKEEP_SECONDS = 60


class Command(BaseCommand):
    help = "ทำงานเบื้องหลัง: เตรียมภาพ ส่งอีเมล เก็บกวาดงานที่ค้าง"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="ทำงานที่ค้างอยู่ให้หมดแล้วจบ")
        parser.add_argument("--nice", type=int, default=0, help="ให้โปรแกรมอื่นใช้เครื่องก่อน (0 ถึง 19 ปกติ 0)")

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(max(0, options["nice"]))
        upkeep(timezone.now())
        if not options["once"]:
            threading.Thread(target=_keep_up, daemon=True).start()
        worker = Worker(
            queue_names=["default"],
            interval=0.5,
            batch=options["once"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()


def _keep_up() -> None:
    while True:
        time.sleep(UPKEEP_SECONDS)
        close_old_connections()
        upkeep(timezone.now())
