"""A page of text as lines with the features that tell titles from prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from search.folding import fold, plain_spaces
from search.languages.scripts import script_of

HEAD_CHARS, TAIL_CHARS = 400, 200  # how much of a line's ends the rules look at
MAX_TITLE_LINE_CHARS = 240
MIN_PROSE_CHARS = 60  # a line this long that ends like a sentence is prose
LONG_PROSE_CHARS = 220  # a line this long is prose however it ends
_DENSE_SCRIPTS = frozenset({"han", "kana", "hangul"})  # a character here says as much as three elsewhere
_CLOSERS = "\"'”’»)]}›』」*_ "
_STOPS = ".…。।؟?!！？۔"
_OPEN_ENDS = ":：;؛,،-–—"
_URL_LINE = re.compile(r"^\W*+(?:https?://|www\.)\S++\W*+$", re.IGNORECASE)
_GLUED_LAST_WORD = re.compile(r"\S\u00a0\S+$")


Found = TypeVar("Found")


class _kept(Generic[Found]):
    """A property computed once an object; functools' takes a lock each time, longer than most of
    these take."""

    def __init__(self, function: Callable[[Any], Found]) -> None:
        self._function, self.__doc__ = function, function.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, line: Any, _owner: type | None = None) -> Found:
        found: Found = self._function(line)
        line.__dict__[self._name] = found
        return found


@dataclass(frozen=True, eq=False)
class Line:
    """What a line of a page says; ``text`` has single plain spaces. Lines that say the same are one
    object (`read_lines`)."""

    raw: str
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text

    @_kept
    def weight(self) -> int:
        """Length in characters, those of scripts without spaces counted threefold."""
        size = len(self.text)
        return size * 3 if size < 2_000 and self.script in _DENSE_SCRIPTS else size

    @_kept
    def script(self) -> str | None:
        return script_of(self.text[:HEAD_CHARS])

    @_kept
    def words(self) -> int:
        return self.text[:2_000].count(" ") + 1 if self.text else 0

    @_kept
    def folded(self) -> str:
        """The folded beginning, for comparing with labels."""
        return fold(self.text[:HEAD_CHARS])

    @_kept
    def last_char(self) -> str:
        """The last character that is no closing quote or bracket."""
        return self.text[-TAIL_CHARS:].rstrip(_CLOSERS)[-1:]

    @property
    def ends_sentence(self) -> bool:
        return self.last_char in _STOPS and bool(self.last_char)

    @property
    def ends_open(self) -> bool:
        """Whether something must follow: a colon, a comma, a dash."""
        return self.last_char in _OPEN_ENDS and bool(self.last_char)

    @_kept
    def is_prose(self) -> bool:
        """Whether the line reads as running text by its length and its end."""
        if self.is_url:
            return False
        if self.weight >= LONG_PROSE_CHARS:
            return True
        if self.last_char in "?!؟？！":
            return self.weight >= 130  # headlines ask too
        return self.weight >= MIN_PROSE_CHARS and (self.ends_sentence or (self.ends_open and self.weight >= 80))

    @_kept
    def is_url(self) -> bool:
        return _URL_LINE.match(self.text[:2_000]) is not None

    @_kept
    def is_upper(self) -> bool:
        """Written in capitals, in a script that has them, and long enough to be meant so."""
        head = self.text[:HEAD_CHARS]
        letters = [char for char in head if char.isalpha()]
        return len(letters) >= 14 and sum(char.isupper() for char in letters) >= 0.8 * len(letters)

    @property
    def has_glued_last_word(self) -> bool:
        """A no-break space before the last word: blog software puts it into titles."""
        return self.raw.count("\u00a0") == 1 and _GLUED_LAST_WORD.search(self.raw.rstrip()[-TAIL_CHARS:]) is not None

    @_kept
    def can_be_title(self) -> bool:
        """Whether length, beginning and end leave it possible that this line is a title."""
        if self.is_blank or self.is_url or self.script is None:
            return False
        if not (4 <= self.weight <= MAX_TITLE_LINE_CHARS * 2 and len(self.text) <= MAX_TITLE_LINE_CHARS):
            return False
        return not self.ends_open and self.text[0] not in "*•·-–—+>©@#:;,.)]»…" and not self.text[0].islower()


def read_lines(text: str) -> list[Line]:
    """The lines of a page as editors number them: by line feeds (or lone carriage returns where
    there are none).

    A page may be a million lines of one letter: lines that say the same are one object, and what is
    found out about it is found out once.
    """
    if "\n" not in text and "\r" in text:
        text = text.replace("\r", "\n")
    rows = text.split("\n")
    blank = Line("", "")
    known: dict[str, Line] = {}
    for raw in rows:
        if raw not in known:
            plain = plain_spaces(raw.replace("\x00", " ")) if raw and not raw.isspace() else ""
            known[raw] = Line(raw.rstrip("\r"), plain) if plain else blank
    return list(map(known.__getitem__, rows))


def of_each(lines: Iterable[Line], function: Callable[[Line], Found]) -> dict[Line, Found]:
    """What a function finds out about each of these lines; it is called once for those that say the
    same."""
    return {line: function(line) for line in dict.fromkeys(lines)}


def similarity(left: str, right: str) -> float:
    """The share of the shorter text's words that the other has too."""
    words_left, words_right = set(re.findall(r"\w+", fold(left))), set(re.findall(r"\w+", fold(right)))
    if not words_left or not words_right:
        return 0.0
    return len(words_left & words_right) / min(len(words_left), len(words_right))


def wrapped_lines(lines: list[Line]) -> set[int]:
    """Indexes of the lines of paragraphs that were broken at a fixed width, as in mails."""
    found: set[int] = set()
    block: list[int] = []
    for index, line in enumerate([*lines, None]):
        if line is not None and line.text:
            block.append(index)
        elif block:
            if _is_wrapped([lines[each] for each in block]):
                found.update(block)
            block = []
    return found


def _is_wrapped(block: list[Line]) -> bool:
    """Lines of about one length that go on in the next: small first letters, or where there are
    none a close fit."""
    if len(block) < 3:
        return False
    body, last = block[:-1], block[-1]
    sizes = [len(line.text) for line in body]
    if max(sizes) > 110 or len(last.text) > max(sizes) + 5:
        return False
    running = sum(line.text[0].islower() for line in block[1:])
    if running * 5 >= len(body) * 2 and sum(size >= 40 for size in sizes) * 4 >= len(sizes) * 3:
        return True
    close = min(sizes) >= 45 and max(sizes) - min(sizes) <= 20
    return close and last.ends_sentence and sum(line.ends_sentence for line in body) * 2 < len(body) + 1


def word_beginnings(text: str) -> frozenset[str]:
    """The beginnings of the longer words: enough to recognise them in other inflections."""
    return frozenset(word[:5] for word in re.findall(r"\w{4,}", fold(text)))
