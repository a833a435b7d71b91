"""``python -m jitasa.config.tests.front_site FD LIMITS``: one web process with the limits given as JSON."""

import json
import os
import socket
import sys


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "jitasa.config.tests.front_settings"
    from jitasa.config.garbage import loads_much

    loads_much()
    from jitasa.config.web.limits import Limits
    from jitasa.config.web.process import serve

    code = serve([socket.socket(fileno=int(sys.argv[1]))], Limits(**json.loads(sys.argv[2])))
    os._exit(code)


if __name__ == "__main__":
    main()
