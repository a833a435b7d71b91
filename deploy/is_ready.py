"""Exit code 0 when the site of this container answers and has its database: ``is_ready.py [PORT]``, 8000 at first."""

import os
import sys
import urllib.request

SECONDS = 4.0
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
host = os.environ["JITASA_ALLOWED_HOSTS"].split(",")[0]
asked = urllib.request.Request(
    f"http://127.0.0.1:{port}/readyz",
    headers={"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"},
)
with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 (an address of our own)
    sys.exit(answer.status != 200)
