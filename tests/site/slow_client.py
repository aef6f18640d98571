"""Clients that hold on to a server, and an honest one that keeps asking meanwhile.

As a script it measures: `python -m tests.site.slow_client 127.0.0.1:8000 --connections 40 --seconds
15`.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

#: A window so small that an answer of a few hundred kilobytes cannot be taken at once.
SMALL_WINDOW = 1024
LINE_PIECE = b"a" * 65_536


@dataclass(frozen=True, slots=True)
class Slowness:
    """How one kind of client is slow: what it sends at first, again and again, and how much it
    reads each time."""

    first: bytes
    again: bytes = b""
    reads: int = 0
    pause: float = 1.0
    window: int | None = None


HEAD = b"GET /api/search?q=armenia HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /i18n/setlang/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
KINDS: dict[str, Slowness] = {
    "silent": Slowness(b""),
    "half a head": Slowness(HEAD),
    "a head byte by byte": Slowness(HEAD + b"X-Slow: ", b"a"),
    "a line without end": Slowness(b"GET /?q=", LINE_PIECE, pause=0.02),
    "a body that never comes": Slowness(POST + b"Content-Length: 100000\r\n\r\n"),
    "a body byte by byte": Slowness(POST + b"Content-Length: 100000\r\n\r\n", b"a"),
    "a chunked body that never ends": Slowness(POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    "an answer byte by byte": Slowness(
        b"".join(HEAD.replace(b"armenia", b"") + b"X-Nr: %d\r\n\r\n" % nr for nr in range(200)),
        reads=1,
        window=SMALL_WINDOW,
    ),
}


@dataclass(slots=True)
class Asked:
    """What an honest client got: seconds of each answer, and how many were no answer or not 200."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def __str__(self) -> str:
        if not self.seconds:
            return f"no answer, {self.failed} failed"
        ordered = sorted(self.seconds)
        return (
            f"{len(ordered)} answers, median {median(ordered) * 1000:.0f} ms, "
            f"slowest {ordered[-1] * 1000:.0f} ms, {self.failed} failed"
        )


def ask(address: tuple[str, int], path: str = "/api/search?q=armenia", timeout: float = 20.0) -> int:
    """Status of one honest request on a connection of its own. Raises OSError or HTTPException
    where none comes."""
    connection = http.client.HTTPConnection(*address, timeout=timeout)
    with contextlib.closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def keep_asking(address: tuple[str, int], seconds: float, pause: float = 0.02, timeout: float = 20.0) -> Asked:
    """Ask again and again for so many seconds, each time as soon as the last answer came."""
    asked = Asked()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            good = ask(address, timeout=timeout) == 200
        except (OSError, http.client.HTTPException):
            good = False
        if good:
            asked.seconds.append(time.monotonic() - began)
        else:
            asked.failed += 1
        time.sleep(pause)
    return asked


@contextlib.contextmanager
def slow_clients(address: tuple[str, int], kind: Slowness, connections: int) -> Iterator[None]:
    """So many slow connections held open; one that the server closes is opened anew."""
    stop = threading.Event()

    def hold() -> None:
        sockets: list[socket.socket | None] = [None] * connections
        while not stop.is_set():
            for place, held in enumerate(sockets):
                sockets[place] = _go_on(held, kind) if held else _begin(address, kind)
            stop.wait(kind.pause)
        for held in sockets:
            if held:
                held.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        time.sleep(1.0)
        yield
    finally:
        stop.set()
        thread.join()


def _begin(address: tuple[str, int], kind: Slowness) -> socket.socket | None:
    held = socket.socket()
    try:
        if kind.window:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, kind.window)
        held.settimeout(1.0)
        held.connect(address)
        held.setblocking(False)
        if kind.first:
            held.send(kind.first)
    except OSError:
        held.close()
        return None
    return held


def _go_on(held: socket.socket, kind: Slowness) -> socket.socket | None:
    try:
        if kind.again:
            held.send(kind.again)
        if not held.recv(kind.reads or 4096):
            raise ConnectionError
    except BlockingIOError:
        return held
    except OSError:
        held.close()
        return None
    return held


def main() -> None:
    """Print what an honest client gets beside each kind of slow ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="HOST:PORT")
    parser.add_argument("--connections", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--kind", choices=list(KINDS))
    arguments = parser.parse_args()
    host, _, port = arguments.address.partition(":")
    address = (host, int(port))
    print(f"alone: {keep_asking(address, arguments.seconds / 3)}")  # noqa: T201
    for name in [arguments.kind] if arguments.kind else KINDS:
        with slow_clients(address, KINDS[name], arguments.connections):
            print(f"{arguments.connections} × {name}: {keep_asking(address, arguments.seconds)}", flush=True)  # noqa: T201
        time.sleep(2.0)


if __name__ == "__main__":
    main()
