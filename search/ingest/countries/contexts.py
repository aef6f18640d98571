"""Names that mean different countries, or none, by what else the article says: ``contexts.tsv``."""

from __future__ import annotations

import re
from functools import cache

from search.ingest.countries.folding import fold_key
from search.ingest.countries.tables import DATA, read_rows


def _cue(word: str) -> str:
    """A cue begins a word, except in Arabic (prefixes) and Chinese (no spaces)."""
    key = fold_key(word)
    return f" {key}" if key[0] < "\u0600" else key


@cache
def _rules() -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], str], ...]]:
    rules: dict[tuple[str, str], tuple[tuple[tuple[str, ...], str], ...]] = {}
    for _, (pack, surfaces, evidence, country) in read_rows(DATA / "contexts.tsv", 4):
        cues = () if evidence == "*" else tuple(_cue(word) for word in evidence.split(","))
        rule = (cues, "" if country == "-" else country)
        for surface in surfaces.split(","):
            key = (pack, fold_key(surface))
            rules[key] = (*rules.get(key, ()), rule)
    return rules


def resolve_context(pack: str, surface: str, country: str, article: str) -> str:
    """The country a folded ``surface`` stands for in a folded ``article``: ``country`` unless a rule's cue is there.

    An empty answer means no country.
    """
    for cues, other in _rules().get((pack, surface), ()):
        if not cues or any(cue in article for cue in cues):
            return other
    return country


MAX_CUE_CHARS = 30


@cache
def _place_cues() -> dict[str, re.Pattern[str]]:
    patterns = {}
    for _, (pack, words) in read_rows(DATA / "place_cues.tsv", 2):
        cues = [
            re.escape(fold_key(word)).replace(r"\ ", " +") + (r"\w*" if word.endswith("*") else "")
            for word in words.split(", ")
        ]
        patterns[pack] = re.compile(rf"(?:^| )(?:{'|'.join(cues)}) +$")
    return patterns


def is_only_a_place(pack: str, text: str, start: int) -> bool:
    """Whether the capital at ``start`` of a folded text is a mere place ("in Moscow"), not its state ("Moscow said")."""
    cues = _place_cues().get(pack)
    return cues is not None and cues.search(text[max(0, start - MAX_CUE_CHARS) : start]) is not None


@cache
def _organisation_words() -> dict[str, re.Pattern[str]]:
    return {
        pack: re.compile(rf"[ \u00a0](?:{'|'.join(map(re.escape, words.split(', ')))})\b")
        for _, (pack, words) in read_rows(DATA / "organisation_words.tsv", 2)
    }


def names_an_organisation(pack: str, text: str, end: int) -> bool:
    """Whether the original ``text`` goes on after ``end`` so that an outlet or a company is named ("Kuwait Times")."""
    words = _organisation_words().get(pack)
    return words is not None and words.match(text, end) is not None
