"""One connection, as `corpus_app.worker` sees it and as gunicorn's parser and response do."""

from __future__ import annotations

import re
import select
import socket
import time
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus

from corpus_app.limits import Limits

_PIECE = 256 * 1024
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
_CODED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)
_BARE_NEWLINE = re.compile(rb"(?<!\r)\n")


class Refused(Exception):
    """A request that the server does not take; `status` and the message are the answer."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class Phase(Enum):
    """What a connection waits for."""

    IDLE = auto()
    HEAD = auto()
    BODY = auto()
    SENDING = auto()
    CLOSING = auto()


@dataclass(frozen=True, slots=True)
class Head:
    """What the headers say of the request's size, in bytes."""

    size: int
    body: int
    expects_continue: bool = False


class Exchange:
    """A socket that never makes a thread wait.

    The worker's loop fills it until a request is there as a whole; gunicorn reads from what came
    and writes into what is to be sent, which the loop empties. A thread and the loop never use it
    at once.

    Args:
        sock: of a client, just accepted.
        limits: of a request.
    """

    def __init__(self, sock: socket.socket, limits: Limits) -> None:
        self._sock = sock
        self._limits = limits
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, limits.kernel)
        self._received = bytearray()
        self._searched = 0
        self._head: Head | None = None
        self._request = memoryview(bytearray())
        self._unsent = bytearray()
        self._done = 0
        self.phase = Phase.IDLE
        self._began = time.monotonic()

    # What the worker's loop does.

    def fileno(self) -> int:
        """For the poller; -1 when closed."""
        return self._sock.fileno()

    @property
    def received(self) -> int:
        """Bytes that came and were not handed to gunicorn."""
        return len(self._received)

    @property
    def unsent(self) -> int:
        """Bytes of the answer that the client has not taken."""
        return len(self._unsent)

    def enter(self, phase: Phase) -> None:
        """Begin to wait for something else; its time starts now."""
        self.phase, self._began, self._done = phase, time.monotonic(), 0

    def deadline(self, idle_seconds: float) -> float:
        """When the client will have been too slow, by the monotonic clock; `idle_seconds` are for
        its next request."""
        limits = self._limits
        allowed = {
            Phase.IDLE: idle_seconds,
            Phase.HEAD: limits.head_seconds,
            Phase.BODY: limits.transfer.allowed(self._done),
            Phase.SENDING: limits.transfer.allowed(self._done),
            Phase.CLOSING: limits.drain_seconds,
        }
        return self._began + allowed[self.phase]

    def receive(self) -> bool:
        """Take what came; False when the client has closed. Raises OSError, BlockingIOError when
        nothing came."""
        data = self._sock.recv(_PIECE)
        self._received += data
        self._done += len(data)
        return bool(data)

    def drain(self) -> bool:
        """Drop what came; False when nothing more is to be expected. Raises as `receive`."""
        self._done += (more := len(self._sock.recv(_PIECE)))
        return more > 0 and self._done < self._limits.drained

    def complete(self) -> bool:
        """Whether a request is there as a whole; then gunicorn reads it, and it alone, from here.

        Raises:
            Refused: it is larger than allowed, or does not say how large it is.
        """
        if self._received and self.phase is Phase.IDLE:
            self.enter(Phase.HEAD)
        if self._head is None:
            self._head = self._read_head()
            if self._head is None:
                return False
            self.enter(Phase.BODY)
            if self._head.expects_continue and self.received < self._head.size + self._head.body:
                self._sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        size = self._head.size + self._head.body
        if self.received < size:
            return False
        self._request = memoryview(self._received[:size])
        del self._received[:size]
        self._searched, self._head = 0, None
        return True

    def _read_head(self) -> Head | None:
        start = max(0, self._searched - len(_END) + 1)
        end = self._received.find(_END, start)
        line_end = self._received.find(b"\r\n", 0, self._limits.request_line + 2)
        if line_end < 0 and self.received >= self._limits.request_line + 2:
            raise Refused(
                HTTPStatus.REQUEST_URI_TOO_LONG,
                f"The address is longer than {self._limits.request_line:,} bytes. Shorten the query.",
            )
        if max(end, self.received if end < 0 else 0) > self._limits.head:
            raise Refused(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"The headers are longer than {self._limits.head:,} bytes. Delete this site's cookies.",
            )
        if end < 0:
            # gunicorn's parser refuses such a head at once; it would never end here.
            malformed = _BARE_NEWLINE.search(self._received, self._searched)
            self._searched = self.received
            return Head(self.received, 0) if malformed else None
        return self._sizes(bytes(self._received[: end + 2]), end + len(_END))

    def _sizes(self, head: bytes, size: int) -> Head:
        if _CODED.search(head):
            # Django reads no body without a length.
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "Send the length of the request's body.")
        length = _LENGTH.search(head)
        body = int(length[1]) if length else 0
        if body > self._limits.body:
            raise Refused(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"At most {self._limits.body:,} bytes can be sent at once."
            )
        return Head(size, body, bool(_EXPECTS.search(head)))

    def flush(self) -> bool:
        """Send what the client takes now; whether nothing is left. Raises OSError."""
        while self._unsent:
            try:
                sent = self._sock.send(self._unsent[:_PIECE])
            except BlockingIOError:
                return False
            del self._unsent[:sent]
            self._done += sent
        return True

    def finish(self) -> None:
        """Tell the client that nothing more will come. Raises OSError."""
        self._sock.shutdown(socket.SHUT_WR)

    # What gunicorn calls, in a thread.

    def recv(self, size: int) -> bytes:
        """The next bytes of the request; none at its end, as if the client had closed."""
        piece = bytes(self._request[:size])
        self._request = self._request[size:]
        return piece

    def sendall(self, data: bytes) -> None:
        """Send what the client takes now, and keep the rest. Of a file that is made while it is
        sent, the thread makes no more than the client takes.

        Raises:
            OSError: the client is gone.
            TimeoutError: it takes too long.
        """
        if self.unsent > self._limits.held:
            self._wait_for_client()
        self._unsent += data
        self.flush()

    def _wait_for_client(self) -> None:
        began, before = time.monotonic(), self._done
        taking = select.poll()
        taking.register(self._sock, select.POLLOUT)
        while self.unsent > self._limits.held // 2:
            left = began + self._limits.transfer.allowed(self._done - before) - time.monotonic()
            if left <= 0:
                raise TimeoutError("the client takes too long to take its answer")
            taking.poll(left * 1000)
            self.flush()

    def send(self, data: bytes) -> int:
        """Nothing: gunicorn says 100 Continue by it, which was said before the body came."""
        return len(data)

    def setblocking(self, flag: bool) -> None:
        """Nothing: it never blocks."""

    def settimeout(self, seconds: float | None) -> None:
        """Nothing: it never blocks."""

    def gettimeout(self) -> float:
        """That of a socket which never blocks."""
        return 0.0

    def shutdown(self, how: int) -> None:
        """That of a socket. Raises OSError."""
        self._sock.shutdown(how)

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()
