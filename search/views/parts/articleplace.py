"""Which part of an article an address asks for, and the addresses of its other parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict

from search.query.asking import question_of
from search.query.request import SearchRequest
from search.views.parts.links import article_url

#: Of the article page itself; everything else in its address is the question it was found by.
PARAMETERS = ("part", "at", "versions")
#: No number in an address has more digits: a text has fewer parts and fewer characters.
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """`part` of the text, from 1, 0 where none is asked for; `at` a place in the text, to show the
    part that holds it; `versions` the page of the story's versions. `question` is what the article
    was found by."""

    part: int = 0
    at: int | None = None
    versions: int = 1
    question: SearchRequest | None = None


def article_place(parameters: QueryDict) -> ArticlePlace | None:
    """The place an address names; None where one of its numbers is none."""
    texts = {name: str(parameters[name]) for name in PARAMETERS if name in parameters}
    if not all(text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS for text in texts.values()):
        return None
    numbers = {name: int(text) for name, text in texts.items()}
    if numbers.get("part") == 0 or numbers.get("versions") == 0:
        return None
    asked = parameters.copy()
    for name in PARAMETERS:
        asked.pop(name, None)
    return ArticlePlace(
        numbers.get("part", 0), numbers.get("at"), numbers.get("versions", 1), question_of(asked) if asked else None
    )


def place_url(article: str, place: ArticlePlace) -> str:
    """The address of a place in the article with this address; the first part needs no number."""
    address = article if place.question is None else article_url(article, place.question)
    named = [
        *([f"part={place.part}"] if place.part > 1 else []),
        *([f"at={place.at}"] if place.at is not None else []),
        *([f"versions={place.versions}"] if place.versions > 1 else []),
    ]
    return address + ("&" if "?" in address else "?") * bool(named) + "&".join(named)


def at_part(place: ArticlePlace, part: int) -> ArticlePlace:
    """The same with another part of the text, and the first versions of the story."""
    return replace(place, part=part, at=None, versions=1)
