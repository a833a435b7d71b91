"""What files that are no documents may do in a browser: nothing. The page that uses them says what it may do itself."""

from collections.abc import MutableMapping

# A first visit asks for some fifty of them, and the whole policy in each would be a tenth of its weight.
NO_DOCUMENTS = (".js", ".css", ".woff2", ".json", ".png")
POLICY = "default-src 'none'; frame-ancestors 'none'"


def short_policy(headers: MutableMapping[str, str], path: str, _url: str) -> None:
    """A policy that allows nothing, for files that need nothing; pictures in SVG and all else keep the whole one."""
    if path.removesuffix(".br").removesuffix(".gz").endswith(NO_DOCUMENTS):
        headers["Content-Security-Policy"] = POLICY
