"""How the public site holds up: ``BENCH_CLIENTS`` readers ask one page again and again, over HTTP.

    JITASA_DATA_DIR=… python -m bench.portal_load        5 seconds of 8 readers for each page
    BENCH_SECONDS=10 BENCH_CLIENTS=16 python -m bench.portal_load

The floor is ``/robots.txt`` of the same server in the same run: what an answer costs that does next to
nothing. A machine shared with others is slow and not wrong, so the ratio to it is what to compare.
The readers are a process of their own and take their share of the processor too.
"""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.portal import addresses

SECONDS = float(os.environ.get("BENCH_SECONDS", "5"))
CLIENTS = int(os.environ.get("BENCH_CLIENTS", "8"))
PORT = int(os.environ.get("BENCH_PORT", "8124"))
FLOOR = "/robots.txt"


def pages() -> list[str]:
    """The floor, then the front page, the list, one record and the map's points."""
    every = addresses()
    points = [each for each in every if each.startswith("/map/points.json?")] or ["/map/points.json"]
    record = next(each for each in every if each.startswith("/a/"))
    return [FLOOR, "/", "/activities/", record, points[0]]


def read(path: str, end: float) -> list[float]:
    """Ask until ``end``; the seconds of every answer. One connection, as a browser keeps it."""
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    times = []
    while time.perf_counter() < end:
        began = time.perf_counter()
        line.request("GET", quote(path, safe="/?=&,."), headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        times.append(time.perf_counter() - began)
    line.close()
    return times


def loaded(path: str) -> tuple[float, float]:
    """(answers a second, milliseconds within which 95 of 100 came)."""
    read(path, time.perf_counter() + 0.3)  # warm up, not counted
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        lists = list(pool.map(lambda _one: read(path, began + SECONDS), range(CLIENTS)))
    wall = time.perf_counter() - began
    times = sorted(each for times in lists for each in times)
    return len(times) / wall, times[int(len(times) * 0.95)] * 1000


@contextmanager
def server() -> Iterator[None]:
    """``jitasa serve`` on the database at hand, as an operator starts it."""
    command = [str(Path(sys.executable).parent / "jitasa"), "serve", "--port", str(PORT)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_up(process)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_until_up(process: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(150):
        if process.poll() is not None:
            raise SystemExit("the server stopped; try jitasa check")
        try:
            read(FLOOR, time.perf_counter() + 0.01)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def main() -> None:
    print(f"{CLIENTS} readers, {SECONDS:g} s each, {os.cpu_count()} cores")
    print(f"{'/s':>8} {'p95 ms':>7} {'of floor':>9}")
    with server():
        floor = 0.0
        for path in pages():
            rate, slow = loaded(path)
            floor = floor or rate
            print(f"{rate:8.1f} {slow:7.0f}   1 : {floor / rate:4.1f}  {path}")


if __name__ == "__main__":
    main()
