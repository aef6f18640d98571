"""The lines of a page with what each of them is, before any article is looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from search.languages.detect import detect_language

from .boilerplate import Boilerplate, Phrases, classify, is_biography, mail_headers
from .bylines import Credit, count_names, read_credit, read_origin
from .cohesion import Cohesion
from .lines import Line, of_each, read_lines, wrapped_lines
from .masthead import find_masthead
from .page import Page
from .repeated_lines import glued_headings, mark_repeated_lines

MIN_GAPS = 5  # between paragraphs, to know what is usual


def read_page_lines(text: str, today: date | None, phrases: Phrases, lines: Sequence[Line] | None = None) -> Page:
    """The page that a text is; ``lines`` are its lines where they were put together from it."""
    lines = list(read_lines(text) if lines is None else lines)
    language = detect_language(text).code
    filled = [index for index, line in enumerate(lines) if line.text]
    kinds = of_each(lines, lambda line: classify(line, phrases))
    boilerplate: list[Boilerplate | None] = [kinds[line] for line in lines]
    for index in mail_headers(lines):
        boilerplate[index] = Boilerplate.MAIL
    credits = _credits(lines, filled, boilerplate, language, today)
    free = [index for index in filled if boilerplate[index] is None and credits[index] is None]
    origins = of_each((lines[index] for index in free), lambda line: len(line.text) <= 300 and read_origin(line.text))
    for index in free:
        if origins[lines[index]]:
            boilerplate[index] = Boilerplate.ORIGIN
    glued = glued_headings(lines, filled)
    masthead = find_masthead(lines, filled, boilerplate, credits)
    for index in masthead.indexes if masthead else ():
        boilerplate[index] = Boilerplate.REPEATED
    mark_repeated_lines(lines, filled, boilerplate, credits)
    for place, index in enumerate(filled[:-1]):
        # A headline with an address under it is a link to another article.
        following = filled[place + 1]
        if (
            boilerplate[following] is Boilerplate.LINK
            and lines[index].can_be_title
            and not lines[index].is_prose
            and boilerplate[index] is None
            and place
        ):
            boilerplate[index] = Boilerplate.LINK
    biographies = of_each(lines, lambda line: is_biography(line, phrases))
    page = Page(
        lines=lines,
        boilerplate=boilerplate,
        credits=credits,
        names=count_names(lines),
        filled=filled,
        position={index: place for place, index in enumerate(filled)},
        wrapped=frozenset(wrapped_lines(lines)),
        glued=glued,
        biographies=frozenset(index for index in filled if biographies[lines[index]]),
        today=today,
        masthead=masthead,
    )
    prose = [index for index in filled if page.is_prose(index)]
    return replace(page, cohesion=Cohesion.of(lines, prose), usual_gap=_usual_gap(page, prose))


def _credits(
    lines: Sequence[Line],
    filled: Sequence[int],
    boilerplate: Sequence[Boilerplate | None],
    language: str | None,
    today: date | None,
) -> list[Credit | None]:
    """What each line states as byline, date line or source line; of notices of rights only bylines
    are taken."""
    credits: list[Credit | None] = [None] * len(lines)
    asked = [index for index in filled if boilerplate[index] in (None, Boilerplate.COPYRIGHT)]
    read = of_each((lines[index] for index in asked), lambda line: read_credit(line, language, today))
    for index in asked:
        credit = read[lines[index]]
        if credit is not None and (boilerplate[index] is None or credit.by):
            credits[index] = credit
    return credits


def _usual_gap(page: Page, prose: Sequence[int]) -> int:
    """Blank lines between two paragraphs that follow one another; so many that no gap is wider
    where that varies."""
    gaps = Counter(
        after - before - 1 for before, after in pairwise(prose) if page.position[after] - page.position[before] == 1
    )
    usual, count = max(gaps.items(), key=lambda item: item[1], default=(0, 0))
    return usual if count >= MIN_GAPS and count * 10 >= gaps.total() * 9 else len(page.lines)
