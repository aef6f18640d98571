r"""Text of others on a terminal: what would move its cursor, colour it or turn its lines round is
written ``\x1b``, ``\u202e``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TextIO, cast

from django.core.management.base import OutputWrapper

#: Controls, separators of lines, marks and overrides of direction, half characters.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
#: What no text needs; lines and the marks of right-to-left text stay.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")


def on_one_line(text: str) -> str:
    """A name, or a message that holds one, as a single line that says all of it."""
    return _UNSEEN.sub(_escape, text)


class SafeOutput(OutputWrapper):
    """A command's output; the last guard, for whatever line was not made by `on_one_line`."""

    @classmethod
    def of(cls, output: OutputWrapper) -> SafeOutput:
        """The same output, guarded."""
        safe = cls(cast(TextIO, output._out), ending=output.ending)
        safe.style_func = output.style_func
        return safe

    def write(  # type: ignore[override]  # as the class it is of
        self, msg: str = "", style_func: Callable[[str], str] | None = None, ending: str | None = None
    ) -> None:
        """As of any output."""
        super().write(_HARMFUL.sub(_escape_for_json, str(msg)), style_func, ending)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return {10: r"\n", 13: r"\r", 9: r"\t"}.get(code) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def _escape_for_json(match: re.Match[str]) -> str:
    """As strings of JSON have it, which may be what is printed."""
    return f"\\u{ord(match.group()):04x}"
