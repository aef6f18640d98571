"""Marks the words of a query in titles and bodies, inflected and vocalised forms included, and cuts
snippets.

The words are found as the index found them: by the terms their tokens give in the article's
language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from whoosh import query

from search.analysis.terms import fold_word, has_runs, profile_of, term_of, token_bounds, token_spans, token_texts
from search.backends.base import MatchPlaces
from search.backends.positions import sought, terms_meant
from search.engine.searching.expand import edit_distances, wildcard

SNIPPET_CHARACTERS = 220
SNIPPETS = 2
#: A body is read up to here for snippets; a text whose words all stand beyond is shown with its start.
#: At most as many as the tokens of which the index tells places (`search.engine.occurrences.FIRST_TOKENS`).
READ_CHARACTERS = 200_000

WordSpan = tuple[int, int]
#: Distinct folded words → those that match.
Pattern = Callable[[list[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query looks for in text: words and phrases, and patterns over folded words."""

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    patterns: tuple[Pattern, ...]


class Highlighter:
    """Marks what one query looks for. `tree` is a tree of public fields, or None."""

    def __init__(self, tree: query.Query | None) -> None:
        self._wanted = {
            "title": _wanted(tree, ("text", "title")),
            "body": _wanted(tree, ("text",)),
        }

    def title(self, text: str, language: str) -> SafeString:
        """The whole title, escaped, with the words found marked."""
        return _marked(text, self._spans(text, language, "title"), 0, len(text))

    def snippets(
        self, text: str, language: str, places: MatchPlaces | None = None, *, goes_on: bool = False
    ) -> tuple[SafeString, ...]:
        """At most two excerpts around the words found, best first in reading order; else the start
        of the text.

        With `places` from the index only the tokens there are looked at; a text that is no longer
        the indexed one is read like one without places. `goes_on` says that `text` is the beginning
        of a longer one: places past its end are left out.
        """
        spans = None if places is None else self._placed(text, language, places, goes_on=goes_on)
        if spans is None:
            goes_on = goes_on or len(text) > READ_CHARACTERS
            text = text[:READ_CHARACTERS]
            spans = self._spans(text, language, "body")
        return tuple(_excerpt(text, found, start, end, goes_on) for start, end, found in _windows(text, spans))

    def spans_within(self, text: str, language: str, *, cut_before: bool) -> list[WordSpan]:
        """Where the words found stand in a stretch of a body, in order; `cut_before` where it may
        begin within a word."""
        return [span for span in self._spans(text, language, "body") if span[0] > 0 or not cut_before]

    def _spans(self, text: str, language: str, field: str) -> list[WordSpan]:
        wanted = self._wanted[field]
        if not (wanted.words or wanted.phrases or wanted.patterns):
            return []
        return sorted(set(_found(text, profile_of(language), wanted)))

    def _placed(self, text: str, language: str, places: MatchPlaces, *, goes_on: bool) -> list[WordSpan] | None:
        """Where the tokens at these places stand; None when other words are there than the index
        says."""
        if not (places.words or places.starts or places.phrases):
            return []
        starts, ends = (bounds.tolist() for bounds in token_bounds(text))
        if goes_on:
            # The last token may be cut.
            places = _before(places, len(starts) - 1)
            if not (places.words or places.starts or places.phrases):
                return []
        last = max(*places.words, *places.starts, *(last for _first, last in places.phrases), 0)
        if last >= len(starts):
            return None
        profile, wanted = profile_of(language), self._wanted["body"]
        at = {number: text[starts[number] : ends[number]] for number in places.words | places.starts}
        matching = _matching({at[number] for number in places.words}, profile, wanted)
        if any(at[number] not in matching for number in places.words):
            return None
        phrases = {tuple(term_of(word, profile) for word in phrase) for phrase in wanted.phrases}
        for first, last in places.phrases:
            stand = (term_of(text[starts[n] : ends[n]], profile) for n in range(first, last + 1))
            if tuple(stand) not in phrases:
                return None
        begun = _run_starts({at[number] for number in places.starts}, wanted)
        spans = {(starts[number], ends[number]) for number in places.words}
        spans.update((starts[n], starts[n] + 1) for n in places.starts - places.words if at[n] in begun)
        spans.update((starts[first], ends[last]) for first, last in places.phrases)
        return sorted(spans)


def _before(places: MatchPlaces, end: int) -> MatchPlaces:
    """The places among the first tokens."""
    return MatchPlaces(
        frozenset(number for number in places.words if number < end),
        frozenset(number for number in places.starts if number < end),
        frozenset((first, last) for first, last in places.phrases if last < end),
    )


def _wanted(tree: query.Query | None, fields: tuple[str, ...]) -> Wanted:
    found = sought(tree, fields)
    patterns = [_starts_with(prefix) for prefix in found.prefixes]
    for leaf in found.others:
        text = fold_word(leaf.text)
        patterns.append(_fuzzy(text, leaf.maxdist) if isinstance(leaf, query.FuzzyTerm) else _wildcard(text))
    return Wanted(found.words, found.phrases, tuple(patterns))


def _found(text: str, profile: str, wanted: Wanted) -> Iterator[WordSpan]:
    """Where the words stand. Each distinct token is looked at once; offsets are made only where
    something was found."""
    own = token_texts(text)
    distinct = set(own)
    matching = _matching(distinct, profile, wanted)
    starts = _run_starts(distinct, wanted)
    phrases = _phrase_places(own, distinct, profile, wanted)
    if not (matching or starts or phrases):
        return
    spans = token_spans(text)
    for at, token in enumerate(own):
        if token in matching:
            yield spans[at]
        elif token in starts:
            yield spans[at][0], spans[at][0] + 1
    for first, last in phrases:
        yield spans[first][0], spans[last][1]


def _matching(distinct: set[str], profile: str, wanted: Wanted) -> set[str]:
    """The tokens that are one of the words in some form, or match a pattern."""
    words = {term for word in wanted.words for term in terms_meant(word, profile)}
    found = {token for token in distinct if term_of(token, profile) in words} if words else set()
    if wanted.patterns:
        folded = {token: fold_word(token) for token in distinct}
        candidates = sorted(set(folded.values()))
        matched = {word for pattern in wanted.patterns for word in pattern(candidates)}
        found |= {token for token, word in folded.items() if word in matched}
    return found


def _run_starts(distinct: set[str], wanted: Wanted) -> set[str]:
    """The pairs of unspaced text that start with a single character sought."""
    singles = tuple(word for word in wanted.words if len(word) == 1 and not word.isascii())
    return {token for token in distinct if token.startswith(singles) and has_runs(token)} if singles else set()


def _phrase_places(own: list[str], distinct: set[str], profile: str, wanted: Wanted) -> list[tuple[int, int]]:
    """First and last token of each place where a phrase stands."""
    if not wanted.phrases:
        return []
    terms = {token: term_of(token, profile) for token in distinct}
    places = []
    for words in wanted.phrases:
        phrase = [term_of(word, profile) for word in words]
        if set(phrase) <= set(terms.values()):
            places += [
                (at, at + len(phrase) - 1)
                for at in range(len(own) - len(phrase) + 1)
                if terms[own[at]] == phrase[0] and [terms[token] for token in own[at : at + len(phrase)]] == phrase
            ]
    return places


def _starts_with(prefix: str) -> Pattern:
    return lambda words: [word for word in words if word.startswith(prefix)]


def _wildcard(text: str) -> Pattern:
    _, pattern = wildcard(text)
    return lambda words: [word for word in words if pattern.match(word)]


def _fuzzy(wanted: str, most: int) -> Pattern:
    def matching(words: list[str]) -> list[str]:
        near = [word for word in words if abs(len(word) - len(wanted)) <= most and word[:1] == wanted[:1]]
        distances = edit_distances(wanted, near).tolist() if near else []
        return [word for word, distance in zip(near, distances, strict=True) if distance <= most]

    return matching


def _windows(text: str, spans: list[WordSpan]) -> list[tuple[int, int, list[WordSpan]]]:
    """The stretches of text to show: those with most spans, at most SNIPPETS, in reading order."""
    if not spans:
        return [(0, min(len(text), SNIPPET_CHARACTERS), [])] if text else []
    groups: list[list[WordSpan]] = []
    for span in spans:
        if groups and span[1] - groups[-1][0][0] <= SNIPPET_CHARACTERS * 2 // 3:
            groups[-1].append(span)
        else:
            groups.append([span])
    best = sorted(sorted(groups, key=lambda group: (-len(group), group[0]))[:SNIPPETS])
    windows: list[tuple[int, int, list[WordSpan]]] = []
    for group in best:
        spare = max(0, SNIPPET_CHARACTERS - (group[-1][1] - group[0][0]))
        start = max(0, group[0][0] - spare // 3, windows[-1][1] if windows else 0)
        windows.append((start, min(len(text), max(group[-1][1], start + SNIPPET_CHARACTERS)), group))
    return windows


def _excerpt(text: str, spans: list[WordSpan], start: int, end: int, goes_on: bool) -> SafeString:
    """The stretch, widened inwards to whole words, with an ellipsis where text is left out, as what
    `goes_on` after it is."""
    first, last = (spans[0][0], spans[-1][1]) if spans else (end, start)
    if start > 0:
        space = re.compile(r"\s").search(text, start, max(start, min(first, start + 30)))
        start = space.end() if space else start
    if end < len(text):
        cut = max(text.rfind(" ", max(last, end - 30), end), text.rfind("\n", max(last, end - 30), end))
        end = cut if cut > start else end
    body = _marked(text, spans, start, end)
    return mark_safe(("… " if start > 0 else "") + body.strip() + (" …" if end < len(text) or goes_on else ""))


def _marked(text: str, spans: list[WordSpan], start: int, end: int) -> SafeString:
    """`text[start:end]`, escaped, with the spans in `<mark>`; overlapping spans become one."""
    parts, at = [], start
    for first, last in _joined(spans):
        if last <= start or first >= end or first < at:
            continue
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    parts.append(escape(text[at:end]))
    return mark_safe("".join(parts))  # every piece of text in it is escaped above


def _joined(spans: list[WordSpan]) -> Iterator[WordSpan]:
    current: WordSpan | None = None
    for first, last in sorted(spans):
        if current and first < current[1]:
            current = (current[0], max(current[1], last))
        else:
            if current:
                yield current
            current = (first, last)
    if current:
        yield current
