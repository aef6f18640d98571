"""Addresses asked as questions: what they ask for, and how many articles that finds."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

from search.index.connection import get_backend
from search.query.filters import SearchFilterSet
from search.query.querystring import encode
from search.query.request import SearchRequest


def question_of(parameters: QueryDict) -> SearchRequest | None:
    """The question in an address; None when it cannot be answered."""
    form = SearchFilterSet(parameters)
    return None if form.errors else form.request_value()


def total_of(request: SearchRequest) -> int:
    """How many articles a changed question would find. Raises IndexUnavailable."""
    # A changed question carries the backend's query of the one it was made from, so it is decoded again.
    fresh = question_of(QueryDict(encode(replace(request, page=1)).removeprefix("?")))
    return get_backend().search(replace(fresh.backend, limit=1, facet_size=1)).total if fresh else 0
