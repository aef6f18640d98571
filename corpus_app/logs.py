"""What of the log is worth a line, and what is worth a traceback."""

from __future__ import annotations

import logging
from http import HTTPStatus

#: Somebody mistyped an address or a query; the page said so.
EVERYDAY = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE})
#: Answers whose cause is known: whoever gives one writes it, with the remedy.
_UNDERSTOOD = frozenset({HTTPStatus.SERVICE_UNAVAILABLE})


class AnswersWorthALine(logging.Filter):
    """Of the records that Django writes for answers: everyday ones pass only where LOG_LEVEL is
    INFO or DEBUG, and only failures that nobody expected keep their traceback. What
    `django.security` says always passes, in one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written; takes away a traceback that is no help."""
        status = getattr(record, "status_code", None)
        if not isinstance(status, int) or not record.name.startswith("django."):
            return True
        if status in _UNDERSTOOD:
            return False
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            record.exc_info = record.exc_text = None
        if record.name.startswith("django.security.") or status not in EVERYDAY:
            return True
        return logging.getLogger().isEnabledFor(logging.INFO)
