"""The numbers of the lines of a file, for articles found in its lines with paragraphs joined."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from search.ingest.evidence import Cue, Evidence

from .article import PageArticle
from .unwrapping import Unwrapped


def in_file_lines(article: PageArticle, unwrapped: Unwrapped) -> PageArticle:
    """``article`` with all numbers of lines as in the file."""
    if unwrapped.first is unwrapped.last:
        return article
    first, last = unwrapped.first, unwrapped.last

    def cues(those: tuple[Cue, ...]) -> tuple[Cue, ...]:
        return tuple(replace(cue, line=first[cue.line - 1] + 1) if cue.line else cue for cue in those)

    def renumbered(evidence: Evidence | None) -> Evidence | None:
        return replace(evidence, cues=cues(evidence.cues)) if evidence is not None else None

    changed: dict[str, Any] = {
        each.name: renumbered(getattr(article.evidence, each.name)) for each in fields(article.evidence)
    }
    left_out = {*article.left_out}
    inside = range(article.start_line, article.end_line + 1)
    return replace(
        article,
        start_line=first[article.start_line - 1] + 1,
        end_line=last[article.end_line - 1] + 1,
        evidence=replace(article.evidence, **changed),
        notes=cues(article.notes),
        left_out=tuple(line + 1 for each in article.left_out for line in range(first[each - 1], last[each - 1] + 1)),
        joined=tuple(
            line + 1
            for each in inside
            if each not in left_out
            for line in range(first[each - 1] + 1, last[each - 1] + 1)
        ),
    )
