"""Words with ``*``, ``?`` or ``~`` as they were typed → leaves whose words are the index's: no
punctuation, one word each."""

from __future__ import annotations

import re

from whoosh import query

from search.analysis.terms import tokens

MAX_FUZZY_DISTANCE = 2
#: A longer word is looked for as it is: the time to compare words grows with the square of their length.
MAX_FUZZY_CHARACTERS = 64

_WILD = re.compile(r"([*?]+)")


def pattern_query(field: str, text: str) -> query.Query | None:
    """A word with wildcards: each of the words that punctuation makes of it (``Nagorno-Kar?bakh``);
    None without a letter.

    Text written without spaces is found in any place anyway, so there a wildcard adds nothing.
    """
    literal = _WILD.sub(" ", text)
    found = list(tokens(literal))
    if not found:
        return None
    if any(token.unspaced for token in found):
        return query.Term(field, " ".join(literal.split()))
    return _all_of([_leaf(field, word) for word in pattern_words(text)])


def fuzzy_query(field: str, text: str, distance: int) -> query.Query | None:
    """A word to be found misspelt; of several that punctuation makes of it, the last is the
    misspelt one."""
    found = list(tokens(text))
    if not found:
        return None
    *before, last = [token.text for token in found]
    if any(token.unspaced for token in found) or len(last) > MAX_FUZZY_CHARACTERS:
        return query.Term(field, text)
    most = max(0, min(distance, MAX_FUZZY_DISTANCE))
    return _all_of(
        [
            *(query.Term(field, word) for word in before),
            query.FuzzyTerm(field, last, maxdist=most, prefixlength=1),
        ]
    )


def pattern_words(text: str) -> list[str]:
    """The words of a text, the wildcards that touch them kept: ``#arm*`` gives ``arm*``. Wildcards
    by themselves are no word."""
    words = [""]
    for piece in _WILD.split(text):
        if _WILD.fullmatch(piece):
            words[-1] += piece
            continue
        end = 0
        for token in tokens(piece):
            if token.start > end:
                words.append("")
            words[-1] += token.text
            end = token.end
        if end < len(piece):
            words.append("")
    return [word for word in words if word.strip("*?")]


def _leaf(field: str, word: str) -> query.Query:
    if not _WILD.search(word):
        return query.Term(field, word)
    start = word.rstrip("*")
    return query.Wildcard(field, word) if _WILD.search(start) else query.Prefix(field, start)


def _all_of(parts: list[query.Query]) -> query.Query:
    return parts[0] if len(parts) == 1 else query.And(parts)
