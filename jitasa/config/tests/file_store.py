"""A store of files on a disk of its own: nanio, a process that knows the signatures and limits of links.

It may be killed and started again, and has what it had. (``tests/file_server.py`` is faster to empty, and checks nobody.)
"""

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from jitasa.config.tests.served import wait_until
from jitasa.config.tests.site import free_port
from jitasa.files.bucket_address import Address, read_address

BUCKET, KEY, SECRET = "jitasa", "store", "a-secret-of-the-store"


class FileStore:
    """A server with one bucket."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        (folder / BUCKET).mkdir(parents=True)
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "nanio", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        command += ["--data-dir", str(self.folder), "--no-access-log", "--log-level", "error"]
        env = {"NANIO_ACCESS_KEY": KEY, "NANIO_SECRET_KEY": SECRET}
        self.process = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers, 60, "the store of files")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def url(self) -> str:
        return f"s3://{KEY}:{SECRET}@127.0.0.1:{self.port}/{BUCKET}?tls=0"

    @property
    def address(self) -> Address:
        return read_address(self.url)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2).close()
        except urllib.error.HTTPError:
            return True  # it asks who we are
        except OSError:
            return False
        return True
