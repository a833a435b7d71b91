"""Run as a program: makes tables and the cast in the database of the environment, prints Anong's session as JSON."""

import json
import sys

import django
from django.core.management import call_command

django.setup()

from django.conf import settings  # noqa: E402 (after setup)
from django.db import connection  # noqa: E402

from tests.cast import make_cast  # noqa: E402

settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
call_command("migrate", run_syncdb=True, verbosity=0)
client = make_cast().client("anong")
page = client.get("/work/activities/new/", follow=True)
facts = {
    "cookies": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()),
    "token": client.cookies[settings.CSRF_COOKIE_NAME].value,
    "path": page.request["PATH_INFO"],
    "table": "activities_activity",
    "vendor": connection.vendor,
}
sys.stdout.write(json.dumps(facts))
