"""Program: say whether a PDF may be enclosed. Run by ``documents.intake.pdf``, one process a file.

It has limits on memory and time, knows no settings and no secrets, and imports nothing of the project.
Names and streams are read by qpdf, so that escapes (``/J#53``), object streams and old cross-reference tables hide
nothing, and so that bytes of a picture are not taken for names.

    python -I pdf_program.py FILE   →   {"verdict": "taken" | "broken" | "locked" | "acts" | "form" | "inside" | "large"}
"""

import io
import json
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 1536 * 1024 * 1024
PROCESSOR_SECONDS = 20
MOST_NODES = 2_000_000
MOST_EMBEDDED = 20
LARGEST_EMBEDDED = 64 * 1024 * 1024
DEEPEST = 2  # a PDF within a PDF, no further
# Actions that move within the document or open a web address after the reader's own click (PDF 2.0, 12.6).
HARMLESS_ACTIONS = {"/GoTo", "/URI", "/Named", "/Thread", "/SetOCGState", "/Trans", "/ResetForm", "/Hide"}
HARMFUL_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE", "/RichMediaExecute",
}  # fmt: skip
# Addresses that are programs or files of the reader's machine; letters may be split by blanks and control letters.
ACTING_ADDRESS = re.compile(rb"^(?:javascript|vbscript|data|file):", re.IGNORECASE)
BLANKS = re.compile(rb"[\x00-\x20\x7f]")
ACTION_KEYS = ("/OpenAction", "/A", "/PA", "/Next")
ACTING_ANNOTATIONS = {"/RichMedia", "/3D", "/Screen", "/Movie"}
PROGRAM_HEADS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


class Refused(Exception):
    """Holds the verdict."""


def main() -> int:
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR_SECONDS)):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        with open(sys.argv[1], "rb") as file:
            inspect(file.read(), depth=1)
        verdict = "taken"
    except Refused as reason:
        verdict = str(reason)
    except (MemoryError, RecursionError):
        verdict = "large"
    json.dump({"verdict": verdict}, sys.stdout)
    return 0


def inspect(content: bytes, *, depth: int) -> None:
    """Look at every object of a PDF. :raises Refused: with the verdict."""
    import pikepdf

    if b"%%EOF" not in content[-2048:]:
        raise Refused("broken")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise Refused("broken")
            check_root(pdf.Root)
            embedded = 0
            for node in nodes(pdf):
                embedded += check_node(node, depth)
                if embedded > MOST_EMBEDDED:
                    raise Refused("inside")
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    except pikepdf.PdfError:
        raise Refused("broken") from None


def check_root(root: Any) -> None:
    """Scripts of the whole document, and forms that are programs (XFA). :raises Refused:"""
    import pikepdf

    names, form = root.get("/Names"), root.get("/AcroForm")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        raise Refused("acts")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        raise Refused("form")


def nodes(pdf: Any) -> Iterator[Any]:
    """Every dictionary and stream dictionary, those written within others too."""
    import pikepdf

    seen = 0
    for indirect in pdf.objects:
        waiting = [indirect]
        while waiting:
            node = waiting.pop()
            seen += 1
            if seen > MOST_NODES:
                raise Refused("large")
            if isinstance(node, (pikepdf.Dictionary, pikepdf.Stream)):
                yield node
                values = [node[key] for key in node.keys()]  # noqa: SIM118 (a stream is no mapping)
            elif isinstance(node, pikepdf.Array):
                values = list(node)
            else:
                continue
            waiting += [value for value in values if not getattr(value, "is_indirect", False)]


def check_node(node: Any, depth: int) -> int:
    """Refuse what acts; answers 1 for an embedded file that may stay."""
    import pikepdf

    for key in ACTION_KEYS:
        action = node.get(key)
        if isinstance(action, pikepdf.Dictionary):
            check_action(action)
    extra = node.get("/AA")
    if isinstance(extra, pikepdf.Dictionary):
        for action in extra.values():
            if isinstance(action, pikepdf.Dictionary):
                check_action(action)
    # An action that nothing names yet, or that a key unknown here names; a font called /JS is none.
    if name_of(node.get("/S")) in HARMFUL_ACTIONS or isinstance(
        node.get("/JS"), (pikepdf.String, pikepdf.Stream)
    ):
        raise Refused("acts")
    if name_of(node.get("/Subtype")) in ACTING_ANNOTATIONS and "/Rect" in node:
        raise Refused("acts")
    files = node.get("/EF")
    if not isinstance(files, pikepdf.Dictionary):
        return 0
    for stream in files.values():
        check_embedded(stream, depth)
    return 1


def check_action(action: Any) -> None:
    """:raises Refused: an action beyond those that a reader expects of a page."""
    if "/JS" in action or name_of(action.get("/S", None)) not in HARMLESS_ACTIONS:
        raise Refused("acts")
    address = action.get("/URI", None)
    if address is not None and ACTING_ADDRESS.match(BLANKS.sub(b"", bytes(address))):
        raise Refused("acts")


def name_of(value: Any) -> str:
    """A PDF name such as ``/GoTo``; empty for anything else."""
    import pikepdf

    return str(value) if isinstance(value, pikepdf.Name) else ""


def check_embedded(stream: Any, depth: int) -> None:
    """An embedded file may be a picture, plain text (XML, CSV) or a PDF that itself may be enclosed."""
    import pikepdf

    if not isinstance(stream, pikepdf.Stream) or depth >= DEEPEST:
        raise Refused("inside")
    try:
        content = bytes(stream.read_bytes())
    except pikepdf.PdfError:  # it unpacks to more than there is memory for
        raise Refused("large") from None
    if len(content) > LARGEST_EMBEDDED or content.startswith(PROGRAM_HEADS):
        raise Refused("inside")
    if b"%PDF-" in content[:1024]:
        inspect(content, depth=depth + 1)
    elif not content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) and not is_plain_text(content):
        raise Refused("inside")


def is_plain_text(content: bytes) -> bool:
    """UTF-8 without control characters, and no page of HTML."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    lowered = text[:4096].lower()
    return "\0" not in text and "<script" not in text.lower() and "<html" not in lowered


if __name__ == "__main__":
    sys.exit(main())
