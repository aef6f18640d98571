"""Taking from extracted paragraphs what stands around and between those of the article: title,
byline, appeals, teasers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from search.ingest.splitting.boilerplate import ENDING, Boilerplate, classify, is_biography
from search.ingest.splitting.lines import Line
from search.ingest.webpages.paragraphs import Paragraph
from search.ingest.webpages.sites import key

_SENTENCE_END = re.compile(r"[.!?…。！？؟।։።]['\"”’»)\]›」』]*$")
_APPEAL = re.compile(
    r"newsletter|sign up|subscri|suscr[ií]b|abonn|assin(?:e|ar)\b|iscriviti|bülten|рассылк|подпис|اشترك|النشرة البريدية|会員|購読"
    r"|구독|登録|follow us|folgen sie|suivez|síguenos|siga-nos|seguici|takip ed|whatsapp|telegram|google news|all rights reserved"
    r"|©|copyright|get in touch|click here|download (?:our|the) app|download our|join (?:our|the) (?:conversation|channel)"
    r"|privacy policy|terms of (?:use|service)|comment policy|log ?in\b|logout|einloggen|réservée? aux abonnés",
    re.IGNORECASE,
)
_MAX_APPEAL = 400
_LONG = 90
_MAX_TAIL = 12
_MAX_PROSE_AFTER = 300
_NEVER = frozenset(
    [
        Boilerplate.SHARE,
        Boilerplate.COMMENTS,
        Boilerplate.SEPARATOR,
        Boilerplate.NAVIGATION,
        Boilerplate.MEDIA,
        Boilerplate.READ_ALSO,
        Boilerplate.LINK,
        Boilerplate.TAGS,
        Boilerplate.RELATED,
    ]
)


def trim(paragraphs: list[Paragraph], *, titles: Iterable[str], names: Iterable[str]) -> list[Paragraph]:
    """The article's own paragraphs, in order.

    Args:
        paragraphs: what was extracted.
        titles: spellings of the headline, which the text does not repeat.
        names: the authors and the outlet, whose names alone in a line are a byline.
    """
    kept = _without_boilerplate(paragraphs)
    kept = _without_head(kept, {key(title) for title in titles if title}, {key(name) for name in names if name})
    return _without_tail(kept, {key(name) for name in names if name})


def _without_boilerplate(paragraphs: list[Paragraph]) -> list[Paragraph]:
    kept: list[Paragraph] = []
    in_related = False
    for each in paragraphs:
        kind = _kind(each)
        if kind is Boilerplate.RELATED or (kind is Boilerplate.READ_ALSO and len(each.text) < 40):
            in_related = True
            continue
        if in_related and each.is_item:
            continue
        in_related = False
        if kind not in _NEVER:
            kept.append(each)
    return kept


def _kind(each: Paragraph) -> Boilerplate | None:
    return classify(Line(each.text, each.text))


def _ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text) is not None


def _weight(text: str) -> int:
    """Length in characters, those of scripts without spaces counted threefold."""
    return sum(3 if "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" else 1 for char in text[:400])


def _without_head(paragraphs: list[Paragraph], titles: set[str], names: set[str]) -> list[Paragraph]:
    """Before the first paragraph of prose: title, byline, date, section and other labels go, a
    longer subtitle stays."""
    first = next((i for i, each in enumerate(paragraphs) if _is_prose(each)), len(paragraphs))
    if first == len(paragraphs):
        return [each for each in paragraphs if key(each.text) not in titles]
    head = [each for each in paragraphs[:first] if _is_subtitle(each, titles, names)]
    return head + [each for each in paragraphs[first:] if key(each.text) not in titles]


def _is_prose(each: Paragraph) -> bool:
    return not each.is_heading and _weight(each.text) >= _LONG and _ends_sentence(each.text)


def _is_subtitle(each: Paragraph, titles: set[str], names: set[str]) -> bool:
    folded = key(each.text)
    if any(folded in title or (len(title) > 15 and title in folded) for title in titles):
        return False
    if len(each.text) < 90 and any(name in folded for name in names if len(name) > 4):
        return False
    digits = sum(char.isdigit() for char in each.text)
    return _weight(each.text) >= 40 and digits <= len(each.text) / 5


def _without_tail(paragraphs: list[Paragraph], names: set[str]) -> list[Paragraph]:
    """From the end: headings of nothing, names, signs, appeals, notices, biographies."""
    end = _start_of_appeals(paragraphs)
    lowest = max(1, end - _MAX_TAIL)
    while end > lowest:
        start = _start_of_items(paragraphs, end)
        if start < end and start > 1 and _is_tail(paragraphs[start - 1], names):
            end = start - 1  # a list under an appeal
        elif _is_tail(paragraphs[end - 1], names):
            end -= 1
        else:
            break
    return paragraphs[:end]


def _start_of_appeals(paragraphs: list[Paragraph]) -> int:
    """Where the page turns to its readers: an appeal after which little prose follows."""
    prose = 0
    end = len(paragraphs)
    for index in range(len(paragraphs) - 1, max(0, len(paragraphs) - _MAX_TAIL), -1):
        each = paragraphs[index]
        if _is_appeal(each.text):
            end = index
        elif _is_prose(each):
            prose += _weight(each.text)
        if prose > _MAX_PROSE_AFTER:
            break
    return end


def _is_appeal(text: str) -> bool:
    return _weight(text) <= _MAX_APPEAL and _APPEAL.search(text) is not None


def _start_of_items(paragraphs: list[Paragraph], end: int) -> int:
    """Where the list begins that ends at ``end``."""
    while end > 0 and paragraphs[end - 1].is_item:
        end -= 1
    return end


def _is_tail(each: Paragraph, names: set[str]) -> bool:
    text = each.text
    if each.is_heading:
        return True
    if _kind(each) in ENDING or is_biography(Line(text, text)):
        return True
    if _is_appeal(text):
        return True
    if each.is_item:
        return False
    if _weight(text) < 60 and not _ends_sentence(text):
        return True
    return len(text) < _LONG and key(text) in names
