"""What the front answers itself, before Django: a sentence in Thai and English that says what to do."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from jitasa.config.web.answers import Send, send_head

SENTENCES = {
    400: ("bad_request", "คำขอไม่สมบูรณ์ ลองส่งอีกครั้ง", "The request is incomplete. Send it again."),
    408: (
        "too_slow",
        "ส่งข้อมูลช้าเกินไป ตรวจสัญญาณแล้วส่งอีกครั้ง กดย้อนกลับ ข้อความที่พิมพ์ไว้ยังอยู่",
        "The data came too slowly. Check the signal and send again; go back, the text is still there.",
    ),
    413: (
        "too_large",
        "ข้อมูลที่ส่งใหญ่เกินกำหนด ลดจำนวนหรือขนาดไฟล์แล้วส่งใหม่ ถ้าแนบไฟล์ ต้องเข้าสู่ระบบก่อน กดย้อนกลับ ข้อความที่พิมพ์ไว้ยังอยู่",
        "Too large. Send fewer or smaller files, and sign in before sending files; go back, the text is still there.",
    ),
    503: (
        "busy",
        "ขณะนี้มีผู้ใช้มาก รอสักครู่แล้วลองอีกครั้ง กดย้อนกลับ ข้อความที่พิมพ์ไว้ยังอยู่",
        "Many people use the site just now. Wait a moment and try again; go back, the text is still there.",
    ),
}
DRAIN_BYTES = 16 * 1024 * 1024
DRAIN_SECONDS = 3
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


async def refuse(status: int, headers: list[tuple[bytes, bytes]], receive: Receive, send: Send) -> None:
    """Answer and close. What the client still sends is thrown away for a moment, so that it reads the answer."""
    body, kind = _words(status, headers)
    await send_head(
        send,
        status,
        [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"connection", b"close"),
            *([(b"retry-after", b"5")] if status in {408, 503} else []),
        ],
    )
    await send({"type": "http.response.body", "body": body, "more_body": True})
    if status == 413:
        await _drain(receive)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _words(status: int, headers: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    code, thai, english = SENTENCES[status]
    accept = next((value for name, value in headers if name == b"accept"), b"")
    if b"application/json" in accept and b"text/html" not in accept:
        words = {"error": thai, "error_en": english, "code": code}
        return json.dumps(words, ensure_ascii=False).encode(), b"application/json; charset=utf-8"
    return f"{thai}\n\n{english}\n".encode(), b"text/plain; charset=utf-8"


async def _drain(receive: Receive) -> None:
    left = DRAIN_BYTES
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            while left > 0:
                message = await receive()
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    return
                left -= len(message.get("body", b""))
