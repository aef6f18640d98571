"""An article as every format of export gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ExportedArticle:
    """What is told of an article.

    `published` is as precise as it is known (``2020-10-05``, ``2020-10``, ``2020`` or ``""``),
    `day` its first day. `page` is the address of the article here, `address` the one it was
    published at. `text` is whole where a format writes it, else how it begins.
    """

    id: int
    title: str
    authors: tuple[str, ...]
    outlet: str
    outlet_country: str
    published: str
    day: date | None
    date_source: str
    language: str
    countries: tuple[str, ...]
    about: tuple[str, ...]
    address: str
    page: str
    text: str
