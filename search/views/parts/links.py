"""Addresses of our pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict
from django.urls import get_script_prefix, reverse

from search.query.querystring import Gap, encode, with_toggled
from search.query.request import SearchRequest

#: A page has hundreds of links; a question of this many bytes in each would make it weigh more than 100 KB.
LONG_ADDRESS = 1000


@dataclass(frozen=True, slots=True)
class Submit:
    """A button of the search form, in the place of a link: it sends the question with one more
    parameter."""

    name: str
    value: str


def results_url(request: SearchRequest) -> str:
    """The results page of a question. The one without words and filters is ``/?q=``, because ``/``
    is the start page."""
    return results_path() + (encode(request) or "?q=")


def too_long(request: SearchRequest) -> bool:
    """Whether a question is too long to be repeated in each link: the page's form sends it instead,
    see `Submit`."""
    return len(encode(request)) > LONG_ADDRESS


def results_path() -> str:
    """The address of the results page without a question."""
    return _results_path(get_script_prefix())


@lru_cache(maxsize=8)
def _results_path(_prefix: str) -> str:
    # The prefix is where the site is mounted, on which the answer depends.
    return reverse("search:results")


def results_gap(gap: Gap) -> Gap:
    """The results pages of questions that differ in one value."""
    return Gap((results_path() + gap.parts[0], *gap.parts[1:]))


def facet_url(facet: str, value: str) -> str:
    """The results page of everything with one value."""
    return results_url(with_toggled(SearchRequest(sort="newest"), facet, value))


def words_url(words: str) -> str:
    """The results page of a query."""
    return f"{results_path()}?{_query(q=words)}"


def article_url(article_url: str, request: SearchRequest) -> str:
    """An article's page that knows which results it was reached from."""
    return article_url if too_long(request) else article_url + (encode(request) or "?q=")


def _query(**values: str) -> str:
    parameters = QueryDict(mutable=True)
    parameters.update(values)
    return parameters.urlencode()
