"""Django's own ASGI application, for the candidates of ``bench.stall`` that speak it."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
application = get_asgi_application()
