"""The values of `outlet:`, `country:`, `language:` and `date:` in a query: codes, slugs, names in
any language, periods."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from whoosh import query
from whoosh.query import Query

from search.analysis.terms import fold_word, tokens
from search.countries.names import resolve_country
from search.exceptions import QueryError
from search.languages.tags import normalise_language
from search.models import Outlet

_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from first to last, as proleptic ordinals, both included."""

    first_day: int
    last_day: int


def read_period(text: str) -> Period | None:
    """The days of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None when it is no such date."""
    found = _PERIOD.match(text.strip())
    if not found:
        return None
    year, month, day = (None if part is None else int(part) for part in found.groups())
    assert year is not None
    try:
        if day is not None and month is not None:
            first = last = date(year, month, day)
        elif month is not None:
            first = date(year, month, 1)
            last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        else:
            first, last = date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None
    return Period(first.toordinal(), last.toordinal())


def outlet_keys(text: str) -> list[int]:
    """The outlets meant by a slug, a name or an alias; else those whose name has these words next
    to each other."""
    wanted = " ".join(fold_word(token.text) for token in tokens(text))
    exact, partial = set(), set()
    for pk, slug, name, alias in Outlet.objects.values_list("pk", "slug", "name", "aliases__name"):
        if slug in (text, text.lower()):
            return [pk]
        for label in filter(None, (name, alias)):
            folded = " ".join(fold_word(token.text) for token in tokens(label))
            if wanted and folded == wanted:
                exact.add(pk)
            elif wanted and f" {wanted} " in f" {folded} ":
                partial.add(pk)
    return sorted(exact or partial)


class FieldValues:
    """Turns the value of a field into a query over codes. Raises QueryError where nothing is called
    that."""

    def query(self, field: str, text: str) -> Query:
        """The query for `field:text`."""
        if text.casefold() == "none":
            return query.Not(query.Every(field))
        if field == "country":
            code = resolve_country(text)
            if code is None:
                raise QueryError(_("No country is called “%(name)s”.") % {"name": text})
            return query.Term("country", code)
        if field == "language":
            subtag = normalise_language(text)
            if subtag is None:
                raise QueryError(_("No language has the code “%(name)s”: try en, ar or fr.") % {"name": text})
            return query.Term("language", subtag)
        if field == "outlet":
            keys = outlet_keys(text)
            if not keys:
                raise QueryError(_("No outlet is called “%(name)s”.") % {"name": text})
            terms = [query.Term("outlet", str(key)) for key in keys]
            return terms[0] if len(terms) == 1 else query.Or(terms)
        return self._dates(text)

    def _dates(self, text: str) -> Query:
        start, dots, end = text.partition("..")
        first = read_period(start) if start.strip("* ") else None
        last = (read_period(end) if end.strip("* ") else None) if dots else first
        unreadable = (start.strip("* ") and first is None) or (end.strip("* ") and last is None)
        if unreadable or (first is None and last is None):
            raise QueryError(
                _("“%(text)s” is no date: try 2020, 2020-10, 2020-10-05 or 2020-10..2020-11.") % {"text": text}
            )
        low = first.first_day if first else None
        high = last.last_day if last else None
        if low is not None and high is not None and low > high:
            raise QueryError(_("“%(text)s” ends before it starts.") % {"text": text})
        return query.NumericRange("date", low, high)


FIELD_VALUES = FieldValues()
