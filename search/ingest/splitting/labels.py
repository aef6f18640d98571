"""Outlet, author and date of an article: from its head, and where that is silent from the lines
under the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, NamedTuple, TypeVar

from search.dates.dateline import read_dateline
from search.dates.values import PublishedDate
from search.folding import fold
from search.ingest.evidence import Cue, Evidence
from search.names.outlets import has_outlet_word, is_known_outlet, outlet_key

from .boilerplate import Boilerplate
from .bylines import Credit, read_copyright, read_origin
from .heads.head import Head
from .label_rules import How, Label, evidence_of_label
from .lines import Line
from .page import Page

_EMBED = re.compile(r"https?://(?:www\.)?([\w.-]+)/\S*/embed/")
Value = TypeVar("Value")
_MAX_SHARE_CHARS = 400  # of an appeal that may say where an article was first published; longer ones are text
_DESKS = frozenset({"desk", "staff", "agencies", "editor"})  # authors such as "News Desk", which are no outlets
_EMBED_CHARS = 1_000  # of a link


@dataclass(slots=True)
class PageLabels:
    """What an article states; ``evidence`` by ``outlet``, ``author`` and ``date`` where there is
    one.

    ``original`` is who published it first, where that is said.
    """

    outlet: str | None
    author: str | None
    published: PublishedDate | None
    original: str | None
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """The lines that may state the labels of an article, besides those of its head."""

    page: Page
    head: Head
    stop: int
    """The text ends before this index."""
    end: int
    """Its part of the page ends before this one."""
    credits: tuple[tuple[int, Credit], ...]
    """Index and credit of the lines under the text, down to the comments: names and dates there are not the article's."""
    origin: Found[str] | None
    copyrights: tuple[tuple[str, ...], int] | None
    """The names in the first notice of rights under the text, and the number of its line."""
    author: str | None


class Found(NamedTuple, Generic[Value]):
    """A label, and the number of the line that states it, where it is one."""

    value: Value
    line: int | None
    site: str = ""
    """Whose articles show it."""


class LabelCue(NamedTuple, Generic[Value]):
    """A row of a table: where else than in the head a label may be stated. How sure that is says
    `LABEL_RULES`."""

    find: Callable[[Asked], Found[Value] | None]
    how: How


def _outlet_below(asked: Asked) -> Found[str] | None:
    return next((Found(credit.outlet, index + 1) for index, credit in asked.credits if credit.outlet), None)


def _author_below(asked: Asked) -> Found[str] | None:
    below = ((credit.author, index + 1) for index, credit in asked.credits if credit.by)
    return next((Found(author, line) for author, line in below if author is not None), None)


def _date_below(asked: Asked) -> Found[PublishedDate] | None:
    return next((Found(credit.published, index + 1) for index, credit in asked.credits if credit.published), None)


def _outlet_of_embeds(asked: Asked) -> Found[str] | None:
    """The site whose own articles are embedded: its name as the page writes it, else its domain."""
    host = _embedded_host(asked)
    if host is None:
        return None
    name = _spelling(asked.page.lines[asked.head.title : asked.end], host.split(".")[0])
    return Found(name or host, None, host)


def _outlet_of_notice(asked: Asked) -> Found[str] | None:
    names, line = asked.copyrights or ((), 0)
    return next((Found(name, line) for name in names if _is_outlet(name)), None)


def _outlet_of_origin(asked: Asked) -> Found[str] | None:
    return asked.origin


def _outlet_at_top(asked: Asked) -> Found[str] | None:
    """The name at the top of the page goes for all its articles that name no outlet."""
    masthead = asked.page.masthead
    return Found(masthead.outlet, masthead.indexes[0] + 1) if masthead is not None else None


def _date_at_top(asked: Asked) -> Found[PublishedDate] | None:
    """The date under that name goes for the first article."""
    page, masthead = asked.page, asked.page.masthead
    if masthead is None or page.filled[len(masthead.indexes)] != asked.head.title:
        return None
    credit = page.credits[masthead.indexes[-1]]
    if credit is None or credit.published is None:
        return None
    return Found(credit.published, masthead.indexes[-1] + 1)


def _author_is_outlet(asked: Asked) -> Found[str] | None:
    author = asked.author
    return Found(author, None) if author and _is_outlet(author) and not _is_desk(author) else None


def _date_of_dateline(asked: Asked) -> Found[PublishedDate] | None:
    page = asked.page
    first = next((index for index in range(asked.head.body, asked.stop) if page.is_prose(index)), None)
    if first is None:
        return None
    published = read_dateline(page.lines[first].text, today=page.today)
    return Found(published, first + 1) if published is not None else None


#: Asked in this order where the head states none; the first that states one counts.
AUTHOR_CUES = (LabelCue(_author_below, How.BELOW),)
OUTLET_CUES = (
    LabelCue(_outlet_below, How.BELOW),
    LabelCue(_outlet_of_embeds, How.EMBEDDED),
    LabelCue(_outlet_of_notice, How.NOTICE),
    LabelCue(_outlet_of_origin, How.ORIGIN),
    LabelCue(_outlet_at_top, How.TOP_OF_PAGE),
    LabelCue(_author_is_outlet, How.AUTHOR),
)
DATE_CUES = (
    LabelCue(_date_below, How.BELOW),
    LabelCue(_date_at_top, How.TOP_OF_PAGE),
    LabelCue(_date_of_dateline, How.DATELINE),
)


def read_labels(page: Page, head: Head, stop: int, end: int) -> tuple[PageLabels, list[Cue]]:
    """The labels of the article whose text ends before ``stop`` and whose part of the page ends
    before ``end``; notes."""
    labels = PageLabels(head.outlet, head.author, head.published, head.original, dict(head.evidence))
    asked = _asked(page, head, stop, end)
    if labels.author is None:
        labels.author = _first("author", AUTHOR_CUES, asked, labels)
        asked = replace(asked, author=labels.author)
    if labels.outlet is None:
        labels.outlet = _first("outlet", OUTLET_CUES, asked, labels)
    if labels.published is None:
        labels.published = _first("date", DATE_CUES, asked, labels)
    if labels.author and labels.outlet and outlet_key(labels.author) == outlet_key(labels.outlet):
        labels.author = None
        labels.evidence.pop("author", None)
    if asked.origin is None or labels.original is not None:
        return labels, []
    labels.original = asked.origin.value
    return labels, [Cue(f"first published by {labels.original}", asked.origin.line)]


def _first(label: Label, cues: Sequence[LabelCue[Value]], asked: Asked, labels: PageLabels) -> Value | None:
    """What the first cue that states the label says; why is noted."""
    for cue in cues:
        found = cue.find(asked)
        if found is not None:
            labels.evidence[label] = evidence_of_label(label, cue.how, found.line, found.site)
            return found.value
    return None


def _asked(page: Page, head: Head, stop: int, end: int) -> Asked:
    credits: list[tuple[int, Credit]] = []
    origin: Found[str] | None = None
    copyrights: tuple[tuple[str, ...], int] | None = None
    commented = False
    for index in range(stop, end):
        credit = page.credits[index]
        commented = commented or page.boilerplate[index] is Boilerplate.COMMENTS
        if credit is not None and credit.states_something and not commented:
            credits.append((index, credit))
        if _may_be_notice(page, index):
            text = page.lines[index].text
            if origin is None and (named := read_origin(text)):
                origin = Found(named, index + 1)
            if copyrights is None and (names := read_copyright(text)):
                copyrights = names, index + 1
    return Asked(page, head, stop, end, tuple(credits), origin, copyrights, head.author)


def _may_be_notice(page: Page, index: int) -> bool:
    noise = page.boilerplate[index]
    if noise is Boilerplate.SHARE:
        return len(page.lines[index].text) < _MAX_SHARE_CHARS
    return noise in (Boilerplate.ORIGIN, Boilerplate.COPYRIGHT)


def _is_outlet(name: str) -> bool:
    return is_known_outlet(name) or has_outlet_word(name)


def _is_desk(author: str) -> bool:
    return any(word in _DESKS for word in fold(author).replace(",", " ").split())


def _embedded_host(asked: Asked) -> str | None:
    """The site of the articles that are embedded, if they are of one site."""
    page = asked.page
    hosts = {
        match[1].lower()
        for index in range(asked.head.body, asked.end)
        if page.boilerplate[index] is Boilerplate.LINK
        and (match := _EMBED.search(page.lines[index].text[:_EMBED_CHARS]))
    }
    return next(iter(hosts)) if len(hosts) == 1 else None


def _spelling(lines: Sequence[Line], label: str) -> str | None:
    """Words with capitals on these lines that together spell a domain's label: ``syrianews`` is
    ``Syria News``."""
    for line in lines:
        words = re.findall(r"\w+", line.text[:2_000])
        for start in range(len(words)):
            joined = ""
            for width, word in enumerate(words[start : start + 5], start=1):
                joined += fold(word)
                if joined == label and all(each[0].isupper() for each in words[start : start + width]):
                    return " ".join(words[start : start + width])
                if not label.startswith(joined):
                    break
    return None
