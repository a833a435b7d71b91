"""What a host does for its own disk where hosts share none (files in a bucket): no scheduler of another host can.

Each process that takes or shows files looks after it, so that a host which only serves pages does, too.
"""

import logging
import threading
import time

from jitasa.audit.access.retention import tend_access_log
from jitasa.clock import steady_now
from jitasa.files import bucket
from jitasa.files.cache import prune_cache
from jitasa.photos.services.sweep import sweep

log = logging.getLogger("jitasa.own_disk")
EVERY_SECONDS = 600.0


def tidy() -> None:
    """Remove what was not used for a day or has no room, what a killed process left, and old access logs."""
    try:
        prune_cache()
        sweep(steady_now())
        tend_access_log(now=steady_now())
    except OSError:  # the disk, or the store that is asked before anything goes
        log.exception("the disk of this host could not be tidied")


def keep_tidy() -> None:
    """In a thread of its own, every ten minutes; nothing where the scheduler sees the same disk."""
    if bucket.address() is not None:
        threading.Thread(target=_keep_tidy, name="own-disk", daemon=True).start()


def _keep_tidy() -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        tidy()
