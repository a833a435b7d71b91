"""What the front answers itself, before Django: a sentence in Thai and English that says what to do."""

import asyncio
import base64
import contextlib
import hashlib
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
        "ระบบไม่ว่างหรือฐานข้อมูลไม่ตอบ ยังไม่ได้รับสิ่งที่ส่ง รอสักครู่แล้วลองอีกครั้ง กดย้อนกลับ ข้อความที่พิมพ์ไว้ยังอยู่",
        "The site is busy or its database does not answer; nothing was taken. Wait a moment and try again; go back, the text is still there.",
    ),
}
TITLES = {
    400: "อ่านคำขอนี้ไม่ได้",
    408: "ข้อมูลมาช้าเกินไป",
    413: "สิ่งที่ส่งมาใหญ่เกินไป",
    503: "ระบบไม่ว่างชั่วคราว",
}
# The colours of ui/css/tokens.css; the page needs no other file, for the next request may be refused, too.
STYLE = (
    ":root{color-scheme:light dark;--ink:#14213d;--mute:#46526d;--ground:#f5f7fb;--paper:#fff;--line:#dfe4ee}"
    "@media(prefers-color-scheme:dark){:root{--ink:#eef2fb;--mute:#b9c4da;--ground:#0d1526;--paper:#152038;"
    "--line:#2a3650}}"
    "body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.6 'IBM Plex Sans Thai Looped',"
    "'Noto Sans Thai Looped',Sarabun,'Leelawadee UI',sans-serif}"
    "main{max-width:600px;margin:48px auto;padding:24px;background:var(--paper);border:1px solid var(--line);"
    "border-radius:12px}@media(max-width:640px){main{margin:16px}}"
    "h1{margin:0 0 8px;font-size:28px;line-height:1.3}p{margin:8px 0}p[lang]{color:var(--mute);font-size:15px}a{color:inherit}"
)
POLICY = f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
PAGE = """<!doctype html>
<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · INFO จิตอาสา</title><style>{style}</style></head>
<body><main><p>INFO จิตอาสา</p><h1>{title}</h1><p>{thai}</p><p lang="en">{english}</p>
<p><a href="/">กลับหน้าแรก <span lang="en">(front page)</span></a></p></main></body></html>
"""
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
            (b"content-security-policy", POLICY.encode()),
            (b"connection", b"close"),
            *([(b"retry-after", b"5")] if status in {408, 503} else []),
        ],
    )
    await send({"type": "http.response.body", "body": body, "more_body": True})
    if status in {413, 503}:
        await _drain(receive)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _words(status: int, headers: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    code, thai, english = SENTENCES[status]
    accept = next((value for name, value in headers if name == b"accept"), b"")
    if b"application/json" in accept and b"text/html" not in accept:
        words = {"error": thai, "error_en": english, "code": code}
        return json.dumps(words, ensure_ascii=False).encode(), b"application/json; charset=utf-8"
    if b"text/html" in accept:
        page = PAGE.format(title=TITLES[status], style=STYLE, thai=thai, english=english)
        return page.encode(), b"text/html; charset=utf-8"
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
