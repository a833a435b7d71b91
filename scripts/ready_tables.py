"""Writes jitasa/config/data/tables.sql: what all migrations make of an empty SQLite database.

`jitasa demo` begins with it (docs/adr/0091). Migrations added since are run on top, so an older file is never wrong,
only slower. Renew it with `make tables`.
"""

import os
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).parent.parent / "jitasa" / "config" / "data" / "tables.sql"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="jitasa-tables-") as folder:
        os.environ |= {"JITASA_DATA_DIR": folder, "JITASA_DATABASE_URL": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "jitasa.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from jitasa.config.tables import written

        call_command("migrate", verbosity=0)
        connection.ensure_connection()
        TARGET.write_text(written(connection.connection), encoding="utf-8")
    sys.stdout.write(f"✓ {TARGET.relative_to(Path.cwd())}\n")


if __name__ == "__main__":
    main()
