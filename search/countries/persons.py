"""Whether a country's name is, where it stands, a person's: ``Michael Jordan``, ``Chad Smith``."""

from __future__ import annotations

import re
from functools import cache

from search.countries.folding import fold_key
from search.countries.mention import Mention
from search.countries.tables import DATA

_BEFORE = re.compile(r"([^\W\d_]+\.?)[ \u00a0]$")
_AFTER = re.compile(r"[ \u00a0]([^\W\d_]+)")
_SURNAME = re.compile(r"[ \u00a0]([A-ZÀ-Ž][a-zà-ž]+(?:['’-]\w+)*)([ \u00a0][A-ZÀ-Ž][a-zà-ž]+)?")
_WORD = re.compile(r"\b[^\W\d_]{4,}")
_INITIAL = re.compile(r"[^\W\d_]\.$")


@cache
def _words(file: str) -> frozenset[str]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return frozenset(fold_key(word) for line in lines if not line.startswith("#") for word in line.split())


def is_given_name(mention: Mention) -> bool:
    """Whether people bear the name that the mention is (``given_names.txt``)."""
    return mention.surface in _given_names()


@cache
def _given_names() -> frozenset[str]:
    lines = (DATA / "given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def reads_as_person(text: str, mention: Mention) -> bool:
    """True after a first name, a title of address or an initial, and before a capitalised word that
    is no place's."""
    if follows_first_name(text, mention.start):
        return True
    after = _AFTER.match(text, mention.end)
    if after is None or mention.surface.isupper() or _capitalises_every_word(text, after.end()):
        return False
    word = after[1]
    return word[0].isupper() and not word.isupper() and fold_key(word) not in _words("place_words.txt")


def follows_first_name(text: str, start: int) -> bool:
    """Whether a first name, a title of address or an initial stands right before ``start``."""
    before = _BEFORE.search(text, max(0, start - 25), start)
    if before is None:
        return False
    return fold_key(before[1]) in _words("first_names.txt") or _INITIAL.match(before[1]) is not None


def _capitalises_every_word(text: str, start: int) -> bool:
    """Whether the line goes on in capitals, as headlines do: then they say nothing."""
    rest = _WORD.findall(text[start : start + 60].split("\n")[0])
    return bool(rest) and all(word[0].isupper() for word in rest)


def states_only(first_names: list[Mention], named: set[str], texts: dict[str, str]) -> list[Mention]:
    """The mentions without those that only name people: a surname follows each, and nothing else
    names the country."""
    states = named | {
        mention.country for mention in first_names if not _precedes_surname(texts[mention.field], mention)
    }
    return [mention for mention in first_names if mention.country in states]


def _precedes_surname(text: str, mention: Mention) -> bool:
    """One capitalised word follows that is no place's ("Israel Romero won"), not two ("Israel
    Defense Forces")."""
    after = _SURNAME.match(text, mention.end)
    if after is None or mention.surface.isupper() or fold_key(after[1]) in _words("place_words.txt"):
        return False
    return not _capitalises_every_word(text, after.end()) and not after[2]
