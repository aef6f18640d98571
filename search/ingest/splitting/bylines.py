"""What a line near a title says about author, outlet and date: bylines, source lines, notices of
first publication."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from search.dates.calendars import FoundDate
from search.dates.months import weekday_names
from search.dates.reading import find_dates, pick_published
from search.dates.values import DateSource, Precision, PublishedDate
from search.folding import ascii_digits, fold
from search.names.outlets import has_honorific, has_outlet_word, is_known_outlet, outlet_key
from search.names.persons import MAX_NAME_WORDS, is_first_name, looks_like_name, role_of_name

from . import byline_forms as forms
from .lines import Line

MAX_BYLINE_CHARS = 170


@dataclass(frozen=True, slots=True)
class Credit:
    """What one line states. ``strong`` means that the line can be nothing else than a byline, date
    or source line."""

    author: str | None = None
    outlet: str | None = None
    published: PublishedDate | None = None
    original: str | None = None
    name: str | None = None
    by: bool = False
    source: bool = False
    strong: bool = False

    @property
    def states_something(self) -> bool:
        return any((self.author, self.outlet, self.published, self.original, self.name))


def is_bare_date(credit: Credit | None) -> bool:
    """Whether a line states a date and nothing else."""
    return bool(credit and credit.published and not (credit.author or credit.outlet or credit.name))


def read_credit(line: Line, language: str | None = None, today: date | None = None) -> Credit | None:
    """What ``line`` states as byline, date line or source line; ``None`` when it is text."""
    text = line.text
    if not text or len(text) > MAX_BYLINE_CHARS or line.is_url:
        return None
    if forms.TRANSLATOR.match(text) or forms.BARE_SOURCE.match(text):
        return Credit(strong=bool(forms.BARE_SOURCE.match(text)))
    source = forms.SOURCE.match(text)
    if source:
        return _from_source(source["name"], language, today)
    plain = ascii_digits(text)
    found = find_dates(plain, language=language, today=today)
    picked = pick_published(found, plain)
    published = None
    if picked and picked.day and (picked.precision is Precision.DAY or text[-1] not in "."):
        published = PublishedDate(picked.day, picked.precision, DateSource.STATED, text)
    rest = _without_dates(text, found)
    by = forms.BY.match(rest)
    if by is None and published is None:
        return None
    if by is None:
        return _from_date_line(rest, text, found, published)
    return _from_byline(rest[by.end() :], published)


def _without_dates(text: str, found: list[FoundDate]) -> str:
    """The line without dates, times, weekdays and the words that introduce them, segments kept
    apart."""
    pieces, last = [], 0
    for each in found:
        pieces.append(text[last : each.start])
        last = max(last, each.end)
    pieces.append(text[last:])
    rest = forms.META.sub(" | ", forms.TIME.sub(" | ", " | ".join(pieces))) if found else text
    if not found:
        return rest.strip()
    words = [word for word in rest.split() if fold(word).strip(".,،()[]") not in weekday_names() or len(word) < 2]
    return " ".join(words).strip()


def _from_source(name: str, language: str | None, today: date | None) -> Credit | None:
    """``Source: Press TV, October 5, 2020`` and the like; an address gives its site."""
    plain = ascii_digits(name)
    found = find_dates(plain, language=language, today=today)
    picked = pick_published(found, plain)
    published = None
    if picked and picked.day:
        published = PublishedDate(picked.day, picked.precision, DateSource.STATED, name)
    segments = _names_in(_without_dates(name, found))
    outlet = segments[0] if segments else None
    host = re.search(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)", name)
    if host and "." in name.split()[0]:
        outlet = host[1]
    if outlet is None or len(name) > 120 or not (looks_like_name(outlet) or host or _could_be_outlet(outlet)):
        return None
    return Credit(outlet=outlet, published=published, source=True, strong=True)


def _could_be_outlet(name: str) -> bool:
    """After "Source:" a name may have small words: Голос мола, El hilo rojo."""
    return len(name.split()) <= 5 and not name[0].islower() and not name[0].isdigit() and name[-1] not in ".!?؟:;"


def _names_in(rest: str) -> list[str]:
    """The segments of a line that could be names, labels such as "posted on" taken away."""
    names = []
    for segment in forms.SEGMENTS.split(rest):
        name = (segment or "").strip(" .*_-–—")
        if not (is_known_outlet(name) or (looks_like_name(name) and has_outlet_word(name))):
            name = " ".join(forms.LABELS.sub(" ", name).split())
        if len(name) > 1:
            names.append(name)
    return names


def _from_date_line(rest: str, text: str, found: list[FoundDate], published: PublishedDate | None) -> Credit | None:
    """A line of a date with a name or two: an outlet goes before its date, an author rather after
    it."""
    if len(rest) > 90:
        return None
    names = [name for name in _names_in(rest) if not forms.ACCOUNT.match(name)]
    if any(not looks_like_name(forms.BY.sub("", name)) for name in names) or len(names) > 4:
        return None
    by = next((index for index, name in enumerate(names) if forms.BY.match(name)), None)
    author = forms.BY.sub("", names.pop(by)) if by is not None else None
    if (
        names
        and published
        and published.precision is not Precision.DAY
        and author is None
        and not any(map(is_known_outlet, names))
    ):
        return None  # "A view of the port, May 2020" is a caption
    outlet = None
    position = text.find(names[0]) if names else -1
    for name in names:
        role = role_of_name(name)
        if (
            role == "outlet"
            and outlet is None
            and (len(name.split()) > 1 or is_known_outlet(name) or position < found[0].start)
        ):
            outlet = name
        elif role == "author" and author is None and outlet is None:
            if position < found[0].start and len(names) == 1 and not has_honorific(name) and not is_first_name(name):
                return Credit(published=published, name=name, strong=True)
            author = name
    return Credit(author=author, outlet=outlet, published=published, by=author is not None, strong=True)


def _from_byline(rest: str, published: PublishedDate | None) -> Credit | None:
    """``By Jane Doe for The Daily``, ``By Jane Doe, The Daily``, ``Posted on … by Jane Doe``."""
    if len(rest) > 130:
        return None
    outlet: str | None = None
    head = rest
    parts = forms.FOR.split(rest, maxsplit=1)
    if len(parts) == 2 and looks_like_name(parts[0].strip(" ,|–—-")):
        head = parts[0]
        names = _names_in(parts[1].split(" and friends")[0])
        outlet = names[0] if names and looks_like_name(names[0]) else None
    elif _is_generic(rest):
        return Credit(author=rest.strip(" |,.-–—"), published=published, by=True, strong=True)
    else:
        for name in _names_in(_after_first_name(rest)):
            if role_of_name(name) == "outlet" and (is_known_outlet(name) or has_outlet_word(name)):
                outlet = outlet or name
    author = forms.AFTER_NAME.sub("", head).strip(" |,.*_-–—:") if "." not in head[-2:] else head.strip(" |,*_-–—:")
    author = forms.TRAILING_LABELS.sub("", " ".join(author.split()))
    if not author or not looks_like_name(author):
        return None
    if outlet and outlet_key(outlet) == outlet_key(author):
        outlet = None
    return Credit(author=author, outlet=outlet, published=published, by=True, strong=True)


def _is_generic(rest: str) -> bool:
    words = [fold(word) for word in re.findall(r"\w+", rest)]
    return (
        bool(words)
        and len(words) <= 5
        and any(word in forms.GENERIC for word in words)
        and looks_like_name(rest.strip(" |,.-–—"))
    )


def _after_first_name(rest: str) -> str:
    match = re.search(r"[,|–—(]|\s-\s", rest)
    return rest[match.end() :] if match else ""


def read_origin(text: str) -> str | None:
    """The outlet that a notice names as the place of first publication."""
    match = forms.ORIGIN.search(text[:600])
    if not match:
        return None
    name = next(group for group in match.groups() if group)
    name = re.split(r"\s(?:on|in|and|with|under|as|where|by)\s(?=\S)|[,;:]", name.strip(), maxsplit=1)[0].strip(
        " .“”\"'’*"
    )
    return name if name and len(name.split()) <= MAX_NAME_WORDS else None


def read_copyright(text: str) -> tuple[str, ...]:
    """The names in a copyright notice, years taken away."""
    match = forms.COPYRIGHT.search(text[:600])
    # "© Agency" alone is whose the picture is.
    if not match or not (re.search(r"\d{4}", match[0]) or fold(match[0]).startswith("copyright")):
        return ()
    names = re.sub(
        r"\b(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)?\d{2})?\b|all rights reserved.*$",
        ",",
        match["names"],
        flags=re.IGNORECASE,
    )
    return tuple(name.strip(" .,©") for name in re.split(r"[,|]", names) if looks_like_name(name.strip(" .,©")))


def count_names(lines: list[Line]) -> Mapping[str, int]:
    """How often each short line that could be a name stands alone on the page, by its folded
    spelling."""
    counts: dict[str, int] = {}
    for line, count in Counter(lines).items():
        if 0 < len(line.text) <= 60 and looks_like_name(line.text):
            key = outlet_key(line.text)
            counts[key] = counts.get(key, 0) + count
    return counts
