"""Addresses of readers: one spelling, and the network that counts as one reader."""

import ipaddress

IPV6_PREFIX = 64  # what one household or office is given (RFC 6177); inside it addresses are free to choose


def clean_address(text: str) -> str:
    """One spelling of an address a server or proxy wrote: ``203.0.113.9:4711``, ``[2001:db8::1]:443`` and
    ``::ffff:203.0.113.9`` lose what is not the address; what is no address gives an empty string."""
    word = text.strip().strip('"')
    if word.startswith("["):
        word = word[1:].partition("]")[0]
    elif word.count(":") == 1:
        word = word.partition(":")[0]
    try:
        address = ipaddress.ip_address(word.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(address)


def network_of(text: str) -> str:
    """What counts as one reader: an IPv4 address, or the /64 of an IPv6 one; empty for no address."""
    address = clean_address(text)
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/{IPV6_PREFIX}", strict=False))
