"""The picture worker: makes the published copies of what was sent."""

import logging
import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from django.db.utils import Error as DatabaseError

from jitasa.heartbeat import keep_beating
from jitasa.photos.services.own_disk import keep_tidy
from jitasa.photos.services.pipeline import Pipeline

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0


class Command(BaseCommand):
    requires_system_checks = []  # made by `jitasa serve` once, not by every process it starts
    help = "เตรียมภาพที่ส่งเข้ามา: ภาพที่มีผู้รออยู่ก่อน แล้วสลับกันทีละหน่วยงาน"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="เตรียมภาพที่ค้างอยู่ให้หมดแล้วจบ")
        parser.add_argument("--lanes", type=int, default=None, help="ทำพร้อมกันกี่ภาพ (ปกติเท่าจำนวนคอร์)")
        parser.add_argument("--nice", type=int, default=0, help="ให้โปรแกรมอื่นใช้เครื่องก่อน (0 ถึง 19 ปกติ 0)")

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(max(0, options["nice"]))
        if options["once"]:
            self.stdout.write(str(Pipeline(lanes=options["lanes"]).drain()))
            return
        keep_beating("pictures")
        keep_tidy()
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        run_until(stopping, options["lanes"])


def run_until(stopping: threading.Event, lanes: int | None) -> None:
    """A database that is away or locked is waited for; what was claimed is free for the next try."""
    wait = FIRST_WAIT
    while not stopping.is_set():
        try:
            Pipeline(lanes=lanes).run(stopping.is_set)
        except DatabaseError as error:
            log.warning("the database does not answer (%s); trying again in %.0f s", error, wait)
            connections.close_all()
            stopping.wait(wait)
            wait = min(LONGEST_WAIT, wait * 2)
