"""Invented saved pages in eight languages and many layouts, each with the labels of the articles
that it holds.

The articles are in ``texts/``, what stands around them in `surroundings`. The rules for splitting
were written with the pages of the languages in `LOOKED_AT` at hand; the pages of the others were
only scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import cycle
from pathlib import Path

from .scoring import Gold
from .surroundings import DATES, SURROUNDINGS, Surroundings

LOOKED_AT = ("en", "ar", "ru", "fr")
LANGUAGES = tuple(SURROUNDINGS)
_TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Topic:
    """The title and the paragraphs of an article."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass
class Page:
    """A page while it is put together."""

    name: str
    lines: list[str] = field(default_factory=list)
    gold: list[Gold] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What was saved."""
        return "\n".join(self.lines) + "\n"

    def add(self, *lines: str, gap: int = 1) -> None:
        """Lines, each with ``gap`` blank ones after it."""
        for line in lines:
            self.lines += [line, *[""] * gap]

    def article(
        self, topic: Topic, *head: str, title: str = "", gap: int = 1, glued: str = "", **labels: str | None
    ) -> None:
        """A title, the lines of its head and its paragraphs; ``glued`` is written at the end of the
        last one."""
        start = len(self.lines) + 1
        self.add(title or topic.title, *head, *topic.paragraphs[:-1], gap=gap)
        last = len(self.lines) + 1
        self.add(topic.paragraphs[-1] + glued, gap=gap)
        self.gold.append(Gold(self.name, start, last, **labels))


@lru_cache(maxsize=len(LANGUAGES))
def topics(language: str) -> tuple[Topic, ...]:
    """The invented articles in one language."""
    blocks = (_TEXTS / f"{language}.txt").read_text(encoding="utf-8").split("# ")[1:]
    found = tuple(Topic(lines[0], tuple(lines[1:])) for lines in (block.strip().split("\n") for block in blocks))
    assert len(found) >= 3, f"{language}.txt has too few articles"
    return found


def pages() -> Iterator[tuple[str, Page]]:
    """Every page with its language; a page of several languages goes by its first."""
    for number, language in enumerate(LANGUAGES):
        for layout in (*_LAYOUTS, _SINGLES[number % len(_SINGLES)], _SINGLES[(number + 1) % len(_SINGLES)]):
            page = Page(f"{language} {layout.__name__.strip('_')}")
            layout(page, language, SURROUNDINGS[language])
            yield language, page


def _outlets_and_links(page: Page, language: str, site: Surroundings) -> None:
    """The outlet under each title; below the text links to other articles under a heading that
    comes again."""
    found = topics(language)
    for number, (topic, outlet) in enumerate(zip(found, cycle(site.outlets[:2]))):
        page.article(topic, outlet, outlet=outlet)
        page.add(site.links)
        near = {number, (number + 1) % len(found)}
        page.add(*[other.title for place, other in enumerate(found) if place not in near][:2], gap=0)
        page.add("")


def _bylines_and_biographies(page: Page, language: str, site: Surroundings) -> None:
    """Author and date under the title; a biography, an appeal and a button below."""
    for topic, author, (written, day) in zip(topics(language), cycle(site.authors), cycle(_dates(site))):
        page.article(topic, site.by.format(author), written, author=author, date=day)
        page.add("*", site.biography.format(author), site.appeal, site.button)


def _titles_only(page: Page, language: str, _site: Surroundings) -> None:
    """Nothing but titles and texts, with more space before a title."""
    for topic in topics(language):
        page.article(topic)
        page.add("", "", gap=0)


def _titles_only_evenly_spaced(page: Page, language: str, _site: Surroundings) -> None:
    """Nothing but titles and texts, everything a blank line apart."""
    for topic in topics(language):
        page.article(topic)


def _no_blank_lines(page: Page, language: str, site: Surroundings) -> None:
    """Titles, dates and texts without a blank line."""
    for topic, (written, day) in zip(topics(language), cycle(_dates(site))):
        page.article(topic, written, gap=0, date=day)
        page.add(site.read_on, gap=0)


def _mixed_languages(page: Page, language: str, site: Surroundings) -> None:
    """Every other article in another language, sources below."""
    second = LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]
    if (language in LOOKED_AT) != (second in LOOKED_AT):
        second = next(each for each in LANGUAGES if (each in LOOKED_AT) == (language in LOOKED_AT))
    for pair in zip(topics(language)[:3], topics(second)[:3], strict=True):
        for topic, own in zip(pair, (language, second), strict=True):
            outlet = SURROUNDINGS[own].outlets[0]
            page.article(topic, outlet=outlet)
            page.add(SURROUNDINGS[own].source.format(outlet))


def _captions_and_comments(page: Page, language: str, site: Surroundings) -> None:
    """A no-break space before a title's last word, a caption under it, comments and an address
    below."""
    for topic, (written, day) in zip(topics(language), cycle(_dates(site))):
        title = "\u00a0".join(topic.title.rsplit(" ", 1))
        page.article(topic, f"{written} | {site.authors[0]}", title=title, author=site.authors[0], date=day)
        page.add(site.button, site.address, site.comments, *site.remarks)


def _capitals(page: Page, language: str, site: Surroundings) -> None:
    """Titles in capitals where the script has them, first published elsewhere."""
    for topic, outlet in zip(topics(language), cycle(site.outlets)):
        page.article(topic, title=topic.title.upper(), outlet=outlet)
        page.add(site.first_published.format(outlet))


def _glued_heading(page: Page, language: str, site: Surroundings) -> None:
    """The heading of the links runs on from the last sentence; outlets under the titles."""
    for topic in topics(language):
        page.article(topic, site.outlets[0], glued=site.links, outlet=site.outlets[0])
        page.add(site.outlets[2] + " 2", gap=2)


def _mails(page: Page, language: str, site: Surroundings) -> None:
    """A round-up of mails."""
    for topic, day in zip(topics(language), cycle(DATES)):
        page.add("From: list@posts.example", f"Date: {day}", gap=0)
        page.article(topic, title=f"Subject: {topic.title}", date=day)
        page.add("-- ", site.address)


def _long_article(page: Page, language: str, site: Surroundings) -> None:
    """One article with subheads, quotations and a list."""
    found = topics(language)[0]
    heads = [" ".join(topic.title.split()[:4]) for topic in topics(language)[1:3]]
    text = [found.title, site.by.format(site.authors[1]), *found.paragraphs, heads[0]]
    text += [*found.paragraphs[1:], *[f"- {paragraph[:60]}" for paragraph in found.paragraphs], heads[1]]
    text += [*found.paragraphs[::-1]]
    page.gold.append(Gold(page.name, 1, 2 * len(text) - 1, author=site.authors[1]))
    page.add(*text, site.appeal, site.button)


def _interview(page: Page, language: str, site: Surroundings) -> None:
    """Questions and answers, the questions on lines of their own."""
    found = topics(language)
    text = [found[0].title, *found[0].paragraphs[:2]]
    for topic in found[:3]:
        for paragraph, asked in zip(topic.paragraphs[:2], topic.paragraphs[2:], strict=True):
            text += [f"{asked.split(',')[0].rstrip('.')[:70]}?", paragraph]
    page.gold.append(Gold(page.name, 1, 2 * len(text) - 1))
    page.add(*text)


def _dates(site: Surroundings) -> list[tuple[str, str]]:
    return list(zip(site.dates, DATES, strict=True))


_Layout = Callable[[Page, str, Surroundings], None]
_LAYOUTS: tuple[_Layout, ...] = (
    _outlets_and_links, _bylines_and_biographies, _titles_only, _titles_only_evenly_spaced, _no_blank_lines,
    _mixed_languages, _captions_and_comments, _capitals, _glued_heading, _mails,
)  # fmt: skip
_SINGLES: tuple[_Layout, ...] = (_long_article, _interview)
