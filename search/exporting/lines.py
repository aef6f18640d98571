"""JSON lines, for programs; `manage.py ingest` reads them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from search.exporting.article import ExportedArticle
from search.exporting.origin import ExportOrigin


def json_lines(origin: ExportOrigin, articles: Iterable[ExportedArticle]) -> Iterator[str]:
    """An object a line with the whole text; `export` says which question found it."""
    made = dict(origin.as_values())
    for article in articles:
        row = {
            "id": article.id,
            "title": article.title,
            "text": article.text,
            "outlet": article.outlet or None,
            "outlet_country": article.outlet_country or None,
            "author": ", ".join(article.authors) or None,
            "published": article.published or None,
            "date_source": article.date_source,
            "language": article.language or None,
            "countries": list(article.countries),
            "about": list(article.about),
            "url": article.address or None,
            "page": article.page,
            "export": made,
        }
        yield json.dumps(row, ensure_ascii=False) + "\n"
