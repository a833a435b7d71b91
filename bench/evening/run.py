"""One evening from an empty database to the report."""

import os
import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.browser import Form
from bench.evening import OFFICES, around, people, told
from bench.evening.crowd import Clerk, Crowd, Notes, plan
from bench.evening.faults import at_the_peak
from bench.record import keep
from jitasa.config.tests.served import environment, wait_until
from jitasa.config.tests.site import PATIENCE, Site
from jitasa.photos.models import Photo, PhotoState
from jitasa.thai.dates import month_of, today

SECONDS = float(os.environ.get("EVENING_SECONDS", "60"))
CLIENTS = int(os.environ.get("EVENING_CLIENTS", "48"))
WORKER_SECONDS = 300.0  # until every picture has its copies, afterwards
LEFT_OUT = {"writer", "csrfmiddlewaretoken"}  # of the form that one clerk opened for all
NOUGHT = ("lost", "given_up", "doubled", "wrong_numbers", "gaps", "wordless", "faults")


def evening(folder: Path, faults: list[str]) -> int:
    """Returns the exit code: 0 when nothing was lost, doubled, wrong or refused without words."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    clerks, keys = people.prepare(OFFICES)
    print(
        f"{len(clerks)} offices on {connection.vendor}, {SECONDS:.0f} s, {CLIENTS} at once,"
        f" broken: {', '.join(faults) or 'nothing'}",
        flush=True,
    )
    url = os.environ.get("JITASA_DATABASE_URL", "")
    site = Site(folder, environment(folder, JITASA_DATABASE_URL=url, JITASA_MFA_REQUIRED="0"))
    notes = Notes()
    try:
        wait_until(site.well, PATIENCE, "the site")
        form = opened(Clerk(site.port, clerks[0], 0, notes))
        crowd = Crowd([site.port], plan(clerks, SECONDS), notes, form)
        month = month_of(today(timezone.now()))
        with (
            around.stalling(site.port),
            around.officers(site.port, keys, notes, month, SECONDS),
            at_the_peak(site, faults, SECONDS) as broken,
        ):
            took = crowd.run(CLIENTS)
        wait_until(site.well, PATIENCE, "the site to be well")
        connection.close()  # it may have been ended with the database
        until_prepared()
        figures = told.verdict(crowd, notes)
    finally:
        site.stop()
    told.say(figures, notes, broken, took)
    told.say_faults(site.log)
    keep([*figures, *told.times(notes)])
    return int(any(value for name, value, _unit in figures if name.removeprefix("evening_") in NOUGHT))


def opened(clerk: Clerk) -> Form:
    """The fields of the record form as a browser sends them."""
    led = clerk.ask("GET", "/work/activities/new/")
    page = clerk.ask("GET", led[1]) if led else None
    if page is None or page[0] != 200:
        sys.exit(f"the form could not be opened: {page and page[0]}")
    form = Form()
    form.feed(page[2].decode())
    form.fields = [(name, value) for name, value in form.fields if name not in LEFT_OUT]
    return form


def until_prepared() -> None:
    """Wait until no picture waits for its copies, within bounds."""
    due = time.monotonic() + WORKER_SECONDS
    while time.monotonic() < due and Photo.objects.filter(state=PhotoState.PENDING).exists():
        time.sleep(1)
