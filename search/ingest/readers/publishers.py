"""Who published a record, from all that is stated."""

from __future__ import annotations

from search.bounds import MAX_OUTLET_CHARACTERS
from search.names.outlets import outlet_key
from search.names.sites import site_of


def outlet_and_original(*, stated: str, original: str, given: str, url: str) -> tuple[str, str]:
    """Who published an article, and who had published it first where that is another outlet; ``""``
    where unknown.

    Args:
        stated: the outlet that the record states.
        original: the first outlet that it states.
        given: the caller's, for records that state none.
        url: the record's address, whose site is named where all the others are silent.
    """
    if original and outlet_key(stated) == outlet_key(original):
        stated = ""
    outlet = (stated or given or original or site_of(url))[:MAX_OUTLET_CHARACTERS]
    return outlet, "" if outlet_key(outlet) == outlet_key(original) else original
