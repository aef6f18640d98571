"""Lines of a saved page that are no part of any article: related links, sharing, donations,
comments, navigation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from . import boilerplate_phrases
from .boilerplate_phrases import alternatives
from .lines import Line, of_each


class Boilerplate(StrEnum):
    """What a line is instead of text."""

    RELATED = "related"
    READ_ALSO = "read also"
    MAIL = "mail header"
    MEDIA = "media"
    SHARE = "share"
    COMMENTS = "comments"
    SOURCE = "source"
    ORIGIN = "origin"
    COPYRIGHT = "copyright"
    TAGS = "tags"
    NAVIGATION = "navigation"
    SEPARATOR = "separator"
    LINK = "link"
    SIGN_OFF = "sign-off"
    FOOTER = "footer"
    REPEATED = "furniture"  # the value stands in stored evidence


# After these an article is over as a rule; a call to read another one stands inside articles too.
ENDING = frozenset(set(Boilerplate) - {Boilerplate.MEDIA, Boilerplate.LINK, Boilerplate.READ_ALSO})
_SHORT = 70  # characters; a heading of a block is no longer
_NEVER = re.compile(r"(?!)")
_SENTENCE = 900  # an appeal to the readers may be a paragraph


def _heading(table: str) -> re.Pattern[str]:
    """A whole line, give or take punctuation and arrows around it."""
    return re.compile(rf"^\W*(?:{alternatives(table)})\W*$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The wordings by which lines are known, compiled; `Phrases()` leaves only what shows by form
    and place."""

    headings: tuple[tuple[Boilerplate, re.Pattern[str]], ...] = ()
    sentences: tuple[tuple[Boilerplate, re.Pattern[str]], ...] = ()
    glued: re.Pattern[str] = _NEVER
    inline: re.Pattern[str] = _NEVER
    imperative: re.Pattern[str] = _NEVER
    tags: re.Pattern[str] = _NEVER
    biography: re.Pattern[str] = _NEVER


PHRASES = Phrases(
    headings=(
        (Boilerplate.RELATED, _heading(boilerplate_phrases.RELATED)),
        (Boilerplate.COMMENTS, _heading(boilerplate_phrases.COMMENTS)),
        (Boilerplate.MEDIA, _heading(boilerplate_phrases.MEDIA)),
        (Boilerplate.NAVIGATION, _heading(boilerplate_phrases.NAVIGATION)),
        (Boilerplate.SHARE, _heading(boilerplate_phrases.SHARE)),
    ),
    # Parts of appeals and notices; a line of any of them is boilerplate if it is not longer than a paragraph.
    sentences=(
        (Boilerplate.SHARE, re.compile(alternatives(boilerplate_phrases.SHARE_APPEALS))),
        (Boilerplate.COMMENTS, re.compile(alternatives(boilerplate_phrases.COMMENT_FORMS))),
        (Boilerplate.COPYRIGHT, re.compile(alternatives(boilerplate_phrases.COPYRIGHTS))),
        (
            Boilerplate.FOOTER,
            re.compile(r"<span>|&nbsp;|blog at wordpress|create a free website|powered by|proudly powered|%d"),
        ),
    ),
    glued=re.compile(
        r"[.!?؟:]\s?(?:related (?:videos?|news|articles?|posts?)|video player|read more|اقرأ أيضا)\W*$", re.IGNORECASE
    ),
    inline=re.compile(rf"^\W*(?:{alternatives(boilerplate_phrases.READ_ALSO_LABELS)})\s*[:：|>»-].{{3,200}}$"),
    imperative=re.compile(rf"^\W*(?:{alternatives(boilerplate_phrases.READ_ALSO_VERBS)})\b"),
    tags=re.compile(rf"^\W*(?:{alternatives(boilerplate_phrases.TAG_LABELS)})\s*[:：].{{0,300}}$"),
    biography=re.compile(alternatives(boilerplate_phrases.BIOGRAPHIES)),
)

_MAIL = re.compile(
    r"^(?:from|to|cc|bcc|date|sent|reply-to|subject|de|para|à|objet|asunto|fecha|von|an|datum"
    r"|betreff|от|кому|дата|тема|من|إلى|التاريخ|الموضوع|kimden|kime|tarih|konu)\s?:\s?\S",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^(?:subject|objet|asunto|assunto|betreff|тема|konu|الموضوع|موضوع)\s?:", re.IGNORECASE)
_SEPARATOR = re.compile(r"^(?:[\W_]+|x{3,}|o0o)$", re.IGNORECASE)
_INITIALS = re.compile(
    r"^\W*[A-Z]{1,4}(?:\s?[/,\-–]\s?[A-Z]{1,4}){1,3}\W*$|^\W*\(?(?:end|ends|END|-30-|###|انتهى|اهـ|ا\.هـ)\)?\W*$"
)
_LONG_BIO = 700


def classify(line: Line, phrases: Phrases = PHRASES) -> Boilerplate | None:
    """What kind of boilerplate a line is, by itself; ``None`` for text (and for biographies, which
    depend on their place)."""
    if line.is_blank:
        return None
    if line.is_url:
        return Boilerplate.LINK
    size = len(line.text)
    if size <= 60 and _SEPARATOR.match(line.text):
        return Boilerplate.SEPARATOR
    if size <= _SHORT + 40 and _INITIALS.match(line.text):
        return Boilerplate.SIGN_OFF
    return _by_phrase(line, phrases) if size <= _SENTENCE else None


def _by_phrase(line: Line, phrases: Phrases) -> Boilerplate | None:
    size, folded = len(line.text), line.folded
    if size <= _SHORT + 40:
        for kind, pattern in phrases.headings:
            if (size <= _SHORT or kind is Boilerplate.COMMENTS) and pattern.match(folded):
                return (
                    Boilerplate.READ_ALSO if kind is Boilerplate.RELATED and phrases.imperative.match(folded) else kind
                )
        if phrases.glued.search(line.text):
            return Boilerplate.RELATED
    if size <= 300 and phrases.tags.match(folded):
        return Boilerplate.TAGS
    if size <= 240 and phrases.inline.match(folded):
        return Boilerplate.READ_ALSO
    for kind, pattern in phrases.sentences:
        if pattern.search(folded) and (kind is not Boilerplate.COPYRIGHT or size <= 400):
            return kind
    return None


def is_biography(line: Line, phrases: Phrases = PHRASES) -> bool:
    """Whether a line tells who an author is; only in the tail of an article does that make it
    boilerplate."""
    return 0 < len(line.text) <= _LONG_BIO and phrases.biography.search(line.folded) is not None


def mail_headers(lines: list[Line]) -> set[int]:
    """Indexes of the header lines of mails: next to a subject line, two or more together; the
    subject itself is not one."""
    found: set[int] = set()
    block: list[int] = []
    heads = of_each(lines, lambda line: _MAIL.match(line.text[:80]) is not None)
    for index, line in enumerate(lines):
        if heads[line]:
            block.append(index)
        elif block:
            found.update(_headers_of(lines, block))
            block = []
    return found | _headers_of(lines, block)


def _headers_of(lines: list[Line], block: list[int]) -> set[int]:
    subjects = {index for index in block if _SUBJECT.match(lines[index].text[:80])}
    return set(block) - subjects if len(block) >= 2 and len(subjects) == 1 else set()
