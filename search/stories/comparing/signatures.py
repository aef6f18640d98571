"""MinHash: a sketch of a text from which the share of word pairs two texts have in common can be
estimated."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from search.stories.comparing.words import compared_words

HASHES = 60
#: 20 bands of 3: articles sharing half their word pairs meet with probability .93, six tenths .99, a twentieth .003.
BANDS = 20
ROWS = HASHES // BANDS
SIGNATURE_BYTES = HASHES * 4
#: An article of fewer words says too little to be anyone's copy.
MIN_SKETCH_WORDS = 8

_CHUNK_SHINGLES = 4096  # 2 MB of intermediate values, however long the text
_HASH_SEED = 0x5EED


def _constants(count: int, stream: int) -> NDArray[np.uint64]:
    """``count`` mixed 64-bit numbers (SplitMix64).

    Stored signatures depend on them, so they come from arithmetic: NumPy's generators may change
    with its version.
    """
    mixed = (np.arange(1, count + 1, dtype=np.uint64) + np.uint64(_HASH_SEED + (stream << 32))) * np.uint64(
        0x9E3779B97F4A7C15
    )
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


_FACTORS = (_constants(HASHES, 1) >> np.uint64(32)).astype(np.uint32)[:, np.newaxis] | np.uint32(1)
_OFFSETS = (_constants(HASHES, 2) >> np.uint64(32)).astype(np.uint32)[:, np.newaxis]
_BAND_FACTORS = _constants(ROWS, 3)[np.newaxis] | np.uint64(1)
_BAND_OFFSETS = _constants(BANDS, 4)


@dataclass(frozen=True, slots=True)
class Signature:
    """The smallest hash of a text's word pairs under each of 60 hash functions, as 240
    little-endian bytes."""

    data: bytes

    def __post_init__(self) -> None:
        if len(self.data) != SIGNATURE_BYTES:
            raise ValueError(f"A signature has {SIGNATURE_BYTES} bytes, not {len(self.data)}.")

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> Signature:
        """The signature that ``to_bytes`` wrote. Raises ``ValueError`` when the length is not a
        signature's."""
        return cls(bytes(data))

    def to_bytes(self) -> bytes:
        """240 bytes for a binary column."""
        return self.data

    @property
    def hashes(self) -> NDArray[np.uint32]:
        """The 60 values, read only."""
        return np.frombuffer(self.data, dtype="<u4")

    def resemblance(self, other: Signature) -> float:
        """The estimated Jaccard coefficient of the word pairs of two texts; standard error at most
        .065."""
        return float(np.mean(self.hashes == other.hashes))


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of an article's words: a number below 2⁶³ that equal words share, and their
    signature."""

    hash: int
    signature: Signature


def sketch(title: str, body: str) -> Sketch | None:
    """The sketch of an article; ``None`` for one too short to be a copy of anything."""
    found = compared_words(title, body)
    of_words = signature_of_words(found)
    if of_words is None:
        return None
    digest = blake2b("\n".join(found).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return Sketch(int.from_bytes(digest, "big") >> 1, of_words)


def signature(title: str, body: str) -> Signature | None:
    """The signature of an article; ``None`` for one too short to be a copy of anything."""
    return signature_of_words(compared_words(title, body))


def signature_of_words(found: list[str]) -> Signature | None:
    """The signature of a text already cut into words; ``None`` below ``MIN_SKETCH_WORDS``."""
    if len(found) < MIN_SKETCH_WORDS:
        return None
    if len(_codes) > _MOST_CODES:
        _codes.clear()
    codes = np.fromiter(map(_codes.__getitem__, found), dtype=np.uint32, count=len(found))
    shingles = _mixed(codes[:-1] * np.uint32(0x9E3779B1) ^ np.roll(codes, -1)[:-1] * np.uint32(0x85EBCA77))
    least = np.full(HASHES, 2**32 - 1, dtype=np.uint32)
    for start in range(0, len(shingles), _CHUNK_SHINGLES):
        hashed = shingles[start : start + _CHUNK_SHINGLES] * _FACTORS
        hashed += _OFFSETS
        np.minimum(least, hashed.min(axis=1), out=least)
    return Signature(least.astype("<u4").tobytes())


class _Codes(dict[str, int]):
    """The hashes of words, kept: most words of a text were in one before."""

    def __missing__(self, word: str) -> int:
        code = self[word] = crc32(word.encode("utf-8", "surrogatepass"))
        return code


_MOST_CODES = 200_000
_codes = _Codes()


def band_keys(sketch: Signature) -> list[int]:
    """20 numbers, each below 2³¹; articles that share one are candidates. They fit an indexed
    integer column."""
    return [int(key) for key in band_hashes(sketch.hashes[np.newaxis])[0] >> np.uint64(33)]


def band_hashes(hashes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """(articles, 60) signature values to (articles, 20) band hashes; a band's number is part of its
    hash."""
    rows = hashes.reshape(len(hashes), BANDS, ROWS).astype(np.uint64)
    summed: NDArray[np.uint64] = (rows * _BAND_FACTORS).sum(axis=2, dtype=np.uint64) + _BAND_OFFSETS
    summed ^= summed >> np.uint64(32)
    summed *= np.uint64(0xD6E8FEB86659FD93)
    summed ^= summed >> np.uint64(32)
    return summed


def _mixed(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The finaliser of MurmurHash3: every input bit changes half the output bits."""
    codes ^= codes >> np.uint32(16)
    codes *= np.uint32(0x85EBCA6B)
    codes ^= codes >> np.uint32(13)
    codes *= np.uint32(0xC2B2AE35)
    codes ^= codes >> np.uint32(16)
    return codes
