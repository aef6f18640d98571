"""Tags of languages: one spelling for each, its name for people, its direction."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

# Members of a larger language that readers look for under its name, and tags of other lists for the same language.
_SAME_AS = {
    "arz": "ar", "apc": "ar", "arb": "ar", "ary": "ar", "prs": "fa", "pes": "fa", "wuu": "zh", "yue": "zh",
    "cmn": "zh", "azb": "az", "pnb": "pa", "mzn": "fa", "als": "de", "bh": "hi", "sh": "sr", "iw": "he", "in": "id",
    "ji": "yi", "mo": "ro", "jw": "jv", "tl": "fil",
}  # fmt: skip
_TAG = re.compile(r"^[a-z]{2,3}$")


@lru_cache(maxsize=4_096)
def normalise_language(tag: str | None) -> str | None:
    """The lower-case primary subtag of a language tag or ISO 639 code, ``None`` where it is none.

    ``zh-CN`` → ``zh``, ``eng`` → ``en``, ``iw`` → ``he``, ``pt_BR`` → ``pt``; ``english`` and
    ``xx`` → ``None``.
    """
    if not tag:
        return None
    primary = re.split(r"[-_.@]", tag.strip().lower(), maxsplit=1)[0]
    if not _TAG.match(primary):
        return None
    primary = _SAME_AS.get(primary, primary)
    alias = get_global("language_aliases").get(primary, primary)
    primary = re.split(r"[-_]", alias, maxsplit=1)[0].lower()
    primary = _SAME_AS.get(primary, primary)
    return primary if primary in _known_codes() else None


@lru_cache(maxsize=1)
def _known_codes() -> frozenset[str]:
    """Codes of languages that CLDR names, in its own English list."""
    return frozenset(str(code) for code in Locale("en").languages) - {"und", "mul", "zxx"}


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
