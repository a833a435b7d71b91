"""Files of a compilation in tests: asked for and fetched as a person does."""

from django.test import Client

from jitasa.compilation.choices import FileKind
from jitasa.compilation.models import Compilation

KINDS = {
    "report.pdf": FileKind.REPORT,
    "tables.xlsx": FileKind.TABLES,
    "records.csv": FileKind.RECORDS_CSV,
    "records.json": FileKind.RECORDS_JSON,
    "records.xlsx": FileKind.RECORDS_XLSX,
    "pictures.zip": FileKind.PICTURES,
}


def downloaded(client: Client, made: Compilation, name: str) -> bytes:
    """``name`` is the end of its address."""
    address = f"/work/month/compilations/{made.pk}/"
    kind, part = (FileKind.LAOS, name[5:7]) if name.startswith("laos-") else (KINDS[name], "")
    asked = client.post(f"{address}files/ask/", {"kind": kind, "part": part})
    assert asked.status_code == 302, asked.status_code
    answer = client.get(f"{address}{name}")
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a FileResponse
