"""Blocks of documents (``documents/official.typ``)."""

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]


def heading(text: str, *, size: int = 18, center: bool = False) -> Block:
    return {"kind": "heading", "text": text, "size": size, "center": center}


def table_block(
    title: str,
    columns: Sequence[tuple[str, str, str]],
    rows: Sequence[Sequence[Any]],
    *,
    total: bool | None = None,
) -> Block:
    """A table with ลำดับ before its columns, and the sums below its numbers where asked."""
    shown = [("ลำดับ", "center", "1.1cm"), *columns]
    block: Block = {
        "kind": "table",
        "title": title,
        "columns": [{"title": name, "align": align, "width": width} for name, align, width in shown],
        "rows": [[index, *row] for index, row in enumerate(rows, start=1)],
        "size": 13 if len(shown) < 9 else 12,
    }
    if total and rows:
        numbers = [align == "right" for _name, align, _width in columns]
        sums = [
            sum(row[index] for row in rows) if is_number else "" for index, is_number in enumerate(numbers)
        ]
        block["total"] = ["", "รวม", *sums[1:]]
    return block


def paragraph(text: str) -> Block:
    return {"kind": "paragraph", "text": text}
