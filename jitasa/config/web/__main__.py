"""One web process, started by the supervisor: ``python -m jitasa.config.web FD…`` (listening sockets)."""

import os
import resource
import socket
import sys

from jitasa.config.garbage import loads_much


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
    os.environ["JITASA_ROLE"] = "web"
    loads_much()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65_536)), hard))
    from jitasa.config.web.process import serve

    code = serve([socket.socket(fileno=int(number)) for number in sys.argv[1:]])
    sys.stderr.flush()
    os._exit(code)  # a thread that still waits for something must not keep the process alive


if __name__ == "__main__":
    main()
