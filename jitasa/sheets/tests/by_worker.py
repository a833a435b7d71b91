"""Run as a program in an environment of its own: ``send ROWS`` makes the cast and sends a sheet in as Anong does,
``take`` imports what was checked, ``facts`` prints what became of it as JSON. The worker is another process."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 (after setup)
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from jitasa.accounts.models import User  # noqa: E402
from jitasa.activities.models import Activity  # noqa: E402
from jitasa.activities.tests.making import make_lists  # noqa: E402
from jitasa.compilation.services.check import differences  # noqa: E402
from jitasa.config.jobs import take_up_lost  # noqa: E402
from jitasa.rounds.models import Round  # noqa: E402
from jitasa.rounds.rules import first_rules  # noqa: E402
from jitasa.sheets.models import SheetImport  # noqa: E402
from jitasa.sheets.tests.made import GOOD, told_apart, upload, workbook_of  # noqa: E402
from jitasa.thai.dates import month_of, today  # noqa: E402
from tests.cast import make_cast  # noqa: E402

settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


def send(rows: str) -> dict[str, Any]:
    call_command("migrate", run_syncdb=True, verbosity=0)
    client = make_cast().client("anong")
    make_lists()
    last = today(timezone.now())
    days = [last - timedelta(days=back) for back in range(20)]
    for month in {month_of(day) for day in days}:
        Round.objects.create(month=month, **(first_rules(month) | {"photos_least": 0}))
    each = [
        {**GOOD, **told_apart(n), "start_date": f"{days[n % 20]:%d/%m}/{days[n % 20].year + 543}"}
        for n in range(int(rows))
    ]
    answer = client.post("/work/sheets/check/", {"file": upload(workbook_of(each)), "send": "on"})
    return {"status": answer.status_code, "at": answer.get("Location", "")}


def take() -> dict[str, Any]:
    client = Client()
    client.force_login(User.objects.get(username="anong"))
    answer = client.post(f"/work/sheets/{SheetImport.objects.get().uuid}/import/", {"send": "on"})
    return {"status": answer.status_code}


def lost() -> dict[str, Any]:
    """What the scheduler does each minute."""
    return {"taken_up": take_up_lost()}


def facts() -> dict[str, Any]:
    client = Client()
    client.force_login(User.objects.get(username="anong"))
    sheet = SheetImport.objects.get()
    numbers = list(Activity.objects.values_list("number", flat=True))
    return {
        "stage": sheet.stage,
        "taken": sheet.rows.filter(taken=True, fate="sent").count(),
        "records": len(numbers),
        "numbers": len({number for number in numbers if number}),
        "revisions": sorted(set(Activity.objects.values_list("revision", flat=True))),
        "differences": len(list(differences())),
        "page": client.get(f"/work/sheets/{sheet.uuid}/").content.decode(),
    }


ACTS: dict[str, Callable[..., dict[str, Any]]] = {"send": send, "take": take, "lost": lost, "facts": facts}
sys.stdout.write(json.dumps(ACTS[sys.argv[1]](*sys.argv[2:])))
