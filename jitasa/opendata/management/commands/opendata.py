"""``jitasa opendata``: look at the datasets, and make new versions now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jitasa.opendata import store
from jitasa.opendata.datasets import BY_SLUG, DATASETS
from jitasa.opendata.models import Version
from jitasa.opendata.selectors.versions import columns_of, latest
from jitasa.opendata.services.pieces import measured, whole
from jitasa.opendata.services.refresh import refresh
from jitasa.opendata.services.retire import withdraw
from jitasa.problems import Refusal
from jitasa.ui.reading import whole_number

REFUSED, USAGE = 1, 2


class Command(BaseCommand):
    help = (
        "ข้อมูลเปิด: แสดงรุ่นล่าสุดของแต่ละชุด (--now จัดทำรุ่นใหม่ถ้าข้อมูลเปลี่ยน, --verify ตรวจไฟล์กับค่าแฮช, "
        "--withdraw ชุด:รุ่น --reason เหตุ ถอนไฟล์ของรุ่นเก่า)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset", nargs="?", choices=sorted(BY_SLUG), metavar="ชุดข้อมูล")
        parser.add_argument("--now", action="store_true", help="จัดทำรุ่นใหม่ถ้าข้อมูลเปลี่ยน")
        parser.add_argument("--everything", action="store_true", help="เขียนทุกส่วนใหม่ แม้ดูไม่เปลี่ยน (กับ --now)")
        parser.add_argument("--verify", action="store_true", help="อ่านไฟล์ทุกรุ่นที่เก็บไว้แล้วเทียบค่าแฮช")
        parser.add_argument(
            "--withdraw", default="", metavar="ชุด:รุ่น", help="ถอนไฟล์ของรุ่นหนึ่ง เช่น activities:12"
        )
        parser.add_argument("--reason", default="", help="เหตุที่ถอน แสดงต่อสาธารณะ")
        parser.add_argument("--json", action="store_true", help="ตอบเป็น JSON")

    def handle(self, **options: Any) -> None:
        if options["withdraw"]:
            self._withdraw(options["withdraw"], options["reason"])
            return
        wanted = [BY_SLUG[options["dataset"]]] if options["dataset"] else list(DATASETS)
        made = set()
        for dataset in wanted if options["now"] or options["everything"] else ():
            if refresh(dataset=dataset, now=timezone.now(), everything=options["everything"]) is not None:
                made.add(dataset.slug)
        wrong = self._wrong([each.slug for each in wanted]) if options["verify"] else []
        lines = [_line(each.slug, each.slug in made) for each in wanted]
        self._say(lines, wrong, as_json=options["json"])
        if wrong:
            raise SystemExit(REFUSED)

    def _say(self, lines: list[dict[str, Any]], wrong: list[str], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"datasets": lines, "wrong": wrong}, ensure_ascii=False))
            return
        for line in lines:
            mark = "✓ ใหม่" if line["new"] else "  "
            self.stdout.write(
                f"{mark} {line['dataset']:<16} รุ่น {line['version'] or '-':>4} {line['rows']:>9,} แถว {line['made_at']}"
            )
        for words in wrong:
            self.stderr.write(f"✗ {words}")

    def _wrong(self, slugs: list[str]) -> list[str]:
        wrong = []
        for version in Version.objects.kept().filter(dataset__in=slugs):
            for form, file in version.files.items():
                columns = columns_of(BY_SLUG[version.dataset], version)
                try:
                    found = measured(whole(form, columns, version.facts(), version.pieces))
                except FileNotFoundError:
                    found = {}
                if found != file:
                    wrong.append(
                        f"{version.dataset} รุ่น {version.number} {form} ไม่ตรงกับค่าแฮช ({store.FOLDER})"
                    )
        return wrong

    def _withdraw(self, which: str, reason: str) -> None:
        slug, _colon, number = which.partition(":")
        wanted = whole_number(number, least=1)
        if slug not in BY_SLUG or wanted is None:
            raise CommandError("เขียนเป็น ชุด:รุ่น เช่น --withdraw activities:12", returncode=USAGE)
        try:
            withdraw(dataset=slug, number=wanted, reason=reason, now=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        self.stdout.write(f"✓ ถอน {slug} รุ่น {number} แล้ว")


def _line(slug: str, new: bool) -> dict[str, Any]:
    version = latest(slug)
    return {
        "dataset": slug,
        "new": new,
        "version": version.number if version else None,
        "rows": version.rows if version else 0,
        "made_at": version.made_at.isoformat() if version else "",
        "files": version.files if version else {},
    }
