"""Lines that a page's form shows to be no text, whatever they say and in any language: what comes
again and again between its articles, appeals with an address or an amount, notices of rights,
headings run together with a last sentence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from itertools import islice, pairwise

from search.folding import fold

from .boilerplate import Boilerplate
from .bylines import Credit
from .lines import Line, of_each

MAX_REPEATED_CHARS = 900  # longer lines are text even where a page has them twice
MAX_APPEAL_CHARS = 400
_MOST_PARAGRAPHS = 2  # of an appeal or a notice
_TITLE_WORDS = 4
_NEAR_WORDS = 3  # a heading of so few words that shares one with a known heading is one too
_ADDRESS = re.compile(
    r"(?<!\S)\S[^\s@]*+@\S+\.\w|https?://|\bwww\.|(?:^|\s)@\w{3,}|\b[A-Z]{2}\d{2}(?: ?[\dA-Z]{4}){3,}|\b\d{4}(?: \d{4}){2,}"
    r"|(?:^|\s)\+\d[\d ()-]{7,}",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[$€£¥₽₺₹﷼]\s?\d|\d\s?[$€£¥₽₺₹﷼]")
_RIGHTS = re.compile(r"^\W*(?:©|\(c\)\s|copyright\b)|©\s*(?:\d{4}|\S+ \d{4})", re.IGNORECASE)
_GLUED = re.compile(r"[.!?؟…][\"”»’)]*(?P<heading>[^\W\d_][^.!?؟:;,]{2,39})$")


def glued_headings(lines: Sequence[Line], filled: Sequence[int]) -> dict[int, int]:
    """Where a heading is run together with a line's last sentence: index → number of characters it
    takes.

    Nothing stands between full stop and heading (a space does in text), or the same words stand
    there on several lines.
    """
    sizes = of_each(lines, _glued_size)
    return {index: size for index in filled if (size := sizes[lines[index]])}


def _glued_size(line: Line) -> int:
    match = _GLUED.search(line.text[-80:])
    if match is None:
        return 0
    heading = match["heading"]
    is_one = not heading[0].islower() and len(heading.split()) <= 5 and len(heading) < len(line.text) - 10
    return len(heading) if is_one else 0


def mark_repeated_lines(
    lines: Sequence[Line],
    filled: Sequence[int],
    boilerplate: list[Boilerplate | None],
    credits: Sequence[Credit | None],
) -> None:
    """Put `Boilerplate.REPEATED` and what else form and place tell into ``boilerplate`` where it
    has nothing yet."""
    free = [index for index in filled if boilerplate[index] is None and credits[index] is None]
    rights = of_each((lines[index] for index in free), _states_rights)
    for index in free:
        if rights[lines[index]]:
            boilerplate[index] = Boilerplate.COPYRIGHT
    repeated = _repeated(lines, filled, boilerplate, credits) | _menu(lines, filled)
    for index in repeated:
        boilerplate[index] = Boilerplate.REPEATED
    _mark_near(lines, filled, boilerplate, credits, repeated)
    _mark_appeals(lines, filled, boilerplate, credits)


def _states_rights(line: Line) -> bool:
    return len(line.text) <= MAX_APPEAL_CHARS and _RIGHTS.search(line.text) is not None


def _menu(lines: Sequence[Line], filled: Sequence[int]) -> set[int]:
    """Labels of a few words that stand twice, one under the other, above the first text of a
    page."""
    found: set[int] = set()
    for before, index, after in zip(filled, islice(filled, 1, None), islice(filled, 2, None), strict=False):
        if lines[index].is_prose or lines[after].is_prose:
            break
        if lines[index].words <= _NEAR_WORDS and lines[index].folded == lines[before].folded:
            found |= {before, index}
    return found


def _key(line: Line) -> str:
    """What repeats of a line share; counters and dates in it differ."""
    return re.sub(r"\d+", "0", fold(line.text))


def _repeated(
    lines: Sequence[Line],
    filled: Sequence[int],
    boilerplate: Sequence[Boilerplate | None],
    credits: Sequence[Credit | None],
) -> set[int]:
    """Lines that come twice or more and stand, as a rule, between a text and what is no text.

    What stands under titles (an outlet, a dateline) or above text (a speaker, a subhead) comes
    again too, and stays; so does the title of a text to which the page has links.
    """
    places: dict[str, list[int]] = defaultdict(list)
    kept = [
        place
        for place, index in enumerate(filled)
        if boilerplate[index] is None and credits[index] is None and len(lines[index].text) <= MAX_REPEATED_CHARS
    ]
    keys = of_each((lines[filled[place]] for place in kept), _key)
    for place in kept:
        places[keys[lines[filled[place]]]].append(place)
    often = {
        place: key
        for key, those in places.items()
        if len(those) >= 2 and all(after - before > 1 for before, after in pairwise(those))
        for place in those
    }
    runs = _runs(often)
    little: dict[int, bool] = {}
    votes: Counter[str] = Counter()
    below: dict[int, bool] = {}
    for place in sorted(often):
        below[place] = _is_below_text(lines, filled, boilerplate, place, below)
        first, last = runs[place]
        between = below[place] and _is_above_no_text(lines, filled, boilerplate, last)
        if between and lines[filled[place]].is_prose:
            if first not in little:
                little[first] = _is_little(lines, filled, first, last)
            between = little[first]
        votes[often[place]] += 1 if between else -1
    titles = {title for those in places.values() if len(those) >= 2 for title in _linked_title(lines, filled, those)}
    return {filled[place] for place, key in often.items() if votes[key] > 0 and place not in titles}


def _runs(often: Mapping[int, str]) -> dict[int, tuple[int, int]]:
    """The first and the last of the neighbours of each of these places, which there are none
    between."""
    runs: dict[int, tuple[int, int]] = {}
    ordered = sorted(often)
    start = 0
    for at, place in enumerate(ordered, start=1):
        if at == len(ordered) or ordered[at] != place + 1:
            runs.update(dict.fromkeys(ordered[start:at], (ordered[start], place)))
            start = at
    return runs


def _is_little(lines: Sequence[Line], filled: Sequence[int], first: int, last: int) -> bool:
    """Whether repeated paragraphs are few, and stand under two that are not: text that the page has
    twice is more."""
    repeated = sum(lines[index].is_prose for index in filled[first : last + 1])
    above = filled[max(0, first - 2) : first]
    return repeated <= _MOST_PARAGRAPHS and len(above) == 2 and all(lines[index].weight >= 40 for index in above)


def _linked_title(lines: Sequence[Line], filled: Sequence[int], places: Sequence[int]) -> list[int]:
    """Of the places of a line the one above a text, where the others are links to it."""
    if not lines[filled[places[0]]].can_be_title or lines[filled[places[0]]].words < _TITLE_WORDS:
        return []
    above = [place for place in places if any(lines[index].is_prose for index in filled[place + 1 : place + 3])]
    return above if len(above) == 1 else []


def _is_below_text(
    lines: Sequence[Line],
    filled: Sequence[int],
    boilerplate: Sequence[Boilerplate | None],
    place: int,
    below: Mapping[int, bool],
) -> bool:
    if place == 0:
        return True
    before = filled[place - 1]
    if place - 1 in below:
        return below[place - 1]
    return boilerplate[before] is not None or lines[before].is_prose or lines[before].ends_sentence


def _is_above_no_text(
    lines: Sequence[Line],
    filled: Sequence[int],
    boilerplate: Sequence[Boilerplate | None],
    last: int,
) -> bool:
    if last + 1 >= len(filled):
        return True
    after = filled[last + 1]
    return boilerplate[after] is not None or not lines[after].is_prose


def _mark_near(
    lines: Sequence[Line],
    filled: Sequence[int],
    boilerplate: list[Boilerplate | None],
    credits: Sequence[Credit | None],
    repeated: Set[int],
) -> None:
    """Headings like those that were found, once only: "More videos" on a page full of "More
    stories"."""
    words = {
        word
        for line in {lines[index] for index in repeated}
        if line.words <= _NEAR_WORDS and not line.is_prose
        for word in re.findall(r"\w{4,}", line.folded)
    }
    for place, index in enumerate(filled[1:], start=1) if words else ():
        line = lines[index]
        if boilerplate[index] is not None or credits[index] is not None or line.words > _NEAR_WORDS or line.is_prose:
            continue
        after = filled[place + 1] if place + 1 < len(filled) else None
        between = lines[filled[place - 1]].is_prose or boilerplate[filled[place - 1]] is not None
        if between and (after is None or not lines[after].is_prose) and words & set(re.findall(r"\w+", line.folded)):
            boilerplate[index] = Boilerplate.REPEATED


def _mark_appeals(
    lines: Sequence[Line],
    filled: Sequence[int],
    boilerplate: list[Boilerplate | None],
    credits: Sequence[Credit | None],
) -> None:
    """Lines of an address or an amount where the text is over: no more of it follows before
    something else does."""
    free = (lines[index] for index in filled if boilerplate[index] is None and credits[index] is None)
    appeals = of_each(free, _appeal)
    for place in range(len(filled) - 1, 0, -1):
        index = filled[place]
        if boilerplate[index] is not None or credits[index] is not None:
            continue
        appeal = appeals[lines[index]]
        if appeal is None:
            continue
        after = filled[place + 1] if place + 1 < len(filled) else None
        over = after is None or boilerplate[after] is not None or not lines[after].is_prose
        opened = boilerplate[filled[place - 1]] not in (None, Boilerplate.MEDIA, Boilerplate.LINK)
        if opened or (over and appeal == "address"):
            boilerplate[index] = Boilerplate.SHARE


def _appeal(line: Line) -> str | None:
    if len(line.text) > MAX_APPEAL_CHARS:
        return None
    if _ADDRESS.search(line.text):
        return "address"
    return "amount" if _AMOUNT.search(line.text) else None
