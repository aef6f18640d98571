"""Text as the database can hold it and forms give it back: no control characters, one kind of line
end, no outer space."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MAX_MADE_TITLE_CHARACTERS = 200

# Control characters but tab and newline; PostgreSQL refuses NUL, and no browser shows the others.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Text in lines: CRLF and CR become newlines, control characters go, lone surrogates become
    U+FFFD."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def clean_line(text: str) -> str:
    """A label: one line, single spaces."""
    return " ".join(clean_text(text).split())


def is_web_address(text: str) -> bool:
    """Whether a text is an address of the web that a page may link to."""
    try:
        return text.isprintable() and urlsplit(text).scheme in ("http", "https")
    except ValueError:
        # Brackets that hold no IPv6 address.
        return False


def first_line_title(text: str) -> str:
    """The first line of a text that has no title, cut at a word within 200 characters."""
    line = next((" ".join(line.split()) for line in text.split("\n") if line.strip()), "")
    if len(line) <= MAX_MADE_TITLE_CHARACTERS:
        return line
    head = line[: MAX_MADE_TITLE_CHARACTERS + 1]
    cut = head.rfind(" ")
    # Text without spaces (Chinese, Thai) is cut where it stands.
    return head[:cut] if cut > 0 else line[:MAX_MADE_TITLE_CHARACTERS]
