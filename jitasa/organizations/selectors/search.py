"""Find an office by any part of its name with or without type, by code, by place."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from jitasa.organizations import rules
from jitasa.organizations.models import Organization
from jitasa.thai.search import plain, words
from jitasa.ui.searching import holding


def matching(text: str) -> Q:
    """Rows of ``Organization`` whose words hold every word of ``text``; all of them for an empty text."""
    return holding(text, "search_text")


def search(text: str, *, limit: int = 20) -> QuerySet[Organization]:
    """Open offices for ``อบต.อ่าวนาง``, ``อ่าวนาง``, ``เทศบาล คลองท่อม``, ``๐๖๘๑๐๑๐๔``, ``6810104``, ``อ.เกาะลันตา``.

    Best first: the code or whole name asked for, names that begin with the text or hold it, then
    what is found by its place or a former name; Thai order within. Nothing for an empty text.
    """
    if not words(text):
        return Organization.objects.none()
    return ranked(Organization.objects.open().filter(matching(text)), text)[:limit]


def ranked(rows: QuerySet[Organization], text: str) -> QuerySet[Organization]:
    """``rows`` ordered by how well they answer ``text``."""
    name = plain(text)
    last = words(text)[-1]
    whole = Q(code=rules.lao_code(name)) | Q(code=name) | Q(short_name=name) | Q(name=name)
    begins = Q(search_text__startswith=name) | Q(short_name__startswith=name) | Q(short_name__endswith=name)
    holds = Q(name__contains=last) | Q(short_name__contains=last) | Q(code__contains=last)
    rank = Case(
        When(whole, then=Value(0)),
        When(begins, then=Value(1)),
        When(holds, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank).order_by("rank", "sort_key", "code")
