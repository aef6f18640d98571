"""An answer as the plain values that `GET /api/search` and `manage.py search --json` print."""

from __future__ import annotations

from typing import Any

from search.query.results import SearchResults


def as_json(results: SearchResults) -> dict[str, Any]:
    """An answer as plain values; docs/query-language.md describes them."""
    return {
        "total": results.total,
        "page": results.page,
        "hits": [
            {
                "id": hit.id,
                "title": hit.title,
                "title_html": str(hit.title_html),
                "url": hit.url,
                "source_url": hit.source_url or None,
                "outlet": {"slug": hit.outlet.slug, "name": hit.outlet.name} if hit.outlet else None,
                "language": hit.language or None,
                "published": hit.published,
                "countries": list(hit.countries),
                "score": hit.score,
                "snippets": [str(snippet) for snippet in hit.snippets],
            }
            for hit in results.hits
        ],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
                for value in facet.values
            ]
            for facet in results.facets
        },
        "missing": {facet.name: facet.missing for facet in results.facets},
        "interval": next(facet.interval for facet in results.facets if facet.name == "date"),
        "notices": list(results.notices),
        "took_ms": float(results.took_ms),
    }
