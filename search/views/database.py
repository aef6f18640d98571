"""A database that cannot answer: one middleware makes it a 503 for every page, the API and the
admin alike.

It is asked for what a view raises. What other middlewares raise (a session that cannot be saved)
Django hands to `database_or_server_error_response`, which asks the same function.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from search.database_errors import Trouble, translation_of
from search.exceptions import DatabaseUnavailable
from search.views import errors
from search.views.responses import json_response

logger = logging.getLogger(__name__)
#: Beginnings of the addresses that programs ask: they are told in JSON.
FOR_PROGRAMS = ("/api/", "/export/")


class DatabaseMiddleware:
    """Answers 503 where a view finds that the database cannot be used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A 503 for a database that is away or odd; None for anything else."""
        return database_response(request, exception)


def database_or_server_error_response(request: HttpRequest) -> HttpResponse:
    """503 where the error that Django is handling says that the database cannot be used, else
    500."""
    error = sys.exception()
    answer = database_response(request, error) if isinstance(error, Exception) else None
    return answer or errors.server_error_response(request)


def database_response(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The 503 for an error by which a database says that it cannot be used; None for any other.

    Nothing is asked of the database, and no folder of the server is named: the log has the whole
    message.
    """
    unavailable = translation_of(error)
    if not isinstance(unavailable, DatabaseUnavailable):
        return None
    # The message is for the log alone: it names folders, and what the server said.
    logger.error("%s %s: %s", request.method, request.path, unavailable)
    if not connection.in_atomic_block:
        # One that lasts would hold on to a server that was stopped, or to a file that was replaced since.
        connection.close()
    message = _message(Trouble(unavailable.trouble))
    if request.path_info.startswith(FOR_PROGRAMS):
        return json_response({"errors": {"database": [message]}}, status=503)
    return errors.unavailable_response(message)


def _message(trouble: Trouble) -> str:
    return {
        Trouble.AWAY: _("The database does not answer. Try again in a minute; nothing that was saved is lost."),
        Trouble.BUSY: _("The database is busy with other work. Try again in a minute."),
        Trouble.REFUSED: _(
            "The database does not let this site in. Whoever runs this site must set DATABASE_URL right."
        ),
        Trouble.READ_ONLY: _(
            "The database cannot be written. Whoever runs this site must make it writable. Nothing was saved."
        ),
        Trouble.FULL: _("The database's disk is full or failing. Whoever runs this site must free space there."),
        Trouble.NO_TABLES: _("The database lacks tables. Whoever runs this site must run: manage.py migrate"),
        Trouble.DAMAGED: _("The database is damaged. Whoever runs this site must restore it from a backup."),
    }[trouble]
