"""What stands between a view and a database that cannot answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from search.exceptions import CorpusError
from search.ingest.trouble import translated_database_errors

View = Callable[..., HttpResponse]


def database_may_fail(instead: Callable[[CorpusError], HttpResponse]) -> Callable[[View], View]:
    """A view that answers with `instead` when the database is read-only, without tables, full or damaged."""

    def decorated(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **values: object) -> HttpResponse:
            try:
                with translated_database_errors():
                    return view(request, *args, **values)
            except CorpusError as error:
                return instead(error)

        return guarded

    return decorated
