"""The name of a newspaper or site at the top of a page, above the first headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.names.outlets import has_outlet_word, is_known_outlet
from search.names.persons import looks_like_name

from .boilerplate import Boilerplate
from .bylines import Credit
from .lines import Line

_MOST_WORDS = 4
_HEADLINE_WORDS = 3
_LIST = re.compile(r"[,،;؛|/>]")  # sections of a site, not its name


@dataclass(frozen=True, slots=True)
class Masthead:
    """A name, and the indexes of its lines: the name's and that of a date under it."""

    outlet: str
    indexes: tuple[int, ...]


def find_masthead(
    lines: Sequence[Line],
    filled: Sequence[int],
    boilerplate: Sequence[Boilerplate | None],
    credits: Sequence[Credit | None],
) -> Masthead | None:
    """The masthead of a page, if it has one.

    The first line is an outlet's name and nothing else, perhaps with a date under it; then a blank
    line, and a headline with a byline or text under it. Without the blank line or the headline the
    name is the title of what follows.
    """
    if len(filled) < 4 or boilerplate[filled[0]] is not None or not _is_name(lines[filled[0]].text):
        return None
    taken = [filled[0]]
    if _is_date(credits[filled[1]]):
        taken.append(filled[1])
    headline, below = filled[len(taken)], filled[len(taken) + 1]
    is_headline = (
        headline > taken[-1] + 1
        and boilerplate[headline] is None
        and credits[headline] is None
        and lines[headline].can_be_title
        and lines[headline].words >= _HEADLINE_WORDS
    )
    if not is_headline or not (credits[below] is not None or lines[below].is_prose):
        return None
    return Masthead(lines[filled[0]].text.strip(), tuple(taken))


def _is_name(text: str) -> bool:
    if len(text.split()) > _MOST_WORDS or not looks_like_name(text.strip()) or _LIST.search(text):
        return False
    return is_known_outlet(text) or has_outlet_word(text)


def _is_date(credit: Credit | None) -> bool:
    return credit is not None and credit.published is not None and not (credit.author or credit.outlet or credit.by)
