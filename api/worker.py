"""gunicorn's worker class: a thread for each connection, with time limits on headers and bodies.

In: connections. Out: to the app, the requests whose headers arrived in time; their bodies have their own limit. A client that is
slow to send, to receive or to close occupies one waiting thread and delays no other client. The worker knows nothing of articles:
`admission` limits how many are read at once.
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

from . import malformed
from .body import CHUNK


class ClientTimeoutError(NoMoreData, TimeoutError):
    """A client exceeded its time limit. gunicorn treats it like a client that has disconnected, and logs nothing."""


class TimedUnreader(SocketUnreader):
    """Reads from a connection until its `deadline`. It buffers at most one chunk, because no limit counts its buffer."""

    deadline = 0.0
    max_body_chunk = CHUNK

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next bytes received."""
        before, left = self.sock.gettimeout(), self.deadline - monotonic()
        if left <= 0:
            raise ClientTimeoutError
        self.sock.settimeout(min(left, before or left))
        try:
            return bytes(super().chunk(size_hint))
        except TimeoutError:
            raise ClientTimeoutError from None
        finally:
            self.sock.settimeout(before)


class PatientPool(ThreadPoolExecutor):
    """Starts threads on demand. If the system grants no more, requests wait for an existing one."""

    def _adjust_thread_count(self) -> None:
        try:
            super()._adjust_thread_count()
        except (RuntimeError, MemoryError):
            if not self._threads:
                raise


class TimedWorker(ThreadWorker):
    """gunicorn's threaded worker, with as many threads as connections."""

    def set_accept_enabled(self, enabled: bool) -> None:
        """Start or pause accepting connections. A stopping worker closes its listeners, so new clients are refused at once."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                # Connections in the backlog would otherwise be reset.
                while select([listener], [], [], 0)[0]:
                    self.accept(listener)
                listener.close()

    def is_parent_alive(self) -> bool:
        """Whether the master is alive. Without it, the worker stops."""
        alive = bool(super().is_parent_alive())
        if not alive:
            self.alive = False
        return alive

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """A thread pool that starts threads on demand."""
        return PatientPool(self.worker_connections)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Accept connections and take back those that wait for a request. If memory runs out, try again."""
        try:
            super().wait_for_and_dispatch_events(timeout)
        except MemoryError:
            self.log.warning("Out of memory: a connection has to wait.")

    def handle(self, conn: TConn) -> Any:
        """Answer one request of a connection, and return whether to keep the connection."""
        if not conn.initialized:
            conn.init()
            conn.parser.unreader = TimedUnreader(conn.sock)
        conn.parser.unreader.deadline = monotonic() + self.wsgi.config["HEADER_SECONDS"]
        keep = super().handle(conn)
        if not keep and conn.sock.fileno() >= 0:
            # Closing waits for the client, so it must not happen in the thread that accepts connections.
            conn.close(graceful=True)
        return keep

    def handle_request(self, req: Any, conn: TConn) -> bool:
        """Answer a request whose headers have arrived."""
        seconds = self.wsgi.config["BODY_SECONDS"]
        req.unreader.deadline = monotonic() + seconds
        conn.sock.settimeout(seconds)
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError:
            raise ClientTimeoutError from None

    def handle_error(self, req: Any, client: socket, addr: Any, error: Exception) -> None:
        """Answer a request that never reaches the app. Only the type of the error is logged: the request may contain anything."""
        if not isinstance(error, ParseException | MemoryError):
            super().handle_error(req, client, addr, error)
            return
        request_id = uuid4().hex
        self.log.warning("Refused request %s: %s", request_id, type(error).__name__)
        with suppress(OSError):
            client.sendall(malformed.response_bytes(error, request_id))

    def finish_request(self, conn: TConn, future: Future[Any]) -> None:
        """Release a closed connection, or wait for its next request."""
        if conn.sock.fileno() < 0:
            self.nr_conns -= 1
        else:
            super().finish_request(conn, future)
