"""How gunicorn serves the site: each process reads the requests and sends the answers of all its connections at once.

A thread is needed only while an answer is made. Requests are read whole before, and what a reader is slow to take waits in
memory, above OVERFLOW in a temporary file: neither a client that sends its request a byte at a time, nor one that asks
for an export and never reads it, keeps a thread from others.
"""

import os
import sys
import time

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from .process_memory import bound_heap, give_back

OVERFLOW = 1024 * 1024  # bytes of an answer, or of a request, in memory
LARGEST_WAITING = 4 * 1024**3  # bytes of one answer that may wait on the disk; of more, its thread waits too
LARGEST_REQUEST = 55 * 1024**2  # bytes; an import has at most 50 MB
MOST_CONNECTIONS = 2000  # of one process; of more, those that have been idle longest are closed
IDLE = 60  # seconds after which a connection on which nothing moves is closed
GIVE_BACK = 10  # seconds between two times that memory is given back
TURN = 0.001  # seconds after which a thread that computes lets another go on: kept pages wait so long, several times, beside one that is made
OPTIONS = {
    "inbuf_overflow": OVERFLOW,
    "outbuf_overflow": OVERFLOW,
    "outbuf_high_watermark": LARGEST_WAITING,
    "max_request_body_size": LARGEST_REQUEST,
    "connection_limit": MOST_CONNECTIONS + 100,
    "asyncore_use_poll": True,
    "ident": None,  # no header says which server this is
}


class BufferingWorker(Worker):
    connections: dict[int, wasyncore.dispatcher]  # by file descriptor; the sockets that take new ones are among them

    def run(self) -> None:
        bound_heap()
        sys.setswitchinterval(TURN)
        self.connections, given_back = {}, time.monotonic()
        server = create_server(
            self.wsgi,
            map=self.connections,
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            clear_untrusted_proxy_headers=not settings.BEHIND_PROXY,
            **OPTIONS,
        )
        while self.alive and self.ppid == os.getppid():
            self._turn()
            close_idle(self._channels())
            if time.monotonic() > given_back + GIVE_BACK:
                give_back()
                given_back = time.monotonic()
        self._finish(time.monotonic() + self.cfg.graceful_timeout)
        server.task_dispatcher.shutdown()

    def _turn(self) -> None:
        self.notify()
        wasyncore.loop(timeout=1, use_poll=True, map=self.connections, count=1)

    def _channels(self) -> list[HTTPChannel]:
        return [channel for channel in self.connections.values() if isinstance(channel, HTTPChannel)]

    def _finish(self, deadline: float) -> None:
        """Take no more connections, and send what was asked for before. `deadline`: by the clock of time.monotonic()."""
        for listener in [entry for entry in self.connections.values() if isinstance(entry, BaseWSGIServer)]:
            listener.accepting = False
            listener.del_channel(self.connections)
        while time.monotonic() < deadline and any(map(is_busy, self._channels())):
            self._turn()


def is_busy(channel: HTTPChannel) -> bool:
    """Return whether an answer is being made or has not been taken whole."""
    return bool(channel.requests or channel.total_outbufs_len)


def close_idle(channels: list[HTTPChannel]) -> None:
    """Close the connections on which nothing has moved for IDLE seconds, also where an answer waits to be taken, and of too
    many those that have been idle longest. Those whose answer is being made stay."""
    idle = sorted((channel for channel in channels if not channel.requests), key=lambda channel: channel.last_activity)
    surplus, since = len(channels) - MOST_CONNECTIONS, time.time() - IDLE
    for number, channel in enumerate(idle):
        if number < surplus or channel.last_activity < since:
            channel.handle_close()
