"""Outlets by the names that files give them."""

from __future__ import annotations

from dataclasses import dataclass

from search.codes import COUNTRY_CODES
from search.index.analysis import fold, tokens
from search.models import Outlet, OutletAlias, free_slug

# Written for the code that ISO has, in many collections.
_COUNTRY_ALIASES = {"UK": "GB", "EL": "GR"}


def outlet_key(name: str) -> str:
    """The form in which spellings of an outlet's name are equal; ``""`` for no name."""
    return " ".join(fold(token.text) for token in tokens(name)) or name.casefold()


@dataclass(frozen=True, slots=True)
class KnownOutlet:
    """An outlet as records need it; ``pk`` is ``None`` for one that a dry run would create."""

    pk: int | None
    name: str


class OutletRegistry:
    """All outlets by folded name and alias, loaded once and kept up to date by its own additions."""

    def __init__(self, *, dry_run: bool = False, empty: bool = False) -> None:
        """`empty` is for a database that is not there yet."""
        self._dry_run, self._empty = dry_run, empty
        self._known: dict[str, KnownOutlet] = {}
        self.reload()

    def reload(self) -> None:
        """Read the database again: after a rolled-back transaction, or another process's writes."""
        if self._empty:
            return
        aliases = OutletAlias.objects.values_list("name", "outlet_id", "outlet__name")
        known = {outlet_key(alias): KnownOutlet(pk, name) for alias, pk, name in aliases}
        known |= {outlet_key(name): KnownOutlet(pk, name) for pk, name in Outlet.objects.values_list("pk", "name")}
        self._known = known

    def find(self, name: str) -> KnownOutlet | None:
        """The outlet of that name, if there is one."""
        return self._known.get(outlet_key(name)) if name else None

    def find_or_create(self, name: str, country: str) -> KnownOutlet | None:
        """The outlet of that name, created when it is new (a dry run only pretends); ``None`` for no name.

        `country` is kept for a new outlet when it is a code there is.
        """
        if not name:
            return None
        key = outlet_key(name)
        known = self._known.get(key)
        if known is None:
            known = KnownOutlet(None if self._dry_run else self._create(name, country), name)
            self._known[key] = known
        return known

    def _create(self, name: str, country: str) -> int:
        code = country.upper()
        code = _COUNTRY_ALIASES.get(code, code)
        outlet = Outlet.objects.create(name=name, slug=free_slug(name), country=code if code in COUNTRY_CODES else "")
        return outlet.pk
