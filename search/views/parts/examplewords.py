"""Words of the collection that is loaded, to show what can be asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.analysis.terms import Token, fold_word, tokens
from search.selectors import newest_titles
from search.views.parts.text import locale

#: Headlines read to find a word worth trying.
READ_TITLES = 300
LEAST_WORD_CHARACTERS = 6


@dataclass(frozen=True, slots=True)
class ExampleWords:
    """A `word`, the `pair` of it and its neighbour as a headline has them, `other` from the same
    headline, and `elsewhere` from one without the word."""

    word: str
    pair: str
    other: str
    elsewhere: str


def titles_to_read() -> list[str]:
    """The newest headlines, in the reader's language where there are any."""
    return newest_titles(language=locale()[:2], most=READ_TITLES)


def frequent_word(titles: list[str]) -> str:
    """A long word that several headlines share; else empty."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for title in titles:
        words = {fold_word(token.text): token.text for token in tokens(title) if _is_long(token)}
        counts.update(word for word in words if word.isalpha())
        written.update(words)
    if not counts:
        return ""
    word = written[counts.most_common(1)[0][0]]
    return word.lower() if word.isupper() else word


def example_words() -> ExampleWords:
    """Words of the newest headlines; words of our own where there are none."""
    titles = titles_to_read()
    word = frequent_word(titles)
    own = ExampleWords(word=_("peace"), pair=_("peace talks"), other=_("corridor"), elsewhere=_("election"))
    if not word:
        return own
    folded = fold_word(word)
    pair = other = elsewhere = ""
    for title in titles:
        its = [token for token in tokens(title) if not token.unspaced]
        at = next((number for number, token in enumerate(its) if fold_word(token.text) == folded), None)
        if at is None:
            elsewhere = elsewhere or next((token.text for token in its if _is_long(token)), "")
            continue
        first = min(at, len(its) - 2)
        if first >= 0 and not pair and not title[its[first].end : its[first + 1].start].strip():
            pair = f"{its[first].text} {its[first + 1].text}"
            other = next((token.text for token in reversed(its) if fold_word(token.text) not in fold_word(pair)), "")
    return ExampleWords(word, pair or word, other or pair.replace(word, "").strip() or word, elsewhere or own.elsewhere)


def _is_long(token: Token) -> bool:
    return len(token.text) >= LEAST_WORD_CHARACTERS
