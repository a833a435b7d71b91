"""Since when somebody serves an office: what it could not have reported before, it is not late with."""

from collections.abc import Collection
from datetime import date

from django.db.models import Min

from jitasa.organizations.models import Post


def served_since(ids: Collection[int]) -> dict[int, date]:
    """Office id → the first day of anybody's post there, whatever became of the post; nobody's is left out.

    One query.
    """
    rows = Post.objects.filter(organization_id__in=ids).order_by().values_list("organization_id")
    return dict(rows.annotate(first=Min("from_date")))
