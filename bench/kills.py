"""What the supervisor says of each kill: ``python -m bench.kills``.

Starts the site on a data folder of its own, ends every process by ``kill -9`` (the web ones twice), then the
site by Ctrl+C, and prints the supervisor's log with the seconds until the killed one had a successor heard.
"""

import sys
import tempfile
import time
from pathlib import Path

from jitasa.config.tests.served import wait_until
from jitasa.config.tests.site import PATIENCE, PROCESSES, Site

KILLED = (*PROCESSES, "web-1", "web-2")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="jitasa-kills-") as folder:
        site = Site(Path(folder))
        try:
            wait_until(site.well, PATIENCE, "the site")
            for name in KILLED:
                began = time.monotonic()
                site.kill(name)
                print(f"{name}: killed, heard again after {time.monotonic() - began:.1f} s", flush=True)
            wait_until(site.well, PATIENCE, "the site to be well again")
            print(f"Ctrl+C: all ended after {site.stop():.1f} s, exit code {site.process.returncode}")
        finally:
            site.process.kill()
        lines = site.log.read_text("utf-8").splitlines()
        print("\n".join(line for line in lines if " supervisor: " in line))
    return 0


if __name__ == "__main__":
    sys.exit(main())
