"""A tree over public fields → a tree over the fields of the index.

A word becomes any of the terms it gives in the languages that are there; several tokens in one word
(``Nagorno-Karabakh``, a run of Chinese) become a phrase; wildcards look at words as written; codes
and days stay what they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache, partial

from whoosh import query

from search.analysis.schema import STEM_FIELDS, WORD_FIELDS
from search.analysis.stop_words import stop_words
from search.analysis.terms import TAG, bare_words, fold_word, has_clitics, query_terms, query_tokens, stems_of
from search.backends.base import FACETS
from search.backends.exact import Exact
from search.engine.searching.combined import Combined
from search.exceptions import IndexUnavailable

#: Pairs of an unspaced run stand one position apart; a single character more than that lies between two runs.
RUN_SLOP = 2
#: What a word in the title counts beside one in the body; docs/quality.md has the figures it was chosen by.
WEIGHTS = {"title": 2.5}
#: Words whose terms a snapshot has counted already.
WORDS_REMEMBERED = 1024
NOTHING = query.NullQuery
EVERYTHING = query.ConstantScoreQuery(query.Every(), 0.0)
#: (field, stem) → profile → documents with the stem in that field.
Frequencies = Callable[[str, str], Mapping[str, int]]
#: Field → (profile, term, documents with it).
Counted = dict[str, list[tuple[str, str, int]]]


class Compiler:
    """Compiles for an index that holds articles analysed in these profiles.

    `frequencies` tells in how many of the `size` documents a stem stands in a field, by profile. A
    word is as telling in one language as in another: its weight comes from all its terms together,
    or a word of few Persian articles would outweigh the same word in many English ones.
    """

    def __init__(self, profiles: Iterable[str], frequencies: Frequencies, size: int) -> None:
        self._profiles = tuple(sorted(profiles))
        self._frequencies = frequencies
        self._size = size
        self._counts = lru_cache(maxsize=WORDS_REMEMBERED)(partial(_counted, self._profiles, frequencies))

    @property
    def profiles(self) -> tuple[str, ...]:
        """The analyses of the articles in the index."""
        return self._profiles

    def compile(self, node: query.Query) -> query.Query:
        """The tree over index fields."""
        if isinstance(node, query.And):
            return self._all_of([self.compile(child) for child in node.subqueries])
        if isinstance(node, query.Or):
            return self._any_word(node)
        if isinstance(node, query.Not):
            return query.AndNot(EVERYTHING, self.compile(node.query))
        if isinstance(node, query.Every):
            if node.fieldname in FACETS:
                return query.ConstantScoreQuery(query.Prefix(node.fieldname, ""), 0.0)
            if node.fieldname == "date":
                return query.ConstantScoreQuery(query.NumericRange("first_day", 0, None), 0.0)
            if node.fieldname in WORD_FIELDS:
                return _any_of([_unscored(query.Every(name)) for name in WORD_FIELDS[node.fieldname]])
            return EVERYTHING
        return self._leaf(node)

    def _any_word(self, node: query.Or) -> query.Query:
        """OR; beside words that say more, a stop word of a language is found in it but adds nothing
        to the score."""
        words = [child for child in node.subqueries if _is_word(child)]
        parts = [self.compile(child) for child in node.subqueries if not _is_word(child)]
        silent = {profile for profile in self._profiles if all(_is_stop(word, profile) for word in words)}
        for word in words:
            mute = {profile for profile in self._profiles if profile not in silent and _is_stop(word, profile)}
            parts.append(self._word(word.fieldname, word.text, set(self._profiles) - mute))
            if mute:
                parts.append(_unscored(self._word(word.fieldname, word.text, mute)))
        return _any_of(parts)

    def _all_of(self, parts: list[query.Query]) -> query.Query:
        """AND; what is only excluded is taken away from the rest instead of being looked up on its
        own."""
        excluded = [part for part in parts if isinstance(part, query.AndNot) and part.a == EVERYTHING]
        wanted = [part for part in parts if part not in excluded]
        if not wanted:
            wanted = [EVERYTHING]
        together = wanted[0] if len(wanted) == 1 else query.And(wanted)
        return query.AndNot(together, _any_of([part.b for part in excluded])) if excluded else together

    def _leaf(self, node: query.Query) -> query.Query:
        field = node.fieldname
        if field in FACETS:
            return query.ConstantScoreQuery(query.Term(field, node.text), 0.0)
        if isinstance(node, query.NumericRange):
            # A period overlaps the range when it starts before the range ends and ends after the range starts.
            before = query.NumericRange("first_day", 0, node.end)
            after = query.NumericRange("last_day", node.start, None)
            return query.ConstantScoreQuery(query.And([before, after]), 0.0)
        if isinstance(node, Exact):
            return self._exact(field, node.words)
        if isinstance(node, query.Phrase):
            return self._phrase(field, " ".join(node.words), node.slop)
        if isinstance(node, query.FuzzyTerm | query.Prefix | query.Wildcard):
            return _in_words(field, lambda name: in_words(name, node))
        if isinstance(node, query.Term):
            return self._word(field, node.text)
        raise IndexUnavailable(f"no search for {type(node).__name__}")

    def _exact(self, field: str, words: Sequence[str]) -> query.Query:
        """Words as written, next to each other."""
        # The index holds no such words yet, so that other forms are found too.
        return self._phrase(field, " ".join(words), 1)

    def _word(self, field: str, text: str, languages: Collection[str] | None = None) -> query.Query:
        """A word in some languages; None: in all."""
        profiles = self._profiles if languages is None else tuple(languages)
        found = query_tokens(text)
        if not found:
            return NOTHING
        if len(found) > 1:
            return self._phrase(field, text, 1)
        if field not in STEM_FIELDS:
            return _in_words(field, lambda name: query.Term(name, fold_word(found[0].text)))
        if found[0].unspaced and len(found[0].text) == 1:
            return _any_of([query.Prefix(name, fold_word(found[0].text)) for name in STEM_FIELDS[field]])
        return self._combined(field, found[0].text, profiles)

    def _combined(self, field: str, word: str, profiles: Collection[str]) -> query.Query:
        """The terms of a word that are in the index as one evidence, as telling as the word is in
        all languages together."""
        counts = self._counts(field, word)
        chosen = [
            query.Term(name, term, boost=WEIGHTS.get(name, 1.0))
            for name, its in counts.items()
            for profile, term, _ in its
            if profile in profiles
        ]
        # Words of titles nearly always stand in the body too, so the field with most of them tells how many articles there are.
        most = max(sum(count for _, _, count in its) for its in counts.values())
        return Combined(chosen, word_weight(self._size, most)) if chosen else NOTHING

    def _phrase(self, field: str, text: str, slop: int) -> query.Query:
        found = query_tokens(text)
        if len(found) == 1:
            return self._word(field, found[0].text)
        if field not in STEM_FIELDS:
            return _in_words(
                field, lambda name: query.Phrase(name, [fold_word(token.text) for token in found], slop=slop)
            )
        # A run's last character, left out here, holds a place in the text.
        slop = max(slop, RUN_SLOP) if found[-1].position > len(found) - 1 else slop
        words = [stems_of(token.text, self._profiles) for token in found]
        phrases: list[query.Query] = []
        for name in STEM_FIELDS[field]:
            by_profile = [self._terms(name, stems) for stems in words]
            everywhere = set(self._profiles).intersection(*by_profile)
            phrases += [
                query.Phrase(name, [terms[profile] for terms in by_profile], slop=slop)
                for profile in self._profiles
                if profile in everywhere
            ]
        return _any_of(phrases)

    def _terms(self, name: str, stems: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Profile → the term of a word in it, of those a field holds; from :func:`stems_of`."""
        found: dict[str, str] = {}
        for stem, profiles in stems.items():
            counts = self._frequencies(name, stem)
            found |= {profile: stem + TAG + profile for profile in profiles if profile in counts}
        return found


def in_words(name: str, node: query.Query) -> query.Query:
    """A prefix, wildcard or misspelling over a field of words as written."""
    if isinstance(node, query.FuzzyTerm):
        return query.FuzzyTerm(name, fold_word(node.text), maxdist=node.maxdist, prefixlength=1)
    if isinstance(node, query.Prefix):
        return query.Prefix(name, fold_word(node.text))
    return query.Wildcard(name, re.sub(r"[^*?]+", lambda part: fold_word(part.group()), node.text))


def _counted(profiles: Collection[str], frequencies: Frequencies, field: str, word: str) -> Counted:
    """The terms of a word that are in the fields searched for a public one."""
    alone = {profile: _forms(word, profile) for profile in profiles if has_clitics(word, profile)}
    stems = stems_of(word, [profile for profile in profiles if profile not in alone])
    found: Counted = {}
    for name in STEM_FIELDS[field]:
        its = found[name] = []
        for profile, forms in alone.items():
            meant = _meant(partial(_frequency, frequencies, name), *forms)
            its += [(profile, term, count) for term, count in meant.items() if count]
        for stem, with_it in stems.items():
            counts = frequencies(name, stem)
            its += [(profile, stem + TAG + profile, counts[profile]) for profile in with_it if profile in counts]
    return found


def _frequency(frequencies: Frequencies, name: str, term: str) -> int:
    """Documents with a term in a field."""
    stem, _, profile = term.rpartition(TAG)
    return frequencies(name, stem).get(profile, 0)


def _forms(word: str, profile: str) -> tuple[tuple[str, ...], ...]:
    """The terms a word stands for, and those that each of its parts would stand for as a word."""
    return query_terms(word, profile), *(query_terms(part, profile) for part in bare_words(word, profile))


def _meant(frequency: Callable[[str], int], own: Sequence[str], *parts: Sequence[str]) -> dict[str, int]:
    """The terms of a word, and those of a part of it that stands in more articles than the whole,
    each with its articles."""
    terms = {term: frequency(term) for term in own}
    for part in parts:
        others = {term: frequency(term) for term in part if term not in terms}
        if sum(others.values()) > sum(terms.values()):
            terms |= others
    return terms


def word_weight(size: int, frequency: int) -> float:
    """How telling a word is that stands in some of all documents (Robertson and Spärck Jones, never
    negative)."""
    return math.log(1 + (max(size - frequency, 0) + 0.5) / (frequency + 0.5))


def _unscored(part: query.Query) -> query.Query:
    return part if part is NOTHING else query.ConstantScoreQuery(part, 0.0)


def _is_stop(word: query.Term, profile: str) -> bool:
    return fold_word(word.text) in stop_words(profile)


def _is_word(node: query.Query) -> bool:
    return type(node) is query.Term and node.fieldname in STEM_FIELDS


def _any_of(parts: list[query.Query]) -> query.Query:
    kept = [part for part in parts if part is not NOTHING]
    if not kept:
        return NOTHING
    return kept[0] if len(kept) == 1 else query.Or(kept)


def _in_words(field: str, make: Callable[[str], query.Query]) -> query.Query:
    return _any_of([make(name) for name in WORD_FIELDS[field]])
