"""Names of languages for people."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError


@lru_cache(maxsize=2000)
def language_name(code: str, locale: str) -> str:
    """The name of a language in the reader's (CLDR); the code itself where there is none."""
    if not code:
        return ""
    names = Locale.parse(locale, sep="-").languages
    return str(names.get(code, code))


@lru_cache(maxsize=500)
def is_right_to_left(code: str) -> bool:
    """Whether a language is written from right to left."""
    try:
        return bool(Locale.parse(code).text_direction == "rtl")
    except (UnknownLocaleError, ValueError):
        return code in {"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"}
