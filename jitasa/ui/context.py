"""What every page may use."""

from django.conf import settings
from django.http import HttpRequest

from jitasa import __version__


def interface(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 (Django's signature)
    return {
        "version": __version__,
        "site_url": settings.SITE_URL,
        "debug": settings.DEBUG,
        "map_tiles_url": settings.MAP_TILES_URL,
        "map_tiles_attribution": settings.MAP_TILES_ATTRIBUTION,
    }
