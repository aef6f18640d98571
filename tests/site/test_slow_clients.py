"""The real server beside clients that send or read slowly, too much or never: honest ones notice
nothing."""

from __future__ import annotations

import http.client
import json
import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.site.slow_client import HEAD, KINDS, POST, Slowness, ask, slow_clients
from tests.site.test_start_site import get, site

Address = tuple[str, int]
#: Three times as many as the server has threads.
CONNECTIONS = 24
ASKED = 10


@pytest.fixture(scope="module")
def url(demo_dir: Path) -> Iterator[str]:
    with site(demo_dir) as where:
        yield where


@pytest.fixture(scope="module")
def address(url: str) -> Address:
    return address_of(url)


def address_of(url: str) -> Address:
    parts = urlsplit(url)
    return str(parts.hostname), int(parts.port or 0)


def raw(address: Address, request: bytes) -> tuple[int, bytes]:
    """Status and body of what comes back for some bytes."""
    with socket.create_connection(address, timeout=30) as client:
        client.sendall(request)
        answer = b""
        while piece := client.recv(65_536):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_an_honest_client_is_answered_beside_slow_ones(address: Address, kind: Slowness) -> None:
    with slow_clients(address, kind, CONNECTIONS):
        assert [ask(address, timeout=10.0) for _ in range(ASKED)] == [200] * ASKED


@pytest.mark.parametrize(
    ("request_", "status", "says"),
    [
        (b"GET /?q=" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, b"Shorten the query"),
        (HEAD + b"Cookie: a=" + b"a" * 100_000 + b"\r\n\r\n", 431, b"cookies"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n", 411, b"length"),
        (POST + b"Content-Length: 99000000000\r\n\r\n", 413, b"At most"),
        (HEAD.replace(b"\r\n", b"\n") + b"\n", 400, b"bare LF"),
    ],
)
def test_what_the_server_does_not_take_is_refused_with_the_reason(
    address: Address, request_: bytes, status: int, says: bytes
) -> None:
    answered, body = raw(address, request_)
    assert answered == status
    assert says in body


@pytest.mark.slow
def test_a_head_that_does_not_end_is_told_so_and_the_connection_closed(address: Address) -> None:
    assert raw(address, HEAD)[0] == 408


@pytest.mark.parametrize("letter", ["a", "ل", "漢", "𐍈"])
def test_a_query_of_two_thousand_characters_is_answered_in_any_script(url: str, letter: str) -> None:
    query = " ".join([letter * 19] * 100)
    filters = "&".join(f"country={code}&country_not={code}" for code in ("AM", "AZ", "GE"))
    status, body = get(f"{url}/api/search?q={quote(query + letter)}&match=any&{filters}")
    assert (status, json.loads(body).get("errors")) == (200, None)


def test_a_request_that_waits_to_be_told_to_go_on_is_answered(address: Address) -> None:
    body = b"language=ar"
    with socket.create_connection(address, timeout=10) as client:
        client.sendall(POST + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
        assert client.recv(1000).startswith(b"HTTP/1.1 100 ")
        client.sendall(body)
        # No cookie, so the form is refused; what counts is that it was read and answered.
        assert b"403 Forbidden" in client.recv(1000)


def test_several_requests_sent_at_once_are_answered_in_turn(address: Address) -> None:
    request = HEAD + b"\r\n"
    with socket.create_connection(address, timeout=10) as client:
        client.sendall(request * 2 + request[:-2] + b"Connection: close\r\n\r\n")
        answer = b""
        while piece := client.recv(65_536):
            answer += piece
    assert answer.count(b"HTTP/1.1 200 OK") == 3


def test_more_clients_than_the_server_takes_do_not_keep_out_a_new_one(demo_dir: Path) -> None:
    with site(demo_dir, GUNICORN_CMD_ARGS="--worker-connections 10") as crowded:
        address = address_of(crowded)
        with slow_clients(address, KINDS["half a head"], 100):
            assert [ask(address, timeout=10.0) for _ in range(ASKED)] == [200] * ASKED


def test_workers_are_replaced_without_losing_a_request(demo_dir: Path, tmp_path: Path) -> None:
    log = tmp_path / "gunicorn.log"
    arguments = f"--max-requests 25 --max-requests-jitter 10 --error-logfile {log}"
    with site(demo_dir, GUNICORN_CMD_ARGS=arguments) as recycled:
        address = address_of(recycled)

        def kept_alive(_: int) -> list[int]:
            statuses = []
            connection = http.client.HTTPConnection(*address, timeout=30)
            for _nr in range(25):
                connection.request("GET", "/api/search?q=armenia&page_size=1")
                answer = connection.getresponse()
                answer.read()
                statuses.append(answer.status)
            connection.close()
            return statuses

        def each_its_own(_: int) -> list[int]:
            return [ask(address, "/api/search?q=armenia&page_size=1", timeout=30) for _nr in range(25)]

        with ThreadPoolExecutor(6) as clients:
            running = [clients.submit(kind, nr) for nr in range(3) for kind in (kept_alive, each_its_own)]
            statuses = [status for future in running for status in future.result()]
    assert statuses == [200] * 150
    assert log.read_text().count("Booting worker") > 3


def test_an_idle_connection_is_closed_by_the_server(address: Address) -> None:
    connection = http.client.HTTPConnection(*address, timeout=30)
    connection.request("GET", "/api/search?q=armenia")
    connection.getresponse().read()
    assert connection.sock.recv(1) == b""
    connection.close()


def test_connections_leave_nothing_behind(address: Address, url: str) -> None:
    workers = [pid for pid in os.listdir("/proc") if pid.isdecimal() and _serves(pid, address[1])]
    assert workers, "no worker found"
    before = {pid: len(os.listdir(f"/proc/{pid}/fd")) for pid in workers}
    for kind in KINDS.values():
        with slow_clients(address, kind, CONNECTIONS):
            ask(address)
    for _ in range(60):
        time.sleep(0.5)
        now = {pid: len(os.listdir(f"/proc/{pid}/fd")) for pid in workers}
        if all(now[pid] <= before[pid] + 4 for pid in workers):
            break
    assert all(now[pid] <= before[pid] + 4 for pid in workers), (before, now)


def _serves(pid: str, port: int) -> bool:
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"PORT=%d" % port in environment
