"""What several datasets need of the registry."""

import hashlib

from jitasa.organizations.models import Organization, OrganizationState, Succession


def mark() -> str:
    """Changes whenever an office, one of its dated states, its point or a succession does."""
    digest = hashlib.sha256()
    for rows in (
        OrganizationState.objects.order_by("pk").values_list(
            "organization_id",
            "code",
            "type",
            "name",
            "valid_from",
            "valid_to",
            "province_code",
            "lies_in_id",
            "path",
        ),
        Organization.objects.order_by("pk").values_list(
            "code", "latitude", "longitude", "area_km2", "website", "closed_on", "synthetic"
        ),
        Succession.objects.order_by("pk").values_list("predecessor_id", "successor_id", "effective_on"),
    ):
        for row in rows.iterator(chunk_size=2000):
            digest.update(repr(row).encode())
    return digest.hexdigest()
