"""One saved page of text → its articles, each with line span, labels, and the evidence for all of
them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from functools import partial
from typing import NamedTuple

from search.dates.values import PublishedDate
from search.ingest.evidence import Cue, Evidence, SplitEvidence, confidence_of_score
from search.ingest.garbage import garbage_left

from .article import PageArticle
from .boilerplate import PHRASES, Phrases
from .ends import end_of_body, evidence_of_end
from .exports.articles import export_articles
from .exports.marks import labels_of
from .exports.posts import heads_of_posts, post_articles
from .heads.head import Head
from .labels import read_labels
from .lines import read_lines
from .numbering import in_file_lines
from .page import Page
from .page_read import read_page_lines
from .remainder import SplitPage, with_remainder
from .rules import PAGES
from .titles.candidate import Title
from .titles.choosing import find_titles
from .titles.looks import strip_label
from .unwrapping import unwrap

MAX_MADE_TITLE_CHARS = 200  # of a title that had to be made from the first line
_HEAD_LINES = 12  # below a title, in which lines of credits are no text


class Case(Enum):
    """What makes a boundary or a title sure, where the score of a title does not."""

    ONLY = auto()
    """The beginning of the only article of a page."""
    FIRST = auto()
    """The first title of a page, with nothing but boilerplate above."""
    UNTITLED = auto()
    """Text above the first title."""
    MADE_TITLE = auto()
    """A title that is the first line of the text."""
    LABELLED = auto()
    """A title that says that it is one."""
    NEARLY_SPLIT = auto()
    """An end beyond a line that nearly began an article; it is no surer than this."""


class CaseRule(NamedTuple):
    """A row of the table."""

    case: Case
    confidence: float
    basis: str


CASE_RULES = (
    CaseRule(Case.ONLY, 0.95, PAGES + ": real texts, one to a page"),
    CaseRule(Case.FIRST, 0.9, PAGES),
    CaseRule(Case.UNTITLED, 0.7, "a title may have been passed over; " + PAGES),
    CaseRule(Case.MADE_TITLE, 0.4, "it is a sentence of the text"),
    CaseRule(Case.LABELLED, 0.98, "mails among the invented pages"),
    CaseRule(Case.NEARLY_SPLIT, 0.6, "half of such lines were titles; see `titles`"),
)
_SURE = {rule.case: rule.confidence for rule in CASE_RULES}


def split_page(text: str, *, today: date | None = None, phrases: Phrases = PHRASES) -> list[PageArticle]:
    """The articles of a saved page, in order.

    ``text`` may hold one article or many, in any languages, with anything around them; lines are
    counted from 1 by line feeds. Labels are what the text states. Empty text gives no article; text
    without any cue is one article. ``phrases`` are the wordings by which lines that are no text are
    known, beside their form and place.
    """
    return list(split_whole_page(text, today=today, phrases=phrases).articles)


def split_whole_page(text: str, *, today: date | None = None, phrases: Phrases = PHRASES) -> SplitPage:
    """The articles of `split_page`, and what of the page is in none."""
    with garbage_left():
        return _split_page(text, today, phrases)


def _split_page(text: str, today: date | None, phrases: Phrases) -> SplitPage:
    unwrapped = unwrap(read_lines(text))
    lines = unwrapped.lines
    found = export_articles(lines, today) or post_articles(lines, today)
    if found is not None:
        split = with_remainder(found, unwrapped, lambda _index: "", labels_of(lines) | heads_of_posts(lines))
    else:
        page = read_page_lines(text, today, phrases, lines)
        credits = frozenset(index for index in page.filled if page.credits[index] is not None)
        split = with_remainder(_articles(page), unwrapped, partial(_reason, page), credits)
    return replace(split, articles=tuple(in_file_lines(article, unwrapped) for article in split.articles))


def _reason(page: Page, index: int) -> str:
    return str(page.boilerplate[index] or "")


def _articles(page: Page) -> list[PageArticle]:
    """The articles of a page, with the numbers of its lines."""
    first_text = next((index for index in page.filled if page.boilerplate[index] is None), None)
    if first_text is None:
        return []
    titles, nearly = find_titles(page)
    starts = [title.index if title.begins is None else title.begins for title in titles]
    evidence = [_evidence_of_start(title, alone=len(titles) == 1) for title in titles]
    articles: list[PageArticle] = []
    if not starts or any(page.is_prose(index) for index in page.filled[: page.position[starts[0]]]):
        end, following = (starts[0], evidence[0]) if starts else (len(page.lines), None)
        articles.append(_without_title(page, first_text, end, following, nearly, alone=not starts))
    for number, (title, start) in enumerate(zip(titles, evidence, strict=True)):
        last = number + 1 == len(titles)
        end, following = (len(page.lines), None) if last else (starts[number + 1], evidence[number + 1])
        stop = end_of_body(page, title.head, end, alone=len(titles) == 1)
        name = strip_label(page.lines[title.index].text)
        sure = _SURE[Case.LABELLED] if name != page.lines[title.index].text else start.confidence
        named = Evidence(sure, (Cue("the line that begins the article", title.index + 1),))
        articles.append(_finished(page, title.head, stop, end, name, start, named, following, nearly))
    return articles


def _evidence_of_start(title: Title, *, alone: bool) -> Evidence:
    if title.opens_page:
        return Evidence(_SURE[Case.ONLY if alone else Case.FIRST], tuple(title.cues))
    return Evidence(confidence_of_score(title.score), tuple(title.cues))


def _without_title(
    page: Page, first: int, end: int, following: Evidence | None, nearly: Sequence[Title], *, alone: bool
) -> PageArticle:
    """A text that begins without a title: its first line serves as one, and stays in the body."""
    head = Head(title=first, body=first)
    stop = end_of_body(page, head, end, alone=alone)
    title = cut_at_word(page.lines[first].text)
    made = (Cue("no title: the first line", first + 1),)
    start = Evidence(_SURE[Case.ONLY if alone else Case.UNTITLED], made)
    named = Evidence(_SURE[Case.MADE_TITLE], made)
    return _finished(page, head, stop, end, title, start, named, following, nearly)


def cut_at_word(text: str) -> str:
    """``text`` within 200 characters, cut between words."""
    if len(text) <= MAX_MADE_TITLE_CHARS:
        return text
    cut = text[:MAX_MADE_TITLE_CHARS]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,;:-–—")


def _finished(
    page: Page,
    head: Head,
    stop: int,
    end: int,
    title: str,
    start: Evidence,
    named: Evidence,
    following: Evidence | None,
    nearly: Sequence[Title],
) -> PageArticle:
    labels, notes = read_labels(page, head, stop, end)
    kept = [
        index
        for index in range(head.body, stop)
        if page.boilerplate[index] is None and not _is_credit_in_head(page, head, index)
    ]
    texts = [index for index in kept if not page.lines[index].is_blank]
    kept = [index for index in kept if texts[0] <= index <= texts[-1]] if texts else []
    evidence = SplitEvidence(
        start=start,
        end=_with_doubt(page, head, stop, evidence_of_end(page, stop, end, following), nearly),
        title=named,
        outlet=labels.evidence.get("outlet") if labels.outlet else None,
        author=labels.evidence.get("author") if labels.author else None,
        date=labels.evidence.get("date") if labels.published else None,
    )
    return PageArticle(
        start_line=head.title + 1,
        end_line=max(stop - 1, head.title) + 1,
        title=title,
        body="\n".join(_without_heading(page, index) for index in kept),
        outlet=labels.outlet,
        author=labels.author,
        published=labels.published or PublishedDate(),
        evidence=evidence,
        notes=tuple(notes),
        left_out=tuple(each + 1 for each in sorted({*range(head.title, max(stop, head.title + 1))} - {*kept})),
        original_outlet=labels.original,
    )


def _with_doubt(page: Page, head: Head, stop: int, end: Evidence, nearly: Sequence[Title]) -> Evidence:
    """Less sure where a line inside nearly began another article."""
    first, last = (bisect_left(nearly, place, key=_index) for place in (head.title + 1, stop))
    inside = nearly[first:last]
    doubts = tuple(Cue("could begin another article", title.index + 1) for title in inside)
    return Evidence(min(end.confidence, _SURE[Case.NEARLY_SPLIT]), (*end.cues, *doubts)) if doubts else end


def _index(title: Title) -> int:
    return title.index


def _without_heading(page: Page, index: int) -> str:
    text = page.lines[index].text
    return text[: len(text) - page.glued.get(index, 0)]


def _is_credit_in_head(page: Page, head: Head, index: int) -> bool:
    credit = page.credits[index]
    return credit is not None and index - head.title <= _HEAD_LINES
