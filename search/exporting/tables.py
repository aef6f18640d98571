"""CSV, for spreadsheets and statistics."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from search.exporting.article import ExportedArticle
from search.exporting.origin import ExportOrigin

COLUMNS = (
    "id",
    "title",
    "author",
    "outlet",
    "outlet_country",
    "published",
    "date_source",
    "language",
    "countries",
    "about",
    "url",
    "page",
    "begins",
    "question",
    "question_address",
    "exported",
    "index",
    "collection",
)
#: A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: By it Excel knows that the file is UTF-8.
_MARK = "\ufeff"


def csv_pieces(origin: ExportOrigin, articles: Iterable[ExportedArticle]) -> Iterator[str]:
    """A table with a row an article; each says which question found it, so that rows can be put
    together with those of other exports."""
    yield _MARK + _line(COLUMNS)
    found = (
        origin.question,
        origin.address,
        f"{origin.made_at:%Y-%m-%dT%H:%M:%SZ}",
        origin.index,
        origin.collection,
    )
    for article in articles:
        yield _line(
            (
                str(article.id),
                article.title,
                "; ".join(article.authors),
                article.outlet,
                article.outlet_country,
                article.published,
                article.date_source,
                article.language,
                " ".join(article.countries),
                " ".join(article.about),
                article.address,
                article.page,
                article.text,
                *found,
            )
        )


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe before one, and without
    NUL characters."""
    text = cell.replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
