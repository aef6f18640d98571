"""WARC files of invented pages."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

PAGE = """<!doctype html><html lang="en"><head><title>{title} | The Velmora Post</title>
<meta property="og:site_name" content="The Velmora Post"><meta name="author" content="Ada Brink">
<meta property="article:published_time" content="2021-06-04T09:30:00+00:00"></head><body><main><article><h1>{title}</h1>
<p>The ferry between Velmora and the Georgian coast sails again after two winters in the dock, the harbour master said.</p>
<p>Its first passengers were farmers from Armenia, who had waited for nine days to bring their apricots over the sea.</p>
</article></main></body></html>"""


def page(title: str = "Ferry to Batumi sails again") -> bytes:
    """A page of an invented outlet."""
    return PAGE.format(title=title).encode()


def record(kind: str, url: str, body: bytes, content_type: str = "application/http; msgtype=response") -> bytes:
    """One record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-06-05T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def response(
    url: str, body: bytes, *, kind: str = "text/html; charset=utf-8", status: str = "200 OK",
    headers: Iterable[tuple[str, str]] = (),
) -> bytes:  # fmt: skip
    """A record of what a server answered."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *(f"{name}: {value}" for name, value in headers)]
    return record("response", url, "\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def warc(*titles: str, packed: bool = True) -> bytes:
    """A file with a page for each title, and the record about itself that crawlers write first."""
    records = [record("warcinfo", "", b"software: none\r\n", "application/warc-fields")]
    records += [response(f"https://velmora.example/{number}", page(title)) for number, title in enumerate(titles, 1)]
    return b"".join(gzip.compress(each) if packed else each for each in records)
