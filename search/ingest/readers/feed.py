"""RSS and Atom files: one article an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import feedparser

from search.bounds import MAX_OUTLET_CHARACTERS
from search.cleaning import clean_line
from search.exceptions import ReadError
from search.ingest.files.encodings import UTF8, Decoded, decode_stated
from search.ingest.files.opening import OpenedFile, read_whole
from search.ingest.limits import MAX_FEED_BYTES, MAX_FEED_SECONDS
from search.ingest.readers.fragments import fragment_text
from search.ingest.readers.html import MIN_TEXT_FOR_DETECTION, joined_authors
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps, checked_record
from search.ingest.readers.shared_ids import SHARED_ID, id_of_its_own
from search.ingest.records import Failure, NoArticle, Record, Source
from search.ingest.time_limit import PageTooSlow, time_limit
from search.ingest.webpages.authors import clean_author
from search.ingest.webpages.markup import known_charset
from search.ingest.webpages.plain import plain
from search.ingest.webpages.sites import names_host

_ENTITY = re.compile(r"<!ENTITY\s", re.IGNORECASE)
_STATED = re.compile(rb"""^\s*+<\?xml[^>]{0,200}?encoding\s*+=\s*+["']([\w:.-]{2,40})""")
_DECLARED = re.compile(r"^\ufeff?\s*+<\?xml[^>]{0,200}\?>")
# Of the ampersands that makers of feeds forgot to escape, those that a library would complete to an entity.
_AMPERSAND = re.compile(r"&(?!#?\w{1,32};)")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_SEPARATOR = re.compile(r"(?<!\s)\s++[-–—|·•:»>]++\s++|(?:(?<!\s)\s++)?+[|｜»]\s*+")
_FEED_WORDS = re.compile(r"\b(?:RSS|Atom)(?:\s*2\.0)?(?:[\s-]*feeds?)?\b|\bfeeds?$", re.IGNORECASE)
# In a WordPress export: kinds of entries that are no texts (a site may have kinds of its own that are), and states in
# which an entry is not public.
_NO_POSTS = frozenset(
    ["attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request", "wp_block",
     "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family", "wp_font_face", "acf-field",
     "acf-field-group"]
)  # fmt: skip
_NOT_PUBLIC = frozenset(["draft", "auto-draft", "pending", "trash", "future"])
# What systems of blogs put after each text.
_TAIL = re.compile(
    r"^(?:The post .{1,400} appeared first on .{1,200}|.{0,40}\[?(?:\.\.\.|…|&#8230;)\]?\s*Read more.{0,40})$",
    re.IGNORECASE,
)


def read_feed(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure | NoArticle]:
    """Records and failures in the order of the entries; an entry's line is its number.

    A feed is read whole, so its size is bounded. Entities of its own are refused: they may unfold
    without end.
    """
    try:
        decoded = _decoded(read_whole(opened.stream, MAX_FEED_BYTES, "feed"))
        parsed = _parsed(decoded.text)
    except ReadError as error:
        yield Failure(source.name, error.line, error.reason)
        return
    if decoded.guessed:
        notes.encoding(source.name, decoded.encoding)
    source = replace(source, encoding=decoded.encoding)
    feed = parsed.feed
    outlet = _outlet(plain(feed.get("title", "")), feed.get("link", ""))
    number = 0
    shared = _shared_ids(parsed.entries)
    for number, entry in enumerate(parsed.entries, 1):
        reason = _why_no_article(entry)
        if reason:
            yield NoArticle(source.name, number, reason)
            continue
        values = _values(entry, feed, outlet)
        if values["id"] in shared:
            values["id"] = id_of_its_own(values["id"], values["title"], values["text"])
            notes.remark(SHARED_ID, f"{source.name}:{number}")
        try:
            yield checked_record(values, number, source, gaps, notes)
        except ReadError as error:
            yield Failure(source.name, number, error.reason)
    trouble = parsed.get("bozo_exception")
    if not number:
        reason = f": {' '.join(str(trouble).split())[:200]}" if trouble else ""
        yield Failure(source.name, None, f"the feed has no entries{reason}")
    elif trouble is not None and not isinstance(
        trouble, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    ):
        notes.remark("feeds that are not well formed, read as far as possible", source.name)


def _why_no_article(entry: Any) -> str:
    """Why an entry of a blog's export is none; ``""`` for an article. Feeds that state neither kind
    nor status have articles only."""
    kind, status = str(entry.get("wp_post_type") or ""), str(entry.get("wp_status") or "")
    if kind in _NO_POSTS:
        return f"an entry of the kind {clean_line(kind)[:40]!r} of a blog's export, no article"
    if status in _NOT_PUBLIC:
        return f"an entry of the status {clean_line(status)[:40]!r} of a blog's export, not published"
    return ""


def _decoded(data: bytes) -> Decoded:
    stated = _STATED.match(data)
    return decode_stated(data, known_charset(stated[1].decode("ascii", "replace")) if stated else None)


def _parsed(text: str) -> Any:
    if _ENTITY.search(text):
        raise ReadError("the feed declares entities of its own, which are refused: they may unfold without end")
    try:
        with time_limit(MAX_FEED_SECONDS):
            # It is a text now: what it states of its bytes is past.
            data = _with_ampersands(_DECLARED.sub("", text, count=1)).encode(UTF8, "replace")
            return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except PageTooSlow:
        raise ReadError(f"reading the feed takes longer than {MAX_FEED_SECONDS:.0f} s") from None
    except (RecursionError, ValueError, LookupError, AssertionError) as error:
        raise ReadError(f"no feed that can be read: {error}") from error


def _with_ampersands(text: str) -> str:
    """A feed with the ampersands that were forgotten to be escaped."""
    pieces: list[str] = []
    at = 0
    while (start := text.find(_CDATA, at)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        pieces += [_AMPERSAND.sub("&amp;", text[at:start]), text[start:end]]
        at = end
    return "".join([*pieces, _AMPERSAND.sub("&amp;", text[at:])])


def _shared_ids(entries: Sequence[Any]) -> frozenset[str]:
    """Ids that entries share which are not the same article, by title and address."""
    seen: dict[str, tuple[str, str]] = {}
    shared = set()
    for entry in entries:
        name = entry.get("id", "")
        said = (entry.get("title", ""), entry.get("link", ""))
        if name and seen.setdefault(name, said) != said:
            shared.add(name)
    return frozenset(shared)


def _values(entry: Any, feed: Any, outlet: str) -> dict[str, str]:
    """An entry as a record's values."""
    text = _text(entry)
    language = entry.get("language") or feed.get("language") or ""
    return {
        "id": entry.get("id", ""),
        "title": plain(entry.get("title", "")),
        "text": text,
        "outlet": outlet[:MAX_OUTLET_CHARACTERS],
        "author": joined_authors(_authors(entry)),
        "published": entry.get("published") or entry.get("created") or entry.get("updated") or "",
        # Makers of feeds often leave it as they found it: a text that can be looked at says it better.
        "language": language if len(text) < MIN_TEXT_FOR_DETECTION else "",
        "url": entry.get("link", ""),
    }


def _text(entry: Any) -> str:
    """The longest of the contents and the summary."""
    pieces = [each.get("value", "") for each in entry.get("content", ())] + [entry.get("summary", "")]
    text = max((fragment_text(piece) for piece in pieces if piece), key=len, default="")
    lines = text.split("\n")
    while lines and _TAIL.match(lines[-1]):
        lines.pop()
    return "\n".join(lines)


def _authors(entry: Any) -> tuple[str, ...]:
    stated = [each.get("name", "") for each in entry.get("authors", ())] or [entry.get("author", "")]
    names = (clean_author(name) for name in stated)
    return tuple(dict.fromkeys(name for name in names if name))


def _outlet(title: str, link: str) -> str:
    """The outlet's name in a feed's title, which often has the section's too: the part that the
    feed's host repeats."""
    title = _FEED_WORDS.sub("", title).strip(" -–—|·•:»>")
    parts = [part.strip() for part in _SEPARATOR.split(title) if part and part.strip()]
    return next((part for part in parts if names_host(part, link)), title)
