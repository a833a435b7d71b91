"""Gather what pages are dressed with, as ``serve`` does before it begins."""

from typing import Any

from django.core.management.base import BaseCommand

from jitasa.config.static_files import collect_static


class Command(BaseCommand):
    requires_system_checks = []  # made by `jitasa serve`, not by what it starts
    help = "เตรียมไฟล์ประกอบหน้าเว็บ (ถ้าเปลี่ยนจากครั้งก่อน)"

    def handle(self, *args: Any, **options: Any) -> None:
        collect_static()
