"""Copies joined into stories: one answer for a set of articles, whatever the order in which they
came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[int, int]

#: Of the pairs of texts that a union of two groups brings together, the share that must be copies: else a chain of
#: small edits, each like the one before, ends in a story whose ends have little in common.
MIN_LINKED = 0.5

_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Node:
    """An article that may be in a story.

    ``key`` orders articles the same way in every run, wherever they were stored; ``text`` numbers
    its words: articles of the same words share one, an article too short to be compared has
    ``None``.
    """

    article: int
    key: str
    text: int | None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided of pairs of articles, each with the smaller id first."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


def partition(
    nodes: Iterable[Node], copies: Mapping[Pair, float], decisions: Decisions | None = None
) -> list[tuple[Node, ...]]:
    """The stories of some articles: groups of two or more, and in each its members, in the order of
    their keys.

    Pairs that people called the same are joined first, then articles of the same words, then
    copies, the most like first, those that people parted from others last. Two groups are not
    joined where a person said that any two of their members are different, nor where fewer than
    ``MIN_LINKED`` of their pairs of texts are copies.

    Args:
        nodes: every article that a copy or a decision connects with another of them.
        copies: the overlap of every pair of texts that are copies, the smaller number first.
        decisions: pairs with articles that are no nodes have no effect.
    """
    return _Partition(sorted(nodes, key=lambda node: node.key), copies, decisions or Decisions()).groups()


class _Partition:
    def __init__(self, nodes: list[Node], copies: Mapping[Pair, float], decisions: Decisions) -> None:
        self._nodes, self._copies = nodes, copies
        # Nodes are numbered by their keys from here on, groups by their first node.
        self._group_of = list(range(len(nodes)))
        self._members = {number: [number] for number in range(len(nodes))}
        self._number = {node.article: number for number, node in enumerate(nodes)}
        self._holders: dict[int, list[int]] = {}
        for number, node in enumerate(nodes):
            if node.text is not None:
                self._holders.setdefault(node.text, []).append(number)
        self._apart: dict[int, set[int]] = {}
        for one, other in self._numbered(decisions.different):
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)
        for one, other in self._numbered(decisions.same):
            self._join(one, other)
        for holders in self._holders.values():
            holders.sort(key=lambda number: (number in self._apart, number))
            for place, later in enumerate(holders[1:], start=1):
                for earlier in holders[:place] if later in self._apart else holders[:1]:
                    self._join(earlier, later)
        self._texts = {group: self._texts_of(members) for group, members in self._members.items()}
        self._links: dict[int, Counter[int]] = {group: Counter() for group in self._members}

    def groups(self) -> list[tuple[Node, ...]]:
        pairs = [(one, other) for one, other in self._nearest_first() if one != other]
        for one, other in pairs:
            for first, second in self._groups_with(one, other):
                self._links[first][second] += 1
                self._links[second][first] += 1
        for one, other in pairs:
            for first, second in self._groups_with(one, other):
                linked = self._links.get(first, Counter())[second]
                if linked and linked >= MIN_LINKED * len(self._texts[first]) * len(self._texts[second]):
                    self._unite(first, second)
        return [
            tuple(self._nodes[number] for number in sorted(members))
            for _, members in sorted(self._members.items())
            if len(members) > 1
        ]

    def _numbered(self, pairs: Iterable[Pair]) -> list[Pair]:
        known = self._number
        found = [(known[one], known[other]) for one, other in pairs if one in known and other in known]
        return sorted((min(pair), max(pair)) for pair in found)

    def _texts_of(self, members: Iterable[int]) -> set[int]:
        return {text for number in members if (text := self._nodes[number].text) is not None}

    def _nearest_first(self) -> list[Pair]:
        # Articles that a person parted from others come last, so that later copies go to the others.
        rank = {text: holders[0] for text, holders in self._holders.items()}

        def order(pair: Pair) -> tuple[bool, float, list[int]]:
            ranks = sorted((rank[pair[0]], rank[pair[1]]))
            return not self._apart.keys().isdisjoint(ranks), -self._copies[pair], ranks

        return sorted((pair for pair in self._copies if pair[0] in rank and pair[1] in rank), key=order)

    def _groups_with(self, one: int, other: int) -> set[Pair]:
        """The pairs of different groups that two texts are in; more than one only where people
        parted equal texts."""
        ones, others = ({self._group_of[number] for number in self._holders[text]} for text in (one, other))
        return {(min(first, second), max(first, second)) for first in ones for second in others if first != second}

    def _join(self, one: int, other: int) -> tuple[int, int] | None:
        kept, absorbed = sorted((self._group_of[one], self._group_of[other]))
        if kept == absorbed or self._kept_apart(kept, absorbed):
            return None
        for number in self._members[absorbed]:
            self._group_of[number] = kept
        self._members[kept] += self._members.pop(absorbed)
        return kept, absorbed

    def _unite(self, one: int, other: int) -> None:
        joined = self._join(one, other)
        if joined is None:
            return
        kept, absorbed = joined
        self._texts[kept] |= self._texts.pop(absorbed)
        for third, count in self._links.pop(absorbed).items():
            del self._links[third][absorbed]
            if third != kept:
                self._links[kept][third] += count
                self._links[third][kept] += count

    def _kept_apart(self, one: int, other: int) -> bool:
        return any(
            not self._apart.get(number, _NOBODY).isdisjoint(self._members[other]) for number in self._members[one]
        )
