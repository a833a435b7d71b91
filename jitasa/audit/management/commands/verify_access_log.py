"""``jitasa verify-access-log [--against heads.json]``: exit code 1 when a file was changed, cut off or removed."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jitasa.audit.access.reading import FileVerdict, against, oldest_kept, verdicts
from jitasa.audit.selectors.heads import read
from jitasa.problems import Refusal


class Command(BaseCommand):
    help = "ตรวจไฟล์บันทึกการเข้าถึงทุกไฟล์ว่าไม่ถูกแก้ (verify the access log's files)"
    requires_system_checks = []  # of pages and addresses, which it does not load: the suite makes them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="ผลเป็น JSON")
        parser.add_argument(
            "--against",
            metavar="FILE",
            type=Path,
            help="ไฟล์ค่าท้ายสายที่เก็บไว้นอกเครื่อง: พบไฟล์ที่หายและท้ายไฟล์ที่ถูกตัดด้วย",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(verdicts())
        if options["against"]:
            found += self.differences(options["against"])
        broken = [verdict for verdict in found if verdict.broken_number is not None]
        count, lines = len({verdict.name for verdict in found}), sum(verdict.lines for verdict in found)
        if options["json"]:
            answer = {"ok": not broken, "files": count, "faults": [asdict(verdict) for verdict in broken]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            for verdict in broken:
                self.stdout.write(f"ผิด: {verdict.name} บรรทัดที่ {verdict.broken_number} {verdict.reason}")
            self.stdout.write(f"ตรวจ {count:,} ไฟล์ {lines:,} บรรทัด พบผิด {len(broken):,} แห่ง")
        if broken:
            sys.exit(1)

    def differences(self, path: Path) -> list[FileVerdict]:
        try:
            heads = read(path.read_bytes())
        except OSError as error:
            raise CommandError(f"อ่าน {path} ไม่ได้: {error.strerror}") from None
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        return list(against(heads.files, oldest_kept(timezone.now(), settings.ACCESS_LOG_DAYS)))
