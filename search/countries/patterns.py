"""The small pattern language of the gazetteer, compiled to a literal for the automaton and a check
for the rest.

``Росси*``   any letters may follow the stem             ``Китай~``  case endings of the pack's language may follow
``US``       all capitals: the text must have capitals   ``France``  a capital: the text must have one there
``french``   lower case: any case will do                ``!Того``   only capitalised inside a sentence
``?Jordan``  perhaps a person: other evidence decides    ``_поляков`` only in small letters (Поляков is a surname)
``^Polak``  unless it follows a first name (Jan Polak)
``&Maurice``  only with company: a list of countries, a word of states, its country named elsewhere
``%Israel``  a state, unless a surname follows and nothing else in the article names it
``[في] مالي``  after these words, which are no part of the mention; ``مالي [والنيجر]`` before them
a space      any run of spaces, hyphens, punctuation
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from search.countries.folding import fold_key, fold_with_offsets

_LETTERS = r"[^\W\d_]"
_TRUNCATED = re.compile("[*~]")
_CONTEXTS = re.compile(r"(?:\[([^\[\]]+)\] ?)?([^\[\]]+?)(?: ?\[([^\[\]]+)\])?")
MAX_FREE_LETTERS = 14


class Case(Enum):
    """What the written capitals of a pattern ask of the text."""

    ANY = "any"
    CAPITAL = "capital"
    UPPER = "upper"
    LOWER = "lower"


@dataclass(slots=True)
class PatternEntry:
    """One pattern of a pack. ``country`` is empty for a blocked context: it takes the text and
    names nothing.

    ``lead`` is how many characters of the literal are words that only stand before the mention.
    """

    country: str
    kind: str
    pattern: str
    literal: str
    case: Case
    doubtful: bool
    first_name: bool
    surname: bool
    inside_sentence: bool
    tail: str
    ends_capital: bool
    weight: int
    lead: int = 0
    capital: bool = False
    company: bool = False
    _compiled: re.Pattern[str] | None = field(default=None, repr=False)

    def match_end(self, text: str, literal_end: int) -> int:
        """End of the match (exclusive, without the closing space) in folded ``text``, -1 where it
        doesn't match.

        ``literal_end`` is where the literal ended; a literal without tail includes the closing
        space.
        """
        if not self.tail:
            return literal_end - 1 if self.literal.endswith(" ") else literal_end
        if self._compiled is None:
            self._compiled = re.compile(self.tail)
        found = self._compiled.match(text, literal_end)
        return found.end() if found else -1


def compile_entry(country: str, kind: str, pattern: str, endings: str, *, bounded: bool = True) -> PatternEntry:
    """Compile one pattern.

    ``endings`` is the alternation that ``~`` stands for (folded). ``bounded`` is false for writing
    without spaces, where a match may begin and end inside a run of letters.
    """
    doubtful, inside = "?" in pattern[:2], "!" in pattern[:2]
    contexts = _CONTEXTS.fullmatch(pattern.lstrip("?!_%^&"))
    if contexts is None:
        raise ValueError(f"brackets of pattern {pattern!r} are not one group before or after it")
    before, written, after = contexts.groups()
    letters = [char for char in written if char.isalpha()]
    case = Case.LOWER if pattern.startswith("_") else Case.ANY
    if letters and letters[0].isupper():
        case = Case.UPPER if len(letters) > 1 and all(char.isupper() for char in letters) else Case.CAPITAL
    words = written.split()
    ends_capital = case is Case.CAPITAL and len(words) > 1 and words[-1][0].isupper()
    # Marks are cut out before folding, which would turn them into spaces.
    pieces = _TRUNCATED.split(written)
    marks = _TRUNCATED.findall(written)
    folded_pieces = [fold_with_offsets(piece).text.split() for piece in pieces]
    first, *rest = folded_pieces[0] or [""]
    edge = " " if bounded else ""
    lead = fold_key(before) + edge if before else ""
    literal = edge + lead + first
    tail = "".join((" +" if index else " *") + re.escape(word) for index, word in enumerate(rest))
    if rest or (not marks and not after):
        # Whole words: the automaton sees the space after them.
        literal += edge
    for mark, words_after in zip(marks, folded_pieces[1:], strict=True):
        tail += f"{_LETTERS}{{0,{MAX_FREE_LETTERS}}}" if mark == "*" else f"(?:{endings})(?= )"
        tail += "".join(" +" + re.escape(word) for word in words_after)
    if after:
        tail += f"(?={edge and ' +'}{re.escape(fold_key(after))})"
    elif tail and bounded:
        tail += "(?= )"
    weight = sum(len(word) for words_of_piece in folded_pieces for word in words_of_piece)
    return PatternEntry(
        country,
        kind,
        pattern,
        literal,
        case,
        doubtful,
        pattern.startswith("%"),
        pattern.startswith("^"),
        inside,
        tail,
        ends_capital,
        weight,
        len(lead),
        case in (Case.CAPITAL, Case.UPPER),
        pattern.startswith("&"),
    )
