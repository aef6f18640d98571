"""gunicorn's threaded worker, whose threads never wait for a client.

gunicorn hands a connection to a thread as soon as a byte came, and the thread then waits for the
rest as long as the client likes: as many slow clients as there are threads stop the site. Here the
worker's own loop, which waits for all connections at once, takes each request whole before a thread
sees it, and sends what a client is slow to take.
"""

from __future__ import annotations

import contextlib
import errno
import selectors
import time
from concurrent.futures import Future
from functools import partial
from http import HTTPStatus
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from corpus_app.exchange import Exchange, Phase, Refused
from corpus_app.limits import LIMITS

_TAKING = (Phase.IDLE, Phase.HEAD, Phase.BODY)
#: Seconds between two looks for clients that were too slow.
_LOOK = 0.25
_LINGER: float = STOP_KEEPALIVE_LINGER


class Connection(TConn):
    """gunicorn's connection over an exchange; `keep` says whether another request may follow,
    `served` that one came."""

    def __init__(self, cfg: Any, exchange: Exchange, client: Any, server: Any) -> None:
        super().__init__(cfg, exchange, client, server)
        self.exchange = exchange
        self.data_ready = True
        self.keep = True
        self.served = False


class PatientWorker(ThreadWorker):
    """`worker_class` of `corpus_app.gunicorn`.

    When there are as many connections as it may have (``worker_connections``), the one that has
    kept it waiting longest gives way to a new one; only when all have requests in hand do new ones
    wait in the listener's queue.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The longest waiting first.
        self._waiting: dict[Connection, None] = {}
        self._looked = 0.0
        self._stopped_at: float | None = None

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        """Refuse what this worker does not do. Raises RuntimeError."""
        super().check_config(cfg, log)
        if cfg.is_ssl:
            raise RuntimeError("this worker speaks no TLS. Remedy: a proxy in front, see docs/operations.md")

    def accept(self, listener: Any) -> None:
        """Take a connection, and its request where that is here already."""
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._evict()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        if self.nr_conns >= self.worker_connections - 1:
            self._evict()
        self.nr_conns += 1
        connection = Connection(self.cfg, Exchange(sock, LIMITS), client, listener.getsockname())
        self._wait(connection, Phase.IDLE)
        self._go_on(connection, None)

    def finish_request(self, conn: Connection, fs: Future[bool]) -> None:
        """A thread is done with a request: send the rest of the answer, then wait for the next
        request or close."""
        conn.keep = not fs.cancelled() and fs.exception() is None and bool(fs.result())
        conn.served = True
        self._answered(conn)

    def murder_pending(self) -> None:
        """Close the connections of clients that were too slow; the loop calls it at least once a
        second."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        if not self.alive and self._stopped_at is None:
            self._stopped_at = now
        for connection in [each for each in self._waiting if now > self._deadline(each)]:
            if connection.exchange.phase in (Phase.HEAD, Phase.BODY):
                self._refuse(connection, Refused(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to arrive."))
            else:
                self._drop(connection)

    def _deadline(self, connection: Connection) -> float:
        idle_seconds: float = self.cfg.keepalive if connection.served else LIMITS.head_seconds
        deadline: float = connection.exchange.deadline(idle_seconds)
        if self._stopped_at is not None and connection.exchange.phase is Phase.IDLE:
            return min(deadline, self._stopped_at + _LINGER)
        return deadline

    def _wait(self, connection: Connection, phase: Phase) -> None:
        connection.exchange.enter(phase)
        self._waiting[connection] = None
        event = selectors.EVENT_WRITE if phase is Phase.SENDING else selectors.EVENT_READ
        try:
            self.poller.register(connection.exchange, event, partial(self._go_on, connection))
        except (OSError, ValueError):
            self._drop(connection)

    def _stop_waiting(self, connection: Connection) -> None:
        del self._waiting[connection]
        self.poller.unregister(connection.exchange)

    def _go_on(self, connection: Connection, _exchange: Exchange | None) -> None:
        """Something came, or can be sent."""
        if connection not in self._waiting:
            # Dropped since the poller reported it.
            return
        exchange = connection.exchange
        try:
            if exchange.phase in _TAKING:
                if exchange.receive():
                    self._taken(connection)
                else:
                    self._drop(connection)
            elif exchange.phase is Phase.SENDING:
                if exchange.flush():
                    self._stop_waiting(connection)
                    self._sent(connection)
            elif not exchange.drain():
                self._drop(connection)
        except BlockingIOError:
            pass
        except OSError:
            self._drop(connection)

    def _taken(self, connection: Connection) -> None:
        """More of a request came: hand it to a thread when it is whole."""
        exchange = connection.exchange
        try:
            if exchange.complete():
                self._stop_waiting(connection)
                self.enqueue_req(connection)
            elif exchange.received > LIMITS.head and self._receiving() > LIMITS.bodies:
                raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Too much is being sent at once. Try again in a minute.")
        except Refused as refused:
            self._refuse(connection, refused)
        except OSError:
            self._drop(connection)

    def _receiving(self) -> int:
        return sum(connection.exchange.received for connection in self._waiting)

    def _refuse(self, connection: Connection, refused: Refused) -> None:
        self.log.debug("refused a request of %s: %s", connection.client, refused)
        self._stop_waiting(connection)
        connection.keep = False
        try:
            util.write_error(connection.exchange, refused.status.value, refused.status.phrase, str(refused))
        except OSError:
            self._drop(connection)
        else:
            self._answered(connection)

    def _answered(self, connection: Connection) -> None:
        """The answer is made: send what the client has not taken yet."""
        if not connection.exchange.unsent:
            self._sent(connection)
            return
        self._wait(connection, Phase.SENDING)
        sending = [each for each in self._waiting if each.exchange.unsent]
        unsent = sum(each.exchange.unsent for each in sending)
        for longest in sending[:-1]:
            if unsent <= LIMITS.unsent:
                break
            unsent -= longest.exchange.unsent
            self._drop(longest)

    def _sent(self, connection: Connection) -> None:
        """The client has the answer: wait for its next request, which may be here already, or
        close."""
        if connection.keep:
            self._wait(connection, Phase.IDLE)
            if connection.exchange.received and connection in self._waiting:
                self._taken(connection)
            return
        try:
            connection.exchange.finish()
        except OSError:
            self._drop(connection)
        else:
            # A connection closed with something unread loses the answer's end: RFC 9112, 9.6.
            self._wait(connection, Phase.CLOSING)

    def _evict(self) -> None:
        if self._waiting:
            self._drop(next(iter(self._waiting)))

    def _drop(self, connection: Connection) -> None:
        if connection in self._waiting:
            del self._waiting[connection]
            with contextlib.suppress(KeyError, ValueError):
                self.poller.unregister(connection.exchange)
        self.nr_conns -= 1
        connection.exchange.close()
