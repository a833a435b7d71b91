"""Tables of the registry: offices, their dated states, succession, and the posts people hold in them."""

from jitasa.organizations.models.organization import Organization, OrganizationState, Succession
from jitasa.organizations.models.post import Post

__all__ = ["Organization", "OrganizationState", "Post", "Succession"]
