"""The lines of the review list, as its template shows them."""

from dataclasses import dataclass

from jitasa.activities.models import Activity
from jitasa.review.selectors.flags import SHORT
from jitasa.ui.addresses import by_uuid
from jitasa.ui.days import short_date
from jitasa.ui.keyset import KeyPage
from jitasa.ui.numerals import shown


@dataclass(frozen=True)
class Line:
    """``url`` leads to the record with this page of the list beside it, ``part`` is the record alone."""

    row: Activity
    title: str
    day: str
    url: str
    part: str
    flags: list[str]
    is_open: bool
    awaits_answer: bool


def lines_of(page: KeyPage[Activity], query: str, opened: int | None) -> list[Line]:
    """``opened`` is the record that stands beside the list."""
    at = by_uuid("review:record")
    beside = "&".join(filter(None, (query, page.asked)))
    part, whole = f"?{query}" if query else "", f"?{beside}" if beside else ""
    return [
        Line(
            row=row,
            title=str(row),
            day=shown(short_date(row.start_date)) if row.start_date else "",
            url=f"{at(row.uuid)}{whole}",
            part=f"{at(row.uuid)}{part}",
            flags=sorted({str(SHORT[flag.kind]) for flag in row.flags.all()}),
            is_open=row.pk == opened,
            awaits_answer=row.last_from_above is False,  # type: ignore[attr-defined]  # annotated by inbox.listed
        )
        for row in page
    ]
