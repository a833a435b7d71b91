"""The ASGI application before Django: refuse, collect, run in a thread of the right lane, send (docs/adr/0012)."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.db.utils import Error as DatabaseError
from django.utils import timezone

from jitasa.audit.access.masking import masked
from jitasa.audit.access.writer import WRITER
from jitasa.config.web import answers, wsgi_call
from jitasa.config.web.bodies import Bodies, Body, BodyRefused, ClientGone, Receive, collect
from jitasa.config.web.lanes import Crowded, Lanes
from jitasa.config.web.limits import Limits
from jitasa.config.web.refusals import refuse
from jitasa.config.web.sign_in import sender_is_known
from jitasa.ui.body_limits import limit_for
from jitasa.ui.database import is_passing
from jitasa.ui.network import clean_address, network_of
from jitasa.ui.reading import are_digits

log = logging.getLogger("jitasa.front")
Scope = wsgi_call.Scope
Headers = list[tuple[bytes, bytes]]


class Front:
    """One a process. ``scope["jitasa.connection"]`` is the connection (``connections.GuardedProtocol``)."""

    def __init__(self, application: wsgi_call.Wsgi, limits: Limits) -> None:
        self._application = application
        self.limits = limits
        self.lanes = Lanes(limits)
        self.bodies = Bodies(limits)
        self._ahead = answers.Ahead(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: answers.Send) -> None:
        arrived = time.monotonic()
        connection = scope["jitasa.connection"]
        try:
            announced = announced_length(scope["headers"])
            body = self.bodies.open(on_disk=limit_for(scope["path"]).takes_files, cut=connection.cut)
            try:
                await self._collect(scope, receive, body, announced)
                await self._answer(scope, send, body, arrived)
            finally:
                self.bodies.close(body)
        except ClientGone:
            return
        except (BodyRefused, Crowded) as refusal:
            status = getattr(refusal, "status", 503)
            if connection.gone:
                return
            client = reader_of(scope) or "-"
            log.warning("%s %s %s from %s", status, scope["method"], scope["path"], client)
            await asyncio.to_thread(_log_refusal, scope, client, status)
            await refuse(status, scope["headers"], receive, send)

    async def _collect(self, scope: Scope, receive: Receive, body: Body, announced: int | None) -> None:
        if announced == 0:
            body.complete = True
            return
        await collect(
            receive,
            body=body,
            bodies=self.bodies,
            announced=announced,
            limit=limit_for(scope["path"]),
            signed_in=self._signed_in(scope),
            limits=self.limits,
        )
        if announced is not None and body.size != announced:
            raise ClientGone

    def _signed_in(self, scope: Scope) -> Callable[[], Awaitable[bool]]:
        """Whether cookies or token are those of somebody known: asked only for bodies larger than a form.

        A database that cannot say is no stranger: who sends is told to come again (503), not that it is too large.
        """
        headers = scope["headers"]
        cookies = "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
        token = next((value.decode("latin-1") for name, value in headers if name == b"authorization"), "")
        reader, path = network_of(reader_of(scope)), scope["path"]

        async def ask() -> bool:
            try:
                return await self.lanes.reading.run(
                    lambda: sender_is_known(path, cookies, token), reader=reader
                )
            except DatabaseError as error:
                if is_passing(error):
                    raise BodyRefused(503) from None
                return False

        return ask

    async def _answer(self, scope: Scope, send: answers.Send, body: Body, arrived: float) -> None:
        connection = scope["jitasa.connection"]
        body.file.seek(0)
        environ = wsgi_call.environ_of(scope, body.file, body.size, arrived)
        lane = self.lanes.for_request(scope["method"], scope["path"])
        answer, content = await lane.run(
            lambda: wsgi_call.call_whole(self._application, environ),
            reader=network_of(reader_of(scope)),
            wanted=lambda: not connection.gone,
        )
        if content is not None:
            if not any(name == b"content-length" for name, _value in answer.headers):
                answer.headers.append((b"content-length", str(len(content)).encode()))
            await answers.send_head(send, answer.status, answer.headers)
            await answers.send_whole(send, content, lambda: connection.gone)
        elif scope["method"] == "HEAD":
            answer.result.close()
            await answers.send_head(send, answer.status, answer.headers)
            await answers.send_whole(send, b"", lambda: connection.gone)
        elif answer.file is not None:
            await self._send_file(answer, send, connection)
        else:
            await self._send_stream(scope, answer, send)

    async def _send_file(self, answer: wsgi_call.WsgiResponse, send: answers.Send, connection: Any) -> None:
        assert answer.file is not None
        try:
            await answers.send_head(send, answer.status, answer.headers)
            await answers.send_file(send, answer.file, lambda: connection.gone)
        finally:
            await asyncio.to_thread(answer.result.close)

    async def _send_stream(self, scope: Scope, answer: wsgi_call.WsgiResponse, send: answers.Send) -> None:
        """:raises Crowded: no thread could be had for making it."""
        connection = scope["jitasa.connection"]
        stream = answers.Stream(answer.result, self._ahead)
        making = asyncio.ensure_future(
            self.lanes.streams.run(
                stream.make, reader=network_of(reader_of(scope)), wanted=lambda: not connection.gone
            )
        )
        making.add_done_callback(lambda _done: stream.wake())
        try:
            await stream.begun(lambda: connection.gone or making.done())
            if making.done():
                making.result()
            await answers.send_head(send, answer.status, answer.headers)
            if not await stream.send(send, lambda: connection.gone):
                connection.cut()
        finally:
            stream.close()
            await asyncio.wait({making})
            if not making.cancelled() and making.exception() is not None:
                log.error("a streamed answer ended half-way", exc_info=making.exception())
            stream.forget()

    def state(self) -> dict[str, Any]:
        """For the heartbeat: how many wait for a thread in each lane."""
        return {lane.name: lane.waiting for lane in self.lanes.all()}


def _log_refusal(scope: Scope, client: str, status: int) -> None:
    """What Django does not see stands in the access log too (Computer Crime Act s.26)."""
    fields = {
        "who": "guest",
        "from": client,
        "method": scope["method"],
        "path": masked(scope["path"], scope["query_string"].decode("latin-1"), []),
        "status": status,
    }
    WRITER.write(fields, timezone.now())


def reader_of(scope: Scope) -> str:
    """The reader's address, as ``accounts.middleware.ProxyAddress`` takes it; empty when there is none."""
    if settings.BEHIND_PROXY:
        written = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        if written and (last := clean_address(written[-1].decode("latin-1").split(",")[-1])):
            return last
    return clean_address(scope["client"][0]) if scope.get("client") else ""


def announced_length(headers: Headers) -> int | None:
    """``None``: chunked, so it is not known. 0: there is no body."""
    chunked = any(name == b"transfer-encoding" for name, _value in headers)
    length = next((value for name, value in headers if name == b"content-length"), None)
    if chunked:
        return None
    if length is None:
        return 0
    digits = length.decode("latin-1")
    if not are_digits(digits, most=len(digits)):
        raise BodyRefused(400)
    if not are_digits(digits, most=15):  # no disk holds that
        raise BodyRefused(413)
    return int(digits)
