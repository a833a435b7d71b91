"""What a picture costs through the forked decoder, beside the same work inside one process.

    python -m bench.pictures [COUNT]

Processor time of the decoder and its children (``/proc/<pid>/stat``) over that of ``decode.prepare`` called
directly, in turns; and pictures a second with as many at once as there are cores.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["VIPS_CONCURRENCY"] = "1"

import pyvips

from jitasa.photos import decode
from jitasa.photos.decoder import Decoder, Order

SIZES = {"large": 1920, "medium": 960, "small": 320}


def sample(path: Path) -> None:
    """A lively picture of 1,600 × 1,200 pixels."""
    noise = pyvips.Image.gaussnoise(1600, 1200, sigma=25, mean=128).gaussblur(2)
    place = pyvips.Image.xyz(1600, 1200)
    bands = noise.bandjoin([(place[0] / 8).cast("float"), (place[1] / 6).cast("float")])
    bands.cast("uchar").copy(interpretation="srgb").jpegsave(str(path), Q=85)


def processor(pid: int) -> float:
    """Seconds of processor that a process and its ended children have used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    pyvips.cache_set_max(0)
    with tempfile.TemporaryDirectory(prefix="jitasa-bench-") as name:
        folder = Path(name)
        sample(folder / "source.jpg")
        order = Order(folder / "source.jpg", "jpeg", folder, SIZES)
        plain = {"source": str(order.source), "format": "jpeg", "target": name, "sizes": SIZES}
        decoder = Decoder()
        decoder.run(order)
        decode.prepare(plain)
        pid = decoder.pid()
        forked = inside = 0.0
        for _turn in range(count):
            before = processor(pid)
            decoder.run(order)
            forked += processor(pid) - before
            before = time.process_time()
            decode.prepare(plain)
            inside += time.process_time() - before
        rate = at_once(decoder, order, count)
        decoder.close()
    print(f"forked    {forked / count * 1000:8.1f} ms of processor a picture")
    print(f"inside    {inside / count * 1000:8.1f} ms")
    print(f"ratio     {forked / inside:8.2f} (wanted: 1.2 or less)")
    print(f"pictures  {rate:8.1f} /s, {os.cpu_count()} at once")
    return 0


def at_once(decoder: Decoder, order: Order, count: int) -> float:
    """Pictures a second with every core decoding."""
    begun = time.monotonic()
    sent = done = 0
    while done < count:
        while sent < count and sent - done < (os.cpu_count() or 1):
            decoder.submit(order)
            sent += 1
        done += len(decoder.wait(10))
    return count / (time.monotonic() - begun)


if __name__ == "__main__":
    sys.exit(main())
