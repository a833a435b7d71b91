"""The picture worker: makes the published copies of what was sent."""

import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from jitasa.photos.services.pipeline import Pipeline


class Command(BaseCommand):
    help = "เตรียมภาพที่ส่งเข้ามา: ภาพที่มีผู้รออยู่ก่อน แล้วสลับกันทีละหน่วยงาน"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="เตรียมภาพที่ค้างอยู่ให้หมดแล้วจบ")
        parser.add_argument("--lanes", type=int, default=None, help="ทำพร้อมกันกี่ภาพ (ปกติเท่าจำนวนคอร์)")
        parser.add_argument("--nice", type=int, default=0, help="ให้โปรแกรมอื่นใช้เครื่องก่อน (0 ถึง 19 ปกติ 0)")

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(max(0, options["nice"]))
        pipeline = Pipeline(lanes=options["lanes"])
        if options["once"]:
            self.stdout.write(str(pipeline.drain()))
            return
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        pipeline.run(stopping.is_set)
