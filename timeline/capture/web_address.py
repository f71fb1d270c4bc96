"""Which addresses may be fetched, and which machines are behind them."""

import ipaddress
import re
import socket
from typing import NamedTuple
from urllib.parse import quote, urlsplit

PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[\w.:-]+", re.ASCII)
_IN_QUERY = "%/:=&~+!$,;'@()*?[]|"  # what is not written out there
_CARRYING_IPV4 = ipaddress.ip_network("64:ff9b::/96")  # IPv6 addresses that lead to IPv4 ones: RFC 6052


class NotFetched(Exception):
    """A page that was not fetched; the message says why."""


class WebAddress(NamedTuple):
    """The parts of an address with http or https."""

    scheme: str
    host: str  # ASCII
    port: int
    target: str  # path and query, as a request has them

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> WebAddress:
    """Return the parts of an address. Raises NotFetched for what is none of the web, or carries a password."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as error:
        raise NotFetched(f"“{url}” is not an address: {error}.") from None
    if parts.scheme not in PORTS or not _HOST.fullmatch(host):
        raise NotFetched(f"“{url}” is not a web address. Write one that begins with http:// or https://.")
    if parts.username is not None or parts.password is not None:
        raise NotFetched(
            "The address carries a user name or a password, which would be stored with the page. Leave them out."
        )
    target = quote(parts.path or "/", safe="%/:=&~+!$,;'@()*") + (
        f"?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else ""
    )
    return WebAddress(parts.scheme, host, port, target)


def machine_of(address: WebAddress, *, allows_private: bool) -> str:
    """Return the IP address to connect to. Raises NotFetched where the host is not known, or leads into a private network."""
    try:
        answers = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(f"The host “{address.host}” is not known.") from None
    machines = [str(answer[4][0]) for answer in answers]
    if not allows_private and (private := [machine for machine in machines if not is_public(machine)]):
        raise NotFetched(
            f"“{address.host}” leads to {private[0]}, which is not a public address. If that is meant, add --allow-private."
        )
    return machines[0]


def is_public(machine: str) -> bool:
    """Return whether an IP address is one of the public internet, and carries no other that is not."""
    ip = ipaddress.ip_address(machine.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _CARRYING_IPV4:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
