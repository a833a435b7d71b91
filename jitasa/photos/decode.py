"""Program: decode pictures and write their published copies. Started by ``photos.decoder``.

A warmed parent loads the decoders once and forks a child per picture: starting Python for every picture
cost as much as decoding it. The parent opens no picture; a child has limits on memory, time, file size
and open files, and takes only its own picture with it when a decoder runs wild. The program knows no
settings, no database and no secrets, and imports nothing of the project.

One JSON order a line on standard input, as many at once as are sent:

    {"id": 7, "source": path, "format": "heic", "target": folder, "sizes": {"large": 1920, …},
     "blurs": [[left, top, width, height], …], "memory": bytes, "seconds": 60, "wall": 120}

One JSON outcome a line on standard output, in the order they finish:

    {"id": 7, "exit": 0, "answer": {"width": 4000, "height": 3000, "dhash": 64-bit number, "spread": 41.7}}
    {"id": 7, "exit": 3, "answer": {"problem": text of the decoder}}       the picture cannot be decoded
    {"id": 7, "exit": 1, "answer": {"problem": text}}                      the program itself is at fault
    {"id": 7, "exit": -9, "answer": {}, "overdue": true}                   killed: by a limit or a signal

It ends when standard input does, and takes its children along.
"""

import contextlib
import gc
import json
import os
import resource
import selectors
import signal
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from typing import Any

QUALITY = 82
BAD_PICTURE = 3
PROGRAM_FAULT = 1
LARGEST_COPY = 64 * 1024 * 1024
MOST_FILES = 64
END_MARK = b"\xff\xd9"
WHITE = [255, 255, 255]
# A blurred area is first reduced to so many points on its long side: nobody's face can be had back from six.
BLUR_POINTS = 6


@dataclass
class Child:
    """A forked process at work on one order; ``deadline`` by the monotonic clock."""

    order_id: int
    pid: int
    pipe: int
    deadline: float
    said: bytes = b""
    overdue: bool = False


@dataclass
class Server:
    """The parent: reads orders, forks, collects what the children say, kills those that take too long."""

    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    children: list[Child] = field(default_factory=list)
    unread: bytes = b""

    def run(self) -> None:
        """Serve until standard input ends."""
        self.selector.register(0, selectors.EVENT_READ)
        while True:
            for key, _events in self.selector.select(self._patience()):
                if key.data is not None:
                    self._listen(key.data)
                elif not self._take_orders():
                    self._kill(self.children)
                    return
            now = time.monotonic()
            self._kill([child for child in self._on_time() if child.deadline < now])

    def _on_time(self) -> list[Child]:
        return [child for child in self.children if not child.overdue]

    def _patience(self) -> float | None:
        """Seconds until the next child is overdue; None while there is none."""
        deadlines = [child.deadline for child in self._on_time()]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _take_orders(self) -> bool:
        """Read what was sent and start it; False at the end of the input."""
        data = os.read(0, 1 << 16)
        *lines, self.unread = (self.unread + data).split(b"\n")
        for line in lines:
            self._start(json.loads(line))
        return bool(data)

    def _start(self, order: dict[str, Any]) -> None:
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            _work(order, writer)
        os.close(writer)
        child = Child(order["id"], pid, reader, time.monotonic() + order["wall"])
        self.children.append(child)
        self.selector.register(reader, selectors.EVENT_READ, child)

    def _listen(self, child: Child) -> None:
        """Take what the child says; at the end of it, say how it went."""
        data = os.read(child.pipe, 1 << 16)
        child.said += data
        if data:
            return
        self.selector.unregister(child.pipe)
        os.close(child.pipe)
        _pid, status = os.waitpid(child.pid, 0)
        self.children.remove(child)
        outcome: dict[str, Any] = {"id": child.order_id, "exit": os.waitstatus_to_exitcode(status)}
        outcome["answer"] = _parsed(child.said)
        outcome["overdue"] = child.overdue
        os.write(1, json.dumps(outcome).encode() + b"\n")

    def _kill(self, children: list[Child]) -> None:
        for child in children:
            child.overdue = True
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)


def _parsed(said: bytes) -> dict[str, Any]:
    """A child that was killed half-way has said nothing, or half of it."""
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        return {}
    return answer


def _work(order: dict[str, Any], writer: int) -> None:
    """In the child: decode one picture, say how it went, end. Never returns."""
    code = PROGRAM_FAULT
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        os.closerange(3, writer)
        os.closerange(writer + 1, 4096)
        code, answer = _attempt(order)
        os.write(writer, json.dumps(answer).encode())
    finally:
        os._exit(code)


def _attempt(order: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    import pyvips

    try:
        limit(order["memory"], order["seconds"])
        return 0, prepare(order)
    except (pyvips.Error, ValueError, RuntimeError, MemoryError, SyntaxError) as error:
        return BAD_PICTURE, {"problem": str(error)[:500]}
    except Exception as error:  # the parent says so; the picture is not to blame
        return PROGRAM_FAULT, {"problem": repr(error)[:500]}


def limit(memory: int, seconds: int) -> None:
    """At most so much address space, processor time, file size and files; no core dump."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, LARGEST_COPY),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def prepare(order: dict[str, Any]) -> dict[str, Any]:
    """Write every size, largest first; each next one is made from the one before."""
    sizes = sorted(order["sizes"].items(), key=lambda item: -item[1])
    picture, width, height = opened(order["source"], order["format"], sizes[0][1])
    picture = blurred(picture, order.get("blurs", []))
    for name, side in sizes:
        picture = shrunk(picture, side)
        picture.jpegsave(
            os.path.join(order["target"], f"{name}.jpg"),
            Q=QUALITY,
            # Progressive files are no smaller here and cost twice the processor.
            interlace=False,
            optimize_coding=True,
            keep="none",
        )
    dhash, spread = difference_hash(picture)
    return {"width": width, "height": height, "dhash": dhash, "spread": spread}


def opened(path: str, kind: str, side: int) -> tuple[Any, int, int]:
    """The upright picture in sRGB without transparency, at most ``side`` long, and its full size.

    Colours are converted only when the file brings a profile: that step costs three times the rest.
    """
    import pyvips

    options: dict[str, Any] = {"height": side, "size": "down"}
    if kind == "heic":
        image = from_heic(path)
        shrink = image.thumbnail_image
        width, height = image.width, image.height
    else:
        load = {"jpeg": pyvips.Image.jpegload, "png": pyvips.Image.pngload, "webp": pyvips.Image.webpload}
        image = load[kind](path)
        shrink = partial(pyvips.Image.thumbnail, path, fail_on="error")
        width, height = image.width, image.height
        if image.get_typeof("orientation") and image.get("orientation") >= 5:
            width, height = height, width
    if image.get_typeof("icc-profile-data"):
        options["export_profile"] = "srgb"
    try:
        return plain(shrink(side, **options)).copy_memory(), width, height
    except pyvips.Error as error:
        if kind != "jpeg" or "premature end" not in str(error):
            raise
        shrink = partial(pyvips.Image.thumbnail_buffer, ended(path), fail_on="error")
        return plain(shrink(side, **options)).copy_memory(), width, height


def ended(path: str) -> bytes:
    """A JPEG that only lacks its end mark, with it. :raises ValueError: more is missing than that.

    A decoder fills what is missing with what it has, without a word. So the file is decoded twice, with the
    mark and with other data before it: behind a whole picture that data is passed over, in one that was cut
    off it shows.
    """
    import pyvips

    with open(path, "rb") as file:
        data = file.read()
    other = data + bytes(range(1, 255)) * 4 + END_MARK
    data += END_MARK
    one, two = (pyvips.Image.jpegload_buffer(each, access="sequential") for each in (data, other))
    if (one != two).max():
        raise ValueError("jpeg: cut off")
    return data


def from_heic(path: str) -> Any:
    """pyvips-binary carries no HEVC decoder; pi-heif does, and turns the picture upright itself."""
    import pi_heif  # type: ignore[import-untyped]  # ships no types
    import pyvips

    try:
        heif = pi_heif.open_heif(path, convert_hdr_to_8bit=True)
        data = bytes(heif.data)  # decoded here
    except Exception as error:  # whatever the decoder says of the file
        raise ValueError(f"heic: {error}") from error
    width, height = heif.size
    bands = len(heif.mode)
    if heif.stride != width * bands:
        rows = (data[row * heif.stride : row * heif.stride + width * bands] for row in range(height))
        data = b"".join(rows)
    image = pyvips.Image.new_from_memory(data, width, height, bands, "uchar")
    image = image.copy(interpretation="srgb" if bands >= 3 else "b-w")
    if heif.info.get("icc_profile"):  # Display P3 on every iPhone
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", heif.info["icc_profile"])
    return image


def plain(image: Any) -> Any:
    """Eight bits, three bands, on white where it was transparent."""
    if image.hasalpha():
        image = image.flatten(background=WHITE)
    if image.interpretation != "srgb":
        image = image.colourspace("srgb")
    return image.cast("uchar")


def blurred(image: Any, areas: list[list[float]]) -> Any:
    """Each area (fractions of the picture) as a few soft patches of colour."""
    for left, top, width, height in areas:
        x, y = int(left * image.width), int(top * image.height)
        w = max(1, min(image.width - x, round(width * image.width)))
        h = max(1, min(image.height - y, round(height * image.height)))
        coarse = image.crop(x, y, w, h).thumbnail_image(BLUR_POINTS, height=BLUR_POINTS, size="down")
        patch = coarse.resize(w / coarse.width, vscale=h / coarse.height, kernel="cubic")
        patch = patch.crop(0, 0, min(w, patch.width), min(h, patch.height)).cast("uchar")
        image = image.insert(patch, x, y).copy_memory()
    return image


def shrunk(image: Any, side: int) -> Any:
    return image.thumbnail_image(side, height=side, size="down").copy_memory()


def difference_hash(image: Any) -> tuple[int, float]:
    """64 bits, row by row: is a field of the 9 × 8 grid darker than its right neighbour?

    Also gives the spread (standard deviation, 0–255) of the 72 fields.
    """
    grey = image.colourspace("b-w").thumbnail_image(9, height=8, size="force").cast("uchar")
    fields = grey.write_to_memory()
    value = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            value = value << 1 | (fields[at] < fields[at + 1])
    return value, float(grey.deviate())


def main() -> int:
    """Load the decoders, then serve. Loading starts no thread, so that forking stays safe."""
    import pi_heif  # noqa: F401
    import pyvips  # noqa: F401

    # What is loaded stays as it is: no child copies these pages because the collector looked at them.
    gc.disable()
    gc.freeze()
    Server().run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
