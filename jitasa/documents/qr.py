"""QR codes as SVG."""

import io

import segno


def svg(text: str, *, dark: str = "#000", border: int = 2) -> str:
    """An SVG picture of ``text`` that scales; error correction M (15 %), white ground.

    :raises ValueError: the text is empty or too long for a QR code (about 2,300 bytes).
    """
    out = io.BytesIO()
    _code(text).save(out, kind="svg", xmldecl=False, omitsize=True, border=border, dark=dark, light="#fff")
    return out.getvalue().decode()


def png(text: str, *, scale: int = 12, border: int = 2) -> bytes:
    """A PNG picture of ``text``, ``scale`` dots a module, for formats that take no SVG.

    :raises ValueError: as :func:`svg`.
    """
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=scale, border=border)
    return out.getvalue()


def _code(text: str) -> segno.QRCode:
    if not text:
        raise ValueError("nothing to put into a QR code")
    try:
        return segno.make(text, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise ValueError("too long for a QR code") from error
