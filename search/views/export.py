"""`GET /export/<format>`: everything that a question finds, as a file."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import ExitStack

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.exceptions import IndexUnavailable
from search.exporting.export import Site, export_of
from search.exporting.formats import FORMATS, ExportFormat
from search.exporting.origin import ExportOrigin
from search.query.filters import SearchFilterSet
from search.views.api import index_unavailable_response
from search.views.responses import json_response

#: At once in one process: a file may take minutes, and pages must find a thread meanwhile.
MOST_AT_ONCE = 2
_MOST_NAME_CHARACTERS = 60
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


@require_safe
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the format `name`; 400, 404 or 503 with ``{"errors": {field: [message]}}``."""
    kind = FORMATS.get(name)
    if kind is None:
        raise Http404(
            _("There is no format “%(name)s”: try %(formats)s.") % {"name": name, "formats": ", ".join(FORMATS)}
        )
    form = SearchFilterSet(request.GET)
    if form.errors:
        return json_response({"errors": form.errors}, status=400)
    if not _places.acquire(blocking=False):
        busy = _("Other files are being made. Try again in a minute.")
        return json_response({"errors": {"export": [busy]}}, status=503)
    with ExitStack() as place:
        place.callback(_places.release)
        try:
            made = export_of(form.request_value(), kind, Site(request.build_absolute_uri, settings.VERSION))
        except IndexUnavailable as error:
            return index_unavailable_response(request, error)
        # An answer without a body holds no place.
        response = HttpResponse() if request.method == "HEAD" else _File(made.pieces, place.pop_all())
    response.headers["Content-Type"] = f"{kind.content_type}; charset=utf-8"
    response.headers["X-Robots-Tag"] = "noindex"
    if not kind.followed:
        response.headers["Content-Disposition"] = _as_file(kind, made.origin)
    return response


class _File(StreamingHttpResponse):
    """What is sent while it is made. Holds its place until it is closed, also when nobody took a
    piece of it."""

    def __init__(self, pieces: Iterable[str], place: ExitStack) -> None:
        super().__init__(piece.encode("utf-8", "replace") for piece in pieces)
        self._place = place

    def close(self) -> None:
        """Give the place back."""
        self._place.close()
        super().close()


def _as_file(kind: ExportFormat, origin: ExportOrigin) -> str:
    """What the file is called where it is kept: by the words asked for, and the day."""
    words = slugify(origin.question, allow_unicode=True)[:_MOST_NAME_CHARACTERS].strip("-")
    name = "-".join(part for part in ("corpus", words, f"{origin.made_at:%Y-%m-%d}") if part)
    return content_disposition_header(as_attachment=True, filename=f"{name}.{kind.ending}") or ""
