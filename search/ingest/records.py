"""Frozen values between the readers and the database (no Django here)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from search.countries.mention import Mention
from search.dates.values import PublishedDate
from search.hashing import digest
from search.ingest.evidence import SplitEvidence
from search.languages.values import LanguagePart
from search.stories.comparing import Sketch

MAX_NAME_CHARACTERS = 255


@dataclass(frozen=True, slots=True)
class Source:
    """One version of a file: base name, the collection that scopes its ids, sha256 of its bytes,
    how it was read.

    ``order`` numbers the files of a run.
    """

    name: str
    collection: str
    content_hash: str
    format: str
    encoding: str
    order: int = 0

    @property
    def stored_name(self) -> str:
        """The name as far as the database keeps it."""
        return self.name[:MAX_NAME_CHARACTERS]


@dataclass(frozen=True, slots=True)
class Record:
    """An article as its file states it, cleaned; ``""`` where nothing is stated.

    Lines are 1-based and inclusive. ``date`` is set where the reader found it (a saved page); else
    ``published`` is what the record says, still to be read.
    """

    source: Source
    first_line: int
    last_line: int
    external_id: str
    title: str
    text: str
    outlet: str = ""
    outlet_country: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    date: PublishedDate | None = None
    #: Of an article of a saved page: how sure its boundaries and labels are, and the lines between that are not in its text.
    evidence: SplitEvidence | None = None
    left_out: tuple[int, ...] = ()
    #: Lines that go on a paragraph of the text, which begins on a line above.
    joined: tuple[int, ...] = ()
    #: Of a repost: who published it first, where that is another outlet.
    original_outlet: str = ""
    #: Of everything stated, lines aside: equal for an input that has not changed.
    input_hash: str = field(init=False)
    #: Of title and text, spacing and composition of characters aside.
    content_hash: str = field(init=False)

    def __post_init__(self) -> None:
        """Hash once what is asked for many times."""
        date = (self.date.iso or "", self.date.source, self.date.raw) if self.date else ()
        stated = (
            self.title, self.text, self.outlet, self.outlet_country, self.author, self.published, self.language, self.url,
        )  # fmt: skip
        # Only where there is one: hashes of records from before the field was there stay what they were.
        original = ("original outlet", self.original_outlet) if self.original_outlet else ()
        object.__setattr__(self, "input_hash", digest(*stated, *date, *original))
        object.__setattr__(self, "content_hash", content_hash(self.title, self.text))


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read: file base name, 1-based line where there is one, reason for
    people."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


@dataclass(frozen=True, slots=True)
class NoArticle:
    """Something that was read and is no article, such as a page that asks for a captcha: file base
    name, 1-based line where there is one, reason for people."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Labels:
    """What analysis adds to a record. ``language`` is ``""`` when undecided; its confidence is
    ``None`` when stated.

    ``about`` holds the countries the story is about, each with the reason; ``language_parts`` the
    passages of a text in several languages, empty for a text in one; ``sketch`` what its copies are
    known by.
    """

    language: str
    language_confidence: float | None
    published: PublishedDate
    mentions: tuple[Mention, ...] = field(default=())
    about: tuple[tuple[str, str], ...] = field(default=())
    language_parts: tuple[LanguagePart, ...] = field(default=())
    sketch: Sketch | None = None


def content_hash(title: str, text: str) -> str:
    """The hash by which repeats are known."""
    return digest(_plain(title), _plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
