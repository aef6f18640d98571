"""Marks the words of a query in titles and bodies, inflected and vocalised forms included, and cuts
snippets.

The words are found as the index found them: by the terms their tokens give in the article's
language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from django.utils.safestring import SafeString
from whoosh import query

from search.analysis.stemming import profile_of
from search.analysis.terms import fold_word, has_runs, token_bounds, token_spans, token_texts, written_word
from search.backends.base import MatchPlaces
from search.backends.chains import Chain, Slot
from search.backends.sought import linked, sought, terms_meant, token_terms
from search.engine.searching.expand import edit_distances, wildcard
from search.query.snippets import Found, excerpts, marked

#: A body is read up to here for snippets; a text whose words all stand beyond is shown with its start.
#: At most as many as the tokens of which the index tells places (`search.engine.occurrences.FIRST_TOKENS`).
READ_CHARACTERS = 200_000

WordSpan = tuple[int, int]
#: Distinct folded words → those that match.
Pattern = Callable[[list[str]], list[str]]


class Highlighter:
    """Marks what one query looks for. `tree` is a tree of public fields, or None."""

    def __init__(self, tree: query.Query | None) -> None:
        self._wanted = {"title": sought(tree, ("text", "title")), "body": sought(tree, ("text",))}

    def title(self, text: str, language: str) -> SafeString:
        """The whole title, escaped, with the words found marked."""
        return marked(text, self._found(text, language, "title"), 0, len(text))

    def title_spans(self, text: str, language: str) -> list[WordSpan]:
        """Where the words found stand in a title, in order."""
        return sorted((place.start, place.end) for place in self._found(text, language, "title"))

    def snippets(
        self, text: str, language: str, places: MatchPlaces | None = None, *, goes_on: bool = False
    ) -> tuple[SafeString, ...]:
        """At most two excerpts that show as many different words of the query as they can, in
        reading order; else the start of the text.

        With `places` from the index only the tokens there are looked at; a text that is no longer
        the indexed one is read like one without places. `goes_on` says that `text` is the beginning
        of a longer one: places past its end are left out.
        """
        found = None if places is None else self._placed(text, language, places, goes_on=goes_on)
        if found is None:
            goes_on = goes_on or len(text) > READ_CHARACTERS
            text = text[:READ_CHARACTERS]
            found = self._found(text, language, "body")
        return excerpts(text, found, goes_on=goes_on)

    def spans_within(self, text: str, language: str, *, cut_before: bool) -> list[WordSpan]:
        """Where the words found stand in a stretch of a body, in order; `cut_before` where it may
        begin within a word."""
        found = self._found(text, language, "body")
        return sorted({(place.start, place.end) for place in found if place.start > 0 or not cut_before})

    def _found(self, text: str, language: str, field: str) -> list[Found]:
        wanted = self._wanted[field]
        if not wanted:
            return []
        own = token_texts(text)
        parts = _Parts(wanted, set(own), profile_of(language))
        if not parts.any:
            return []
        spans = token_spans(text)
        kept = parts.candidates
        return parts.places({at: token for at, token in enumerate(own) if token in kept}, spans.__getitem__)

    def _placed(self, text: str, language: str, places: MatchPlaces, *, goes_on: bool) -> list[Found] | None:
        """What stands at the tokens that the index names; None when other words are there than it
        says."""
        if not places.tokens:
            return []
        starts, ends = (bounds.tolist() for bounds in token_bounds(text))
        # Where the text goes on, its last token may be cut.
        numbers = sorted(number for number in places.tokens if not goes_on or number < len(starts) - 1)
        if numbers and numbers[-1] >= len(starts):
            return None
        at = {number: text[starts[number] : ends[number]] for number in numbers}
        parts = _Parts(self._wanted["body"], set(at.values()), profile_of(language))
        if not parts.candidates.issuperset(at.values()):
            return None
        return parts.places(at, lambda number: (starts[number], ends[number]))


class _Parts:
    """The tokens of a text that may be part of what is sought, by the slots they fit.

    `candidates` are all of them, those of the same term as a word sought as it is written included.
    """

    def __init__(self, wanted: Sequence[Chain], distinct: set[str], profile: str) -> None:
        self._wanted = wanted = [chain for chain in wanted if chain.meant_in(profile)]
        self._bits: dict[Slot, int] = {}
        self._fitting: dict[Slot, set[str]] = {}
        self.candidates: set[str] = set()
        by_term: dict[str, set[str]] = defaultdict(set)
        for token in distinct:
            for term in token_terms(token, profile):
                by_term[term].add(token)
        for chain in wanted:
            for slot in chain.slots:
                # The same word in several places of a question is one word.
                self._bits.setdefault(slot, 1 << len(self._bits))
                if slot in self._fitting and not slot.single:
                    continue
                loose = _loosely(slot, distinct, by_term, profile)
                self.candidates |= loose
                self._fitting[slot] = _strictly(slot, loose)
                if slot.single and len(chain.slots) == 1:
                    self.candidates |= _starting(slot, distinct)

    @property
    def any(self) -> bool:
        """Whether anything may be found."""
        return bool(self.candidates)

    def places(self, tokens: dict[int, str], bounds: Callable[[int], WordSpan]) -> list[Found]:
        """What is found among tokens by number; `bounds` tells the characters of a number."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, token in tokens.items():
            numbers[token].append(number)
        words: dict[WordSpan, int] = defaultdict(int)
        for chain in self._wanted:
            for span, bits in self._of_chain(chain, numbers, bounds):
                words[span] |= bits
        return [Found(*span, words[span]) for span in sorted(words)]

    def _of_chain(
        self, chain: Chain, numbers: dict[str, list[int]], bounds: Callable[[int], WordSpan]
    ) -> Iterator[tuple[WordSpan, int]]:
        places = [
            np.array(sorted(at for token in self._fitting[slot] for at in numbers.get(token, ())), dtype=np.int64)
            for slot in chain.slots
        ]
        if len(chain.slots) == 1:
            (slot,) = chain.slots
            bit = self._bits[slot]
            yield from ((bounds(at), bit) for at in places[0].tolist())
            if slot.single:
                begun = {at for token in _starting(slot, numbers) for at in numbers[token]} - set(places[0].tolist())
                yield from (((start, start + 1), bit) for start, _end in map(bounds, begun))
            return
        kept = [set(its.tolist()) for its in linked(places, chain.reach)]
        for number, slot in enumerate(chain.slots):
            bit = self._bits[slot]
            following = kept[number + 1] if number + 1 < len(kept) and not chain.near else set()
            for at in kept[number]:
                start, end = bounds(at)
                if at + 1 in following:
                    # What stands between neighbours of a phrase is part of it.
                    yield (start, bounds(at + 1)[1]), bit | self._bits[chain.slots[number + 1]]
                else:
                    yield (start, end), bit


def _loosely(slot: Slot, distinct: set[str], by_term: dict[str, set[str]], profile: str) -> set[str]:
    """The tokens that the index may name for a slot."""
    if slot.kind in ("word", "exact"):
        return {token for term in terms_meant(slot.text, profile, alone=slot.alone) for token in by_term.get(term, ())}
    folded: dict[str, set[str]] = defaultdict(set)
    for token in distinct:
        folded[fold_word(token)].add(token)
    return {token for word in _pattern(slot)(sorted(folded)) for token in folded[word]}


def _strictly(slot: Slot, loose: set[str]) -> set[str]:
    if slot.kind != "exact":
        return loose
    written = written_word(slot.text)
    return {token for token in loose if written_word(token) == written}


def _starting(slot: Slot, tokens: Iterable[str]) -> set[str]:
    """The pairs of unspaced text that start with a single character sought."""
    first = fold_word(slot.text)
    return {token for token in tokens if has_runs(token) and fold_word(token).startswith(first)}


def _pattern(slot: Slot) -> Pattern:
    if slot.kind == "prefix":
        return lambda words: [word for word in words if word.startswith(slot.text)]
    if slot.kind == "wildcard":
        _, pattern = wildcard(slot.text)
        return lambda words: [word for word in words if pattern.match(word)]
    return _fuzzy(slot.text, slot.distance)


def _fuzzy(wanted: str, most: int) -> Pattern:
    def matching(words: list[str]) -> list[str]:
        near = [word for word in words if abs(len(word) - len(wanted)) <= most and word[:1] == wanted[:1]]
        distances = edit_distances(wanted, near).tolist() if near else []
        return [word for word, distance in zip(near, distances, strict=True) if distance <= most]

    return matching
