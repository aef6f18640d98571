"""SQLite's FTS5 with GROUP BY in the benchmark."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable

from tests.benchmarks.corpus import Article
from tests.benchmarks.shapes import Shape


class Fts5Contender:
    """A contentless FTS5 table beside tables of facets; every count is a GROUP BY over the matches."""

    name = "fts5"

    def __init__(self, path: str) -> None:
        os.makedirs(path, exist_ok=True)
        self.path = path
        self._file = os.path.join(path, "fts.sqlite3")
        self._connection = sqlite3.connect(self._file)

    def index(self, source: Iterable[Article]) -> None:
        """Everything in one transaction."""
        connection = self._connection
        connection.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE VIRTUAL TABLE fts USING fts5(body, content='', tokenize='porter unicode61');"
            "CREATE TABLE article(id INTEGER PRIMARY KEY, outlet TEXT, language TEXT, day INTEGER);"
            "CREATE TABLE place(article INTEGER, country TEXT);"
        )
        for article in source:
            connection.execute("INSERT INTO fts(rowid, body) VALUES (?, ?)", (article.number, article.text))
            connection.execute(
                "INSERT INTO article VALUES (?, ?, ?, ?)",
                (article.number, article.outlet, article.language, article.day),
            )
            connection.executemany(
                "INSERT INTO place VALUES (?, ?)", [(article.number, country) for country in article.countries]
            )
        connection.executescript("CREATE INDEX place_article ON place(article);")
        connection.commit()

    def open(self) -> None:
        """Open a connection of its own."""
        self._connection = sqlite3.connect(self._file)

    def match(self, shape: Shape) -> str | None:
        """The text part of a shape in FTS5's language; None for shapes it can't express."""
        words = [f'"{word}"' for word in shape.words]
        if shape.kind == "all":
            return " AND ".join(words)
        if shape.kind == "any":
            return " OR ".join(words)
        if shape.kind == "phrase":
            return '"' + " ".join(shape.words) + '"'
        return words[0] + "*" if shape.kind == "prefix" else None

    def _matches(self, shape: Shape, skip: str | None) -> None:
        conditions: list[str] = []
        values: list[object] = []
        match = self.match(shape)
        if match is not None:
            source, rank = "fts JOIN article ON article.id = fts.rowid", "rank"
            conditions.append("fts MATCH ?")
            values.append(match)
        else:
            source, rank = "article", "0"
        if shape.kind == "days":
            conditions.append("day BETWEEN ? AND ?")
            values.extend(shape.days)
        for name, ticked in shape.filters.items():
            if name == skip:
                continue
            marks = ",".join("?" * len(ticked))
            if name == "countries":
                conditions.append(f"article.id IN (SELECT article FROM place WHERE country IN ({marks}))")
            else:
                conditions.append(f"{name} IN ({marks})")
            values.extend(ticked)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        connection = self._connection
        connection.execute("DROP TABLE IF EXISTS temp.found")
        connection.execute(
            f"CREATE TEMP TABLE found AS SELECT article.id AS id, {rank} AS score FROM {source}{where}", values
        )

    def _facet(self, name: str) -> dict[str, int]:
        statements = {
            "countries": "SELECT country, count(*) FROM found JOIN place ON place.article = found.id GROUP BY 1",
            "day": "SELECT day / 30 * 30, count(*) FROM found JOIN article USING (id) GROUP BY 1",
        }
        default = f"SELECT {name}, count(*) FROM found JOIN article USING (id) GROUP BY 1"
        return {str(value): count for value, count in self._connection.execute(statements.get(name, default))}

    def search(self, shape: Shape) -> tuple[int, dict[str, dict[str, int]]] | None:
        """Top 10, total, four facets."""
        if shape.kind == "fuzzy":
            return None
        self._matches(shape, None)
        total = self._connection.execute("SELECT count(*) FROM found").fetchone()[0]
        self._connection.execute("SELECT id FROM found ORDER BY score, id LIMIT 10").fetchall()
        counts = {
            name: self._facet(name) for name in ("outlet", "language", "countries", "day") if name not in shape.filters
        }
        for name in shape.filters:
            self._matches(shape, name)
            counts[name] = self._facet(name)
        return total, counts
