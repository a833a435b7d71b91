"""A client as ODK Collect is one: asks, downloads, fills in, sends in several requests. Over real HTTP."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

BOUNDARY = "collect0boundary"
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
RESPONSE = "{http://openrosa.org/http/response}"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def xml(self) -> Element:
        found: Element = fromstring(self.body)
        return found

    @property
    def words(self) -> str:
        """The sentence that the telephone shows."""
        return self.xml.findtext(f"{RESPONSE}message") or ""


def ask(method: str, url: str, body: bytes | None = None, *, headers: dict[str, str] | None = None) -> Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    sent = {"X-OpenRosa-Version": "1.0", **(headers or {})}
    connection.request(method, parts.path, body, sent)
    answer = connection.getresponse()
    found = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    connection.close()
    return found


def multipart(xml: bytes, files: Mapping[str, bytes] | None = None, *, more: bool = False) -> bytes:
    """The body of a sending, whose parts ``BOUNDARY`` divides."""
    parts = [("xml_submission_file", "submission.xml", "text/xml", xml)]
    parts += [(name, name, "image/jpeg", data) for name, data in (files or {}).items()]
    body = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        f"Content-Type: {kind}\r\n\r\n".encode()
        + data
        + b"\r\n"
        for name, file, kind, data in parts
    )
    if more:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="*isIncomplete*"\r\n\r\nyes\r\n'
        body += head.encode()
    body += f"--{BOUNDARY}--\r\n".encode()
    return body


def send(
    url: str,
    xml: bytes,
    files: dict[str, bytes] | None = None,
    *,
    more: bool = False,
    headers: dict[str, str] | None = None,
) -> Answer:
    body = multipart(xml, files, more=more)
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return ask("POST", url, body, headers={"Content-Type": kind, **(headers or {})})


def filled(
    form: bytes, *, instance: str = "", replaces: str = "", photos: tuple[str, ...] = (), **texts: Any
) -> bytes:
    """The form's own instance filled in: an address that the form does not have is a fault of the test."""
    root = fromstring(form)
    data = next(each for each in root.iter() if each.tag.rpartition("}")[2] == "data")
    known = {each.tag.rpartition("}")[2] for each in data.iter()}
    assert set(texts) - {"groups", "measures"} <= known, set(texts) - known
    lines = [f"<{name}>{text}</{name}>" for name, text in texts.items() if name not in {"groups", "measures"}]
    for group in ("groups", "measures"):
        inside = texts.get(group, {})
        assert set(inside) <= known, (inside, known)
        lines.append(f"<{group}>{''.join(f'<{n}>{v}</{n}>' for n, v in inside.items())}</{group}>")
    lines += [f"<photos><image>{name}</image><caption>ขยะ</caption></photos>" for name in photos]
    before = f"<orx:deprecatedID>{replaces}</orx:deprecatedID>" if replaces else ""
    meta = f"<orx:meta><orx:instanceID>{instance or f'uuid:{uuid4()}'}</orx:instanceID>{before}</orx:meta>"
    head = (
        f'<data id="{data.get("id")}" version="{data.get("version")}" xmlns:orx="http://openrosa.org/xforms">'
    )
    return f"<?xml version='1.0'?>{head}{''.join(lines)}{meta}</data>".encode()
