"""Bad requests to a real server: wrong values for every parameter, wrong addresses and methods, broken HTTP. None may end in a fault."""

import http.client
import random
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote_from_bytes

from tests.trust.sites import HOST

CLIENTS = 4
NASTY = [
    b"",
    b"\x00",
    b"a\x00b",
    b"0000-00-00",
    b"2022-00",
    b"2022-13-45",
    b"99999-01-01",
    b"01/02/2022",
    b"9" * 19,
    b"9" * 5_000,
]
NASTY += [
    b"-1",
    b"1e999",
    b"NaN",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    "\u202e".encode(),
    "\u200b".encode(),
    b"%",
    b"_",
    b"\\",
]
NASTY += [
    b"a" * 3_000,
    b"(a+)+$",
    b'"',
    b"NEAR(",
    b"*",
    b"' OR 1=1 --",
    b"<script>alert(1)</script>",
    b"../../etc/passwd",
]
NASTY += [
    b"javascript:alert(1)",
    b"//evil.example",
    b"[]",
    b"{}",
    b"true",
    b"now",
    "ａ".encode(),
    "\U000e0041".encode(),
]
PATHS = [
    "/",
    "/marks.html",
    "/marks.json",
    "/facets/",
    "/embed/",
    "/export/",
    "/compare/",
    "/briefings/",
    "/actors/",
    "/places/",
]
PATHS += [
    "/conflicts/",
    "/verify/",
    "/oembed/",
    "/changes/",
    "/events.csv",
    "/events.geojson",
    "/events.ics",
    "/events.atom",
]
PATHS += [
    "/events.xlsx",
    "/api/v1/events/",
    "/api/v1/histogram/",
    "/api/v1/actors/",
    "/events/zzzzzzzzzz/",
    "/admin/",
    "/healthz",
]
METHODS = ["GET"] * 12 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"]
BROKEN = [
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST /verify/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
    b"POST /verify/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: b\r\n" * 500 + b"\r\n",
]


def requests(count: int, seed: int) -> list[tuple[str, str]]:
    """Return methods and addresses, the same for the same seed."""
    from timeline.filters.parameters import BY_NAME

    dice = random.Random(seed)  # noqa: S311 (no secret)
    names = [*BY_NAME, "page", "after", "before", "order", "format", "url", "unknown", "a[]"]
    addresses = []
    for _ in range(count):
        pairs = [(dice.choice(names), dice.choice(NASTY)) for _ in range(dice.choice((1, 1, 1, 2, 3)))]
        query = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in pairs)
        addresses.append((dice.choice(METHODS), f"{dice.choice(PATHS)}?{query}"))
    return addresses


def ask_all(port: int, sent: list[tuple[str, str]]) -> list[tuple[int, str, str]]:
    """Return status, method and address of each; status 0: no answer."""
    connection, outcomes = http.client.HTTPConnection(HOST, port, timeout=60), []
    for method, address in sent:
        try:
            connection.request(method, address)
            response = connection.getresponse()
            response.read()
            outcomes.append((response.status, method, address))
        except (OSError, http.client.HTTPException):
            connection.close()
            outcomes.append((0, method, address))
    connection.close()
    return outcomes


def answer_to(port: int, sent: bytes) -> bytes:
    """Return the first line of what is answered to these bytes; empty: the connection was closed."""
    with socket.create_connection((HOST, port), timeout=20) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        try:
            return connection.recv(200).partition(b"\r\n")[0]
        except ConnectionResetError:
            return b""


def run(port: int, count: int) -> bool:
    """Print the counts; return whether none ended in a fault, or without an answer."""
    shares = [requests(count // CLIENTS, seed) for seed in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        outcomes = [outcome for part in pool.map(lambda share: ask_all(port, share), shares) for outcome in part]
    broken = [answer_to(port, sent) for sent in BROKEN]
    statuses = Counter(status for status, *_ in outcomes)
    failed = [outcome for outcome in outcomes if outcome[0] >= 500 or outcome[0] == 0]
    print(
        f"  {len(outcomes):,} requests: {', '.join(f'{status} x {number:,}' for status, number in sorted(statuses.items()))}"
    )
    print(f"  {len(broken)} broken ones: {', '.join(sorted({(line[:12] or b'closed').decode() for line in broken}))}")
    for status, method, address in failed[:5]:
        print(f"  {status} {method} {address[:150]}")
    return not failed and not any(line.split(b" ")[1:2] and line.split(b" ")[1].startswith(b"5") for line in broken)
