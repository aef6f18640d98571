"""Adjectives and nouns that only say where a person is from (``американский актёр``)."""

from __future__ import annotations

import re
from functools import cache

from search.countries.folding import fold_key
from search.countries.mention import Mention
from search.countries.tables import DATA, read_table

_WORD = re.compile(r"[ \u00a0]([^\W\d_][\w-]*)")
_NAME = re.compile(r"[ \u00a0][A-ZÀ-ŽЀ-Я][a-zà-žа-џ]+(?![\w-]*[ \u00a0]?\.)")
_ADJECTIVE = re.compile("[сц]ь?к[^\\W\\d_]{2,3}$")
_DEMONYM = re.compile("(?:ец|ц[аеу]|цем|нка|нки|нке|нку|нкой|янин[ауе]?|янином)$")
# "России" is found by the letters of "российский" too.
_COUNTRY = re.compile("(?:и[ияюе]|ией)$")
#: Words that may stand between the adjective and the person ("американский джазовый пианист").
MAX_BETWEEN = 2


@cache
def _person_nouns() -> dict[str, tuple[str, ...]]:
    return {
        pack: tuple(fold_key(word) for word in words.split())
        for _, (packs, words) in read_table(DATA / "person_nouns.tsv", 2)
        for pack in packs.split()
    }


def without_mere_nationalities(mentions: list[Mention], texts: dict[str, str], pack: str) -> list[Mention]:
    """The mentions but those of countries that the article names only as where someone is from."""
    nouns = _person_nouns().get(pack)
    if nouns is None:
        return mentions
    kept: set[str] = set()
    for mention in mentions:
        if mention.country not in kept and not _is_nationality(texts[mention.field], mention, nouns):
            kept.add(mention.country)
    return [mention for mention in mentions if mention.country in kept]


def _is_nationality(text: str, mention: Mention, nouns: tuple[str, ...]) -> bool:
    if mention.kind == "adjective" and _ADJECTIVE.search(mention.surface):
        at = mention.end
        for _ in range(MAX_BETWEEN + 1):
            word = _WORD.match(text, at)
            if word is None:
                return False
            if fold_key(word[1]).startswith(nouns):
                return True
            if word[1][0].isupper():
                return False
            at = word.end()
        return False
    if (mention.kind == "adjective" and not _COUNTRY.search(mention.surface)) or (
        mention.kind == "name" and _DEMONYM.search(mention.surface)
    ):
        return _NAME.match(text, mention.end) is not None
    return False
