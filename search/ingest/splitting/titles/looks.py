"""What the look of a line, of its head and of the lines next to it says about its being a title:
one function a cue."""

from __future__ import annotations

import re

from search.ingest.splitting.boilerplate import Boilerplate

from .candidate import Candidate, Share, same_script

_DATELINE = re.compile(
    r"^\W{0,3}(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ ,]+[A-ZÀ-Þ.'’-]+){0,3}(?:,?\s[A-Z]\w+\.?){0,3}\s?(?:,\s?\w+\.?"
    r" \d{1,2})?\s*(?:\([^)]{1,40}\))?\s*[-–—]{1,2}\s"
    r"|(?:\S+\s){0,4}\((?:Reuters|AP|AFP|EFE|DPA|ANSA|TASS|Xinhua|UPI|رويترز|أ ف ب|فرانس برس|د ب أ|الأناضول|سانا|AA"
    r"|DHA|İHA)\)|\S+(?: \S+)?\s?/\s?(?:\d+ \S+|\S+)\s?/)"
)
_LABELLED = re.compile(
    r"^(?:subject|title|headline|re|titre|objet|título|asunto|assunto|titel|betreff|заголовок|тема|konu|başlık"
    r"|العنوان|الموضوع|عنوان|موضوع|标题)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
_CATEGORIES = re.compile(r"^[^.?!:]{1,30}(?:\s?[,|/•·›»>]\s?[^.?!:,|]{1,30}){2,}$")
_SEVERAL_SENTENCES = re.compile(r"\w{3}[.!?؟]\s+[^\W\d_]\w+\s+\w+\s+\w+")
_QUOTE = re.compile(r"^[\"“«„‘'](?:.*\w)?+[^\w\"”»“’']*+[\"”»“’']\W*+$")
_RARE_CAPITALS = 0.3  # of the lines of a page; where more are in capitals they set nothing apart
_ENOUGH_WORDS, _MANY_WORDS = 5, 6
_FEW_WORDS, _SHORT_WEIGHT, _LONGER_WEIGHT = 2, 20, 10  # a line of a word or two, its weight, and one not so short
_LONG_CHARS = 160
_LINES_AT_END = 20  # looked through for text that is no prose
_DATELINE_CHARS = 120
_TEXT_WORDS = 6


def strip_label(text: str) -> str:
    """A title without "Subject:" before it."""
    return _LABELLED.sub("", text, count=1)


def is_labelled(text: str) -> bool:
    """Whether a line says itself that it is a title."""
    return _LABELLED.match(text) is not None


def has_glued_last_word(asked: Candidate) -> bool:
    return asked.line.has_glued_last_word


def is_in_capitals(asked: Candidate) -> bool:
    return asked.line.is_upper and asked.stretch.habits.capitals < _RARE_CAPITALS


def says_title(asked: Candidate) -> bool:
    return is_labelled(asked.line.text)


def is_listed_above(asked: Candidate) -> bool:
    return asked.listed == asked.index


def is_in_list(asked: Candidate) -> bool:
    return asked.listed is not None and asked.listed != asked.index


def is_of_other_script(asked: Candidate) -> bool:
    below, page = asked.stretch.below, asked.page
    return bool(below) and page.is_prose(below[0]) and not same_script(asked.line.script, page.lines[below[0]].script)


def is_above_dateline(asked: Candidate) -> bool:
    below = asked.stretch.below
    return bool(below) and _DATELINE.match(asked.page.lines[below[0]].text[:_DATELINE_CHARS]) is not None


def has_blank_lines_above(asked: Candidate) -> bool:
    return asked.gap >= 2


def has_unusual_gap_above(asked: Candidate) -> bool:
    return asked.gap > asked.page.usual_gap


def has_words(asked: Candidate) -> Share | None:
    words = asked.line.words
    return Share(min(words, _ENOUGH_WORDS), _ENOUGH_WORDS) if words > 1 else None


def is_one_word(asked: Candidate) -> bool:
    return asked.line.words <= 1


def has_many_words(asked: Candidate) -> bool:
    return asked.line.words >= _MANY_WORDS


def is_above_link(asked: Candidate) -> bool:
    following = asked.page.after(asked.index, 1)
    return bool(following) and asked.page.boilerplate[following[0]] is Boilerplate.LINK


def ends_sentence_below_prose(asked: Candidate) -> bool:
    return _ends_sentence(asked) and _is_below_prose(asked)


def ends_sentence_elsewhere(asked: Candidate) -> bool:
    return _ends_sentence(asked) and not _is_below_prose(asked)


def _ends_sentence(asked: Candidate) -> bool:
    return asked.line.ends_sentence and asked.line.last_char not in "?!؟…"


def _is_below_prose(asked: Candidate) -> bool:
    place = asked.page.position[asked.index]
    return place > 0 and asked.page.is_prose(asked.page.filled[place - 1])


def is_speech(asked: Candidate) -> bool:
    """What a speaker of an interview says or asks."""
    habits, line = asked.stretch.habits, asked.line
    return habits.has_speaker(line) or (habits.asks and line.last_char in "?؟？")


def is_numbered_item(asked: Candidate) -> bool:
    """A heading of a round-up under one byline."""
    return asked.index in asked.stretch.habits.items


def is_short(asked: Candidate) -> bool:
    return _is_label(asked) and (asked.line.words == _FEW_WORDS or asked.line.weight >= _LONGER_WEIGHT)


def is_very_short(asked: Candidate) -> bool:
    return _is_label(asked) and not (asked.line.words == _FEW_WORDS or asked.line.weight >= _LONGER_WEIGHT)


def _is_label(asked: Candidate) -> bool:
    return asked.line.words <= _FEW_WORDS and asked.line.weight < _SHORT_WEIGHT


def is_list_of_categories(asked: Candidate) -> bool:
    return _CATEGORIES.match(asked.line.text) is not None


def is_quotation(asked: Candidate) -> bool:
    return _QUOTE.match(asked.line.text) is not None


def is_long(asked: Candidate) -> bool:
    return len(asked.line.text) > _LONG_CHARS


def has_no_text(asked: Candidate) -> bool:
    """Whether the end of the page, without prose, leaves a title nothing to be the title of."""
    if asked.stretch.below:
        return False
    page, place = asked.page, asked.page.position[asked.head.title] + 1
    return not any(
        index >= asked.head.body
        and page.boilerplate[index] is None
        and page.credits[index] is None
        and page.lines[index].words >= _TEXT_WORDS
        for index in page.filled[place : place + _LINES_AT_END]
    )


def has_sentences_above_text(asked: Candidate) -> bool:
    return bool(asked.stretch.below) and _has_sentences(asked)


def has_sentences_at_end(asked: Candidate) -> bool:
    return not asked.stretch.below and _has_sentences(asked)


def _has_sentences(asked: Candidate) -> bool:
    return not asked.line.is_upper and _SEVERAL_SENTENCES.search(asked.line.text) is not None
