"""The sentence a mention is in."""

from __future__ import annotations

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString

BEFORE_CHARACTERS, AFTER_CHARACTERS = 140, 140
_END_OF_SENTENCE = re.compile(r"[.!?؟۔।。！？](?=[\s\"”»』」]|$)[\"”»』」]?\s*|\n+")


def excerpt(text: str, start: int, end: int, cut: bool = False) -> SafeString:
    """The sentence around `text[start:end]`, that span marked, at most 140 characters either side.

    `cut` says that more text stands before `text`. A span that the text no longer has gives a dash.
    """
    if not text[start:end]:
        return SafeString("–")
    left = max(start - BEFORE_CHARACTERS, 0)
    right = min(end + AFTER_CHARACTERS, len(text))
    ends = [found.end() for found in _END_OF_SENTENCE.finditer(text, left, start)]
    if ends:
        left, opening = ends[-1], ""
    else:
        opening = "…" if left > 0 or cut else ""
    stop = _END_OF_SENTENCE.search(text, end, right)
    closing = "" if stop or right == len(text) < end + AFTER_CHARACTERS else "…"
    right = stop.end() if stop else right
    return format_html(
        '<span class="sentence" dir="auto">{}{}<mark>{}</mark>{}{}</span>',
        opening,
        text[left:start],
        text[start:end],
        text[end:right].rstrip(),
        closing,
    )
