"""Bytes or text of a page into a tree, within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from search.exceptions import ReadError
from search.ingest.files.encodings import UTF8, decode_stated
from search.ingest.limits import MAX_PAGE_TAGS, MAX_TAG_ATTRIBUTES, PAGE_HEAD_BYTES

_LONG_TAG = 2 * MAX_TAG_ATTRIBUTES
# Possessive: what was passed is not tried again.
_START_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+(?:["']\s*+)?([\w:.-]{2,40})""", re.IGNORECASE)
# Windows' code pages as people spell them.
_WINDOWS = re.compile(r"^(?:cp|win|windows|x-cp)[-_ ]?(\d{3,4})$")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Browsers read these as the larger sets that pages so labelled are really written in.
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254",
          "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "iso-8859-11": "cp874",
          "tis-620": "cp874"}  # fmt: skip


def stated_charset(data: bytes) -> str | None:
    """The encoding that a page's ``meta`` element states, as Python knows it."""
    match = _CHARSET.search(data[:PAGE_HEAD_BYTES])
    if match is None:
        return None
    return known_charset(match[1].decode("ascii", "replace"))


def known_charset(name: str) -> str | None:
    """An encoding's name as browsers mean it; ``None`` for none and for one that is not of text."""
    plain = _WINDOWS.sub(r"cp\1", name.strip().lower())
    meant = _MEANT.get(plain, plain)
    try:
        # Python has codecs that are no encodings of text, such as base64; decoding nothing succeeds in any.
        b"-".decode(meant, "replace")
    except (LookupError, ValueError):
        return None
    return meant


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """A page as text, and the encoding it was read in; ``guessed`` where nothing states it."""

    text: str
    encoding: str
    guessed: bool = False


def decode_page(data: bytes, *, charset: str = "") -> DecodedPage:
    """The page as text: byte order mark, then UTF-8 where it fits, then what is stated unless
    the bytes contradict it, then a guess.

    Args:
        data: the page's bytes.
        charset: what the server stated beside the page.

    Raises:
        ReadError: the bytes are no text.
    """
    decoded = decode_stated(data, known_charset(charset) or stated_charset(data))
    return DecodedPage(decoded.text, decoded.encoding, guessed=decoded.guessed and decoded.encoding != UTF8)


def parse_page(page: bytes | str) -> etree._Element:
    """The tree of a page.

    Raises:
        ReadError: no text, no markup, more tags than a page has, or nested deeper than the parser
            goes.
    """
    text = decode_page(page).text if isinstance(page, bytes) else page
    tags = text.count("<")
    if tags > MAX_PAGE_TAGS:
        raise ReadError(f"the page has {tags:,} tags, more than {MAX_PAGE_TAGS:,}")
    if not tags or not text.strip():
        raise ReadError("no HTML: there is no tag in it")
    _check_attributes(text)
    # lxml takes no text that states an encoding of its own, and no control characters.
    data = _CONTROL.sub("", _DECLARATION.sub("", text)).encode(UTF8, "replace")
    parser = lxml_html.HTMLParser(
        encoding=UTF8, remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False
    )
    try:
        tree = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"no HTML that can be read: {error}") from error
    for entry in parser.error_log.filter_from_fatals():
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            if "depth" in entry.message:
                raise ReadError("the page nests its tags deeper than the 256 levels that are read")
            raise ReadError("one text or attribute of the page is larger than 10 MB")
    return tree


def _check_attributes(text: str) -> None:
    """Refuse a tag with so many attributes that the parser, which compares each with all, would
    take minutes."""
    for match in _START_TAG.finditer(text):
        if match.end() - match.start() <= _LONG_TAG:
            continue
        outside = _QUOTED.sub("", match[0])
        count = max(outside.count("="), len(outside.split()))
        if count > MAX_TAG_ATTRIBUTES:
            raise ReadError(f"a tag of the page has some {count:,} attributes, more than {MAX_TAG_ATTRIBUTES:,}")


_BREAKING = frozenset(
    [
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "td",
        "dt",
        "dd",
        "section",
        "header",
    ]
)
_HIDDEN = frozenset(["script", "style", "noscript", "template", "svg"])


def text_of(element: etree._Element) -> str:
    """The text that an element shows, on one line; scripts and styles are left out, blocks stand
    apart."""
    return " ".join("".join(pieces_of(element, _BREAKING, _HIDDEN, " ")).replace("\u00ad", "").split())


def pieces_of(element: etree._Element, breaking: frozenset[str], hidden: frozenset[str], mark: str) -> Iterator[str]:
    """The texts inside an element in order, without those of ``hidden`` elements, ``mark`` around
    ``breaking`` ones."""
    depth = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        tag = each.tag
        if event == "start":
            depth += tag in hidden
            if tag in breaking:
                yield mark
            if each.text and not depth:
                yield each.text
            continue
        depth -= tag in hidden
        if tag in breaking:
            yield mark
        if each is not element and each.tail and not depth:
            yield each.tail
