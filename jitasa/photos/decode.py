"""Program: decode one picture and write its published copies. Run by ``services.prepare``.

It runs in a process of its own with limits on memory, time and file size, knows no settings, no
database and no secrets, and imports nothing of the project: a decoder that is made to run wild takes
only this process with it. Reads a JSON order from standard input and writes a JSON answer:

    {"source": path, "format": "heic", "target": folder, "sizes": {"large": 1920, …},
     "blurs": [[left, top, width, height], …], "memory": bytes, "seconds": 60}
    {"width": 4000, "height": 3000, "dhash": 64-bit number, "spread": 41.7}   exit code 0
    {"problem": text of the decoder}                                          exit code 3
"""

import json
import os
import resource
import sys
from functools import partial
from typing import Any

QUALITY = 82
BAD_PICTURE = 3
LARGEST_COPY = 64 * 1024 * 1024
WHITE = [255, 255, 255]
# A blurred area is first reduced to so many points on its long side: nobody's face can be had back from six.
BLUR_POINTS = 6


def main() -> int:
    order = json.load(sys.stdin)
    limit(order["memory"], order["seconds"])
    import pyvips

    try:
        answer = prepare(order)
    except (pyvips.Error, ValueError, RuntimeError, MemoryError, SyntaxError) as error:
        json.dump({"problem": str(error)[:500]}, sys.stdout)
        return BAD_PICTURE
    json.dump(answer, sys.stdout)
    return 0


def limit(memory: int, seconds: int) -> None:
    """At most so much address space, processor time, file size and files; no core dump."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, LARGEST_COPY),
        (resource.RLIMIT_NOFILE, 64),
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
            interlace=True,
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
    return plain(shrink(side, **options)).copy_memory(), width, height


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


if __name__ == "__main__":
    sys.exit(main())
