"""The background worker: runs queued jobs; it waits for a database that is away and never ends by itself."""

import os
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jitasa.config.jobs import run_jobs, take_up_lost
from jitasa.config.upkeep import upkeep
from jitasa.heartbeat import keep_beating
from jitasa.photos.services.own_disk import keep_tidy
from jitasa.queues import EVERY, QUEUES


class Command(BaseCommand):
    requires_system_checks = []  # made by `jitasa serve` once, not by every process it starts
    help = "ทำงานเบื้องหลัง: เตรียมภาพ ส่งหนังสือ ส่งอีเมล"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="ทำงานที่ค้างอยู่ให้หมดแล้วจบ (รวมงานประจำหนึ่งรอบ)")
        parser.add_argument(
            "--queue",
            action="append",
            choices=QUEUES,
            help="เฉพาะคิวนี้ (ระบุซ้ำได้ ไม่ระบุคือทุกคิว): " + ", ".join(QUEUES),
        )
        parser.add_argument("--nice", type=int, default=0, help="ให้โปรแกรมอื่นใช้เครื่องก่อน (0 ถึง 19 ปกติ 0)")

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(max(0, options["nice"]))
        queues = options["queue"] or [EVERY]
        if options["once"]:
            take_up_lost()
            upkeep(timezone.now())
            run_jobs(once=True, queues=queues)
            return
        keep_beating("worker")
        keep_tidy()
        with suppress(SystemExit):
            run_jobs(once=False, queues=queues)
        os._exit(0)  # told to stop, and nothing is left to be done: taking Python apart needs a second
