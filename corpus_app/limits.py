"""What one client may ask of the server's patience and memory."""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pace:
    """The slowest a transfer may be: `seconds` to begin with, and one more for every `rate` bytes
    that came through."""

    seconds: float
    rate: int

    def allowed(self, done: int) -> float:
        """Seconds after which a transfer that brought so many bytes has been too slow."""
        return self.seconds + done / self.rate


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one worker process; sizes in bytes.

    Attributes:
        request_line: method, address and version. A query of 2,000 characters is 24,000 at most,
            percent-encoded, and `search.query.filters` takes no address that its own links could
            lengthen beyond this.
        head: request line and headers.
        body: of one request; more than Django takes of a form.
        bodies: of all requests that are being received.
        held: of one answer that its client has not taken, before its thread makes more.
        unsent: of all answers that are waiting for their clients.
        kernel: of one answer, kept by the system for a client that does not take it; else it would
            be megabytes.
        drained: what is still read, and dropped, after a last answer, so that the client gets to
            see it.
        head_seconds: from the first byte of a request to the end of its headers, also from
            connecting to the first byte.
        transfer: of a body and of an answer.
        drain_seconds: see `drained`.
    """

    request_line: int = 64 * KIB
    head: int = 96 * KIB
    body: int = 64 * MIB
    bodies: int = 128 * MIB
    held: int = 8 * MIB
    unsent: int = 64 * MIB
    drained: int = 256 * KIB
    kernel: int = 128 * KIB
    head_seconds: float = 10.0
    transfer: Pace = Pace(seconds=10.0, rate=16 * KIB)
    drain_seconds: float = 2.0


LIMITS = Limits()
