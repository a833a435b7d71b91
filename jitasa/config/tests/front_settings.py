"""A site of a few views and nothing else, behind the product's own front (``front_site``)."""

from jitasa.config.tests.quick_settings import *  # noqa: F403

ROOT_URLCONF = "jitasa.config.tests.front_urls"
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # allauth insists
