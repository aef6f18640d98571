"""Readers and rules take hostile lines of 1,000 to 100,000 characters in work that grows with the
line, not its square.

What `re` and the libraries do inside cannot be counted from Python, so the measure is time of the
processor spent by this process, not the clock on the wall: other processes don't change it. A line
of 100,000 characters may take `ENOUGH`, which work that grows with the square (five thousand
million steps) cannot keep; what takes longer must take at most `GROWTH` times what a tenth of the
line takes. What never ends is stopped by a timer of the same time.
"""

from __future__ import annotations

import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path
from types import FrameType

import pytest

from search.admin.excerpts import excerpt
from search.analysis.terms import token_texts
from search.cleaning import clean_line, clean_text, first_line_title, is_web_address
from search.countries.dateline import dateline_mentions
from search.countries.detector import detect_mentions
from search.dates import dateline, reading
from search.dates.addresses import date_from_url
from search.dates.values import DateSource
from search.exceptions import QueryError, ReadError
from search.ingest.files.inputs import find_inputs
from search.ingest.files.kinds import READ_FORMATS, format_of, stem_of
from search.ingest.readers.feed import _SEPARATOR as FEED_SEPARATOR
from search.ingest.readers.fields import field_of
from search.ingest.readers.fragments import fragment_text, looks_like_html
from search.ingest.readers.intake import Intake
from search.ingest.readers.notes import Notes
from search.ingest.readers.sniffing import format_by_content
from search.ingest.splitting import boilerplate, bylines, lines
from search.ingest.splitting.split import split_page
from search.ingest.splitting.titles.looks import strip_label
from search.ingest.storing import outlets
from search.ingest.webpages.authors import clean_author, looks_personal
from search.ingest.webpages.jsonld import parse_json
from search.ingest.webpages.page import read_web_page
from search.ingest.webpages.plain import plain
from search.ingest.webpages.saving import saved_from
from search.ingest.webpages.sites import key
from search.ingest.workers import Labeller
from search.languages import detect, passages
from search.languages.scripts import script_of
from search.languages.tags import normalise_language
from search.names import outlets as outlet_names
from search.names import sites
from search.names.persons import looks_like_name, role_of_name
from search.query.language import MAX_QUERY_CHARACTERS, parse_query
from search.query.patterns import pattern_words
from search.query.values import read_period
from search.stories.comparing.words import words
from tests.ingest.readers.test_formats import docx_bytes, mail, pdf_bytes, xlsx_bytes
from tests.ingest.readers.warcs import page, response

from .hostile import Hostile

# Coverage would count its own work.
pytestmark = pytest.mark.no_cover

SIZES = (59, 1_000, 10_000, 100_000)  # characters; some rules look at short lines only
ENOUGH = 0.5  # seconds of the processor for the largest line
GROWTH = 30  # times, for ten times the line
ENDLESS = 2.0  # seconds of the processor, after which a line is given up
PIECES = (
    " ", ".", "- ", "_", "=", '"', "(", "[", "<a ", "&", "|", "a", "A. ", "ABC ", "a@", "1 ", "12/", "2020-10-12 ", "中。",
    "ا", "aا中 ", "By John Smith, ", "http://a/", "© 2020 ", "accessed at\t", "AND ", "\u0301", "'",
)  # fmt: skip


def _line(text: str) -> lines.Line:
    return lines.Line(text, text)


def _line_features(text: str) -> None:
    line = _line(text)
    for name in (
        "weight",
        "script",
        "words",
        "folded",
        "is_prose",
        "is_url",
        "is_upper",
        "has_glued_last_word",
        "can_be_title",
    ):
        getattr(line, name)


def _query(text: str) -> None:
    with suppress(QueryError):
        parse_query(text[: MAX_QUERY_CHARACTERS + 1].replace("title:", "a:"), "all")


def _web_page(text: str) -> None:
    with suppress(ReadError):  # such as too many tags
        read_web_page(f"<html><title>Port {text}</title><p>{text}</p><p class=byline>{text}</p></html>")


RULES: dict[str, Callable[[str], object]] = {
    "features of a line": _line_features,
    "lines of a page": lines.read_lines,
    "boilerplate": lambda text: (boilerplate.classify(_line(text)), boilerplate.is_biography(_line(text))),
    "mail headers": lambda text: boilerplate.mail_headers([_line(text)] * 2),
    "byline": lambda text: bylines.read_credit(_line(text)),
    "a byline's end": lambda text: bylines.read_credit(_line(f"By {text}"[:169])),
    "source line": lambda text: bylines.read_credit(_line(f"Source: {text}"[:169])),
    "origin": bylines.read_origin,
    "copyright": lambda text: bylines.read_copyright(f"copyright {text}"),
    "name": lambda text: (looks_like_name(text), role_of_name(text)),
    "dates": lambda text: reading.find_dates(text[:200]),
    "one date": lambda text: reading.read_date(text, language="en", source=DateSource.STATED),
    "date in an address": date_from_url,
    "dateline": dateline.read_dateline,
    "places of a dateline": dateline_mentions,
    "dateline after a place": lambda text: dateline_mentions(f"AA {text}"),
    "language": detect.detect_language,
    "language tag": normalise_language,
    "script": script_of,
    "passages": lambda text: passages.language_parts(text, "en"),
    "countries": lambda text: detect_mentions(text[:200], text, "en"),
    "outlet name": lambda text: (outlet_names.outlet_key(text), outlet_names.has_outlet_word(text)),
    "honorific": outlet_names.has_honorific,
    "outlet key": lambda text: (outlets.spelling_key(text), outlets.loose_key(text)),
    "site": lambda text: (sites.host_of(text), is_web_address(text)),
    "label of a title": strip_label,
    "cleaning": lambda text: (clean_text(text), clean_line(text), first_line_title(text)),
    "column name": field_of,
    "file name": lambda text: (format_of(Path(text)), stem_of(Path(text))),
    "file content": lambda text: format_by_content(text.encode()),
    "fragment": lambda text: (looks_like_html(text), fragment_text(text)),
    "plain text": plain,
    "author": lambda text: (clean_author(text), looks_personal(text[:1_000])),
    "site name": key,
    "JSON-LD": lambda text: list(parse_json(f'{{"@type":{text}')),
    "saved from": lambda text: saved_from(f"<!-- saved from url={text}"),
    "feed title": FEED_SEPARATOR.split,
    "words of a story": words,
    "words of the index": token_texts,
    "pattern in a query": lambda text: pattern_words(text[:1_000]),
    "query": _query,
    "period in a query": read_period,
    "excerpt": lambda text: excerpt(text, len(text) // 2, len(text) // 2 + 1),
    "page of text": lambda text: split_page(
        f"A Harbour Is Opened\nBy Nino Example\n{text}\nIt was opened on Monday.\n"
    ),
    "web page": _web_page,
}


class _Over(BaseException):
    """The time of the processor is spent. Not an `Exception`, which libraries catch."""


@contextmanager
def _budget(seconds: float) -> Iterator[None]:
    def over(_signal: int, _frame: FrameType | None) -> None:
        raise _Over

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _spent(rule: Callable[[str], object], text: str, budget: float) -> float:
    """Seconds of the processor; `inf` for what is given up."""
    began = time.process_time()
    try:
        with _budget(budget):
            rule(text)
    except _Over:
        return float("inf")
    return time.process_time() - began


def _too_long(rule: Callable[[str], object], piece: str) -> str | None:
    line = Hostile("", piece, "a")
    for size in SIZES[:-1]:
        if _spent(rule, line.line(size), ENDLESS) > ENDLESS / 2:
            return f"{piece!r}: no end with {size:,} characters"
    large = _spent(rule, line.line(SIZES[-1]), ENDLESS)
    if large <= ENOUGH:
        return None
    small = min(_spent(rule, line.line(SIZES[-2]), ENDLESS) for _ in range(3))
    return f"{piece!r}: {small:.3f} s, then {large:.3f} s" if large > GROWTH * max(small, 0.01) else None


@pytest.mark.parametrize("name", RULES)
def test_a_rule_takes_no_more_than_linear_work_for_hostile_lines(name: str) -> None:
    rule = RULES[name]
    rule("Tables and models are loaded by the first call, 5 October 2020.")
    assert [told for piece in PIECES if (told := _too_long(rule, piece))] == []


def test_the_measure_sees_a_pattern_that_explodes() -> None:
    once_in_boilerplate = re.compile(r"^(?:[\W_]{1,3}|(?:[\W_]\s?){3,}|x{3,}|o0o)$")
    line = Hostile("", "- ", "a").line(60)
    assert _spent(once_in_boilerplate.match, line, 0.5) == float("inf")
    assert _too_long(re.compile(r"^(?:\s*\s*)\|").match, " ") is not None
    assert _too_long(json.dumps, "a") is None


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
READERS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "text": (
        "a.txt",
        lambda text: f"A Harbour Is Opened\nBy Nino Example\n{text}\nIt was opened on Monday.\n".encode(),
    ),
    "html": ("a.html", lambda text: f"<html><title>Port {text}</title><h1>Port</h1><p>{text}</p></html>".encode()),
    "jsonl": (
        "a.jsonl",
        lambda text: json.dumps({"title": "Port", "text": text, "author": text, "date": text}).encode(),
    ),
    "json": ("a.json", lambda text: json.dumps([{"title": "Port", "text": text, "date": text}]).encode()),
    "csv": ("a.csv", lambda text: f"title,text,author,date\nPort,{text},{text},{text}\n".encode()),
    "feed": (
        "a.rss",
        lambda text: (
            f"<rss><channel><title>{escape(text)}</title><item><title>Port</title>"
            f"<description>{escape(text)}</description></item></channel></rss>"
        ).encode(),
    ),
    "warc": ("a.warc", lambda text: response("https://coast.example/1", page(f"Port {text}"))),
    "mail": ("a.eml", lambda text: bytes(mail("Port", text, html=f"<p>{escape(text)}</p>"))),
    "mhtml": (
        "a.mhtml",
        lambda text: f"Subject: Port\nContent-Type: text/html\n\n<title>Port</title><p>{escape(text)}</p>".encode(),
    ),
    "docx": ("a.docx", lambda text: docx_bytes(_CONTROL.sub("", text), heading="A Harbour Is Opened")),
    "xlsx": ("a.xlsx", lambda text: xlsx_bytes([["title", "text"], ["Port", _CONTROL.sub("", text)[:32_000]]])),
    "markdown": ("a.md", lambda text: f"---\ntitle: Port\n---\n{text}\n".encode()),
    "ris": ("a.ris", lambda text: f"TY  - NEWS\nTI  - Port\nAB  - {text}\nER  - \n".encode()),
    "bibtex": ("a.bib", lambda text: f"@misc{{a, title = {{Port}}, abstract = {{{text}}}}}\n".encode()),
    "pdf": ("a.pdf", lambda text: pdf_bytes("A Harbour Is Opened", text.replace("(", "[").replace(")", "]"))),
    "rtf": ("a.rtf", lambda text: f"{{\\rtf1 A Harbour Is Opened\\par {text}\\par}}".encode()),
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_no_more_than_linear_work_for_hostile_lines(name: str, tmp_path: Path) -> None:
    file, write = READERS[name]

    def read(text: str) -> None:
        path = tmp_path / file
        path.write_bytes(write(text))
        inputs = find_inputs([path], "auto", "")
        with Labeller(1) as labeller:
            assert list(Intake("", Notes(), [], labeller).items(inputs.files))

    read("The harbour was opened.")
    assert [told for piece in PIECES[::3] if (told := _too_long(read, piece))] == []


def test_every_format_has_a_hostile_file() -> None:
    assert set(READERS) == set(READ_FORMATS)
