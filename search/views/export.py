"""`GET /export/<format>`: everything that a question finds, as a file."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.database_errors import without_folders
from search.exceptions import IndexUnavailable
from search.exporting.export import Site, export_of
from search.exporting.formats import FORMATS, ExportFormat
from search.exporting.origin import ExportOrigin
from search.query.filters import SearchFilterSet
from search.views.errors import RETRY_AFTER_SECONDS

logger = logging.getLogger(__name__)
#: At once in one process: a file may take minutes, and pages must find a thread meanwhile.
MOST_AT_ONCE = 2
_MOST_NAME_CHARACTERS = 60
_running = threading.BoundedSemaphore(MOST_AT_ONCE)


@require_safe
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the format `name`; 400, 404 or 503 with ``{"errors": {field: [message]}}``."""
    kind = FORMATS.get(name)
    if kind is None:
        raise Http404(_("There is no format “%(name)s”: try %(formats)s.") % {"name": name, "formats": _known()})
    form = SearchFilterSet(request.GET)
    if form.errors:
        return _wrong(form.errors, 400)
    if not _running.acquire(blocking=False):
        return _wrong({"export": [_("Other files are being made. Try again in a minute.")]}, 503)
    released = _Release()
    try:
        made = export_of(form.request_value(), kind, Site(request.build_absolute_uri, settings.VERSION))
    except IndexUnavailable as error:
        released.release()
        logger.error("%s: %s", request.path, error)
        return _wrong({"index": [without_folders(str(error))]}, 503)
    except BaseException:
        released.release()
        raise
    if request.method == "HEAD":
        released.release()
        return _named(HttpResponse(content_type=_content_type(kind)), kind, made.origin)
    return _named(_File(_released_after(made.pieces, released), released, _content_type(kind)), kind, made.origin)


class _Release:
    """Gives a place back, once."""

    def __init__(self) -> None:
        self._held = True

    def release(self) -> None:
        """Give it back."""
        if self._held:
            self._held = False
            _running.release()


class _File(StreamingHttpResponse):
    """Gives its place back when it is closed, also when nobody took a piece of it."""

    def __init__(self, pieces: Iterator[bytes], released: _Release, content_type: str) -> None:
        super().__init__(pieces, content_type=content_type)
        self._released = released

    def close(self) -> None:
        """Give the place back."""
        self._released.release()
        super().close()


def _released_after(pieces: Iterator[str], released: _Release) -> Iterator[bytes]:
    try:
        for piece in pieces:
            yield piece.encode("utf-8", "replace")
    finally:
        released.release()


def _named(response: HttpResponseBase, kind: ExportFormat, origin: ExportOrigin) -> HttpResponseBase:
    if not kind.followed:
        words = slugify(origin.question, allow_unicode=True)[:_MOST_NAME_CHARACTERS].strip("-")
        name = "-".join(part for part in ("corpus", words, f"{origin.made_at:%Y-%m-%d}") if part)
        disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{kind.ending}")
        if disposition:
            response.headers["Content-Disposition"] = disposition
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _content_type(kind: ExportFormat) -> str:
    return f"{kind.content_type}; charset=utf-8"


def _known() -> str:
    return ", ".join(FORMATS)


def _wrong(errors: dict[str, list[str]], status: int) -> HttpResponse:
    response = JsonResponse({"errors": errors}, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
