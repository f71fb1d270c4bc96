"""Slow clients of three kinds, all at once, and how long others wait meanwhile: python -m tests.trust.slow_clients PORT [SECONDS] [CLIENTS].

Readers ask for an export and never read it; of other requests the head, or the body, never ends: a byte comes every two
seconds. Meanwhile `/healthz` and `/` are asked again and again.
"""

import http.client
import socket
import sys
import time

HOST = "127.0.0.1"
LONGEST_WAIT = 1.0  # seconds, of 99 in 100 requests
PAUSE = 0.25  # seconds between two requests


def head(method: str, path: str) -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n".encode()


READERS = "readers of /events.geojson that take nothing"
SENT = {
    READERS: head("GET", "/events.geojson") + b"\r\n",
    "unfinished heads": head("GET", "/") + b"X-Name: v",
    "unfinished bodies": head("POST", "/verify/") + b"Content-Length: 100000\r\n\r\nx=",
}
SENT_FILE = b"HTTP/1.1 200"


def connect(port: int, sent: bytes) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)  # bytes, so that the kernel hides little
    client.connect((HOST, port))
    client.sendall(sent)
    return client


def answer_of(client: socket.socket) -> bytes:
    """Return how its answer begins, which stays unread; empty: there is none yet."""
    try:
        return client.recv(len(SENT_FILE), socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return b""


def ask_again(port: int, readers: list[socket.socket]) -> None:
    """Have those connect again that were told to come later: only some files are made at once."""
    for number, reader in enumerate(readers):
        if answer_of(reader) not in (b"", SENT_FILE):
            reader.close()
            readers[number] = connect(port, SENT[READERS])


def trickle(clients: list[socket.socket]) -> None:
    for client in clients:
        try:
            client.sendall(b"c")
        except OSError:  # closed by the server, as it may
            continue


def ask(port: int, path: str) -> float:
    """Return the seconds that an answer took; infinity: there was none with status 200 in ten seconds."""
    client, since = http.client.HTTPConnection(HOST, port, timeout=10), time.monotonic()
    try:
        client.request("GET", path)
        response = client.getresponse()
        response.read()
    except OSError:
        return float("inf")
    finally:
        client.close()
    return time.monotonic() - since if response.status == 200 else float("inf")


def measure(port: int, seconds: float, clients: int) -> dict[str, list[float]]:
    """Return the waits of each path while that many clients of each kind hang on. Prints how many readers were sent a file."""
    kinds = {kind: [connect(port, sent) for _ in range(clients)] for kind, sent in SENT.items()}
    trickling = [client for kind, group in kinds.items() if "unfinished" in kind for client in group]
    waits: dict[str, list[float]] = {"/healthz": [], "/": []}
    end, next_byte = time.monotonic() + seconds, 0.0
    while time.monotonic() < end:
        if time.monotonic() > next_byte:
            trickle(trickling)
            ask_again(port, kinds[READERS])
            next_byte = time.monotonic() + 2
        for path, times in waits.items():
            times.append(ask(port, path))
        time.sleep(PAUSE)
    sent = sum(answer_of(reader) == SENT_FILE for reader in kinds[READERS])
    print(f"  {sent} of {clients} readers were sent a file")
    for client in [client for group in kinds.values() for client in group]:
        client.close()
    return waits


def share(times: list[float], part: float) -> float:
    """Return the wait that this part of the requests did not exceed, in seconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def run(port: int, seconds: float = 120, clients: int = 50) -> bool:
    """Print the waits; return whether they are short enough."""
    print(f"{clients} clients of each kind for {seconds:.0f} s: {'; '.join(SENT)}")
    waits = measure(port, seconds, clients)
    for path, times in waits.items():
        p50, p99, longest = share(times, 0.5), share(times, 0.99), max(times)
        print(f"  {path:9} {len(times):4} requests, p50 {p50:.3f} s, p99 {p99:.3f} s, longest {longest:.3f} s")
    return all(share(times, 0.99) <= LONGEST_WAIT for times in waits.values())


if __name__ == "__main__":
    sys.exit(not run(*(int(argument) for argument in sys.argv[1:])))
