"""How a process of gunicorn takes connections: each on a thread of its own, and none for longer than it may.

In: connections. Out: requests whose header came in time, for the app; their bodies have a time of their own. A client that is
slow to send, or to take its answer, or to close, so costs a thread that waits, and holds up nobody. It knows nothing of articles:
how many of them are read at once is for `admission`.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from select import select
from socket import socket
from time import monotonic
from typing import Any
from uuid import uuid4

from gunicorn.http.errors import NoMoreData, ParseException
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from . import unread
from .body import PIECE


class LateError(NoMoreData, TimeoutError):
    """A client has used up its time. To gunicorn it is one that has gone away, which it passes over without a word."""


class TimedUnreader(SocketUnreader):
    """Reads from a connection until its `deadline`, however little comes at a time. It reads ahead no more than a piece: what it
    holds, nobody counts.
    """

    deadline = 0.0
    max_body_chunk = PIECE

    def chunk(self, size_hint: int | None = None) -> bytes:
        """What has come next, at most a buffer of it."""
        before, left = self.sock.gettimeout(), self.deadline - monotonic()
        if left <= 0:
            raise LateError
        self.sock.settimeout(min(left, before or left))
        try:
            return bytes(super().chunk(size_hint))
        except TimeoutError:
            raise LateError from None
        finally:
            self.sock.settimeout(before)


class TimedWorker(ThreadWorker):
    """gunicorn's worker with threads; it waits for clients in as many of them as it takes connections."""

    def set_accept_enabled(self, enabled: bool) -> None:
        """Take connections, or none for now. Told to stop, it takes none ever again: who comes then is refused at once."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                # What the system has taken for us would be reset.
                while select([listener], [], [], 0)[0]:
                    self.accept(listener)
                listener.close()

    def is_parent_alive(self) -> bool:
        """Whether there is a master. Without one, it is as if it were told to stop."""
        there = bool(super().is_parent_alive())
        if not there:
            self.alive = False
        return there

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """The threads; they are made as they are needed."""
        return ThreadPoolExecutor(self.worker_connections)

    def handle(self, conn: TConn) -> Any:
        """Take a request from a connection and answer it; gives whether another may follow."""
        if not conn.initialized:
            conn.init()
            conn.parser.unreader = TimedUnreader(conn.sock)
        conn.parser.unreader.deadline = monotonic() + self.wsgi.config["HEADER_SECONDS"]
        stays = super().handle(conn)
        if not stays and conn.sock.fileno() >= 0:
            # Closing waits for the client, so not in the one thread that takes connections.
            conn.close(graceful=True)
        return stays

    def handle_request(self, req: Any, conn: TConn) -> bool:
        """Answer a request whose header is there."""
        seconds = self.wsgi.config["BODY_SECONDS"]
        req.unreader.deadline = monotonic() + seconds
        conn.sock.settimeout(seconds)
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError:
            raise LateError from None

    def handle_error(self, req: Any, client: socket, addr: Any, error: Exception) -> None:
        """Answer a request that cannot be read; that is logged by its kind, for what it holds may be anything."""
        if not isinstance(error, ParseException):
            super().handle_error(req, client, addr, error)
            return
        request_id = uuid4().hex
        self.log.warning("Unreadable request %s: %s", request_id, type(error).__name__)
        with suppress(OSError):
            client.sendall(unread.answer(error, request_id))

    def finish_request(self, conn: TConn, future: Future[Any]) -> None:
        """Let a connection go, or wait for its next request."""
        if conn.sock.fileno() < 0:
            self.nr_conns -= 1
        else:
            super().finish_request(conn, future)
