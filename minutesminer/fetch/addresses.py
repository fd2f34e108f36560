"""Which addresses may be asked: those of a council's own hosts, and never one inside a private network."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
_BELOW = re.compile(r"(?:^|\.)([a-z0-9-]+\.(?:gov\.uk|gov\.wales|llyw\.cymru))$")
"""Domains below which a council has all hosts to itself. `moderngov.co.uk` is none: its hosts are many councils'."""
_UNICAST = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that is given out for the public internet (RFC 4291)
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_PROTOCOLS = ipaddress.IPv4Network("192.0.0.0/24")  # RFC 6890; a cloud gives its secrets there


def authority_of(address: str) -> str | None:
    """Host and port of an http or https address (`democracy.x.gov.uk:443`); None for any other."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        return None
    host = parts.hostname.rstrip(".")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@dataclass(frozen=True, slots=True)
class OwnHosts:
    """The hosts of one council, by the addresses known to be its own."""

    addresses: tuple[str, ...]

    @classmethod
    def of(cls, addresses: Iterable[str]) -> OwnHosts:
        """The hosts of those of the `addresses` that have one."""
        return cls(tuple(address for address in addresses if authority_of(address)))

    def holds(self, address: str) -> bool:
        """Whether an address is on a host of the council: one that is known, or another below its own domain.

        The port must be that of a known address, or the ordinary one of http or https.
        """
        authority = authority_of(address)
        if authority is None:
            return False
        host, _, port = authority.rpartition(":")
        known = [(authority_of(own) or "").rpartition(":") for own in self.addresses]
        if any((host, port) == (own_host, own_port) for own_host, _, own_port in known):
            return True
        if int(port) not in _PORTS.values():
            return False
        ordinary = (own_host for own_host, _, own_port in known if int(own_port) in _PORTS.values())
        return any(_family(host) == _family(own_host) for own_host in ordinary)


def _family(host: str) -> str:
    """What the hosts of one council share."""
    below = _BELOW.search(host)
    return below[1] if below else host.removeprefix("www.")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, whichever way it is wrapped in another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _translated(ip)
        if inner is not None:
            return is_public(str(inner))
        return ip.is_global and ip in _UNICAST
    return ip.is_global and not ip.is_multicast and ip not in _PROTOCOLS


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in one that a translating gateway answers to (RFC 6052)."""
    return ipaddress.IPv4Address(ip.packed[-4:]) if ip in _TRANSLATED else None


def allows(allowed: Iterable[str], host: str, port: int) -> bool:
    """Whether the user allowed a host by name: as `host`, for every port, or as `host:port`."""
    return any(each in (host, f"{host}:{port}", f"[{host}]:{port}") for each in allowed)
