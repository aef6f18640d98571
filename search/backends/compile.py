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
from itertools import pairwise

from whoosh import query

from search.analysis.compounds import PART
from search.analysis.forms import bare_words, has_clitics, query_terms
from search.analysis.schema import STEM_FIELDS, WORD_FIELDS
from search.analysis.stop_words import stop_words
from search.analysis.terms import TAG, fold_word, stems_of
from search.backends.base import FACETS
from search.backends.chains import Chain, Slot, chains_of, is_word, joined_leaves
from search.backends.spots import as_written, written_spot
from search.engine.searching.combined import Combined
from search.engine.searching.nearness import Near
from search.engine.searching.sequence import Spot, WordSequence
from search.exceptions import IndexUnavailable

#: What a word in the title counts beside one in the body; docs/quality.md has the figures it was chosen by.
WEIGHTS = {"title": 2.5}
#: What a compound counts for a part of it that was sought, beside the word itself.
PART_WEIGHT = 0.3
#: What two words of a question that stand side by side add, as a share of what the less telling of them can count; less
#: with their distance. Chosen by cross-validation, see docs/quality.md.
NEARNESS = 1.0
#: Questions of so many words are scored by nearness.
NEAR_WORDS = (2, 3)
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
            words = [child for child in node.subqueries if is_word(child)]
            return self._near(self._all_of(self._all_words(node)), words)
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
        words = [child for child in node.subqueries if is_word(child)]
        parts = [self.compile(child) for child in node.subqueries if not is_word(child)]
        silent = {profile for profile in self._profiles if all(_is_stop(word, profile) for word in words)}
        for word in words:
            mute = {profile for profile in self._profiles if profile not in silent and _is_stop(word, profile)}
            parts.append(self._word(word, set(self._profiles) - mute))
            if mute:
                parts.append(_unscored(self._word(word, mute)))
        parts += [self._word(leaf, self._profiles) for _first, _last, leaf in joined_leaves(node)]
        return _any_of(parts)

    def _near(self, found: query.Query, words: Sequence[query.Term]) -> query.Query:
        """What is found for a few words that must all be there, with what their nearness adds."""
        if found is NOTHING or len(words) not in NEAR_WORDS or len({word.fieldname for word in words}) > 1:
            return found
        combined = [self._combined(word.fieldname, [Chain((Slot(word.text),))], self._profiles) for word in words]
        if any(word is NOTHING for word in combined):
            return found
        terms = [[term for term in word.subqueries if not term.text.endswith(PART)] for word in combined]
        pairs = [min(one.idf, other.idf) * NEARNESS for one, other in pairwise(combined)]
        return Near(found, terms, pairs)

    def _all_words(self, node: query.And) -> list[query.Query]:
        """The parts of an AND; words next to each other may as well be one word."""
        parts = [self.compile(child) for child in node.subqueries]
        for first, last, leaf in reversed(list(joined_leaves(node))):
            joined = self._word(leaf, self._profiles)
            if joined is not NOTHING:
                parts[first:last] = [query.DisjunctionMax([self._all_of(parts[first:last]), joined])]
        return parts

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
        if isinstance(node, query.Phrase) or type(node) is query.Term:
            return self._word(node, self._profiles)
        if isinstance(node, query.FuzzyTerm | query.Prefix | query.Wildcard):
            return _in_words(field, lambda name: in_words(name, node))
        raise IndexUnavailable(f"no search for {type(node).__name__}")

    def _word(self, leaf: query.Query, profiles: Collection[str]) -> query.Query:
        """A word or a phrase in some languages, in any way it may be written."""
        field, chains = leaf.fieldname, chains_of(leaf)
        words = [chain for chain in chains if len(chain.slots) == 1 and chain.slots[0].kind == "word"]
        others = [chain for chain in chains if chain not in words]
        if field not in STEM_FIELDS:
            return _best_of([_any_of([as_written(name, chain) for name in WORD_FIELDS[field]]) for chain in chains])
        singles = [chain.slots[0].text for chain in words if chain.slots[0].single]
        ways = [query.Prefix(name, fold_word(text)) for text in singles for name in STEM_FIELDS[field]]
        if plain := [chain for chain in words if not chain.slots[0].single]:
            ways.append(self._combined(field, plain, profiles))
        return _best_of([*ways, *(self._chain(field, chain, profiles) for chain in others)])

    def _combined(self, field: str, words: Sequence[Chain], profiles: Collection[str]) -> query.Query:
        """The terms of a word, however written, that are in the index as one evidence, as telling
        as the word is in all languages together."""
        its = {
            (name, term): (profile, count)
            for word in words
            for name, own in self._counts(field, word.slots[0].text).items()
            for profile, term, count in own
            if word.meant_in(profile)
        }
        chosen = [
            query.Term(name, term, boost=WEIGHTS.get(name, 1.0) * (PART_WEIGHT if term.endswith(PART) else 1.0))
            for (name, term), (profile, _) in sorted(its.items())
            if profile in profiles
        ]
        # Words of titles nearly always stand in the body too, so the field with most of them tells how many articles there are.
        most = max(sum(count for (of, _), (_, count) in its.items() if of == name) for name in STEM_FIELDS[field])
        return Combined(chosen, word_weight(self._size, most)) if chosen else NOTHING

    def _chain(self, field: str, chain: Chain, profiles: Collection[str]) -> query.Query:
        """Words one after another, in their forms; scored as the words are."""
        places = [sequence for name in STEM_FIELDS[field] for sequence in self._sequences(name, field, chain, profiles)]
        found = _any_of(places)
        if found is NOTHING:
            return NOTHING
        scored = dict.fromkeys(slot.text for slot in chain.slots if slot.kind in ("word", "exact") and not slot.single)
        for text in scored:
            evidence = self._combined(field, [Chain((Slot(text),))], profiles)
            found = found if evidence is NOTHING else query.AndMaybe(found, evidence)
        return found

    def _sequences(self, name: str, field: str, chain: Chain, profiles: Collection[str]) -> list[query.Query]:
        """The chain in a field of the index, language by language."""
        if all(slot.kind != "word" for slot in chain.slots):
            return [WordSequence([written_spot(name, slot) for slot in chain.slots], chain.reach)]
        found: list[query.Query] = []
        for profile in sorted(filter(chain.meant_in, profiles)):
            spots = [self._spot(name, field, slot, profile) for slot in chain.slots]
            if all(spot.any_of for spot in spots):
                found.append(WordSequence(spots, chain.reach))
        return found

    def _spot(self, name: str, field: str, slot: Slot, profile: str) -> Spot:
        if slot.kind != "word":
            return written_spot(name, slot)
        its = self._counts(field, slot.text)[name]
        return Spot(tuple(query.Term(name, term) for own, term, _ in its if own == profile and not term.endswith(PART)))


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
            ways = [own for profile in with_it for own in (profile, profile + PART) if own in counts]
            its += [(own.removesuffix(PART), stem + TAG + own, counts[own]) for own in ways]
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


def _best_of(parts: list[query.Query]) -> query.Query:
    """Any of several ways of writing one word: the best counts."""
    kept = [part for part in parts if part is not NOTHING]
    if not kept:
        return NOTHING
    return kept[0] if len(kept) == 1 else query.DisjunctionMax(kept)


def _any_of(parts: list[query.Query]) -> query.Query:
    kept = [part for part in parts if part is not NOTHING]
    if not kept:
        return NOTHING
    return kept[0] if len(kept) == 1 else query.Or(kept)


def _in_words(field: str, make: Callable[[str], query.Query]) -> query.Query:
    return _any_of([make(name) for name in WORD_FIELDS[field]])
