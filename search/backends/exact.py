"""Words that are sought as they are written: the one node of a query tree that Whoosh has not."""

from __future__ import annotations

from whoosh import query


class Exact(query.Phrase):  # type: ignore[misc]  # Whoosh has no types
    """Words as they were typed, accents, case marks and endings included, next to each other: what
    ``="año"`` and ``=año`` ask for.

    ``fieldname`` is a public field, ``words`` the words as typed; one word is a phrase of one.
    Whoever does not know this node may take it for the phrase that it also is, and finds more.
    """
