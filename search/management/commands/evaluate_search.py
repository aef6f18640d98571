"""`manage.py evaluate_search`: how well the search ranks a collection with relevance judgements."""

from __future__ import annotations

import gzip
import json
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from django.core.management import CommandError
from tqdm import tqdm

from search.backends.base import BackendQuery, IndexDocument
from search.backends.whoosh import WhooshBackend
from search.evaluation.measures import average_precision, ndcg, recall
from search.evaluation.titles import LOOKED_THROUGH, TitledArticle, titles_found
from search.exceptions import QueryError
from search.languages.detect import detect_language
from search.management.examples import ExamplesCommand
from search.management.terminal import on_one_line
from search.query.language import parse_query, plain_query

HITS = 100
MOST_TITLES = 300


class Command(ExamplesCommand):
    """Indexes a collection in a folder of its own, asks its questions, prints the measures."""

    help = (
        "Index FOLDER/corpus.jsonl.gz beside the real index, ask FOLDER/queries.jsonl.gz for any word, and print nDCG@10, MAP and "
        "recall@100 by FOLDER/qrels.tsv."
    )
    examples = (
        "Examples:\n"
        "  manage.py evaluate_search ../shared/data/retrieval/cranfield --run cranfield.run\n"
        "  manage.py evaluate_search ../shared/data/reuters --titles\n"
    )
    of_collection = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FOLDER, --titles, --most NUMBER, --run FILE."""
        parser.add_argument("folder", nargs="+", type=Path, help="a collection: corpus, queries, relevance judgements")
        parser.add_argument(
            "--titles",
            action="store_true",
            help="instead, ask the titles of FOLDER/articles.jsonl.gz as they are, and print how many find their article "
            "among the first 20, by language and ending",
        )
        parser.add_argument(
            "--most",
            type=int,
            default=MOST_TITLES,
            help="titles asked of each language and ending (default: %(default)s)",
        )
        parser.add_argument(
            "--run", type=Path, help="write the hits of every query here, as JSON lines (one folder only)"
        )

    def handle(self, *_args: Any, folder: list[Path], run: Path | None, **options: Any) -> None:
        """Evaluate each folder."""
        if options["titles"]:
            for one in folder:
                self._paste_titles(one, options["most"])
            return
        if run and len(folder) > 1:
            raise CommandError("--run takes the hits of one folder; give one folder.")
        for one in folder:
            try:
                hits, grades = self._ask(one), read_judgements(one / "qrels.tsv")
            except (OSError, KeyError, ValueError) as error:
                raise CommandError(f"{one} is no collection with judgements: {error}") from error
            if run:
                lines = (json.dumps({"query": query, "hits": found}) for query, found in hits.items())
                run.write_text("\n".join(lines) + "\n", encoding="utf-8")
            figures = {
                "nDCG@10": mean(ndcg(hits.get(query, []), judged) for query, judged in grades.items()),
                "MAP": mean(average_precision(hits.get(query, []), judged) for query, judged in grades.items()),
                "recall@100": mean(recall(hits.get(query, []), judged) for query, judged in grades.items()),
            }
            self.stdout.write(
                f"{on_one_line(one.name)}: " + "  ".join(f"{name} {value:.4f}" for name, value in figures.items())
            )

    def _paste_titles(self, folder: Path, most: int) -> None:
        """Print how many titles of a collection find their article."""
        try:
            rows = list(rows_of(folder / "articles.jsonl.gz"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{folder} is no collection of articles: {error}") from error
        articles = [
            TitledArticle(number, row.get("title") or "", row.get("language") or "") for number, row in enumerate(rows)
        ]
        with tempfile.TemporaryDirectory(prefix="corpus-evaluation-") as scratch:
            backend = WhooshBackend(Path(scratch))
            documents = (
                IndexDocument(article.number, article.title, row.get("text") or "", language=article.language)
                for article, row in zip(articles, rows, strict=True)
            )
            backend.rebuild(documents).go_live()

            def ask(title: str) -> list[int]:
                try:
                    tree = parse_query(title, "all").tree
                except QueryError as error:
                    self.stderr.write(on_one_line(f"“{title}”: {error}"))
                    return []
                return [hit.id for hit in backend.search(BackendQuery(tree=tree, limit=LOOKED_THROUGH)).hits]

            for group in titles_found(articles, ask, most):
                self.stdout.write(
                    f"{on_one_line(folder.name)} {group.language or '-'} {group.ending}: "
                    f"{group.found} of {group.asked}, {group.found / group.asked:.3f}"
                )

    def _ask(self, folder: Path) -> dict[str, list[str]]:
        with tempfile.TemporaryDirectory(prefix="corpus-evaluation-") as scratch:
            backend, names = WhooshBackend(Path(scratch)), []

            def documents() -> Iterator[IndexDocument]:
                for number, row in enumerate(tqdm(rows_of(folder / "corpus.jsonl.gz"), "indexing", leave=False)):
                    names.append(str(row["_id"]))
                    title, text = row.get("title") or "", row["text"]
                    language = detect_language(f"{title}\n{text}").code or ""
                    yield IndexDocument(number, title, text, language=language)

            backend.rebuild(documents()).go_live()
            hits: dict[str, list[str]] = {}
            for row in tqdm(rows_of(folder / "queries.jsonl.gz"), "asking", leave=False):
                try:
                    tree = plain_query(row["text"], "any")
                except QueryError as error:
                    self.stderr.write(on_one_line(f"query {row['_id']}: {error}"))
                    continue
                found = backend.search(BackendQuery(tree=tree, limit=HITS)).hits if tree is not None else ()
                hits[str(row["_id"])] = [names[hit.id] for hit in found]
        return hits


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Query → document → grade above 0, from lines of query, (iteration,) document, grade; a
    heading is passed over."""
    grades: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) >= 3 and parts[-1].strip().isdigit() and int(parts[-1]) > 0:
            grades.setdefault(parts[0], {})[parts[-2]] = int(parts[-1])
    if not grades:
        raise ValueError(f"{path.name} has no judgement")
    return grades
