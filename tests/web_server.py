"""A web server on this machine, for one test: it answers each path with the bytes it was given."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseRequestHandler, ThreadingTCPServer


def answer(body: bytes = b"", status: str = "200 OK", *headers: str) -> bytes:
    """Return an answer with its length, unless its headers say how it is transferred."""
    length = (
        [] if any(header.startswith("Transfer-Encoding") for header in headers) else [f"Content-Length: {len(body)}"]
    )
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, *length, "", ""]).encode() + body


@contextmanager
def web_server(answers: dict[str, bytes | None]) -> Iterator[tuple[str, list[bytes]]]:
    """Yield the address of the server, and the list that the requests will be in. None as an answer: it never comes."""
    requests: list[bytes] = []
    is_over = threading.Event()

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            request = b""
            while not request.endswith(b"\r\n\r\n") and (piece := self.request.recv(65_536)):
                request += piece
            requests.append(request)
            path = request.split(b" ")[1].decode() if request else ""
            if (sent := answers.get(path, answer(b"", "404 Not Found"))) is None:
                is_over.wait()
            else:
                self.request.sendall(sent)

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", requests
        finally:
            is_over.set()
            server.shutdown()
            thread.join()
