"""One POST to an address outside, and nowhere else: the name is looked up once, and that address is spoken to.

A name that leads to this machine or its network is refused, when it is set and each time it is used; nothing
is followed to another address; time and size of the answer are bounded (docs/adr/0070).
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
WHOLE_SECONDS = 15.0  # of one try, however slowly the other side speaks
ANSWER_MOST = 4096  # bytes read of an answer
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Ways around through IPv6: an IPv4 address inside that a translator of the network may unpack.
_INSIDE = tuple(
    ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)


class NotAllowed(Exception):
    """The address may not be spoken to; the text says why, for the administrator."""


@dataclass(frozen=True)
class Target:
    """Where a POST goes: ``address`` is the number that is spoken to, ``host`` the name it must prove to be."""

    host: str
    port: int
    path: str
    secure: bool
    address: str


def target_of(url: str) -> Target:
    """Look the address up and check it. :raises NotAllowed:"""
    private = settings.WEBHOOKS_PRIVATE
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowed(_("ที่อยู่นี้อ่านไม่ได้ คัดลอกมาทั้งหมด ตั้งแต่ https://")) from None
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise NotAllowed(_("ที่อยู่ต้องขึ้นต้นด้วย https://"))
    if not parts.hostname or parts.username is not None or parts.password is not None or parts.fragment:
        raise NotAllowed(_("ใส่เฉพาะที่อยู่ ไม่ใส่ชื่อผู้ใช้ รหัสผ่าน หรือ # ต่อท้าย"))
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.hostname, port, path, secure, _looked_up(parts.hostname, port, private=private))


def _looked_up(host: str, port: int, *, private: bool) -> str:
    """The one address to use. Every address of the name must be outside. :raises NotAllowed:"""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotAllowed(_("หาที่อยู่ของ %(host)s ไม่พบ ตรวจตัวสะกด") % {"host": host}) from None
    numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not private and not all(is_outside(number) for number in numbers):
        raise NotAllowed(_("ที่อยู่นี้อยู่ในเครือข่ายภายใน ใช้ได้เฉพาะที่อยู่บนอินเทอร์เน็ต"))
    return numbers[0]


def is_outside(number: str) -> bool:
    """Whether an address is one of the open internet, not of a machine, a network of its own or a relay into one."""
    try:
        address: Address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_outside(str(address.ipv4_mapped))
        if any(address in network for network in _INSIDE):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """Send; the status of the answer, whose body is thrown away.

    :raises OSError: it could not be reached, or took too long. :raises urllib3.exceptions.HTTPError:
    :raises http.client.HTTPException: what came back is no HTTP.
    """
    connection = _connection(target)
    watch = threading.Timer(WHOLE_SECONDS, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        connection.request(
            "POST", target.path, body=body, headers={**headers, "Host": _name(target)}, preload_content=False
        )
        answer = connection.getresponse()
        answer.read(ANSWER_MOST, decode_content=False)
        return answer.status
    finally:
        watch.cancel()
        connection.close()


def _connection(target: Target) -> HTTPConnection:
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
    if not target.secure:
        found = HTTPConnection(target.address, target.port, timeout=CONNECT_SECONDS)
    else:
        found = HTTPSConnection(
            target.address,
            target.port,
            timeout=CONNECT_SECONDS,
            ssl_context=ssl.create_default_context(),
            server_hostname=target.host,
            assert_hostname=target.host,
        )
    found.connect()
    found.sock.settimeout(timeout.read_timeout)
    return found


def _cut(connection: HTTPConnection) -> None:
    """End a try that takes too long, from the watching thread."""
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _name(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == (443 if target.secure else 80) else f"{host}:{target.port}"
