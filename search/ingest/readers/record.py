"""What a reader found of an article becomes a Record, or it is said what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import Enum, auto
from typing import Any

from search.bounds import (
    MAX_AUTHOR_CHARACTERS,
    MAX_ID_CHARACTERS,
    MAX_OUTLET_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    MAX_URL_CHARACTERS,
)
from search.cleaning import clean_line, clean_text, first_line_title, is_web_address
from search.dates.values import PublishedDate
from search.exceptions import ReadError
from search.hashing import digest
from search.ingest.evidence import SplitEvidence
from search.ingest.readers.fields import is_article, with_known_names
from search.ingest.readers.mending import REMARK, mended
from search.ingest.readers.notes import Notes
from search.ingest.readers.publishers import outlet_and_original
from search.ingest.records import Record, Source


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the caller gives for records that do not state it."""

    outlet: str = ""
    #: Fields of records, each with the name of the key or column that holds it.
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """An article as its reader found it, not yet clean; ``""`` for what is not stated."""

    title: str = ""
    text: str = ""
    outlet: str = ""
    outlet_country: str = ""
    original_outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    url: str = ""


class OverLimit(Enum):
    """What becomes of an id, outlet or author that its column does not take: labels that a reader
    found are cut."""

    REFUSE = auto()
    CUT = auto()


KEYS = ("id", *(field.name for field in fields(Stated)))
_MENDED = ("title", "text", "outlet", "author")
_MAX_SHOWN = 20
_LIMITS = {
    "id": MAX_ID_CHARACTERS,
    "outlet": MAX_OUTLET_CHARACTERS,
    "original_outlet": MAX_OUTLET_CHARACTERS,
    "author": MAX_AUTHOR_CHARACTERS,
}


def article_record(
    stated: Stated,
    source: Source,
    gaps: Gaps,
    *,
    lines: tuple[int, int],
    external_id: str,
    over_limit: OverLimit,
    date: PublishedDate | None = None,
    evidence: SplitEvidence | None = None,
    left_out: tuple[int, ...] = (),
    joined: tuple[int, ...] = (),
) -> Record:
    """The record of an article.

    Args:
        stated: of it. An address that is too long still names its site.
        source: that it is in.
        gaps: filled where the article states nothing.
        lines: its first and its last.
        external_id: ``""`` to make one of what it says.
        over_limit: what to do then.
        date: where the reader found it.
        evidence: of its boundaries, where the reader had to find them.
        left_out: lines between these that are not in its text.
        joined: lines that go on a paragraph of its text.

    Raises:
        ReadError: nothing to read, or something over its limit.
    """
    text = clean_text(stated.text).strip()
    title = title_of(stated.title, text)
    external_id = _within("id", external_id, over_limit)
    stated_outlet = _within("outlet", clean_line(stated.outlet), over_limit)
    stated_original = _within("original_outlet", clean_line(stated.original_outlet), over_limit)
    author = _within("author", clean_line(stated.author), over_limit)
    url = clean_line(stated.url)
    outlet, original = outlet_and_original(stated=stated_outlet, original=stated_original, given=gaps.outlet, url=url)
    return Record(
        source=source,
        first_line=lines[0],
        last_line=lines[1],
        external_id=external_id or _made_id(outlet, title, text),
        title=title,
        text=text,
        outlet=outlet,
        outlet_country=clean_line(stated.outlet_country),
        author=author,
        published=clean_line(stated.published),
        language=clean_line(stated.language),
        url=url if len(url) <= MAX_URL_CHARACTERS else "",
        date=date,
        evidence=evidence,
        left_out=left_out,
        joined=joined,
        original_outlet=original,
    )


def checked_record(
    values: Mapping[str, Any], number: int, source: Source, gaps: Gaps, notes: Notes, *, last: int | None = None
) -> Record:
    """The record of a line or row with the values of `KEYS`; other keys are noted.

    Args:
        values: by key.
        number: of its first line.
        last: of its last line where that is another one.

    Raises:
        ReadError: nothing to read, a value of another type or over its limit.
    """
    place = f"{source.name}:{number}"
    for key in values.keys() - set(KEYS):
        notes.unknown_key(clean_line(key), place)
    stated = {key: _string(key, values.get(key)) for key in KEYS}
    for key in _MENDED:
        text = mended(stated[key])
        if text != stated[key]:
            notes.remark(REMARK, f"{place} {key}")
            stated[key] = text
    external_id = clean_line(stated.pop("id"))
    url = clean_line(stated["url"])
    is_left_out = bool(url) and (len(url) > MAX_URL_CHARACTERS or not is_web_address(url))
    if is_left_out:
        stated["url"] = ""
    record = article_record(
        Stated(**stated),
        source,
        gaps,
        lines=(number, last or number),
        external_id=external_id,
        over_limit=OverLimit.REFUSE,
    )
    if is_left_out:
        notes.remark("addresses that are not http(s) or too long, left out", place)
    return record


def named_record(values: Mapping[str, Any], number: int, source: Source, gaps: Gaps, notes: Notes) -> Record:
    """The record of an object whose keys may have other names than `KEYS`.

    Raises:
        ReadError: as of `checked_record`; where no key fits, with the keys that there are.
    """
    known = with_known_names(values, KEYS, gaps.names)
    if not known.get("title") and not known.get("text"):
        has_names = is_article(values) or not values
        raise ReadError("neither a title nor a text" if has_names else nothing_fits("key", values))
    return checked_record(known, number, source, gaps, notes)


def nothing_fits(what: str, names: Iterable[str]) -> str:
    """Why a record is none, with the names that there are, and what to do.

    Args:
        what: a name is: a key or a column.
        names: of them.
    """
    found = [repr(clean_line(name)[:40]) for name in names]
    more = f" and {len(found) - _MAX_SHOWN} more" if len(found) > _MAX_SHOWN else ""
    shown = ", ".join(found[:_MAX_SHOWN]) or "none"
    return f"no {what} is named as a title or a text ({what}s: {shown}{more}). Remedy: say which is, as --map text=NAME"


def title_of(stated: str, text: str) -> str:
    """The title as stated, else the first line of the text. Raises ReadError where there is
    neither, or it is too long."""
    title = clean_line(stated) or first_line_title(text)
    if not title:
        raise ReadError("neither a title nor a text")
    if len(title) > MAX_TITLE_CHARACTERS:
        raise ReadError(f"the title has {len(title):,} characters, more than {MAX_TITLE_CHARACTERS:,}")
    return title


def kind_of(value: object) -> str:
    """What a value of JSON is, for people."""
    if value is None:
        return "null"
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return kinds[type(value)]


def _within(key: str, value: str, over_limit: OverLimit) -> str:
    limit = _LIMITS[key]
    if len(value) <= limit:
        return value
    if over_limit is OverLimit.REFUSE:
        raise ReadError(f"{key!r} has {len(value):,} characters, more than {limit:,}")
    return value[:limit]


def _string(key: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ReadError(f"{key!r} is not a string but {kind_of(value)}")


def _made_id(outlet: str, title: str, text: str) -> str:
    """An id for a record without one: a hash of what it says.

    The outlet counts: the same text of another outlet is another article. The address does not: all
    posts of a channel may share one, and would overwrite each other.
    """
    return "sha:" + digest(outlet.casefold(), title, text)[:16]
