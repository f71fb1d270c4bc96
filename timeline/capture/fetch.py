"""A page fetched from its address, with each request and answer as it was sent."""

import datetime as dt
import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin

from timeline.capture.web_address import NotFetched, WebAddress, machine_of, parse

MOST_REDIRECTS = 5
LARGEST = 32_000_000  # bytes of an answer
SECONDS = 60.0  # for all of it, redirects too
REDIRECTS = (301, 302, 303, 307, 308)
ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.1"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, byte by byte."""

    url: str
    machine: str  # IP address
    at: dt.datetime  # UTC, when it was asked
    request: bytes
    answer: bytes  # status line, headers and body
    status: int
    reason: str
    leads_to: str = ""  # the address of a redirect


class _Recorded(io.RawIOBase):
    """What a connection answers, as long as it is neither too much nor too late. `content`: all bytes so far."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection, self._deadline, self.content = connection, deadline, bytearray()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        self._connection.settimeout(_left(self._deadline))
        count = self._connection.recv_into(buffer)
        self.content += buffer[:count]
        if len(self.content) > LARGEST:
            raise NotFetched(f"The response has more than {LARGEST:,} bytes.")
        return count


@dataclass(slots=True)
class _Connection:
    """What `http.client` reads an answer from."""

    recorded: _Recorded
    files: list[io.BufferedReader] = field(default_factory=list)

    def makefile(self, mode: str) -> io.BufferedReader:
        self.files.append(io.BufferedReader(self.recorded))
        return self.files[-1]


def fetch(url: str, user_agent: str, *, allows_private: bool = False) -> list[Exchange]:
    """Return the exchanges from this address to the page, the redirects before it. Raises NotFetched."""
    deadline = time.monotonic() + SECONDS
    exchanges: list[Exchange] = []
    while True:
        url = urldefrag(url.strip()).url
        try:
            exchanges.append(exchange := _exchange(url, user_agent, deadline, allows_private))
        except ssl.SSLError as error:
            raise NotFetched(f"{url}: no secure connection: {error.reason or error}.") from None
        except TimeoutError:
            raise NotFetched(f"{url}: no whole answer within {SECONDS:g} seconds.") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotFetched(f"{url}: no answer that can be read: {error or type(error).__name__}.") from None
        if not exchange.leads_to:
            break
        if len(exchanges) > MOST_REDIRECTS:
            raise NotFetched(f"{url}: redirected more than {MOST_REDIRECTS} times.")
        url = exchange.leads_to
    if exchange.status != http.HTTPStatus.OK:
        raise NotFetched(f"{url} answers {exchange.status} {exchange.reason}".rstrip() + ".")
    return exchanges


def _exchange(url: str, user_agent: str, deadline: float, allows_private: bool) -> Exchange:
    address = parse(url)
    machine = machine_of(address, allows_private=allows_private)
    at = dt.datetime.now(dt.UTC)
    request = _request(address, user_agent)
    with _connected(address, machine, deadline) as connection:
        connection.sendall(request)
        recorded = _Recorded(connection, deadline)
        response = http.client.HTTPResponse(_Connection(recorded))  # type: ignore[arg-type]
        response.begin()
        response.read()
    location = response.getheader("Location", "") if response.status in REDIRECTS else ""
    leads_to = urljoin(url, location) if location else ""
    return Exchange(url, machine, at, request, bytes(recorded.content), response.status, response.reason, leads_to)


def _request(address: WebAddress, user_agent: str) -> bytes:
    lines = (
        f"GET {address.target} HTTP/1.1",
        f"Host: {address.host_header}",
        f"User-Agent: {user_agent}",
        f"Accept: {ACCEPT}",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _connected(address: WebAddress, machine: str, deadline: float) -> socket.socket:
    """Return a connection to the machine that was looked at, whatever the host leads to a moment later."""
    connection = socket.create_connection((machine, address.port), timeout=_left(deadline))
    if address.scheme == "http":
        return connection
    return ssl.create_default_context().wrap_socket(connection, server_hostname=address.host)


def _left(deadline: float) -> float:
    """Return the seconds that are left. Raises TimeoutError where none are."""
    if (left := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return left
