"""How exports of databases and messengers lay out their documents: the table of what is read as
many articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of each document stand, by class name or, with ``<>``, by tag name; of
    several names the first that is there.

    ``document`` holds one document; ``proof`` must be in it. ``dated_by`` is an attribute that
    states the date. ``inherited`` parts count for the documents after one that has them.
    """

    name: str
    document: tuple[str, ...]
    proof: tuple[str, ...]
    title: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    dated_by: str = ""
    #: Of the whole page: the outlet of documents that name none.
    page_outlet: tuple[str, ...] = ()


LAYOUTS = (
    Layout(
        "Europresse",
        document=("<article>", "article"),
        proof=("titreArticle", "rdp__articletitle", "DocPublicationName"),
        title=("titreArticleVisu", "rdp__articletitle", "titreArticle"),
        text=("docOcurrContainer", "DocText"),
        outlet=("DocPublicationName", "rdp__DocPublicationName"),
        author=("docAuthors", "sm-margin-bottomNews"),
        published=("DocHeader", "rdp__DocHeader"),
    ),
    Layout(
        "Telegram",
        document=("message",),
        proof=("text",),
        text=("text",),
        author=("from_name",),
        published=("date",),
        dated_by="title",
        page_outlet=("page_header",),
    ),
    Layout(
        "Factiva",
        document=("article",),
        proof=("enHeadline", "deHeadline", "frHeadline", "esHeadline", "itHeadline", "ruHeadline", "arHeadline", "headline"),
        title=("enHeadline", "deHeadline", "frHeadline", "esHeadline", "itHeadline", "ruHeadline", "arHeadline", "headline"),
        text=("articleParagraph",),
        author=("author",),
    ),
    Layout(
        "blocks",
        document=("<doc>", "<docfull>", "<document>", "<reuters>"),
        proof=("<text>", "<headline>", "<title>", "<hl>", "<head>", "<p>"),
        title=("<headline>", "<title>", "<hl>", "<head>", "<h1>", "<h2>", "<h3>"),
        text=("<text>", "<body>", "<content>", "<leadpara>"),
        outlet=("<source>", "<publication>", "<outlet>", "<newspaper>"),
        author=("<byline>", "<author>"),
        published=("<date>", "<date_time>", "<pubdate>", "<docdate>", "<published>"),
    ),
)  # fmt: skip


def named(tree: etree._Element, names: tuple[str, ...]) -> Iterator[etree._Element]:
    """Elements inside that have the first of these names that any has, in order."""
    for name in names:
        found = False
        for element in tree.iterdescendants():
            if has_name(element, name):
                found = True
                yield element
        if found:
            return


def names_in(tree: etree._Element) -> set[str]:
    """Every name that an element of the page has."""
    names: set[str] = set()
    for element in tree.iter():
        if isinstance(element.tag, str):
            names.add(f"<{element.tag}>")
            names.update((element.get("class") or "")[:400].split())
    return names


def has_name(element: etree._Element, name: str) -> bool:
    """Whether an element is of a class, or of a tag in ``<>``."""
    if not isinstance(element.tag, str):
        return False
    if name.startswith("<"):
        return element.tag == name[1:-1]
    return name in (element.get("class") or "")[:400].split()
