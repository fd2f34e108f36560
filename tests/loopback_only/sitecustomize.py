"""Lets a Python process reach nothing but this machine: no test may ask anybody's site, or a name server, for anything.

Python imports a module of this name when it starts. The tests put this folder on PYTHONPATH, so that the programs
they start are held to it as they are themselves.
"""

from __future__ import annotations

import ipaddress
import sys

REFUSED: list[str] = []
"""What was tried in this process and refused."""

_NAMES = frozenset({"localhost", ""})


def _is_here(host: object) -> bool:
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in _NAMES:
        return True
    try:
        ip = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(ip, "ipv4_mapped", None) or ip
    return inner.is_loopback


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        address = arguments[1]
        if not isinstance(address, tuple) or _is_here(address[0]):
            return  # the sockets of local files have no host
        where = address[0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        where = arguments[0]
        if _is_here(where):
            return
        try:
            ipaddress.ip_address(str(where))
            return  # a number is not looked up anywhere; connecting to it is another event
        except ValueError:
            pass
    else:
        return
    REFUSED.append(f"{event} {where}")
    raise RuntimeError(f"{event} {where!r}: tests reach nothing but this machine")


sys.addaudithook(_refuse)
