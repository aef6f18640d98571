"""Numbers, counts and directions of text, for people."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext

from search.languages.tags import is_right_to_left

#: Letters looked at to tell a direction; a headline or a snippet is shorter.
_LOOK_CHARACTERS = 400
_MARK = re.compile("</?mark>")
_ASCII_LETTER = re.compile("[A-Za-z]")


def locale() -> str:
    """The reader's language, as CLDR names it."""
    return (get_language() or "en").replace("-", "_")


def number(value: int, locale_name: str = "") -> str:
    """``1234`` as the reader writes it: ``1,234``. Where many are written, the caller looks up the
    locale once."""
    return _written(value, locale_name or locale())


@lru_cache(maxsize=20_000)
def _written(value: int, locale_name: str) -> str:
    return str(format_decimal(value, locale=locale_name))


def articles(count: int) -> str:
    """ "1 article", "57 articles"."""
    return ngettext("%(count)s article", "%(count)s articles", count) % {"count": number(count)}


def direction(text: str, language: str = "") -> str:
    """``rtl`` or ``ltr``: the direction most letters of a text (with ``<mark>`` or without) have;
    the language's when it has none."""
    looked = text[:_LOOK_CHARACTERS]
    seen = _MARK.sub("", looked) if "<" in looked else looked
    if seen.isascii():
        right, left = 0, int(_ASCII_LETTER.search(seen) is not None)
    else:
        kinds: Counter[str] = Counter()
        for letter, times in Counter(seen).items():
            kinds[unicodedata.bidirectional(letter)] += times
        right, left = kinds["R"] + kinds["AL"], kinds["L"]
    if right or left:
        return "rtl" if right > left else "ltr"
    return "rtl" if language and is_right_to_left(language) else "ltr"
