"""Lines of command as they are stored: the ids from the top down to an office, ``/1/82/960/``."""

from django.db.models import Q

from jitasa.organizations.models import Organization


def ids_in(path: str) -> list[int]:
    """Ids of the office and all above it, from the top: ``/1/82/960/`` → ``[1, 82, 960]``."""
    return [int(part) for part in path.split("/") if part]


def in_branch(node: Organization, field: str = "path") -> Q:
    """Rows whose stored path leads through ``node`` or ends there; every path begins at the root."""
    if node.reports_to_id is None:
        return Q()
    return Q(**{f"{field}__contains": f"/{node.pk}/"})
