"""Lines that an editor, a mail program or a database broke at a fixed width are joined into the
paragraphs they were, before anything else looks at them.

A line that goes on in the next is *full*: the first word of the next had no room on it. The width
is not known; it is the one at which most breaks of the page are full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from .bylines import is_bare_date, read_credit
from .joining import is_coded, is_labelled, item_mark, joined_text
from .lines import Line

LEAST_WIDTH, MOST_WIDTH = 38, 112  # characters of a line, at which texts are wrapped
_OVER = 3  # full breaks that a longer line outweighs when the width is looked for
_SURE_TIMES = 2  # breaks in mid-sentence are full this many times as often as not, where a page is wrapped
_FEW = 2  # breaks; fewer say little
_BLANK_BETWEEN = 2  # blocks for each line that ends inside one, where paragraphs have blank lines between them
_LONE_LINE = 38  # characters of a line that may be the only one that goes on
_NO_SPACES = frozenset({"han", "kana"})  # scripts whose lines break between any two signs
_PHRASES = frozenset({"thai", "lao", "khmer", "burmese"})  # scripts with spaces between phrases alone
_SIGNS = 2  # that are moved to the next line with a sign that may not stand at its beginning
_PHRASE_CHARS = 14  # of the longest word of a script that shows none
_STOPS = frozenset(".!?…。！？؟۔:։។॥।")
_CLOSERS = "\"'”’»)]}›』」*_ "
_FIRST_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """Lines of a page with wrapped paragraphs joined.

    ``first`` and ``last`` are, for each, the indexes of its first and its last line in the file.
    """

    lines: Sequence[Line]
    first: Sequence[int]
    last: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Break:
    """Where a line ends and the next, no blank between, begins."""

    index: int
    size: int
    """Characters of the line."""
    room: int
    """Characters it would have with the first word of the next."""
    open: bool
    """Whether a sentence goes on."""
    small: bool
    """Whether it goes on with a small letter, which is surer."""
    ends: bool
    """Whether a sentence ends here, and what follows may begin one."""
    mark: str
    """What the next line begins with, if that may be an item of a list."""


def unwrap(lines: Sequence[Line]) -> Unwrapped:
    """Join the lines that go on in the next."""
    follow: set[int] = set()
    for region in _regions(lines):
        follow |= _going_on(lines, region)
    if not follow:
        places = range(len(lines))
        return Unwrapped(lines, places, places)
    return _joined(lines, follow)


def _joined(lines: Sequence[Line], follow: set[int]) -> Unwrapped:
    known: dict[str, Line] = {}
    result: list[Line] = []
    first: list[int] = []
    last: list[int] = []
    at = 0
    while at < len(lines):
        end = at
        while end in follow:
            end += 1
        line = lines[at]
        if end > at:
            text = joined_text([each.text for each in lines[at : end + 1]])
            raw = " ".join([line.raw.rstrip(), *(each.text for each in lines[at + 1 : end + 1])])
            line = known.setdefault(raw, Line(raw, text))
        result.append(line)
        first.append(at)
        last.append(end)
        at = end + 1
    return Unwrapped(result, first, last)


def _regions(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Indexes of filled lines between two that are too long to be of a wrapped text."""
    region: list[int] = []
    for index, line in enumerate(lines):
        if not line.text:
            continue
        if len(line.text) > MOST_WIDTH and " " in line.text[:MOST_WIDTH]:
            if len(region) > 1:
                yield region
            region = []
        else:
            region.append(index)
    if len(region) > 1:
        yield region


def _going_on(lines: Sequence[Line], region: Sequence[int]) -> set[int]:
    """Indexes of the lines of a region that go on in the next."""
    breaks = list(_breaks(lines, region))
    whole = _full_breaks(lines, region, breaks)
    if whole is not None:
        return whole
    # Parts of it may come from elsewhere: each block by itself.
    found: set[int] = set()
    at = {each.index: each for each in breaks}
    for block in _blocks(region):
        inside = [at[index] for index in block if index in at]
        if len(inside) >= _FEW:
            found |= _full_breaks(lines, block, inside) or set()
    return found


def _blocks(region: Sequence[int]) -> Iterator[list[int]]:
    block: list[int] = []
    for index in region:
        if block and index != block[-1] + 1:
            yield block
            block = []
        block.append(index)
    if block:
        yield block


def _breaks(lines: Sequence[Line], region: Sequence[int]) -> Iterator[_Break]:
    inside = set(region)
    for index in region:
        if index + 1 not in inside:
            continue
        line, following = lines[index], lines[index + 1]
        if is_coded(following.raw) or (is_labelled(following.text) and is_labelled(line.text)):
            continue
        size = _size(line)
        ends = line.text.rstrip(_CLOSERS)[-1:] in _STOPS and not following.text[0].islower()
        mark = item_mark(following.text)
        is_open = not mark and _is_open(line, following)
        small = following.text[0].islower()
        yield _Break(index, size, size + _first_word(following), is_open, small, ends, mark)


def _size(line: Line) -> int:
    return len(line.raw.rstrip().expandtabs())


def _first_word(line: Line) -> int:
    """Characters that the first word of a line would have taken on the line above, the space
    included."""
    if line.script in _NO_SPACES:
        return _SIGNS
    match = _FIRST_WORD.match(line.text)
    size = len(match[0]) if match else 0
    return min(size, _PHRASE_CHARS) if line.script in _PHRASES else size + 1


def _is_open(line: Line, following: Line) -> bool:
    first = following.text[0]
    if first.islower():
        return True
    if first.isupper() or not (first.isalpha() or line.script in _NO_SPACES):
        return False
    return line.text.rstrip(_CLOSERS)[-1:] not in _STOPS


def _full_breaks(lines: Sequence[Line], indexes: Sequence[int], breaks: Sequence[_Break]) -> set[int] | None:
    """The full ones, if the lines were wrapped at a width."""
    width = _width([_size(lines[index]) for index in indexes if " " in lines[index].text], breaks)
    if width is None:
        return None
    full = [each for each in breaks if each.size <= width < each.room]
    others = sum(each.open for each in breaks) - sum(each.open for each in full)
    going_on = sum(each.open for each in full)
    if going_on < _SURE_TIMES * others:
        return None
    if going_on < _FEW and not any(each.small and each.size >= _LONE_LINE for each in full):
        return None
    ends = _ends_of_paragraphs(lines, indexes, breaks, full, width)
    return {each.index for each in full if _goes_on(each, lines[each.index + 1], is_end=each.index in ends)}


def _goes_on(at: _Break, following: Line, *, is_end: bool) -> bool:
    """Whether a full line goes on in the next; a date or a byline is no text of it."""
    if at.small:
        return not _is_date(following)
    return not (is_end or _is_byline(following) or _is_date(following))


def _ends_of_paragraphs(
    lines: Sequence[Line], indexes: Sequence[int], breaks: Sequence[_Break], full: Sequence[_Break], width: int
) -> set[int]:
    """Indexes of the full lines that end paragraphs: by chance the next word had no room.

    A line above an item of a list does. Where paragraphs follow one another without a blank line,
    so does one above a byline or a date; and as many full lines are ends as the other ends let
    expect: lines that end sentences are taken for such if there are hardly more of them.
    """
    filled = {each.index for each in full}
    short = [each for each in breaks if each.index not in filled]
    items = {each.mark for each in short if each.mark}
    found = {each.index for each in full if each.mark in items}
    blocks = sum(after - before > 1 for before, after in pairwise(indexes)) + 1
    if len(short) * _BLANK_BETWEEN < blocks:
        return found
    found |= {each.index for each in full if not each.small and _is_credit(lines[each.index + 1])}
    closed = [each.index for each in full if each.ends]
    mean = sum(each.room - each.size for each in breaks) / len(breaks)
    expected = len(short) * min(0.5, mean / width)
    return found | set(closed) if expected * 2 > len(closed) else found


def _is_byline(line: Line) -> bool:
    """Whether a line says by whom something is, and nothing else."""
    credit = read_credit(line)
    return credit is not None and credit.by and credit.strong


def _is_date(line: Line) -> bool:
    """Whether a line is a date and nothing else, not the last words of a sentence."""
    if len(line.text) > _LONE_LINE or line.ends_sentence or not any(map(str.isdigit, line.text)):
        return False
    return is_bare_date(read_credit(line))


def _is_credit(line: Line) -> bool:
    """Whether a line is a byline or a date, and nothing else."""
    credit = read_credit(line)
    return credit is not None and credit.strong


def _width(sizes: Sequence[int], breaks: Sequence[_Break]) -> int | None:
    """The width at which most breaks are full and few lines longer."""
    steps = [0] * (MOST_WIDTH + 3)
    for each in breaks:
        if each.open and each.size <= MOST_WIDTH:
            steps[each.size] += 1
            steps[min(each.room, MOST_WIDTH + 1)] -= 1
    for size in sizes:
        steps[0] -= _OVER
        steps[min(size, MOST_WIDTH + 1)] += _OVER
    votes = list(accumulate(steps))[LEAST_WIDTH : MOST_WIDTH + 1]
    best = max(votes)
    return LEAST_WIDTH + votes.index(best) if any(each.open for each in breaks) else None
