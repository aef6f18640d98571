"""Article objects in a page's JSON-LD, whatever the way it is packed, and even where it is
damaged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from search.ingest.limits import MAX_AUTHORS, MAX_SCRIPT_CHARACTERS, MAX_SCRIPT_OBJECTS
from search.ingest.webpages.plain import plain

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_DECODER = json.JSONDecoder(strict=False)
_KIND = re.compile(r'"@type"\s*+:\s*+(?:\[\s*+)?"(\w*(?:Article|BlogPosting))"')
_PAIR = re.compile(
    r'"(headline|datePublished|dateModified|articleSection)"\s*:\s*"((?:[^"\\\n]|\\.){1,1000})"\s*(?=[,}\n])'
)
_AUTHOR = re.compile(r'"author"\s*+:\s*+(?:\[\s*+)?\{[^{}]{0,300}?"name"\s*+:\s*+"([^"\\\n]{2,100})"')
# Kinds of schema.org that are a text of their own, those of news first.
_NEWS = ("newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
         "askpublicnewsarticle", "reviewnewsarticle", "advertisercontentarticle")  # fmt: skip
_TEXTS = ("article", "report", "scholarlyarticle", "techarticle", "satiricalarticle", "blogposting", "liveblogposting",
          "socialmediaposting", "discussionforumposting", "review", "medicalscholarlyarticle", "newsmediaarticle")  # fmt: skip
_PAGES = ("webpage", "itempage")


@dataclass(frozen=True, slots=True)
class StatedArticle:
    """What one article object states; ``""`` or empty where it states nothing.

    ``rank`` is 0 for a kind of news article, 1 for another text, 2 for the page itself.
    ``organizations`` are authors that are no person. ``based_on`` names the publisher of what it is
    based on, or is its address.
    """

    rank: int
    headline: str = ""
    name: str = ""
    description: str = ""
    body: str = ""
    published: str = ""
    modified: str = ""
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    publisher: str = ""
    section: str = ""
    language: str = ""
    url: str = ""
    based_on: str = ""


def read_jsonld(tree: etree._Element) -> list[StatedArticle]:
    """The article objects of a page, best first; an empty list where there is none."""
    objects: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            text = script.text[:MAX_SCRIPT_CHARACTERS]
            before = len(objects)
            for value in parse_json(text):
                objects.extend(_objects(value, MAX_SCRIPT_OBJECTS - len(objects)))
            if len(objects) == before:
                objects.extend(_salvaged(text))
    known = {identity: each for each in objects if isinstance(identity := each.get("@id"), str) and len(each) > 2}
    found: list[StatedArticle] = []
    for each in objects:
        rank = _rank(each)
        if rank is not None:
            found.append(_article(each, rank, known))
    return sorted(found, key=lambda article: (article.rank, not (article.published and article.headline)))


def parse_json(text: str) -> Iterator[Any]:
    """Every JSON value in a script; damage that is common on pages is mended, other damage ends
    it."""
    text = _WRAPPING.sub("", text).strip()
    start = 0
    while start < len(text):
        try:
            value, start = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            mended = _TRAILING_COMMA.sub("", text[start:]).rstrip("; \n")
            try:
                value = _DECODER.decode(mended)
            except (ValueError, RecursionError):
                return
            start = len(text)
        yield value
        while start < len(text) and text[start] in " \t\r\n;,":
            start += 1


def _salvaged(text: str) -> Iterator[dict[str, Any]]:
    """The article of a script that is no JSON, such as one with quotes inside its strings, by the
    pairs that are whole."""
    kind = _KIND.search(text)
    if kind is None:
        return
    found: dict[str, Any] = {"@type": kind[1]}
    for pair in _PAIR.finditer(text, kind.start()):
        found.setdefault(pair[1], pair[2].replace('\\"', '"').replace("\\/", "/"))
    author = _AUTHOR.search(text)
    if author:
        found["author"] = author[1]
    yield found


def _objects(value: Any, room: int) -> list[dict[str, Any]]:
    """All objects at any depth, in order, up to ``room``."""
    found: list[dict[str, Any]] = []
    todo = [value]
    while todo and len(found) < room:
        each = todo.pop()
        if isinstance(each, dict):
            found.append(each)
            todo.extend(reversed([child for child in each.values() if isinstance(child, dict | list)]))
        elif isinstance(each, list):
            todo.extend(reversed(each))
    return found


def _rank(each: dict[str, Any]) -> int | None:
    kinds = {str(kind).rsplit("/", 1)[-1].lower() for kind in _list(each.get("@type"))}
    stated = "headline" in each or "articleBody" in each or "datePublished" in each
    if kinds & set(_NEWS) and stated:
        return 0
    if kinds & set(_TEXTS) and stated:
        return 1
    return 2 if kinds & set(_PAGES) and stated else None


def _article(each: dict[str, Any], rank: int, known: dict[str, dict[str, Any]]) -> StatedArticle:
    people, organizations = _authors(each, known)
    return StatedArticle(
        rank=rank,
        headline=_text(each.get("headline")) or (_text(each.get("name")) if rank == 2 else ""),
        name=_text(each.get("name")),
        description=_text(each.get("description")),
        body=plain(each["articleBody"], lines=True) if isinstance(each.get("articleBody"), str) else "",
        published=_text(each.get("datePublished")) or (_text(each.get("dateCreated")) if rank < 2 else ""),
        modified=_text(each.get("dateModified")),
        people=people,
        organizations=organizations,
        publisher=next((name for name, _ in _names(each.get("publisher"), known)), ""),
        section=_text(each.get("articleSection")),
        language=_text(each.get("inLanguage")),
        url=_text(each.get("url")) or _text(_identity(each.get("mainEntityOfPage"))),
        based_on=_based_on(each, known),
    )


def _authors(each: dict[str, Any], known: dict[str, dict[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    people: dict[str, None] = {}
    organizations: dict[str, None] = {}
    named = list(_names(each.get("author"), known)) or list(_names(each.get("creator"), known))
    named = named or list(_names(each.get("contributor"), known))
    for name, is_person in named[:MAX_AUTHORS]:
        (people if is_person else organizations)[name] = None
    return tuple(people), tuple(organizations)


def _names(value: Any, known: dict[str, dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """The names in an author or publisher value, and whether each is a person's."""
    for each in _list(value):
        if isinstance(each, str):
            # A bare string may be a reference to an object stated elsewhere.
            target = known.get(each)
            name = _text(target.get("name")) if target else plain(each)
            if name and not name.startswith(("http://", "https://", "#", "@")):
                yield name, not target or _is_person(target)
        elif isinstance(each, dict):
            target = each if each.get("name") else known.get(str(each.get("@id")), each)
            for name in _list(target.get("name")):
                if isinstance(name, str) and (clean := plain(name)):
                    yield clean, _is_person(target)


def _based_on(each: dict[str, Any], known: dict[str, dict[str, Any]]) -> str:
    for source in (*_list(each.get("isBasedOn")), *_list(each.get("isBasedOnUrl"))):
        if isinstance(source, dict):
            publisher = next((name for name, _ in _names(source.get("publisher"), known)), "")
            found = publisher or _text(source.get("url")) or _text(source.get("@id"))
        else:
            found = _text(source)
            found = found if "://" in found else ""
        if found:
            return found
    return ""


def _is_person(value: dict[str, Any]) -> bool:
    kinds = [str(kind).rsplit("/", 1)[-1].lower() for kind in _list(value.get("@type"))]
    return "person" in kinds or not any("organization" in kind for kind in kinds)


def _text(value: Any) -> str:
    """The first string of a value that should be one."""
    for each in _list(value):
        if isinstance(each, str):
            return plain(each)
        if isinstance(each, dict) and isinstance(each.get("@value"), str):
            return plain(each["@value"])
        if isinstance(each, int | float) and not isinstance(each, bool):
            return str(each)
    return ""


def _identity(value: Any) -> Any:
    return value.get("@id") if isinstance(value, dict) else value


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
