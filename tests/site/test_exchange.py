"""One connection of the worker, over a real pair of sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from corpus_app.exchange import Exchange, Phase, Refused
from corpus_app.limits import Limits, Pace

LIMITS = Limits(request_line=100, head=300, body=1000, head_seconds=10.0, transfer=Pace(10.0, 100))
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def post(body: bytes, *headers: bytes) -> bytes:
    lines = [b"POST / HTTP/1.1", b"Host: a", b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


Pair = tuple[socket.socket, Exchange]


@pytest.fixture
def pair() -> Iterator[Pair]:
    client, server = socket.socketpair()
    client.settimeout(5)
    exchange = Exchange(server, LIMITS)
    yield client, exchange
    client.close()
    exchange.close()


def arrive(pair: Pair, data: bytes) -> bool:
    pair[0].sendall(data)
    assert pair[1].receive()
    return pair[1].complete()


@pytest.mark.parametrize("request_", [GET, post(b"a=1"), post(b""), post(b"a\n\n\r\n\r\nb")])
def test_a_request_is_complete_with_its_last_byte_and_not_before(pair: Pair, request_: bytes) -> None:
    for number in range(len(request_) - 1):
        assert not arrive(pair, request_[number : number + 1])
    assert arrive(pair, request_[-1:])
    assert pair[1].recv(10_000) == request_
    assert pair[1].recv(10_000) == b""


def test_the_next_request_of_a_pipeline_is_not_read_with_the_first(pair: Pair) -> None:
    assert arrive(pair, post(b"a=1") + GET + GET[:5])
    assert pair[1].recv(10_000) == post(b"a=1")
    assert pair[1].complete()
    assert pair[1].recv(10_000) == GET
    assert not pair[1].complete()
    assert arrive(pair, GET[5:])


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 200, 414),
        (b"GET /" + b"a" * 200 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nCookie: " + b"a" * 400, 431),
        (b"GET / HTTP/1.1\r\nCookie: " + b"a" * 400 + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\ncontent-length:1001 \r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", 411),
    ],
)
def test_a_request_that_is_too_large_or_of_unknown_length_is_refused_at_once(
    pair: Pair, request_: bytes, status: int
) -> None:
    with pytest.raises(Refused) as refused:
        arrive(pair, request_)
    assert refused.value.status == HTTPStatus(status)


def test_a_request_line_of_just_the_length_allowed_is_taken_in_two_pieces_too(pair: Pair) -> None:
    line = b"GET /" + b"a" * 86 + b" HTTP/1.1"
    assert len(line) == LIMITS.request_line
    assert not arrive(pair, line + b"\r")
    assert arrive(pair, b"\n\r\n")


@pytest.mark.parametrize("pieces", [[b"GET / HTTP/1.1\n\n"], [b"GET / HTTP/1.1\r\nHost: a", b"\n"]])
def test_a_head_that_would_never_end_goes_to_the_parser_which_refuses_it(pair: Pair, pieces: list[bytes]) -> None:
    assert [arrive(pair, piece) for piece in pieces][-1]
    assert pair[1].recv(1000) == b"".join(pieces)


def test_a_carriage_return_at_the_end_of_one_piece_belongs_to_the_newline_of_the_next(pair: Pair) -> None:
    assert not arrive(pair, b"GET / HTTP/1.1\r")
    assert not arrive(pair, b"\nHost: a")
    assert arrive(pair, b"\r\n\r\n")


def test_a_client_that_waits_to_be_told_to_go_on_is_told_so(pair: Pair) -> None:
    whole = post(b"a=1", b"Expect: 100-continue")
    assert not arrive(pair, whole[:-3])
    assert pair[0].recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert arrive(pair, whole[-3:])


def test_an_answer_the_client_does_not_take_is_kept_and_sent_when_it_does(pair: Pair) -> None:
    client, exchange = pair
    answer = bytes(range(256)) * 40_000
    exchange.sendall(answer[:100])
    exchange.sendall(answer[100:])
    assert exchange.unsent > 0
    taken = bytearray()
    while len(taken) < len(answer):
        taken += client.recv(1_000_000)
        exchange.flush()
    assert bytes(taken) == answer
    assert exchange.unsent == 0


def test_dripping_prolongs_neither_the_head_nor_by_more_than_the_rate_a_body(pair: Pair) -> None:
    exchange = pair[1]
    connected = exchange.deadline(5.0)
    arrive(pair, post(b"")[:20])
    head = exchange.deadline(5.0)
    arrive(pair, post(b"")[20:25])
    assert exchange.deadline(5.0) == head >= connected
    arrive(pair, post(b"b" * 500)[25:].split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n")
    assert exchange.phase is Phase.BODY
    body = exchange.deadline(5.0)
    arrive(pair, b"b" * 50)
    assert exchange.deadline(5.0) - body == pytest.approx(50 / 100)


def test_what_still_comes_after_a_refusal_is_dropped_up_to_a_bound(pair: Pair) -> None:
    client, exchange = pair
    exchange.enter(Phase.CLOSING)
    client.sendall(b"a" * 1000)
    assert exchange.drain()
    assert exchange.received == 0
    client.close()
    assert not exchange.drain()


def test_a_thread_that_sends_more_than_is_held_waits_for_its_client() -> None:
    client, server = socket.socketpair()
    exchange = Exchange(server, Limits(held=100_000, transfer=Pace(20.0, 1000)))
    pieces, taken, most = 100, bytearray(), 0

    def take() -> None:
        while len(taken) < pieces * 50_000:
            taken.extend(client.recv(60_000))

    reader = threading.Thread(target=take)
    reader.start()
    for _ in range(pieces):
        exchange.sendall(b"x" * 50_000)
        most = max(most, exchange.unsent)
    while not exchange.flush():
        time.sleep(0.001)
    reader.join(20)
    assert len(taken) == pieces * 50_000
    assert most <= 150_000
    client.close()
    exchange.close()


def test_a_client_that_takes_nothing_of_a_long_answer_is_given_up() -> None:
    client, server = socket.socketpair()
    exchange = Exchange(server, Limits(held=10_000, transfer=Pace(0.2, 1000)))
    exchange.sendall(b"x" * 5_000_000)
    with pytest.raises(TimeoutError, match="too long"):
        exchange.sendall(b"x")
    client.close()
    exchange.close()
