"""QR codes as SVG."""

import io

import segno


def svg(text: str, *, dark: str = "#000", border: int = 2) -> str:
    """An SVG picture of ``text`` that scales; error correction M (15 %), white ground.

    :raises ValueError: the text is empty or too long for a QR code (about 2,300 bytes).
    """
    if not text:
        raise ValueError("nothing to put into a QR code")
    try:
        code = segno.make(text, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise ValueError("too long for a QR code") from error
    out = io.BytesIO()
    code.save(out, kind="svg", xmldecl=False, omitsize=True, border=border, dark=dark, light="#fff")
    return out.getvalue().decode()
