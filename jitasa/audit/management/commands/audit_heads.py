"""``jitasa audit-heads``: print the signed heads of all chains, to be kept off the machine."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jitasa.audit.selectors.heads import current_heads, written


class Command(BaseCommand):
    help = "พิมพ์ค่าท้ายสายของบันทึกการใช้งานทุกสาย พร้อมลายเซ็น ไว้เก็บนอกเครื่อง (signed heads of every chain)"
    requires_system_checks = []  # of pages and addresses, which it does not load: the suite makes them

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(written(current_heads(timezone.now())).decode())
