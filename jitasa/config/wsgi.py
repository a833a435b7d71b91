"""The WSGI entry point: run by the front (``config.web``), or by any WSGI server behind a proxy that buffers."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
_django = get_wsgi_application()

from jitasa.ui.request_guard import readable_charset  # noqa: E402 (needs the settings)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django, with a charset that is none of ours made unknown: it would decode the query by it first."""
    environ["CONTENT_TYPE"] = readable_charset(environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)
