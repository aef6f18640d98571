"""A long text in numbered parts, each found by a look at a bounded stretch around where it should
end.

Part n should end after n times PART_CHARACTERS. It ends a little before, where the text itself
does: at a paragraph, a sentence or a word. Where that is depends on the LOOK_BACK characters before
alone, so that a part can be shown, and a place be found in its part, without reading what stands in
the others. Places count characters from 0.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Of a part; a text of up to half as much again is one part.
PART_CHARACTERS = 40_000
#: How far before its nominal end a part may end.
LOOK_BACK = 4_000
#: Read on either side of a part: mentions and phrases that reach into it are told by their whole words.
CONTEXT = 1_000
#: The longest text of one part.
WHOLE_CHARACTERS = PART_CHARACTERS + PART_CHARACTERS // 2 - 1

_END_OF_SENTENCE = re.compile(r"(?<![.!?؟۔।])[.!?؟۔।]++[\"'”’»)]*+\s++|[。！？]+[」』”’）]*")
_SPACE = re.compile(r"\s+")
#: Joiners, and the selectors, modifiers and tags of pictures: no text is cut before one.
_JOINING = re.compile("[\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
#: Vowels and final consonants of Korean written in letters, and letters of flags: these form one sign with the one before.
_FOLLOWING = re.compile("[\u1160-\u11ff\U0001f1e6-\U0001f1ff]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is read of a text for a part: characters `start` to `end` (exclusive)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextPart:
    """One part. `context` is what was read, from the character `origin` of the whole text; `start`
    and `end` bound the part."""

    number: int
    count: int
    context: str
    origin: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """The part alone."""
        return self.context[self.start - self.origin : self.end - self.origin]

    def clipped(self, start: int, end: int) -> tuple[int, int] | None:
        """A span of `context` as one of `text`; None where it lies outside."""
        shift = self.start - self.origin
        first, last = max(start - shift, 0), min(end - shift, self.end - self.start)
        return (first, last) if first < last else None


def part_count(length: int) -> int:
    """How many parts a text of so many characters has; at least one."""
    return max(1, (length + PART_CHARACTERS // 2) // PART_CHARACTERS)


def stretch_of(number: int, length: int) -> Stretch:
    """What to read for a part, numbered from 1."""
    last = number == part_count(length)
    start = max(0, (number - 1) * PART_CHARACTERS - LOOK_BACK - CONTEXT)
    # A little past the length: it was asked for before, and the text may have been edited meanwhile.
    return Stretch(
        start, max(length, number * PART_CHARACTERS) + CONTEXT if last else number * PART_CHARACTERS + CONTEXT
    )


def part_of(read: str, number: int, length: int) -> TextPart:
    """The part out of what was read of `stretch_of`."""
    count, origin = part_count(length), stretch_of(number, length).start
    start = 0 if number == 1 else _cut(read, origin, number - 1)
    end = origin + len(read) if number == count else _cut(read, origin, number)
    return TextPart(number, count, read, origin, start, max(start, end))


def stretch_around(place: int, length: int) -> Stretch | None:
    """What to read to tell which part a place is in; None where its number alone tells."""
    following = place // PART_CHARACTERS + 1
    if following >= part_count(length) or place < following * PART_CHARACTERS - LOOK_BACK:
        return None
    return Stretch(following * PART_CHARACTERS - LOOK_BACK, following * PART_CHARACTERS + 1)


def number_at(place: int, length: int, read: str = "") -> int:
    """The part a place is in, given what was read of `stretch_around`."""
    number = min(place // PART_CHARACTERS + 1, part_count(length))
    around = stretch_around(place, length)
    return number + 1 if around and place >= _cut(read, around.start, number) else number


def _cut(read: str, origin: int, number: int) -> int:
    """The place where a part ends, from a stretch of the text that begins at `origin`."""
    nominal = number * PART_CHARACTERS - origin
    near = read[max(0, nominal - LOOK_BACK) : nominal]
    if (line := near.rfind("\n")) >= 0:
        return origin + nominal - len(near) + line + 1
    for boundary in (_END_OF_SENTENCE, _SPACE):
        ends = [match.end() for match in boundary.finditer(near)]
        if ends and not _is_within_sign(read, nominal - len(near) + ends[-1]):
            return origin + nominal - len(near) + ends[-1]
    return origin + next(
        (at for at in range(nominal, nominal - len(near), -1) if not _is_within_sign(read, at)), nominal
    )


def _is_within_sign(text: str, at: int) -> bool:
    """Whether a cut would part what is written as one sign: a letter and its marks, a picture and
    what joins it."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return (
        unicodedata.category(after)[0] == "M"
        or _JOINING.match(after) is not None
        or before == "\u200d"
        or _FOLLOWING.match(after) is not None
    )
