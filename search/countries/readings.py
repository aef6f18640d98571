"""What else a name of a country may be where it stands: a language, a name in quotation marks, a
city's adjective."""

from __future__ import annotations

import re
from functools import cache

from search.countries.folding import fold_key
from search.countries.tables import DATA, read_table

_OPENING = "«„“”\"'‘‚"
_CLOSING = "»“”\"'’"
_NAME_DOTS = "·•・⋅‧"
_QUOTE_SPACE = " \u00a0\u202f"
# The adjectives of Slavic cities: Berlínská, Londyński, Варшавский.
_CITY_ADJECTIVE = re.compile("(?:[sšcčzž]k|[сшц]к|ськ|цьк)", re.IGNORECASE)
MAX_LIST_CHARS = 70


def is_quoted_alone(text: str, start: int, end: int) -> bool:
    """Whether quotation marks enclose ``start:end`` and nothing else: the channel «Россия», the
    daily „Rzeczpospolita”."""
    before = text[max(0, start - 2) : start].rstrip(_QUOTE_SPACE)[-1:]
    after = text[end : end + 2].lstrip(_QUOTE_SPACE)[:1]
    return bool(before) and bool(after) and before in _OPENING and after in _CLOSING and text[start].isupper()


def is_part_of_a_foreign_name(text: str, start: int, end: int) -> bool:
    """Whether the dot that Chinese and Japanese put between the names of a foreigner touches
    ``start:end``."""
    return (start > 0 and text[start - 1] in _NAME_DOTS) or (end < len(text) and text[end] in _NAME_DOTS)


def is_city_adjective(surface: str, stem_length: int) -> bool:
    """Whether the letters after the stem make the name of a capital an adjective, which says where,
    not whose."""
    return _CITY_ADJECTIVE.search(surface, stem_length) is not None


@cache
def _languages() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Pack → what stands before and after an adjective that names a language."""
    cues = {}
    for _, (pack, before, after) in read_table(DATA / "language_cues.tsv", 3):
        joined = r"(?: +\w+){0,4} +"
        cues[pack] = (
            re.compile(rf"(?:^| )(?:{_alternatives(before)})(?P<list>{joined[:-2]}) +$"),
            re.compile(rf"(?P<list>{joined[:-2]}) +(?:{_alternatives(after)})"),
        )
    return cues


def _alternatives(words: str) -> str:
    return "|".join(
        re.escape(fold_key(word)) + (r"\w*" if word.endswith("*") else "(?= |$)") for word in words.split(", ")
    )


def names_a_language(pack: str, text: str, start: int, end: int) -> bool:
    """Whether the adjective at ``start:end`` of a folded text is one of a list of languages.

    "на английском и испанском языках", "in French and German": between it and the cue stand only
    words that end as it does, or words of two letters or less.
    """
    cues = _languages().get(pack)
    if cues is None:
        return False
    surface = text[start:end]
    found = cues[0].search(text[max(0, start - MAX_LIST_CHARS) : start])
    if found is not None and _all_alike(found["list"], surface):
        return True
    found = cues[1].match(text[end : end + MAX_LIST_CHARS])
    return found is not None and _all_alike(found["list"], surface)


def _all_alike(words: str, surface: str) -> bool:
    return all(len(word) <= 3 or word[-2:] == surface[-2:] for word in words.split())
