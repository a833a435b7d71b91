"""Tables: channels, the material library, campaigns and their deliveries, broadcasts."""

from jitasa.publicity.models.broadcast import Broadcast
from jitasa.publicity.models.campaign import Campaign, Delivery
from jitasa.publicity.models.channel import Channel
from jitasa.publicity.models.material import Download, Material, MaterialFile
from jitasa.publicity.models.post import ActivityPost

__all__ = [
    "ActivityPost",
    "Broadcast",
    "Campaign",
    "Channel",
    "Delivery",
    "Download",
    "Material",
    "MaterialFile",
]
