"""Outlet, author and date of an article: from its head, and where that is silent from the lines
under the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.dates.dateline import read_dateline
from search.dates.values import PublishedDate
from search.folding import fold
from search.ingest.evidence import Cue, Evidence
from search.names.outlets import has_outlet_word, is_known_outlet, outlet_key

from .boilerplate import Boilerplate
from .bylines import read_copyright, read_origin
from .heads.head import Head
from .lines import Line
from .page import Page

_EMBED = re.compile(r"https?://(?:www\.)?([\w.-]+)/\S*/embed/")
_BELOW, _DATELINE, _COPYRIGHT, _ORIGIN, _EMBEDDED, _AS_AUTHOR = 0.85, 0.85, 0.8, 0.7, 0.6, 0.6
_MASTHEAD = 0.75


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

    def because(self, label: str, confidence: float, cue: str, line: int | None) -> None:
        """Note why a label is what it is."""
        self.evidence[label] = Evidence(confidence, (Cue(cue, line),))


def read_labels(page: Page, head: Head, stop: int, end: int) -> tuple[PageLabels, list[Cue]]:
    """The labels of the article whose text ends before ``stop`` and whose part of the page ends
    before ``end``; notes."""
    labels = PageLabels(head.outlet, head.author, head.published, head.original, dict(head.evidence))
    notes: list[Cue] = []
    _read_below(page, head, labels, notes, stop, end)
    _read_masthead(page, head, labels)
    author = labels.author
    if (
        author
        and labels.outlet is None
        and (is_known_outlet(author) or has_outlet_word(author))
        and not _is_desk(author)
    ):
        labels.outlet = author
        labels.because("outlet", _AS_AUTHOR, "named as the author", None)
    if labels.author and labels.outlet and outlet_key(labels.author) == outlet_key(labels.outlet):
        labels.author = None
        labels.evidence.pop("author", None)
    if labels.published is None:
        _date_of_dateline(page, head, stop, labels)
    return labels, notes


def _read_masthead(page: Page, head: Head, labels: PageLabels) -> None:
    """The name at the top of the page goes for all its articles that name no outlet; the date under
    it for the first one."""
    masthead = page.masthead
    if masthead is None:
        return
    if labels.outlet is None:
        labels.outlet = masthead.outlet
        labels.because("outlet", _MASTHEAD, "name at the top of the page", masthead.indexes[0] + 1)
    credit = page.credits[masthead.indexes[-1]]
    is_first = page.filled[len(masthead.indexes)] == head.title
    if labels.published is None and is_first and credit is not None and credit.published is not None:
        labels.published = credit.published
        labels.because("date", _MASTHEAD, "date at the top of the page", masthead.indexes[-1] + 1)


def _read_below(page: Page, head: Head, labels: PageLabels, notes: list[Cue], stop: int, end: int) -> None:
    where = None
    copyrights: tuple[str, ...] = ()
    noticed = None
    commented = False  # names and dates of comments are not the article's
    for index in range(stop, end):
        line, credit = page.lines[index], page.credits[index]
        commented = commented or page.boilerplate[index] is Boilerplate.COMMENTS
        if credit is not None and credit.states_something and not commented:
            if labels.outlet is None and credit.outlet:
                labels.outlet = credit.outlet
                labels.because("outlet", _BELOW, "source named under the text", index + 1)
            if labels.published is None and credit.published:
                labels.published = credit.published
                labels.because("date", _BELOW, "date under the text", index + 1)
            if labels.author is None and credit.by:
                labels.author = credit.author
                labels.because("author", _BELOW, "author under the text", index + 1)
        if page.boilerplate[index] in (Boilerplate.ORIGIN, Boilerplate.COPYRIGHT) or (
            page.boilerplate[index] is Boilerplate.SHARE and len(line.text) < 400
        ):
            if labels.original is None and (named := read_origin(line.text)):
                labels.original, where = named, index + 1
                notes.append(Cue(f"first published by {named}", index + 1))
            if not copyrights and (copyrights := read_copyright(line.text)):
                noticed = index + 1
    if labels.outlet is not None:
        return
    _outlet_of_embeds(page, head, end, labels)
    known = next((name for name in copyrights if is_known_outlet(name) or has_outlet_word(name)), None)
    if labels.outlet is None and known is not None:
        labels.outlet = known
        labels.because("outlet", _COPYRIGHT, "notice of rights", noticed)
    elif labels.outlet is None and labels.original is not None:
        labels.outlet = labels.original
        labels.because("outlet", _ORIGIN, "first published there, and no republisher named", where)


def _date_of_dateline(page: Page, head: Head, stop: int, labels: PageLabels) -> None:
    first = next((index for index in range(head.body, stop) if page.is_prose(index)), None)
    if first is None:
        return
    published = read_dateline(page.lines[first].text, today=page.today)
    if published is not None:
        labels.published = published
        labels.because("date", _DATELINE, "dateline", first + 1)


def _is_desk(author: str) -> bool:
    return any(word in ("desk", "staff", "agencies", "editor") for word in fold(author).replace(",", " ").split())


def _outlet_of_embeds(page: Page, head: Head, end: int, labels: PageLabels) -> None:
    """The site whose own articles are embedded: its name as the page writes it, else its domain."""
    hosts = Counter(
        match[1].lower()
        for index in range(head.body, end)
        if page.boilerplate[index] is Boilerplate.LINK and (match := _EMBED.search(page.lines[index].text[:1_000]))
    )
    if len(hosts) != 1:
        return
    host = next(iter(hosts))
    labels.outlet = _spelling(page.lines[head.title : end], host.split(".")[0]) or host
    labels.because("outlet", _EMBEDDED, f"articles of {host} embedded", None)


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
