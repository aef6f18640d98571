"""Outlets by the names that files give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.terms import fold_word, tokens
from search.codes import COUNTRY_CODES
from search.models import Outlet, OutletAlias, free_slug
from search.names.sites import site_of
from search.names.spellings import WellKnown, well_known

# The ending alone: co.uk of example.co.uk says nothing that example does not.
_SITE_ENDING = re.compile(r"(?<=\w)\.(?:com|org|net|info)$", re.IGNORECASE)
SHORTEST_LOOSE_KEY = 4
# Written for the code that ISO has, in many collections.
_COUNTRY_ALIASES = {"UK": "GB", "EL": "GR"}


@lru_cache(maxsize=4096)
def spelling_key(name: str) -> str:
    """The form in which spellings of an outlet's name are equal; ``""`` for no name."""
    return " ".join(fold_word(token.text) for token in tokens(name)) or name.casefold()


def loose_key(name: str) -> str:
    """A form in which more spellings are equal: without "The", spaces, and the ending of a site's
    name.

    ``South Front``, ``SouthFront`` and ``southfront.org`` are one; ``""`` where too little is left
    to tell.
    """
    words = spelling_key(_SITE_ENDING.sub("", name.strip())).split()
    key = "".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
    return key if len(key) >= SHORTEST_LOOSE_KEY else ""


@dataclass(frozen=True, slots=True)
class KnownOutlet:
    """An outlet as records need it; ``pk`` is ``None`` for one that a dry run would create."""

    pk: int | None
    name: str
    country: str = ""


class OutletRegistry:
    """All outlets by folded name, alias and site, loaded once and kept up to date by its own
    additions."""

    def __init__(self, *, dry_run: bool = False, empty: bool = False) -> None:
        """`empty` is for a database that is not there yet."""
        self._dry_run, self._empty = dry_run, empty
        self._known: dict[str, KnownOutlet] = {}
        self._loose: dict[str, list[KnownOutlet]] = {}
        self._well_known: dict[str, KnownOutlet] = {}
        self.reload()

    def reload(self) -> None:
        """Read the database again: after a rolled-back transaction, or another process's writes."""
        if self._empty:
            return
        outlets = {
            pk: (KnownOutlet(pk, name, country), home_page)
            for pk, name, country, home_page in Outlet.objects.values_list("pk", "name", "country", "home_page")
        }
        # Sites of home pages first, so that an alias goes before them and a name before both.
        known = {spelling_key(site): outlet for outlet, page in outlets.values() if page and (site := site_of(page))}
        aliases = OutletAlias.objects.filter(outlet__in=outlets).values_list("name", "outlet_id")
        known |= {spelling_key(alias): outlets[pk][0] for alias, pk in aliases}
        known |= {spelling_key(outlet.name): outlet for outlet, _page in outlets.values()}
        self._known = known
        self._loose, self._well_known = {}, {}
        for spelling, outlet in [
            *((outlet.name, outlet) for outlet, _ in outlets.values()),
            *((alias, outlets[pk][0]) for alias, pk in aliases),
        ]:
            self._note(spelling, outlet)

    def find(self, name: str, country: str = "") -> KnownOutlet | None:
        """The outlet of that name, alias or site, if there is one; a loose spelling only where it
        is one outlet's alone; and a well-known outlet by any of the spellings that the table has.

        An outlet known to be based elsewhere than in ``country`` is another one, unless its name is
        spelled the same.
        """
        if not name:
            return None
        known = self._known.get(spelling_key(name))
        if known is None:
            alike = self._loose.get(loose_key(name), [])
            based = _code(country)
            if len(alike) == 1 and not (based and alike[0].country and based != alike[0].country):
                return alike[0]
            row = _well_known(name, based)
            known = self._well_known.get(row.name) if row else None
        return known

    def find_or_create(self, name: str, country: str) -> KnownOutlet | None:
        """The outlet of that name, created when it is new (a dry run only pretends); ``None`` for
        no name.

        `country` is kept for a new outlet when it is a code there is.
        """
        if not name:
            return None
        key = spelling_key(name)
        known = self.find(name, country)
        if known is None:
            based = _code(country)
            row = _well_known(name, based)
            if row is not None:
                # A site is shown by the name of its outlet; any other spelling as it is stated.
                name, based = row.name if name.lower() in row.sites else name, based or row.country
            known = KnownOutlet(None if self._dry_run else self._create(name, based), name, based)
            self._known[key] = known
            self._note(name, known)
        return known

    def _note(self, spelling: str, outlet: KnownOutlet) -> None:
        """Let an outlet be found by looser spellings of a name of its, and by the other spellings
        of a well-known one."""
        row = _well_known(spelling, outlet.country)
        if row is not None:
            self._well_known.setdefault(row.name, outlet)
        key = loose_key(spelling)
        if key and outlet not in (alike := self._loose.setdefault(key, [])):
            alike.append(outlet)

    def _create(self, name: str, country: str) -> int:
        return Outlet.objects.create(name=name, slug=free_slug(name), country=country).pk


def _well_known(name: str, country: str) -> WellKnown | None:
    """The row of the table, unless the outlet is known to be based elsewhere: The Guardian of Lagos
    is another one."""
    row = well_known(name)
    return None if row and country and country != row.country else row


def _code(country: str) -> str:
    """The country's code; ``""`` for what is none."""
    code = country.upper()
    code = _COUNTRY_ALIASES.get(code, code)
    return code if code in COUNTRY_CODES else ""
