"""A matcher that counts its steps: what `re` does by the same order of trials, in Python.

`re` does not tell how often it tried and went back, and clocks differ from run to run. So each
pattern is parsed by the library's own parser and tried by this small matcher, choice for choice as
`re` would: the spans it finds are the same (a test compares them) and the steps are the same number
every time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Matcher = Callable[[int], int]  # from a place in the text to the end of the match, or -1
Nodes = list[tuple[Any, Any]]
ONE_CHARACTER = frozenset({c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN})
REPEATS = frozenset({c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT})


class TooManySteps(Exception):
    """The budget is spent."""


def parse(pattern: re.Pattern[Any]) -> Nodes:
    """The tree of a pattern, as the library reads it."""
    text, flags = pattern.pattern, pattern.flags
    return list(_parser.parse(text, flags & ~re.UNICODE if isinstance(text, bytes) else flags))


@contextmanager
def _deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(200_000)  # calls of Python functions take no C stack since 3.11
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def accepts(node: tuple[Any, Any], char: str, flags: int) -> bool:
    """Whether a node of one character takes this character."""
    kind, value = node
    if kind is c.ANY:
        return char != "\n" or bool(flags & re.DOTALL)
    items = value if kind is c.IN else [(c.LITERAL, value)]
    negated = kind is c.NOT_LITERAL or bool(items and items[0][0] is c.NEGATE)
    forms = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
    return any(_in_set(items, form, flags) for form in forms if len(form) == 1) != negated


def _in_set(items: Nodes, char: str, flags: int) -> bool:
    for kind, value in items:
        if kind is c.LITERAL and ord(char) == value:
            return True
        if kind is c.RANGE and value[0] <= ord(char) <= value[1]:
            return True
        if kind is c.CATEGORY and _in_category(value, char, flags):
            return True
    return False


def _in_category(category: Any, char: str, flags: int) -> bool:
    _, _, name = str(category).lower().rpartition("_")
    narrow = bool(flags & re.ASCII) or not flags & re.UNICODE
    if name == "digit":
        found = char.isdecimal()
    elif name == "space":
        found = char.isspace()
    else:
        found = char.isalnum() or char == "_"
    found = found and (not narrow or char.isascii())
    return not found if "_NOT_" in str(category) else found


class Counter:
    """One pattern, ready to be tried on texts.

    Args: a compiled pattern, of text or of bytes (bytes are tried as Latin-1).
    Errors: NotImplementedError for a construct this matcher does not know.
    """

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.flags = pattern.flags
        self.text, self.steps, self.budget = "", 0, 0
        self.groups: dict[int, tuple[int, int]] = {}
        tree = parse(pattern)
        first = tree[0] if tree else None
        self._only_at_start = first == (c.AT, c.AT_BEGINNING) and not pattern.flags & re.MULTILINE
        self._start = self._sequence(tree, lambda place: place)

    def spans(self, text: str, *, everywhere: bool = True, budget: int = 10_000_000) -> list[tuple[int, int]]:
        """Where the pattern is found, as `finditer` finds it (else as `match`); `steps` then says
        what it took.

        Errors: TooManySteps after that many.
        """
        self.text, self.steps, self.budget = text, 0, budget
        found: list[tuple[int, int]] = []
        place = 0
        with _deep():
            while place <= len(text):
                self.groups = {}
                self._count()
                end = self._start(place)
                if end >= 0:
                    found.append((place, end))
                if not everywhere:
                    break
                if self._only_at_start:  # `re` tries all the other places too, and fails at once
                    self.steps += len(text)
                    break
                place = end if end > place else place + 1
        return found

    def _count(self) -> None:
        self.steps += 1
        if self.steps > self.budget:
            raise TooManySteps

    def _sequence(self, nodes: Nodes, then: Matcher) -> Matcher:
        for node in reversed(nodes):
            then = self._node(node, then)
        return then

    def _one(self, node: tuple[Any, Any]) -> Callable[[int], bool]:
        known: dict[str, bool] = {}

        def one(place: int) -> bool:
            if place >= len(self.text):
                return False
            char = self.text[place]
            if char not in known:
                known[char] = accepts(node, char, self.flags)
            return known[char]

        return one

    def _node(self, node: tuple[Any, Any], then: Matcher) -> Matcher:
        kind, value = node
        if kind in ONE_CHARACTER:
            one = self._one(node)

            def step(place: int) -> int:
                self._count()
                return then(place + 1) if one(place) else -1

            return step
        if kind is c.AT:
            return lambda place: then(place) if self._at(value, place) else -1
        if kind is c.BRANCH:
            return self._branch(value[1], then)
        if kind is c.SUBPATTERN:
            return self._group(value[0], list(value[3]), then)
        if kind in REPEATS:
            return self._repeat(kind, value[0], value[1], value[2], then)
        if kind is c.ATOMIC_GROUP:
            inside = self._sequence(list(value), lambda place: place)

            def atomic(place: int) -> int:
                end = inside(place)
                return then(end) if end >= 0 else -1

            return atomic
        if kind in (c.ASSERT, c.ASSERT_NOT):
            return self._assertion(kind is c.ASSERT, value[0], value[1], then)
        if kind is c.GROUPREF:
            return self._reference(value, then)
        raise NotImplementedError(kind)

    def _at(self, where: Any, place: int) -> bool:
        text = self.text
        if where in (c.AT_BEGINNING, c.AT_BEGINNING_STRING):
            lines = where is c.AT_BEGINNING and self.flags & re.MULTILINE
            return place == 0 or bool(lines and text[place - 1] == "\n")
        if where is c.AT_END_STRING:
            return place == len(text)
        if where is c.AT_END:
            lines = self.flags & re.MULTILINE
            return place == len(text) or (text[place] == "\n" and (bool(lines) or place == len(text) - 1))
        before = place > 0 and _in_category(c.CATEGORY_WORD, text[place - 1], self.flags)
        after = place < len(text) and _in_category(c.CATEGORY_WORD, text[place], self.flags)
        return (before != after) is (where is c.AT_BOUNDARY)

    def _branch(self, branches: list[Nodes], then: Matcher) -> Matcher:
        ways = [(self._first(list(nodes)), self._sequence(list(nodes), then)) for nodes in branches]
        known: dict[str, list[Matcher]] = {}

        def branch(place: int) -> int:
            self._count()
            char = self.text[place : place + 1]
            if char not in known:  # `re` passes over the branches that begin otherwise, too
                known[char] = [way for first, way in ways if first is None or first(place)]
            for way in known[char]:
                end = way(place)
                if end >= 0:
                    return end
            return -1

        return branch

    def _first(self, nodes: Nodes) -> Callable[[int], bool] | None:
        """What the first character must be, where that is plain."""
        return self._one(nodes[0]) if nodes and nodes[0][0] in ONE_CHARACTER else None

    def _group(self, number: int | None, nodes: Nodes, then: Matcher) -> Matcher:
        if number is None:
            return self._sequence(nodes, then)
        starts: list[int] = []

        def close(place: int) -> int:
            start, before = starts.pop(), self.groups.get(number)
            self.groups[number] = (start, place)
            end = then(place)
            if end < 0:
                starts.append(start)
                if before is None:
                    del self.groups[number]
                else:
                    self.groups[number] = before
            return end

        inside = self._sequence(nodes, close)

        def open_(place: int) -> int:
            starts.append(place)
            end = inside(place)
            if end < 0:
                starts.pop()
            return end

        return open_

    def _repeat(self, kind: Any, least: int, most: Any, item: Any, then: Matcher) -> Matcher:
        nodes, most = list(item), int(most)
        if len(nodes) == 1 and nodes[0][0] in ONE_CHARACTER:
            return self._run(kind, least, most, self._one(nodes[0]), then)
        if kind is c.POSSESSIVE_REPEAT:
            return self._possessive(least, most, self._sequence(nodes, lambda place: place), then)
        return self._loop(kind is c.MAX_REPEAT, least, most, nodes, then)

    def _run(self, kind: Any, least: int, most: int, one: Callable[[int], bool], then: Matcher) -> Matcher:
        def run(place: int) -> int:
            end = place
            wanted = least if kind is c.MIN_REPEAT else most
            while end - place < wanted and one(end):
                self._count()
                end += 1
            if end - place < least:
                return -1
            if kind is c.POSSESSIVE_REPEAT:
                return then(end)
            while True:
                self._count()
                found = then(end)
                if found >= 0:
                    return found
                if kind is c.MAX_REPEAT:
                    end -= 1
                    if end - place < least:
                        return -1
                else:
                    if end - place >= most or not one(end):
                        return -1
                    end += 1

        return run

    def _possessive(self, least: int, most: int, inside: Matcher, then: Matcher) -> Matcher:
        def possessive(place: int) -> int:
            count = 0
            while count < most:
                self._count()
                end = inside(place)
                if end < 0 or (end == place and count >= least):
                    break
                place, count = end, count + 1
            return then(place) if count >= least else -1

        return possessive

    def _loop(self, greedy: bool, least: int, most: int, nodes: Nodes, then: Matcher) -> Matcher:
        running: list[tuple[int, int]] = []  # the number of the turn and where it began

        def again(place: int, count: int) -> int:
            self._count()
            if greedy or count < least:
                end = turn(place, count)
                return end if end >= 0 or count < least else then(place)
            end = then(place)
            return end if end >= 0 else turn(place, count)

        def turn(place: int, count: int) -> int:
            if count >= most:
                return -1
            running.append((count, place))
            end = inside(place)
            if end < 0:
                running.pop()
            return end

        def after(place: int) -> int:
            count, began = running.pop()
            # A turn that took nothing is the last.
            end = then(place) if place == began and count >= least else again(place, count + 1)
            if end < 0:
                running.append((count, began))
            return end

        inside = self._sequence(nodes, after)
        return lambda place: again(place, 0)

    def _assertion(self, wanted: bool, direction: int, item: Any, then: Matcher) -> Matcher:
        inside = self._sequence(list(item), lambda place: place)
        width = item.getwidth()[0] if direction < 0 else 0

        def assertion(place: int) -> int:
            found = place >= width and inside(place - width) >= 0
            return then(place) if found is wanted else -1

        return assertion

    def _reference(self, number: int, then: Matcher) -> Matcher:
        def reference(place: int) -> int:
            self._count()
            if number not in self.groups:
                return -1
            start, end = self.groups[number]
            said = self.text[start:end]
            return then(place + len(said)) if self.text.startswith(said, place) else -1

        return reference
