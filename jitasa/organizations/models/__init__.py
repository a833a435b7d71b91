"""Tables of the registry: offices, their dated states, succession, and the posts people hold in them."""

from jitasa.organizations.models.doubt import RegistryDoubt
from jitasa.organizations.models.erasure import ErasureRequest
from jitasa.organizations.models.home import Home
from jitasa.organizations.models.offer import PostOffer
from jitasa.organizations.models.organization import Organization, OrganizationState, Succession
from jitasa.organizations.models.post import Post
from jitasa.organizations.models.version import DataVersion, Topic

__all__ = [
    "DataVersion",
    "ErasureRequest",
    "Home",
    "Organization",
    "OrganizationState",
    "Post",
    "PostOffer",
    "RegistryDoubt",
    "Succession",
    "Topic",
]
