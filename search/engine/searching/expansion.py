"""Wildcards, regular expressions and misspellings to the numbers of the terms they stand for,
segment by segment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import query

from search.engine.searching import expand
from search.engine.searching.budget import ExpansionBudget
from search.engine.searching.globalfield import GlobalField
from search.engine.storage.postings import FieldPart

Numbers = list[tuple[FieldPart, npt.NDArray[np.int64]]]


def term_numbers(
    field: GlobalField, node: Any, encoded: Callable[[str], bytes | None], budget: ExpansionBudget
) -> Numbers:
    """Numbers of the terms that a node stands for, as far as time allows.

    Args:
        field: the node's.
        node: a ``whoosh.query`` ``Wildcard``, ``Regex`` or ``FuzzyTerm``.
        encoded: text → the field's bytes, None for what it cannot hold.
        budget: what it says of time is kept; cuts are added to it.
    """
    if isinstance(node, query.FuzzyTerm):
        start, keep = node.text[: node.prefixlength], None
    else:
        start, pattern = (expand.wildcard if isinstance(node, query.Wildcard) else expand.regex)(node.text)
        keep = expand.matching(pattern)
    prefix = (encoded(start) if start else None) or b""
    found: Numbers = []
    for part in field.parts:
        first, last = part.arrays.prefix_range(prefix)
        if keep is not None:
            numbers = expand.scan(part.arrays, first, last, keep, budget, str(node))
        else:
            numbers = expand.near_terms(part.arrays, first, last, node.text, int(node.maxdist), budget, str(node))
        found.append((part, numbers))
    return found
