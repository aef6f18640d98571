"""Excerpts of a text around what was found in it, and its marks: plain text in, escaped HTML out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

SNIPPET_CHARACTERS = 220
#: How much of an excerpt the words found may take up; the rest is what stands around them.
FOUND_CHARACTERS = 200
SNIPPETS = 2
#: What stands before the first word found is this part of what is left.
BEFORE_SHARE = 3
#: An edge is moved to the next space within so many characters.
EDGE_CHARACTERS = 30
#: Stretches that show the same words are of one kind; only the kinds with most words are compared.
MOST_KINDS = 60


class Found(NamedTuple):
    """Characters `start` to `end` that a word of the question is found in; `words` is a set of bits,
    one for each word that stands there."""

    start: int
    end: int
    words: int = 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some found places next to each other, from number `first` to `last`, that fit into one
    excerpt."""

    first: int
    last: int
    words: int

    @property
    def count(self) -> int:
        """How many places."""
        return self.last - self.first + 1


def excerpts(text: str, found: Sequence[Found], *, goes_on: bool) -> tuple[SafeString, ...]:
    """At most SNIPPETS excerpts that show as many different words as they can, in reading order;
    without any word the start of the text. `goes_on` says that the text is the beginning of a
    longer one."""
    if not found:
        end = min(len(text), SNIPPET_CHARACTERS)
        return (_excerpt(text, (), 0, end, (end, 0), goes_on=goes_on),) if text else ()
    shown: list[SafeString] = []
    reached = 0
    for stretch in _chosen(found):
        its = [place for place in found[stretch.first : stretch.last + 1] if place.start >= reached]
        if not its:
            continue
        inner = its[0].start, max(place.end for place in its)
        spare = max(0, SNIPPET_CHARACTERS - (inner[1] - inner[0]))
        start = max(reached, inner[0] - spare // BEFORE_SHARE)
        end = min(len(text), max(inner[1], start + SNIPPET_CHARACTERS))
        start, end = _edges(text, found, start, end, inner)
        shown.append(_excerpt(text, found, start, end, inner, goes_on=goes_on))
        reached = end
    return tuple(shown)


def marked(text: str, found: Sequence[Found], start: int, end: int) -> SafeString:
    """`text[start:end]`, escaped, with what was found in `<mark>`; overlapping places become one."""
    parts, at = [], start
    for first, last in _joined(found):
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    parts.append(escape(text[at:end]))
    return mark_safe("".join(parts))  # every piece of text in it is escaped above


def _chosen(found: Sequence[Found]) -> list[Stretch]:
    """The stretches to show: together they hold most different words, then most places; the
    earliest of these."""
    kinds = _kinds(_stretches(found))
    pairs: list[tuple[_Kind, _Kind | None]] = [(one, None) for one in kinds]
    pairs += [(one, other) for one in kinds for other in kinds if other.last.first > one.first.last]
    most = max(_shown(one.first, other.last if other else None).bit_count() for one, other in pairs)
    best = max(
        (
            (first, second)
            for one, other in pairs
            if _shown(one.first, other.last if other else None).bit_count() == most
            for first in one
            for second in (other or (None,))
            if second is None or second.first > first.last
        ),
        key=lambda pair: _worth(*pair),
    )
    return [stretch for stretch in best if stretch is not None]


def _shown(one: Stretch, other: Stretch | None) -> int:
    return one.words | other.words if other else one.words


def _worth(one: Stretch, other: Stretch | None) -> tuple[int, int, int]:
    count, second = (other.count, other.first) if other else (0, 0)
    return one.count + count, -one.first, -second


def _stretches(found: Sequence[Found]) -> Iterator[Stretch]:
    """From each place on as many as fit."""
    ends_at: dict[int, int] = {}  # bit → the last place within reach that has it
    last = -1
    for first, place in enumerate(found):
        before = last
        last = max(last, first)
        while last + 1 < len(found) and found[last + 1].end - place.start <= FOUND_CHARACTERS:
            last += 1
        for at in range(before + 1, last + 1):
            for bit in _bits(found[at].words):
                ends_at[bit] = at
        yield Stretch(first, last, sum(1 << bit for bit, at in ends_at.items() if at >= first))


def _bits(words: int) -> Iterator[int]:
    while words:
        lowest = words & -words
        yield lowest.bit_length() - 1
        words ^= lowest


class _Kind(NamedTuple):
    """Of the stretches that show the same words: the first, the one with most places, the last.

    With these every choice of two is as good as one among all.
    """

    first: Stretch
    fullest: Stretch
    last: Stretch


def _kinds(stretches: Iterator[Stretch]) -> list[_Kind]:
    kinds: dict[int, _Kind] = {}
    for stretch in stretches:
        known = kinds.get(stretch.words, _Kind(stretch, stretch, stretch))
        kinds[stretch.words] = _Kind(known.first, max(known.fullest, stretch, key=lambda one: one.count), stretch)
    return sorted(kinds.values(), key=lambda kind: (-kind.first.words.bit_count(), kind.first.first))[:MOST_KINDS]


def _edges(text: str, found: Sequence[Found], start: int, end: int, inner: tuple[int, int]) -> tuple[int, int]:
    """The edges of an excerpt, moved inwards so that they cut no word, no letter from its marks and
    nothing that was found; `inner` stays inside."""
    if start > 0:
        space = re.compile(r"\s").search(text, start, max(start, min(inner[0], start + EDGE_CHARACTERS)))
        start = space.end() if space else start
    if end < len(text):
        least = max(inner[1], end - EDGE_CHARACTERS)
        cut = max(text.rfind(" ", least, end), text.rfind("\n", least, end))
        end = cut if cut > start else end
    for place in found:
        if place.start < start < place.end:
            start = min(place.end, inner[0])
        if place.start < end < place.end:
            end = max(place.start, inner[1])
            break
    while start < inner[0] and unicodedata.category(text[start])[0] == "M":
        start += 1
    while inner[1] < end < len(text) and unicodedata.category(text[end])[0] == "M":
        end -= 1
    return start, end


def _excerpt(
    text: str, found: Sequence[Found], start: int, end: int, inner: tuple[int, int], *, goes_on: bool
) -> SafeString:
    """The stretch with an ellipsis where text is left out, as what `goes_on` after it is."""
    if not found:
        start, end = _edges(text, found, start, end, (end, start))
    body = marked(text, found, start, end)
    return mark_safe(("… " if start > 0 else "") + body.strip() + (" …" if end < len(text) or goes_on else ""))


def _joined(found: Sequence[Found]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for first, last in sorted((place.start, place.end) for place in found):
        if current and first < current[1]:
            current = (current[0], max(current[1], last))
        else:
            if current:
                yield current
            current = (first, last)
    if current:
        yield current
