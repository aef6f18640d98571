"""Terms that a prefix, pattern or misspelling stands for, found in sorted dictionaries within a
time limit."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.searching.budget import Cut, ExpansionBudget
from search.engine.storage.postings import SHAPES_BLOCK, FieldArrays
from search.engine.storage.termshapes import letters_of

EXPANSION_BLOCK = 8192


def scan(
    arrays: FieldArrays,
    first: int,
    last: int,
    keep: Callable[[list[str]], npt.NDArray[np.int64]],
    budget: ExpansionBudget,
    query: str,
) -> npt.NDArray[np.int64]:
    """Numbers of the terms between ``first`` and ``last`` that ``keep`` chooses.

    Args:
        keep: takes a block of terms as text, returns the places of those that match.
    """
    found: list[npt.NDArray[np.int64]] = []
    for start in range(first, last, EXPANSION_BLOCK):
        # The first block is always looked at, so that a slow machine still answers something.
        if start > first and not budget.may_compare():
            budget.cuts.append(Cut(query, start - first, last - first))
            break
        stop = min(start + EXPANSION_BLOCK, last)
        found.append(keep(decode_terms(arrays.terms(start, stop))) + start)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def decode_terms(terms: Sequence[bytes]) -> list[str]:
    """Terms as text."""
    joined = b"\n".join(terms).decode("utf-8", "replace").split("\n")
    if len(joined) == len(terms):
        return joined
    return [term.decode("utf-8", "replace") for term in terms]


def matching(pattern: re.Pattern[str]) -> Callable[[list[str]], npt.NDArray[np.int64]]:
    """Chooses terms that match a compiled pattern from their start."""
    match = pattern.match

    def keep(words: list[str]) -> npt.NDArray[np.int64]:
        return np.flatnonzero(np.fromiter(map(bool, map(match, words)), dtype=bool, count=len(words)))

    return keep


def wildcard(text: str) -> tuple[str, re.Pattern[str]]:
    """(literal start, compiled pattern) of a glob."""
    special = min((place for char in "*?[" if (place := text.find(char)) >= 0), default=len(text))
    return text[:special], re.compile(fnmatch.translate(text))


def regex(text: str) -> tuple[str, re.Pattern[str]]:
    """(literal start, compiled pattern) of a regular expression that matches from a term's start.

    Raises:
        re.error: the expression is malformed.
    """
    pattern = re.compile(text)
    if "|" in text or pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return "", pattern
    body = text[1:] if text.startswith("^") else text[2:] if text.startswith("\\A") else text
    literal = re.match(r"[^{}()\[\].?*+^$\\]*", body)
    prefix = literal.group() if literal else ""
    # What follows may ask for none of the last character.
    if body[len(prefix) : len(prefix) + 1] in ("*", "?", "{"):
        prefix = prefix[:-1]
    return prefix, pattern


def near_terms(
    arrays: FieldArrays, first: int, last: int, text: str, limit: int, budget: ExpansionBudget, query: str
) -> npt.NDArray[np.int64]:
    """Numbers of the terms between ``first`` and ``last`` at most ``limit`` insertions, deletions
    or substitutions from ``text``."""
    found: list[npt.NDArray[np.int64]] = []
    letters = letters_of(text)
    for block in range(first // SHAPES_BLOCK, -(-last // SHAPES_BLOCK)):
        start, stop = max(first, block * SHAPES_BLOCK), min(last, (block + 1) * SHAPES_BLOCK)
        if start > first and not budget.may_compare():
            budget.cuts.append(Cut(query, start - first, last - first))
            break
        shapes = arrays.term_shapes(block).part(start - block * SHAPES_BLOCK, stop - block * SHAPES_BLOCK)
        # One edit changes two letters at most.
        near = np.abs(shapes.sizes - len(text)) <= limit
        near &= np.bitwise_count(shapes.letters ^ letters) <= 2 * limit
        plain = np.flatnonzero(near & ~shapes.wide)
        if len(plain):
            data, ends = arrays.term_bytes(start, stop)
            sizes = shapes.sizes.take(plain)
            its_letters = data.take(ends.take(plain) + np.arange(sizes.max())[:, None], mode="clip")
            found.append(plain[_distances(text, its_letters, sizes) <= limit] + start)
        others = np.flatnonzero(near & shapes.wide)
        if len(others):
            words = [arrays.term(start + place).decode("utf-8", "replace") for place in others.tolist()]
            found.append(others[edit_distances(text, words) <= limit] + start)
    return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def edit_distances(text: str, words: Sequence[str]) -> npt.NDArray[np.int64]:
    """Levenshtein distance of ``text`` to each word, all words at once, row by row of the table."""
    width = max(map(len, words))
    if width == 0:
        return np.full(len(words), len(text), dtype=np.int64)
    letters = np.array(words, dtype=f"U{width}").view(np.uint32).reshape(len(words), width).T
    return _distances(text, letters, np.fromiter(map(len, words), dtype=np.int64, count=len(words)))


def _distances(text: str, letters: npt.NDArray[Any], lengths: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.int64]:
    """Levenshtein distances; row by row of the table, every step for all words at once.

    Args:
        letters: (longest word, words) codes of letters; what follows a word's end doesn't count.
        lengths: (words) letters of each.
    """
    width, count = letters.shape
    dtype = np.uint8 if width + len(text) < 250 else np.int32
    row = np.repeat(np.arange(width + 1, dtype=dtype)[:, None], count, axis=1)
    for number, letter in enumerate(text, 1):
        following = np.empty_like(row)
        following[0] = number
        np.add(row[:-1], letters != ord(letter), out=following[1:], casting="unsafe")
        row[1:] += 1
        np.minimum(following[1:], row[1:], out=following[1:])
        for place in range(1, width + 1):
            np.minimum(following[place], following[place - 1] + 1, out=following[place])
        row = following
    distances: npt.NDArray[np.int64] = row[lengths, np.arange(count)].astype(np.int64)
    return distances
