"""Pages of several PDFs in one file."""

import io


def together(*parts: bytes) -> bytes:
    """One file of several."""
    import pikepdf  # loaded when files are put together: docs/adr/0165

    whole = pikepdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as pages:
            whole.pages.extend(pages.pages)
    out = io.BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue()
