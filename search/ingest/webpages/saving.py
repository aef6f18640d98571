"""What programs that save pages write into them: the address that a page was saved from."""

from __future__ import annotations

import re

from search.ingest.limits import PAGE_HEAD_BYTES

_WITHOUT_SCHEME = re.compile(r"<!--\s*Mirrored from\s+(\S+)\s+by HTTrack", re.IGNORECASE)
_SAVED = (
    # Browsers; SingleFile; HTTrack, which leaves the scheme out.
    re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE),
    re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE),
    _WITHOUT_SCHEME,
)
_WEB = ("http://", "https://")


def saved_from(page: str) -> str | None:
    """The address in the first comments of a page; ``None`` where none states one of the web."""
    head = page[:PAGE_HEAD_BYTES]
    for form in _SAVED:
        found = form.search(head)
        if found:
            address = f"http://{found[1]}" if form is _WITHOUT_SCHEME else found[1]
            return address if address.lower().startswith(_WEB) else None
    return None
