"""Program: fetch TH Sarabun New for documents. Run by ``scripts/fetch_fonts.sh`` at set-up.

No package carries the face alone; a Thai localisation add-on on PyPI has the four files (GPL with
embedding exception, as their own name tables say). The wheel is downloaded, the files are taken out
and the wheel is thrown away; nothing of it is committed or installed. Offline, one line says so and
documents are set in the substitute.
"""

import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

PACKAGE = "odoo-addon-l10n-th-base-utils==19.0.2.0.0"
INSIDE = "static/fonts/thai/THSarabunNew/"
EXPECTED = 4
LICENCE_NAMES = {
    0: "Copyright",
    5: "Version",
    8: "Manufacturer",
    11: "Vendor",
    13: "Licence",
    14: "Licence URL",
}


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else Path(sys.prefix) / "share" / "jitasa" / "fonts"
    if len(list(target.glob("THSarabunNew*.ttf"))) >= EXPECTED:
        return say(f"✓ TH Sarabun New: {target}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            files = unpack(download(Path(folder)), target)
    except (OSError, subprocess.SubprocessError, zipfile.BadZipFile, ValueError) as error:
        say(f"! ดาวน์โหลดแบบอักษร TH Sarabun New ไม่ได้ ({last_line(error)}) เอกสารจะใช้แบบอักษร Sarabun แทน")
        return say(
            "  (TH Sarabun New could not be fetched; documents fall back to Sarabun. Run this again online.)"
        )
    return say(f"✓ TH Sarabun New ({len(files)} ไฟล์): {target}")


def download(folder: Path) -> Path:
    """The wheel, alone. :raises subprocess.CalledProcessError: offline, or not to be had."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    subprocess.run(  # noqa: S603 (fixed words, no shell)
        [*pip, "--no-deps", "--only-binary", ":all:", "--dest", str(folder), PACKAGE],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return next(folder.glob("*.whl"))


def unpack(wheel: Path, target: Path) -> list[Path]:
    """The font files, with their licence as text beside them. :raises ValueError: they are not there."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if INSIDE in name and name.endswith(".ttf")]
        if len(names) < EXPECTED:
            raise ValueError("the wheel holds no TH Sarabun New")
        target.mkdir(parents=True, exist_ok=True)
        made = []
        for name in names:
            path = target / PurePosixPath(name).name
            path.write_bytes(archive.read(name))
            made.append(path)
    (target / "THSarabunNew-LICENCE.txt").write_text(licence(made[0].read_bytes()), encoding="utf-8")
    return made


def licence(font: bytes) -> str:
    """What the font's own name table says about its makers and licence."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {
        font[12 + i * 16 : 16 + i * 16]: struct.unpack_from(">II", font, 20 + i * 16) for i in range(count)
    }
    start, _length = tables[b"name"]
    amount, strings = struct.unpack_from(">HH", font, start + 2)
    texts: dict[int, str] = {}
    for index in range(amount):
        platform, _encoding, language, name, length, offset = struct.unpack_from(
            ">6H", font, start + 6 + index * 12
        )
        if platform == 3 and language == 0x409 and name in LICENCE_NAMES:
            at = start + strings + offset
            texts[name] = font[at : at + length].decode("utf-16-be", "replace")
    lines = [f"{LICENCE_NAMES[name]}: {text}" for name, text in sorted(texts.items())]
    return "\n".join([*lines, "", f"Taken from the wheel {PACKAGE} (PyPI).", ""])


def last_line(error: Exception) -> str:
    output = getattr(error, "stderr", None) or str(error).encode()
    lines: list[str] = output.decode(errors="replace").strip().splitlines()
    return lines[-1][:120] if lines else type(error).__name__


def say(text: str) -> int:
    sys.stdout.write(f"{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
