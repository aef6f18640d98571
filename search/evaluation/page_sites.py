"""Saved web pages by site: our labels beside those of plain trafilatura and plain htmldate, over
folds of sites, and what each source of dates is worth on sites that it was not chosen for."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from htmldate import find_date

from search.evaluation.counts import Figure, share
from search.evaluation.web_pages import compared_text, same_day, word_f1
from search.exceptions import ReadError
from search.hashing import digest
from search.ingest.webpages import read_web_page
from search.ingest.webpages.dates import WEIGHTS, Vote, elected
from search.ingest.webpages.markup import decode_page
from search.ingest.webpages.saving import saved_from

FOLDS = 5
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page's labels as one reader gives them."""

    title: str = ""
    published: str | None = None
    author: str = ""
    text: str = ""
    votes: tuple[Vote, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A gold row with what we and the libraries read."""

    gold: Row
    ours: ReadPage
    library: ReadPage

    @property
    def fold(self) -> int:
        """Which fold the page's site is in: all pages of a site are in one."""
        address = self.gold.get("url") or ""
        site = urlsplit(address).hostname or str(self.gold.get("publisher") or self.gold["id"])
        return int(digest(site.removeprefix("www."))[:8], 16) % FOLDS


def judged_pages(folder: Path, gold: Iterable[Row]) -> Iterator[JudgedPage]:
    """Each page read by both; of several saved versions the one whose text is nearest counts."""
    files = {each.name.removesuffix(".gz"): each for each in (folder / "html").rglob("*") if each.is_file()}
    for row in gold:
        pages = [
            _page(files[name]) for each in row["html_files"] if (name := Path(each).name.removesuffix(".gz")) in files
        ]
        if pages:
            yield JudgedPage(row, _nearest(row, map(_ours, pages)), _nearest(row, map(_library, pages)))


def _page(file: Path) -> str:
    data = file.read_bytes()
    return decode_page(gzip.decompress(data) if file.suffix == ".gz" else data).text


def _nearest(row: Row, read: Iterable[ReadPage]) -> ReadPage:
    return max(read, key=lambda each: word_f1(row.get("text"), each.text))


def _ours(page: str) -> ReadPage:
    try:
        found = read_web_page(page, url=saved_from(page))
    except ReadError:
        return ReadPage()
    return ReadPage(found.title, found.published.iso, found.author, found.text, found.date_votes)


def _library(page: str) -> ReadPage:
    document = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
    found = {} if document is None or isinstance(document, dict) else document.as_dict()
    return ReadPage(
        found.get("title") or "",
        find_date(page, original_date=True, outputformat="%Y-%m-%d"),
        found.get("author") or "",
        found.get("text") or "",
    )


def scores(page: JudgedPage, read: ReadPage) -> dict[str, float]:
    """What one reading is worth, for each label that the gold has."""
    gold, found = page.gold, dict[str, float]()
    if "title" in gold:
        found["title"] = compared_text(read.title) == compared_text(gold["title"])
    if "date" in gold:
        found["date"] = same_day(gold["date"], read.published)
    if gold.get("authors"):
        found["author"] = all(compared_text(name) in compared_text(read.author) for name in gold["authors"])
    if "text" in gold:
        found["text F1"] = word_f1(gold["text"], read.text)
    return found


def figures_by_site(name: str, pages: Sequence[JudgedPage]) -> list[Figure]:
    """The mean of each label, the worst fold, the spread, and the library's mean."""
    figures: list[Figure] = []
    ours = [(page.fold, scores(page, page.ours)) for page in pages]
    theirs = [scores(page, page.library) for page in pages]
    for label in dict.fromkeys(label for _, each in ours for label in each):
        values = [each[label] for _, each in ours if label in each]
        folds: dict[int, list[float]] = defaultdict(list)
        for fold, each in ours:
            if label in each:
                folds[fold].append(each[label])
        means = [fmean(each) for each in folds.values()]
        library = fmean(each[label] for each in theirs if label in each)
        figures += [
            Figure(f"{name} {label}", fmean(values), library),
            Figure(f"{name} {label}, the library", library),
            Figure(f"{name} {label}, worst fold of sites", min(means)),
            Figure(f"{name} {label}, spread over folds", pstdev(means)),
        ]
    return figures


def figures_of_sources(pages: Sequence[JudgedPage]) -> list[Figure]:
    """For each source of dates what is lost without it, and in how many folds of sites."""
    dated = [page for page in pages if "date" in page.gold]
    whole = _by_fold(dated, WEIGHTS)
    figures: list[Figure] = []
    for source in WEIGHTS:
        without = _by_fold(dated, {**WEIGHTS, source: 0.0})
        lost = sum(whole.values()) - sum(without.values())
        figures.append(Figure(f"dates lost without: {source}", share(lost, len(dated))))
        figures.append(Figure(f"folds it helps: {source}", sum(whole[fold] > without[fold] for fold in whole)))
        figures.append(Figure(f"folds it harms: {source}", sum(whole[fold] < without[fold] for fold in whole)))
    return figures


def _by_fold(pages: Sequence[JudgedPage], weights: Mapping[Any, float]) -> dict[int, int]:
    right: dict[int, int] = defaultdict(int)
    for page in pages:
        found = elected(page.ours.votes, weights)
        right[page.fold] += same_day(page.gold["date"], found.iso if found else None)
    return right
