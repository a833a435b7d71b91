"""One request to Django through WSGI: the environment out of an ASGI scope, the answer as Django made it."""

import sys
from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Scope = MutableMapping[str, Any]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
FORM_TYPE = {b"content-type": "CONTENT_TYPE"}


@dataclass
class WsgiResponse:
    """What Django answered; ``result`` is the response object itself."""

    status: int
    headers: list[tuple[bytes, bytes]]
    result: Any

    @property
    def streaming(self) -> bool:
        return bool(getattr(self.result, "streaming", False))

    @property
    def file(self) -> IO[bytes] | None:
        """The open file of a ``FileResponse``: it can be read from any thread."""
        found: IO[bytes] | None = getattr(self.result, "file_to_stream", None)
        return found


def environ_of(scope: Scope, body: IO[bytes], size: int, arrived: float) -> dict[str, Any]:
    """``jitasa.arrived``: when the request came, on the monotonic clock (``ui.database``)."""
    raw = scope.get("raw_path") or scope["path"].encode()
    server, client = scope.get("server") or ("localhost", 0), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "jitasa.arrived": arrived,
    }
    _add_headers(environ, scope["headers"])
    return environ


def _add_headers(environ: dict[str, Any], headers: list[tuple[bytes, bytes]]) -> None:
    """As CGI names them. A name with an underscore could pass for another one, so it is dropped."""
    for name, value in headers:
        if name in {b"content-length", b"transfer-encoding"} or b"_" in name:
            continue
        key = FORM_TYPE.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        if key in environ:
            text = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        environ[key] = text


def call(application: Wsgi, environ: dict[str, Any]) -> WsgiResponse:
    """Ask Django. An answer that is not streamed is whole afterwards."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        begun[:] = [(status, headers)]

    result = application(environ, start_response)
    status, headers = begun[0]
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return WsgiResponse(int(status.split(" ", 1)[0]), encoded, result)


def call_whole(application: Wsgi, environ: dict[str, Any]) -> tuple[WsgiResponse, bytes | None]:
    """The answer and its bytes; ``None`` instead of bytes when they are streamed."""
    answer = call(application, environ)
    if answer.streaming:
        return answer, None
    try:
        return answer, b"".join(answer.result)
    finally:
        answer.result.close()
