"""An answer as the plain values that `GET /api/search` and `manage.py search --json` print."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse

from search.query.querystring import encode
from search.query.request import SearchRequest
from search.query.results import SearchResults


def letter_url(request: SearchRequest) -> str | None:
    """The API's address that asks the same to the letter; None where it was read so."""
    if not request.otherwise:
        return None
    return reverse("search:api-search") + encode(replace(request, letter=True, page=1))


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
        "did_you_mean": (
            {"q": results.suggestion.q, "total": results.suggestion.total} if results.suggestion else None
        ),
        "notices": list(results.notices),
        "letter_url": letter_url(results.request),
        "took_ms": float(results.took_ms),
    }
