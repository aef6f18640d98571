"""What of a page lies in no article, and why: nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from search.ingest.evidence import Cue, Evidence

from .article import PageArticle
from .lines import Line, of_each
from .unwrapping import Unwrapped

#: The share of a page's letters that may lie in no article before a person should look at it.
MOST_LEFT_OUT = 0.1
_DOUBT = 0.6  # how sure the ends are of articles of such a page
_TITLE_CHARS = 1_000  # of a line that may have the title in it
_NO_TEXT = 0.4  # of an article without a text
ELSEWHERE = "outside the articles"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines of a file, numbered from 1, both inclusive, that lie in no article; their letters and
    the reason."""

    first_line: int
    last_line: int
    letters: int
    reason: str


@dataclass(frozen=True, slots=True)
class SplitPage:
    """The articles of a page, and what of it is in none."""

    articles: tuple[PageArticle, ...]
    left_out: tuple[LeftOut, ...]
    is_doubtful: bool
    """Whether more than a tenth of it is in none."""


def with_remainder(
    articles: Sequence[PageArticle], unwrapped: Unwrapped, reason: Callable[[int], str], labels: frozenset[int]
) -> SplitPage:
    """Tell what is left out of ``articles`` (numbered as ``unwrapped`` is), and doubt what lost too
    much.

    Args:
        reason: why the line of an index is left out, ``""`` where nothing tells.
        labels: indexes of lines that state labels, which are not lost.
    """
    taken: set[int] = set()
    for article in articles:
        taken |= set(range(article.start_line, article.end_line + 1)) - set(article.left_out)
        taken |= _lines_of_title(article, unwrapped.lines)
    sizes = of_each(unwrapped.lines, _letters)
    total = lost = 0
    rest: list[LeftOut] = []
    for index, line in enumerate(unwrapped.lines):
        letters = sizes[line]
        if not letters or index in labels:
            continue
        total += letters
        if index + 1 not in taken:
            lost += letters
            _add(
                rest,
                LeftOut(unwrapped.first[index] + 1, unwrapped.last[index] + 1, letters, reason(index) or ELSEWHERE),
            )
    doubtful = total > 0 and lost > MOST_LEFT_OUT * total
    return SplitPage(
        tuple(_doubted(article, lost / total if doubtful else 0.0) for article in articles), tuple(rest), doubtful
    )


def _lines_of_title(article: PageArticle, lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines of an article that its title is made of."""
    inside = range(article.start_line, article.end_line + 1)
    is_title = of_each(
        (lines[number - 1] for number in inside),
        lambda line: bool(line.text) and (line.text in article.title or article.title in line.text[:_TITLE_CHARS]),
    )
    return {number for number in inside if is_title[lines[number - 1]]}


def _letters(line: Line) -> int:
    return sum(map(str.isalnum, line.text))


def _add(rest: list[LeftOut], found: LeftOut) -> None:
    """Put lines below each other with one reason together."""
    if rest and rest[-1].reason == found.reason and found.first_line - rest[-1].last_line <= 2:
        last = rest.pop()
        found = LeftOut(last.first_line, found.last_line, last.letters + found.letters, found.reason)
    rest.append(found)


def _doubted(article: PageArticle, lost: float) -> PageArticle:
    cues: list[Cue] = []
    sure = article.evidence.end.confidence
    if not article.body.strip():
        cues.append(Cue("no text below the title", article.start_line))
        sure = min(sure, _NO_TEXT)
    if lost:
        cues.append(Cue(f"{lost:.0%} of the page lies in no article"))
        sure = min(sure, _DOUBT)
    if not cues:
        return article
    end = Evidence(sure, (*article.evidence.end.cues, *cues))
    return replace(article, evidence=replace(article.evidence, end=end))
