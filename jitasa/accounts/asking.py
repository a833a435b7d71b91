"""Who asks: a person opening a page, or a script of a page."""

from django.http import HttpRequest


def asked_by_script(request: HttpRequest) -> bool:
    """Whether htmx or ``fetch`` asks, not a person opening a page."""
    headers = request.headers
    if headers.get("HX-Boosted"):
        return False
    if headers.get("HX-Request") or headers.get("X-Requested-With") in {"fetch", "XMLHttpRequest"}:
        return True
    if headers.get("Sec-Fetch-Mode", "navigate") in {"cors", "same-origin", "no-cors"}:
        return True
    accept = headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept
