"""Numbers, counts and directions of text, for people."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from babel.numbers import format_decimal
from django.utils.html import strip_tags
from django.utils.translation import get_language, ngettext

from search.query.names import is_right_to_left

#: Letters looked at to tell a direction; a headline or a snippet is shorter.
_LOOK_CHARACTERS = 400


def locale() -> str:
    """The reader's language, as CLDR names it."""
    return (get_language() or "en").replace("-", "_")


def number(value: int, locale_name: str = "") -> str:
    """``1234`` as the reader writes it: ``1,234``. Where many are written, the caller looks up the locale once."""
    return _written(value, locale_name or locale())


@lru_cache(maxsize=20_000)
def _written(value: int, locale_name: str) -> str:
    return str(format_decimal(value, locale=locale_name))


def articles(count: int) -> str:
    """ "1 article", "57 articles"."""
    return ngettext("%(count)s article", "%(count)s articles", count) % {"count": number(count)}


def direction(text: str, language: str = "") -> str:
    """``rtl`` or ``ltr``: the direction most letters of a text (HTML allowed) have; the language's when it has none."""
    right = left = 0
    for character in strip_tags(text[:_LOOK_CHARACTERS]):
        kind = unicodedata.bidirectional(character)
        right += kind in ("R", "AL")
        left += kind == "L"
    if right or left:
        return "rtl" if right > left else "ltr"
    return "rtl" if language and is_right_to_left(language) else "ltr"
