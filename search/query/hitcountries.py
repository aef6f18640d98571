"""In which order a hit names its countries: first those the question is about, so that a reader
sees why it was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from whoosh import query

from search.backends.sought import positive_leaves, sought
from search.countries.names import resolve_country
from search.query.request import SearchRequest

#: The name of a country has at most so many words; names of fewer letters are as often other words.
MOST_NAME_WORDS = 4
LEAST_NAME_CHARACTERS = 4


def countries_asked_for(request: SearchRequest) -> tuple[str, ...]:
    """The countries that are ticked, then those that the query names, as a field or in words."""
    return tuple(dict.fromkeys([*request.country.ticked, *_in_query(request.backend.tree)]))


def in_order(counts: Mapping[str, int], about: Sequence[Mapping[str, Any]], asked: Sequence[str]) -> tuple[str, ...]:
    """A hit's countries: those asked for, those it is about, then those it mentions most often.

    Args:
        counts: country → its mentions.
        about: as `Article.about` has it.
        asked: of :func:`countries_asked_for`.
    """
    first = {code: place for place, code in enumerate(asked)}
    subjects = {each["country"] for each in about}

    def place(code: str) -> tuple[int, bool, int, str]:
        return first.get(code, len(first)), code not in subjects, -counts[code], code

    return tuple(sorted(counts, key=place))


def _in_query(tree: query.Query | None) -> Iterator[str]:
    for leaf in positive_leaves(tree):
        if type(leaf) is query.Term and leaf.fieldname == "country":
            yield leaf.text
    words = [slot.text for chain in sought(tree, ("text", "title")) for slot in chain.slots if slot.kind == "word"]
    for start in range(len(words)):
        for end in range(start + 1, min(start + MOST_NAME_WORDS, len(words)) + 1):
            name = " ".join(words[start:end])
            if len(name) >= LEAST_NAME_CHARACTERS or not name.isascii():
                code = resolve_country(name)
                if code:
                    yield code
