"""Answers in the shapes of OpenRosa. Their words are shown to whoever holds the telephone."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from django.http import HttpResponse
from django.urls import reverse

RESPONSE = "http://openrosa.org/http/response"
LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def xml(root: ET.Element, namespace: str, *, status: int = 200) -> HttpResponse:
    """The document with its one namespace as the default, as these clients expect it."""
    root.set("xmlns", namespace)
    return dressed(HttpResponse(DECLARATION + ET.tostring(root, "utf-8"), status=status))


def dressed(response: HttpResponse, content_type: str = "text/xml; charset=utf-8") -> HttpResponse:
    """With the headers of OpenRosa; its ``Date`` comes from the server, which puts one on every answer."""
    response["Content-Type"] = content_type
    response["X-OpenRosa-Version"] = "1.0"
    response["Cache-Control"] = "private, no-store"
    return response


def message(
    status: int, words: str, *, nature: str = "", headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """``OpenRosaResponse`` with one sentence."""
    root = ET.Element("OpenRosaResponse")
    said = ET.SubElement(root, "message", {"nature": nature} if nature else {})
    said.text = words
    response = xml(root, RESPONSE, status=status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def child(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def address(base: str, name: str, *args: str) -> str:
    """The whole address of a view under ``base`` (with the token where the client's own address has it)."""
    path = reverse(f"openrosa:{name}", args=args)
    return base + path.removeprefix("/openrosa")
