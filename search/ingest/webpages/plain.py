"""Strings of metadata as people would read them."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BLOCK = re.compile(r"<(?:/p|/div|/h\d|/li|br\s*/?)>", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def plain(text: str, *, lines: bool = False) -> str:
    """Without character references (even those escaped twice), tags, soft hyphens and extra spaces.

    Args:
        text: the string as the page has it.
        lines: keep line breaks, one paragraph a line; else all on one line.
    """
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" " if not lines else "", _BLOCK.sub("\n", text))
    text = _INVISIBLE.sub("", text)
    if not lines:
        return " ".join(text.split())
    return "\n".join(line for each in text.splitlines() if (line := " ".join(each.split())))
