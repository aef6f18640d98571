"""OpenGraph and other ``meta`` elements of a page."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from search.ingest.limits import MAX_META_ELEMENTS
from search.ingest.webpages.plain import plain


class Meta:
    """The ``meta`` elements by lower-case name (``property``, ``name`` or ``itemprop``), in the
    order of the page."""

    def __init__(self, tree: etree._Element) -> None:
        self._values: dict[str, list[str]] = {}
        for count, element in enumerate(tree.iter("meta")):
            if count >= MAX_META_ELEMENTS:
                break
            content = plain(element.get("content") or "")
            names = {(element.get(key) or "").strip().lower() for key in ("property", "name", "itemprop")}
            for name in names - {""}:
                if content:
                    self._values.setdefault(name, []).append(content)

    def first(self, *names: str) -> str:
        """The first value under the first of the names that has one; ``""`` for none."""
        return next(self.all(*names), "")

    def all(self, *names: str) -> Iterator[str]:
        """Every value, name after name."""
        for name in names:
            yield from self._values.get(name, ())
