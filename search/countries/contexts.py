"""Names that mean different countries, or none, by what else the article says: ``contexts.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from search.countries.folding import Folded, fold_key
from search.countries.tables import DATA, read_table


def _cue(word: str) -> str:
    """A cue begins a word, except in Arabic (prefixes) and Chinese (no spaces)."""
    key = fold_key(word)
    return f" {key}" if key[0] < "\u0600" else key


@cache
def _rules() -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], str], ...]]:
    rules: dict[tuple[str, str], tuple[tuple[tuple[str, ...], str], ...]] = {}
    for _, (pack, surfaces, evidence, country) in read_table(DATA / "contexts.tsv", 4):
        cues = () if evidence == "*" else tuple(_cue(word) for word in evidence.split(","))
        rule = (cues, "" if country == "-" else country)
        for surface in surfaces.split(","):
            key = (pack, fold_key(surface))
            rules[key] = (*rules.get(key, ()), rule)
    return rules


@dataclass(frozen=True, slots=True)
class Context:
    """What else an article says, folded, in the words of a pack; each name is looked up once,
    however often it stands there."""

    pack: str
    article: str
    _others: dict[str, str | None] = field(default_factory=dict)

    def resolve(self, surface: str, country: str) -> str:
        """The country a folded ``surface`` stands for: ``country`` unless a rule's cue is there;
        ``""`` for none."""
        if surface not in self._others:
            self._others[surface] = self._other(surface)
        other = self._others[surface]
        return country if other is None else other

    def _other(self, surface: str) -> str | None:
        for cues, other in _rules().get((self.pack, surface), ()):
            if not cues or any(cue in self.article for cue in cues):
                return other
        return None


MAX_CUE_CHARS = 30


_SENTENCE_END = re.compile(r"[.!?…:;؟。！？։\n]")


_JOINERS = "'’ʼ-"
_ACCENTED = re.compile("[à-ž]")


@dataclass(frozen=True, slots=True)
class _PlaceCues:
    """What makes a capital a place: the word before or after it, or how its own word ends (the
    locative of Turkish)."""

    before: re.Pattern[str] | None
    words: frozenset[str]
    dotted: frozenset[str]
    after: re.Pattern[str] | None
    ending: re.Pattern[str] | None


@cache
def _place_cues() -> dict[str, _PlaceCues]:
    return {
        pack: _PlaceCues(
            re.compile(rf"(?:^| )({'|'.join(map(_cue_pattern, words.split(', ')))}) +$") if words != "-" else None,
            frozenset(words.split(", ")),
            frozenset(fold_key(word) for word in words.split(", ") if word.endswith(".")),
            re.compile(rf" *(?:{'|'.join(map(_cue_pattern, after.split(', ')))})(?!\w)") if after != "-" else None,
            re.compile(rf"(?:{'|'.join(map(fold_key, endings.split()))}) ") if endings != "-" else None,
        )
        for _, (pack, words, after, endings) in read_table(DATA / "place_cues.tsv", 4)
    }


def _cue_pattern(word: str) -> str:
    return re.escape(fold_key(word)).replace(r"\ ", " +") + (r"\w*" if word.endswith("*") else "")


def is_only_a_place(pack: str, text: str, folded: Folded, start: int, end: int) -> bool:
    """Whether a capital is a mere place ("in Moscow"), not its state ("Moscow said").

    ``start`` and ``end`` are its span in ``folded``, the folded ``text``. A cue counts within its
    own sentence.
    """
    cues = _place_cues().get(pack)
    if cues is None:
        return False
    if cues.before is not None:
        first = max(0, start - MAX_CUE_CHARS)
        found = cues.before.search(folded.text[first:start])
        if found is not None:
            begin, stop = folded.original_span(first + found.start(1), first + found.end(1))
            cue, gap = text[begin:stop].lower(), text[stop : folded.original_span(start, end)[0]]
            if found[1] in cues.dotted:
                gap = gap.replace(".", "", 1)
            # "že" is no "ze", though they fold alike; capitals may lack their accents.
            differs = _ACCENTED.search(cue) is not None and cue not in cues.words
            if not differs and not _SENTENCE_END.search(gap):
                return True
    if cues.after is not None:
        found = cues.after.match(folded.text, end)
        stop = folded.original_span(start, end)[1]
        if found is not None and not _SENTENCE_END.search(text[stop : stop + found.end() - end]):
            return True
    return cues.ending is not None and _ends_in_place(cues.ending, text, folded, start, end)


def _ends_in_place(ending: re.Pattern[str], text: str, folded: Folded, start: int, end: int) -> bool:
    """Whether the ending is written onto the capital, or after it with an apostrophe or a
    hyphen."""
    stop = folded.original_span(start, end)[1]
    if text[stop : stop + 1] in _JOINERS and stop < len(text):
        return ending.match(f"{folded.text} ", end + 1) is not None
    # The stem keeps at least three letters.
    return ending.search(f"{folded.text[start:end]} ", 3) is not None


@cache
def _organisation_words() -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    return {
        pack: (
            re.compile(rf"[ \u00a0](?:{'|'.join(map(re.escape, after.split(', ')))})\b"),
            re.compile(rf"\b(?:{'|'.join(map(re.escape, before.split(', ')))})[ \u00a0]$") if before != "-" else None,
        )
        for _, (pack, before, after) in read_table(DATA / "organisation_words.tsv", 3)
    }


def names_an_organisation(pack: str, text: str, start: int, end: int) -> bool:
    """Whether ``start:end`` of the original ``text`` is part of an outlet's or a company's name
    ("Kuwait Times")."""
    words = _organisation_words().get(pack)
    if words is None:
        return False
    after, before = words
    if before is not None and before.search(text, max(0, start - MAX_CUE_CHARS), start):
        return True
    return after.match(text, end) is not None
