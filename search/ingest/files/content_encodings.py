"""What servers pack pages with beside gzip: Brotli and Zstandard, unpacked within bounds."""

from __future__ import annotations

from typing import Final

import brotli
import zstandard

from search.exceptions import ReadError

#: By the names that servers give them.
UNPACKED_HERE: Final = frozenset(["br", "zstd"])
_PIECE_BYTES = 65_536
# A few bytes of it may stand for 128 KB: so many give some 32 MB at once.
_ZSTD_PIECE_BYTES = 1_024
#: What a server may ask a browser to hold at most.
_MAX_WINDOW_BYTES = 128 * 1024**2


def unpacked_content(data: bytes, encoding: str, limit_bytes: int) -> bytes:
    """A page as it was before it was packed; at most one byte more than the limit. Data that is not
    packed, as some crawlers store it under the header of what was, stays as it is.

    Args:
        data: all of the page.
        encoding: of `UNPACKED_HERE`.
        limit_bytes: of the page unpacked.

    Raises:
        ReadError: the data is damaged or cut.
    """
    try:
        return _zstd(data, limit_bytes) if encoding == "zstd" else _brotli(data, limit_bytes)
    except (brotli.error, zstandard.ZstdError) as error:
        if data.lstrip()[:1] == b"<":
            return data
        raise ReadError(f"damaged data, packed as {encoding!r}: {str(error)[:100]}") from error


def _brotli(data: bytes, limit_bytes: int) -> bytes:
    decompressor = brotli.Decompressor()
    pieces = [decompressor.process(data, output_buffer_limit=_PIECE_BYTES)]
    size = len(pieces[0])
    while size <= limit_bytes and not decompressor.is_finished() and not decompressor.can_accept_more_data():
        pieces.append(decompressor.process(b"", output_buffer_limit=_PIECE_BYTES))
        size += len(pieces[-1])
    if size <= limit_bytes and not decompressor.is_finished():
        raise ReadError("damaged data, packed as 'br': it is cut short")
    return b"".join(pieces)[: limit_bytes + 1]


def _zstd(data: bytes, limit_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while data and size <= limit_bytes:
        frame = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES).decompressobj()
        for at in range(0, len(data), _ZSTD_PIECE_BYTES):
            pieces.append(frame.decompress(data[at : at + _ZSTD_PIECE_BYTES]))
            size += len(pieces[-1])
            if frame.eof or size > limit_bytes:
                data = frame.unused_data + data[at + _ZSTD_PIECE_BYTES :]
                break
        else:
            raise ReadError("damaged data, packed as 'zstd': it is cut short")
    return b"".join(pieces)[: limit_bytes + 1]
