"""Texts that mix languages: which passage is in which."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from search.languages.scripts import script_of
from search.languages.values import LanguageGuess, LanguagePart

from .detect import agreed_language, likely_language, quick_language

#: Letters of a paragraph from which its language can be told from that of its neighbours.
MIN_PARAGRAPH_LETTERS = 80
#: The same in scripts that write a word with few signs.
MIN_DENSE_LETTERS = 30
#: How sure both models must be of a paragraph.
MIN_CONFIDENCE = 0.8
#: Characters of a paragraph that the quickest look is at.
LOOK_CHARACTERS = 120
#: Paragraphs looked at; in a longer text every second, third … only.
MAX_PARAGRAPHS = 60
_DENSE = frozenset({"han", "kana", "hangul", "thai", "khmer", "lao", "myanmar"})
_PARAGRAPH = re.compile(r"[^\n]+")


def language_parts(text: str, main: str | None) -> tuple[LanguagePart, ...]:
    """The passages of a text in two or more languages, in order; empty for a text in one.

    A passage is one or more paragraphs. A paragraph is in ``main``, the language of the text
    (``None`` where that is undecided: that of its longest paragraph), unless two detectors agree on
    another one. One too short to tell belongs to the passage before it, to that after it at the
    start and where only that one is in its script.
    """
    if "\n" not in text:
        return ()
    spans = [(match.start(), match.end()) for match in _PARAGRAPH.finditer(text) if not match[0].isspace()]
    if main is None:
        main = likely_language(max((text[start:end] for start, end in spans), key=len, default="")).code
        if main is None:
            return ()
    step = 1 + len(spans) // MAX_PARAGRAPHS
    guesses = [
        _guess(text[start:end], main) if number % step == 0 else LanguageGuess(None)
        for number, (start, end) in enumerate(spans)
    ]
    if len({guess.code for guess in guesses} - {None}) < 2:
        return ()
    return tuple(_joined(spans, _filled([text[start:end] for start, end in spans], guesses)))


def main_language(parts: Sequence[LanguagePart]) -> str | None:
    """The language that most of a mixed text is in; ``None`` for a text in one."""
    lengths: Counter[str] = Counter()
    for part in parts:
        lengths[part.code] += part.end - part.start
    return lengths.most_common(1)[0][0] if lengths else None


def parts_value(parts: Iterable[LanguagePart]) -> list[list[int | str | float]]:
    """`Article.language_parts` as the database and the report hold it: start, end, language,
    confidence."""
    return [[part.start, part.end, part.code, part.confidence] for part in parts]


def _guess(paragraph: str, main: str) -> LanguageGuess:
    if len(paragraph) < MIN_DENSE_LETTERS or (paragraph.isascii() and len(paragraph) < MIN_PARAGRAPH_LETTERS):
        return LanguageGuess(None)
    quick = quick_language(paragraph[:LOOK_CHARACTERS])
    if quick.code == main:
        return quick
    letters = sum(map(str.isalpha, paragraph))
    if letters < (MIN_DENSE_LETTERS if script_of(paragraph) in _DENSE else MIN_PARAGRAPH_LETTERS):
        return LanguageGuess(None)
    first = likely_language(paragraph)
    if first.code == main:
        return first
    if main == "ja" and script_of(paragraph) == "han" and letters < 2 * MIN_DENSE_LETTERS:
        return LanguageGuess(main, 0.0)  # names and titles without kana
    if first.confidence >= MIN_CONFIDENCE:
        second = agreed_language(paragraph)
        if second.code is not None and second.confidence >= MIN_CONFIDENCE:
            return second
    return LanguageGuess(main, 0.0)


def _filled(paragraphs: Sequence[str], guesses: Sequence[LanguageGuess]) -> list[LanguageGuess]:
    """The guesses, undecided paragraphs given to a neighbour."""
    decided = [number for number, guess in enumerate(guesses) if guess.code is not None]
    filled = list(guesses)
    # The paragraph after many may be long, and is looked at once.
    scripts: dict[int, str | None] = {}

    def script(number: int) -> str | None:
        if number not in scripts:
            scripts[number] = script_of(paragraphs[number])
        return scripts[number]

    for number, guess in enumerate(guesses):
        if guess.code is None:
            at = bisect(decided, number)
            before, after = decided[at - 1] if at else None, decided[at] if at < len(decided) else None
            chosen = after if before is None or _is_like_second_only(script, number, before, after) else before
            if chosen is not None:
                filled[number] = LanguageGuess(guesses[chosen].code)
    return filled


def _is_like_second_only(script: Callable[[int], str | None], number: int, first: int, second: int | None) -> bool:
    return second is not None and script(number) == script(second) != script(first)


def _joined(spans: Sequence[tuple[int, int]], guesses: Sequence[LanguageGuess]) -> Iterable[LanguagePart]:
    start, code, confidence = spans[0][0], None, 0.0
    end = start
    for (first, last), guess in zip(spans, guesses, strict=True):
        if guess.code is not None and code is not None and guess.code != code:
            yield LanguagePart(start, end, code, confidence)
            start, confidence = first, 0.0
        if guess.code is not None:
            code, confidence = guess.code, max(confidence, guess.confidence)
        end = last
    if code is not None:
        yield LanguagePart(start, end, code, confidence)
