"""The parts of an evaluation: which collections each needs, and how its figures are made of
them."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

from search.evaluation.countries import match_countries
from search.evaluation.counts import Figure, MatchCounts
from search.evaluation.dates import share_of_dates_read
from search.evaluation.exports import measure_exports
from search.evaluation.languages import measure_titles
from search.evaluation.page_sites import JudgedPage, figures_by_site, figures_of_sources, judged_pages
from search.evaluation.pages_of_text import measure_text_pages
from search.evaluation.speed import articles_a_second
from search.evaluation.stories import measure_stories, stories_of_report
from search.evaluation.web_pages import measure_web_pages
from search.evaluation.wrapping import measure_wrapping
from search.exceptions import CorpusError
from search.ingest.pipeline import IngestOptions, run_ingest

#: Articles whose countries are looked for to measure the speed.
TIMED_ARTICLES = 3000
#: Articles of each collection that pages with broken lines, and exports, are made of.
WRAPPED_ARTICLES, EXPORTED_ARTICLES = 200, 100
#: Collections of saved web pages.
WEB_PAGES = ("html_pages", "html_dates", "html_readability")
#: Labels of the saved pages of text that may as well be others.
DOUBTFUL_LABELS = Path(__file__).with_name("doubtful_labels.json")
Entries = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class MeasuredPart:
    """A part of the evaluation. `needs` are paths within the data folder; `measure` gets the
    folder."""

    name: str
    needs: tuple[str, ...]
    measure: Callable[[Path], list[Figure]]


class NotMeasurable(CorpusError):
    """What is there cannot give the figures, for a reason that is no error."""


def measure_saved_pages(data: Path) -> list[Figure]:
    """Figures of the hand-labelled pages of text."""
    pages = sorted((data / "seeds").glob("*.txt"))
    if not pages:
        raise NotMeasurable("seeds/ holds no page")
    gold = json.loads((data / "seeds" / "gold.json").read_text("utf-8"))
    return measure_text_pages(_with_doubts(gold), report_entries(*pages))


def _with_doubts(gold: Entries) -> Entries:
    """The labels, with those that their makers left open."""
    doubts = {(row["file"], row["start_line"]): row for row in json.loads(DOUBTFUL_LABELS.read_text("utf-8"))}
    return [row | {"also": doubts.get((row["file"], row["start_line"]), {})} for row in gold]


def measure_countries(folder: Path, *fields: Literal["countries", "about"]) -> list[MatchCounts]:
    """The countries of a collection's articles against its labels, for each field of the report."""
    gold, entries = list(labelled_rows(folder / "countries.jsonl.gz")), report_entries(folder / "articles.jsonl.gz")
    return [match_countries(gold, entries, field) for field in fields]


def _focus(data: Path) -> list[Figure]:
    folder = data / "data" / "reuters"
    mentioned, about = measure_countries(folder, "countries", "about")
    return [
        Figure("mentions recall", mentioned.recall, 0.95),
        Figure("mentions precision, lower bound", mentioned.precision, 0.42),
        Figure("about F1", about.f1, 0.8),
        Figure("about precision", about.precision),
        Figure("about recall", about.recall),
    ]


def _all_mentions(data: Path) -> list[Figure]:
    (found,) = measure_countries(data / "data" / "russian_wikinews", "countries")
    return [Figure("F1", found.f1, 0.93), Figure("precision", found.precision), Figure("recall", found.recall)]


def _nouns(data: Path) -> list[Figure]:
    (found,) = measure_countries(data / "data" / "slavic_news", "countries")
    return [Figure("recall", found.recall, 0.93), Figure("precision, lower bound", found.precision, 0.8)]


def measure_saved_web_pages(data: Path) -> list[Figure]:
    """Figures of the checked web pages."""
    folder = data / "data" / "html_pages"
    return measure_web_pages(
        list(labelled_rows(folder / "gold.jsonl.gz")), report_entries(folder / "html", with_text=True)
    )


def measure_web_pages_by_site(data: Path) -> list[Figure]:
    """Our labels of every collection of web pages beside the libraries', by folds of sites."""
    figures: list[Figure] = []
    every: list[JudgedPage] = []
    for name in WEB_PAGES:
        folder = data / "data" / name
        if (folder / "gold.jsonl.gz").exists():
            pages = list(judged_pages(folder, labelled_rows(folder / "gold.jsonl.gz")))
            figures += figures_by_site(name, pages)
            every += pages
    return figures + figures_of_sources(every)


def _dates(data: Path) -> list[Figure]:
    return [
        Figure(
            collection.parent.name,
            share_of_dates_read(
                (article["published"], article.get("language"))
                for article in labelled_rows(collection)
                if article.get("published")
            ),
        )
        for collection in _collections(data)
        if any(article.get("published") for article in labelled_rows(collection))
    ]


def _titles(data: Path) -> list[Figure]:
    return measure_titles(
        (article["title"], article["language"])
        for collection in _collections(data)
        for article in labelled_rows(collection)
        if article.get("title") and article.get("language")
    )


def _stories(data: Path) -> list[Figure]:
    file = data / "data" / "gilets_jaunes" / "articles.jsonl.gz"
    entries = report_entries(file)
    if not entries or "story" not in entries[0]:
        raise NotMeasurable("the report tells no stories")
    stories = stories_of_report(entries)
    articles = list(labelled_rows(file))
    return measure_stories(
        [article["text"] for article in articles],
        [article.get("outlet") or "" for article in articles],
        [stories.get(article["id"]) for article in articles],
    )


def _mixed(data: Path, most: int) -> Entries:
    """Articles of all collections in turn, every so many of each."""
    every = [list(labelled_rows(collection)) for collection in _collections(data)]
    some = [rows[:: max(1, len(rows) // most)][:most] for rows in every]
    return [row for together in zip_longest(*some) for row in together if row is not None]


def _wrapping(data: Path) -> list[Figure]:
    return measure_wrapping(_mixed(data, WRAPPED_ARTICLES))


def _exports(data: Path) -> list[Figure]:
    return measure_exports(_mixed(data, EXPORTED_ARTICLES))


def _speed(data: Path) -> list[Figure]:
    every = [article for collection in _collections(data) for article in labelled_rows(collection)]
    some = every[:: max(1, len(every) // TIMED_ARTICLES)]
    rate = articles_a_second(
        [(article.get("title") or "", article["text"], article.get("language")) for article in some]
    )
    return [Figure("countries found, articles a second on one core", rate, 3000)]


PARTS = (
    MeasuredPart("saved pages of text", ("seeds/gold.json",), measure_saved_pages),
    MeasuredPart("Reuters", ("data/reuters/articles.jsonl.gz", "data/reuters/countries.jsonl.gz"), _focus),
    MeasuredPart(
        "Russian Wikinews",
        ("data/russian_wikinews/articles.jsonl.gz", "data/russian_wikinews/countries.jsonl.gz"),
        _all_mentions,
    ),
    MeasuredPart("Slavic news", ("data/slavic_news/articles.jsonl.gz", "data/slavic_news/countries.jsonl.gz"), _nouns),
    MeasuredPart("saved web pages", ("data/html_pages/gold.jsonl.gz", "data/html_pages/html"), measure_saved_web_pages),
    MeasuredPart(
        "web pages by site", ("data/html_pages/gold.jsonl.gz", "data/html_pages/html"), measure_web_pages_by_site
    ),
    MeasuredPart("dates read", ("data",), _dates),
    MeasuredPart("languages of titles", ("data",), _titles),
    MeasuredPart("wrapped pages", ("data",), _wrapping),
    MeasuredPart("exports of databases", ("data",), _exports),
    MeasuredPart("stories", ("data/gilets_jaunes/articles.jsonl.gz",), _stories),
    MeasuredPart("speed", ("data",), _speed),
)


def labelled_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def report_entries(*paths: Path, with_text: bool = False) -> Entries:
    """The entries of a dry run over files and folders, whatever the database holds."""
    with tempfile.TemporaryDirectory(prefix="corpus-evaluation-") as scratch:
        report = Path(scratch) / "report.json"
        run_ingest(IngestOptions(paths, dry_run=True, report=report, with_text=with_text, ask_database=False))
        entries: Entries = json.loads(report.read_bytes())["articles"]
        return entries


def _collections(data: Path) -> list[Path]:
    found = sorted((data / "data").glob("*/articles.jsonl.gz"))
    if not found:
        raise NotMeasurable("no folder in data/ holds an articles.jsonl.gz")
    return found
