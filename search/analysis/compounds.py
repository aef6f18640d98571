"""The words that a compound is made of: German and its kin write them together.

A compound is cut where both sides are common words (the lists are wordfreq's), with the sounds that
join them. Parts stand in the index beside the compound, so that a part finds the whole.
"""

from __future__ import annotations

from functools import cache, lru_cache

from wordfreq import get_frequency_dict

from search.analysis.terms import fold_word, term_of, written_term

#: Behind the tag of a language where a term is that of a part.
PART = "+"
#: Language → what may stand between two parts of a compound.
_SEAMS = {
    "de": ("", "s", "es", "n", "en", "er", "e"),
    "nl": ("", "s", "en", "e"),
    "sv": ("", "s"),
    "da": ("", "s", "e"),
    "nb": ("", "s", "e"),
    "nn": ("", "s", "e"),
    "no": ("", "s", "e"),
}
_LISTS = {"no": "nb", "nn": "nb"}
_LEAST_PART = 4
_LEAST_COMPOUND = 9
_LONGEST = 40
#: At most so many parts of one word.
_MOST_PARTS = 6
# Endings, prefixes and prepositions that the lists have as words: no parts.
_NO_PARTS_TEXT = (
    "heit keit schaft schaften heiten keiten ungen lich liche lichen licher liches isch ische ischen isten ismus tionen ation ationen "
    "eren ende enden ester sten stens weise haft bare baren barer ander andere anderen einen einer eines ohne aller allen alle "
    "nach unter uber durch gegen hinter zwischen neben inter over under tegen efter"
)
_NO_PARTS = frozenset(_NO_PARTS_TEXT.split())
#: Shorter words that compounds end in.
_SHORT = {"de": "rat amt tag bau weg hof zug gas see ort akt rad tor uhr", "sv": "rad", "da": "rad", "nb": "rad"}


def part_terms(word: str, profile: str) -> tuple[str, ...]:
    """The terms that mark the parts of a word in a profile; none where it is no compound."""
    if profile not in _SEAMS or not _LEAST_COMPOUND <= len(word) <= _LONGEST:
        return ()
    return _part_terms(fold_word(word), profile)


def further_terms(word: str, profile: str) -> tuple[str, ...]:
    """The terms that stand in the index beside a word's own: of its parts, and of how it is
    written."""
    written = written_term(word)
    parts = part_terms(word, profile)
    return parts if written is None else (*parts, written)


@lru_cache(maxsize=100_000)
def _part_terms(folded: str, profile: str) -> tuple[str, ...]:
    own = term_of(folded, profile)
    terms = (term_of(part, profile) for part in _parts(folded, profile))
    return tuple(dict.fromkeys(f"{term}{PART}" for term in terms if term != own))[:_MOST_PARTS]


def _parts(word: str, profile: str) -> list[str]:
    """The parts of a folded word, those of its parts included."""
    if len(word) < _LEAST_COMPOUND:
        return []
    known = _common(_LISTS.get(profile, profile))
    best: tuple[float, str, str] | None = None
    for at in range(_LEAST_PART, len(word) - 2):
        tail = word[at:]
        weight = known.get(tail)
        if weight is None:
            continue
        for seam in _SEAMS[profile]:
            head = word[: at - len(seam)] if word[:at].endswith(seam) else ""
            if len(head) >= _LEAST_PART and head in known:
                found = (min(weight, known[head]), head, tail)
                best = max(best, found) if best is not None else found
                break
    if best is None:
        return []
    _, head, tail = best
    return [head, tail, *_parts(head, profile), *_parts(tail, profile)]


@cache
def _common(language: str) -> dict[str, float]:
    """Folded word → how often it is used, of the common words of a language."""
    known: dict[str, float] = {}
    for word, share in get_frequency_dict(language, wordlist="small").items():
        if len(word) >= _LEAST_PART and word.isalpha():
            folded = fold_word(word)
            if folded not in _NO_PARTS:
                known[folded] = max(share, known.get(folded, 0.0))
    return known | dict.fromkeys(_SHORT.get(language, "").split(), 1.0)
