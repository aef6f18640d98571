"""Digests of texts."""

from __future__ import annotations

import hashlib


def digest(*parts: str) -> str:
    """64 hexadecimal digits that differ when any part does."""
    hasher = hashlib.blake2b(digest_size=32)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return hasher.hexdigest()
