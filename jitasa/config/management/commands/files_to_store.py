"""``jitasa files-to-store``: bring the files of this disk into the bucket; again after an interruption, it goes on."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jitasa.files import bucket
from jitasa.files.cache import files_here
from jitasa.files.store import hash_of, key_of
from jitasa.problems import StoreAway


class Command(BaseCommand):
    help = "ย้ายไฟล์จากดิสก์นี้เข้าที่เก็บไฟล์แบบ S3 (สั่งซ้ำได้ ทำต่อจากที่ค้าง ไฟล์บนดิสก์ไม่ถูกลบ)"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if bucket.address() is None:
            raise CommandError("ยังไม่ได้ตั้ง JITASA_FILES_URL")
        moved, there, damaged = 0, 0, 0
        try:
            for path in files_here():
                sha256, key = hash_of(path), key_of(path)
                if len(path.name) == len(sha256) and path.name != sha256:
                    damaged += 1
                    self.stdout.write(f"ผิด: {key} เนื้อไฟล์ไม่ตรงกับชื่อ ไม่ได้ย้าย")
                    continue
                stored = bucket.look(key)
                if stored is not None and stored.sha256 == sha256:
                    there += 1
                    continue
                bucket.put(key, path, sha256)
                moved += 1
        except StoreAway:
            raise CommandError(f"ที่เก็บไฟล์ไม่ตอบ ย้ายแล้ว {moved:,} ไฟล์ สั่งอีกครั้งเพื่อทำต่อ") from None
        self.stdout.write(f"✓ ย้าย {moved:,} ไฟล์ มีอยู่แล้ว {there:,} ไฟล์ ผิด {damaged:,} ไฟล์")
        if damaged:
            sys.exit(1)
