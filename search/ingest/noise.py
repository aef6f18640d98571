"""Lines of a saved page that are no part of any article: related links, sharing, donations, comments, navigation."""

from __future__ import annotations

import re
from enum import StrEnum

from . import noise_phrases as phrases
from .lines import Line
from .noise_phrases import alternatives


class Noise(StrEnum):
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
    BIO = "bio"
    FOOTER = "footer"


# After these an article is over as a rule; a call to read another one stands inside articles too.
ENDING = frozenset(set(Noise) - {Noise.MEDIA, Noise.LINK, Noise.READ_ALSO})
_SHORT = 70  # characters; a heading of a block is no longer
_SENTENCE = 900  # an appeal to the readers may be a paragraph


def _heading(table: str) -> re.Pattern[str]:
    """A whole line, give or take punctuation and arrows around it."""
    return re.compile(rf"^\W*(?:{alternatives(table)})\W*$")


_HEADINGS: tuple[tuple[Noise, re.Pattern[str]], ...] = (
    (Noise.RELATED, _heading(phrases.RELATED)),
    (Noise.COMMENTS, _heading(phrases.COMMENTS)),
    (Noise.MEDIA, _heading(phrases.MEDIA)),
    (Noise.NAVIGATION, _heading(phrases.NAVIGATION)),
    (Noise.SHARE, _heading(phrases.SHARE)),
    (Noise.TAGS, re.compile(rf"^\W*(?:{alternatives(phrases.TAG_LABELS)})\s*[:：].{{0,300}}$")),
)

# Parts of appeals and notices; a line of any of them is noise if it is not longer than a paragraph.
_SENTENCES: tuple[tuple[Noise, re.Pattern[str]], ...] = (
    (Noise.SHARE, re.compile(alternatives(phrases.SHARE_APPEALS))),
    (Noise.COMMENTS, re.compile(alternatives(phrases.COMMENT_FORMS))),
    (Noise.COPYRIGHT, re.compile(alternatives(phrases.COPYRIGHTS))),
    (Noise.FOOTER, re.compile(r"<span>|&nbsp;|blog at wordpress|create a free website|powered by|proudly powered|%d")),
)
_GLUED_RELATED = re.compile(
    r"[.!?؟:]\s?(?:related (?:videos?|news|articles?|posts?)|video player|read more|اقرأ أيضا)\W*$", re.IGNORECASE
)
_INLINE_RELATED = re.compile(rf"^\W*(?:{alternatives(phrases.READ_ALSO_LABELS)})\s*[:：|>»-].{{3,200}}$")
_IMPERATIVE = re.compile(rf"^\W*(?:{alternatives(phrases.READ_ALSO_VERBS)})\b")
_MAIL = re.compile(
    r"^(?:from|to|cc|bcc|date|sent|reply-to|subject|de|para|à|objet|asunto|fecha|von|an|datum"
    r"|betreff|от|кому|дата|тема|من|إلى|التاريخ|الموضوع|kimden|kime|tarih|konu)\s?:\s?\S",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^(?:subject|objet|asunto|assunto|betreff|тема|konu|الموضوع|موضوع)\s?:", re.IGNORECASE)
_SEPARATOR = re.compile(r"^(?:[\W_]{1,3}|(?:[\W_]\s?){3,}|x{3,}|o0o)$", re.IGNORECASE)
_INITIALS = re.compile(
    r"^\W*[A-Z]{1,4}(?:\s?[/,\-–]\s?[A-Z]{1,4}){1,3}\W*$|^\W*\(?(?:end|ends|END|-30-|###|انتهى|اهـ|ا\.هـ)\)?\W*$"
)
_BIO = re.compile(alternatives(phrases.BIOGRAPHIES))
_LONG_BIO = 700


def classify(line: Line) -> Noise | None:
    """What kind of noise a line is, by itself; ``None`` for text (and for biographies, which depend on their place)."""
    if line.is_blank:
        return None
    if line.is_url:
        return Noise.LINK
    size = len(line.text)
    if size <= 60 and _SEPARATOR.match(line.text):
        return Noise.SEPARATOR
    if size > _SENTENCE:
        return None
    folded = line.folded
    if size <= _SHORT + 40:
        for kind, pattern in _HEADINGS:
            if (size <= _SHORT or kind in (Noise.TAGS, Noise.COMMENTS)) and pattern.match(folded):
                return Noise.READ_ALSO if kind is Noise.RELATED and _IMPERATIVE.match(folded) else kind
        if _INITIALS.match(line.text):
            return Noise.SIGN_OFF
        if _GLUED_RELATED.search(line.text):
            return Noise.RELATED
    elif size <= 300 and _HEADINGS[-1][1].match(folded):
        return Noise.TAGS
    if size <= 240 and _INLINE_RELATED.match(folded):
        return Noise.READ_ALSO
    for kind, pattern in _SENTENCES:
        if pattern.search(folded) and (kind is not Noise.COPYRIGHT or size <= 400):
            return kind
    return None


def is_biography(line: Line) -> bool:
    """Whether a line tells who an author is; only in the tail of an article does that make it noise."""
    return 0 < len(line.text) <= _LONG_BIO and _BIO.search(line.folded) is not None


def mail_headers(lines: list[Line]) -> set[int]:
    """Indexes of the header lines of mails: next to a subject line, two or more together; the subject itself is not one."""
    found: set[int] = set()
    block: list[int] = []
    for index, line in enumerate(lines):
        if _MAIL.match(line.text[:80]):
            block.append(index)
            continue
        found.update(_headers_of(lines, block))
        block = []
    return found | _headers_of(lines, block)


def _headers_of(lines: list[Line], block: list[int]) -> set[int]:
    subjects = {index for index in block if _SUBJECT.match(lines[index].text[:80])}
    return set(block) - subjects if len(block) >= 2 and len(subjects) == 1 else set()
