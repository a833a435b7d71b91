"""``jitasa verify-audit [--against heads.json] [--json]``: walk every chain; exit code 1 when one is broken."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jitasa.audit.selectors.heads import read
from jitasa.audit.selectors.verify import Verdict, against, verdicts
from jitasa.problems import Refusal

NOWHERE = (
    "ยังไม่ได้ตั้งที่เก็บค่าท้ายสายนอกเครื่อง (JITASA_AUDIT_HEADS_DIR หรือ JITASA_AUDIT_HEADS_MAIL): การตัดท้ายสายจะไม่ปรากฏ"
)


class Command(BaseCommand):
    help = "ตรวจสายบันทึกการใช้งานทุกสาย แจ้งรายการแรกที่ผิดของแต่ละสาย (verify the audit's hash chains)"
    requires_system_checks = []  # of pages and addresses, which it does not load: the suite makes them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="ผลเป็น JSON")
        parser.add_argument(
            "--against",
            metavar="FILE",
            type=Path,
            help="ไฟล์ค่าท้ายสายที่เก็บไว้นอกเครื่อง: พบสายที่หาย ท้ายสายที่ถูกตัด และรายการที่เขียนใหม่",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(verdicts())
        broken = [verdict for verdict in found if verdict.broken_number is not None]
        if options["against"]:
            broken += self.differences(options["against"])
        entries = sum(verdict.length for verdict in found)
        if options["json"]:
            chains = [asdict(verdict) for verdict in found]
            faults = [asdict(verdict) for verdict in broken]
            answer = {"ok": not broken, "entries": entries, "chains": chains, "faults": faults}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            for verdict in broken:
                self.stdout.write(f"ผิด: สาย {verdict.chain} รายการที่ {verdict.broken_number} {verdict.reason}")
            chains_broken = len({verdict.chain for verdict in broken})
            self.stdout.write(f"ตรวจ {len(found):,} สาย {entries:,} รายการ พบผิด {chains_broken:,} สาย")
            if not (settings.AUDIT_HEADS_DIR or settings.AUDIT_HEADS_MAIL):
                self.stdout.write(NOWHERE)
        if broken:
            sys.exit(1)

    def differences(self, path: Path) -> list[Verdict]:
        try:
            return list(against(read(path.read_bytes())))
        except OSError as error:
            raise CommandError(f"อ่าน {path} ไม่ได้: {error.strerror}") from None
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
