"""What span queries must answer, by brute force: where in each document they stand, then which
documents and how much."""

from __future__ import annotations

from typing import Any, Protocol

Place = tuple[int, int]


class Documents(Protocol):
    """What is searched."""

    docs: list[Any]

    def term(self, fieldname: str, term: Any, boost: float = 1.0) -> dict[int, float]:
        """Scores of one term."""


def span_scores(model: Documents, node: Any) -> dict[int, float]:
    """Document number → score of the documents where the query stands anywhere."""
    standing = [number for number, doc in enumerate(model.docs) if places(doc, node)]
    scored = dict.fromkeys(standing, 0.0)
    for child in _scoring(node):
        for number, score in _scores(model, child).items():
            if number in scored:
                scored[number] += score
    return scored


def _scores(model: Documents, node: Any) -> dict[int, float]:
    if type(node).__name__ == "Term":
        return model.term(node.fieldname, node.text, node.boost)
    return span_scores(model, node)


def _scoring(node: Any) -> list[Any]:
    """The parts whose scores are added."""
    kind = type(node).__name__
    if kind == "SpanFirst":
        return [node.q]
    if kind == "SpanOr":
        return list(node.subqs)
    return list(node.qs) if kind == "SpanNear2" else [node.a, node.b]


def places(doc: Any, node: Any) -> list[Place]:
    """First and last position of each place where the query stands in a document, ascending."""
    kind = type(node).__name__
    if kind == "Term":
        return [(place, place) for place, word in enumerate(doc.terms(node.fieldname)) if word == node.text]
    if kind == "SpanFirst":
        return [place for place in places(doc, node.q) if place[1] <= node.limit]
    if kind == "SpanOr":
        return _merged(sorted(place for part in node.subqs for place in places(doc, part)))
    if kind == "SpanNear2":
        found = places(doc, node.qs[0])
        for part in node.qs[1:]:
            found = _near(found, places(doc, part), node)
        return found
    first, second = places(doc, node.a), places(doc, node.b)
    if kind == "SpanNear":
        return _near(first, second, node)
    if kind == "SpanNot":
        return [a for a in first if not any(_overlap(a, b) for b in second)]
    if kind == "SpanContains":
        return [a for a in first if any(a[0] <= b[0] and b[1] <= a[1] for b in second)]
    if kind == "SpanBefore":
        return [a for a in first if second and a[1] < min(b[0] for b in second)]
    if kind == "SpanCondition":
        return first if second else []
    raise AssertionError(kind)


def _overlap(a: Place, b: Place) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _near(first: list[Place], second: list[Place], node: Any) -> list[Place]:
    found = set()
    for a in first:
        for b in second:
            distance = 0 if _overlap(a, b) else b[0] - a[1] if b[0] > a[1] else a[0] - b[1]
            if node.mindist <= distance <= node.slop and not (node.ordered and a[0] > b[0]):
                found.add((min(a[0], b[0]), max(a[1], b[1])))
    return sorted(found)


def _merged(ordered: list[Place]) -> list[Place]:
    """Places that overlap or touch made one."""
    joined: list[Place] = []
    for start, end in ordered:
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
