"""The passes that bring a text to one spelling, in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from search.folding import INVISIBLE

HALF_SPACE = "\u200c"
#: What is written for an apostrophe.
APOSTROPHES = "'’‘`´′\u02bc\u02b9\u02bd"
_ARABIC = "\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_CYRILLIC = "\u0400-\u052f"
_HEBREW = "\u05d0-\u05ea"
_ARMENIAN = "\u0531-\u0556\u0560-\u0588"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
# What stands between the thousands of a number. A plain space may as well stand between two numbers.
_GROUPING = ",.'’\u066c\u00a0\u2009\u202f"
_UNGROUPED = str.maketrans(dict.fromkeys(_GROUPING))
# What Turkish and Azerbaijani write onto a name behind an apostrophe: case, place, possession, number. V, A, D and C are
# the letters that follow the sound of the name.
_SUFFIXES = "V yV nV sV A yA nA Vn nVn DA DAn nDA nDAn DAki DAkiler lA ylA CA lAr lArV lArVn lArA lArDA lArDAn lV lVlAr lVk sVz DVr"
_SOUNDS = {"V": "ıiuü", "A": "ae", "D": "dt", "C": "cç"}


@dataclass(frozen=True, slots=True)
class Pass:
    """One change of a text.

    `marks` matches the characters of the Basic Multilingual Plane that call for it, where one of
    `sides` stands on both sides of it. `pattern` is tried `backs` characters before each of them;
    it takes a short stretch, and `replaced` gives what is written instead.
    """

    marks: re.Pattern[str]
    pattern: re.Pattern[str]
    replaced: Callable[[re.Match[str]], str]
    backs: tuple[int, ...] = (0,)
    sides: re.Pattern[str] | None = None


def _suffixes() -> str:
    """All of them, in small letters and capitals, for a pattern."""
    forms: set[str] = set()
    for suffix in _SUFFIXES.split():
        forms.update(map("".join, product(*(_SOUNDS.get(character, character) for character in suffix))))
    capitals = {form.replace("i", capital).upper() for form in forms for capital in "Iİ"}
    return "|".join(sorted(forms | capitals, key=lambda form: (-len(form), form)))


_TWO_ARABIC = re.compile(f"[{_ARABIC}]{{2}}")


def _invisible(match: re.Match[str]) -> str:
    """Nothing; a space where it stands for one between Arabic letters."""
    if HALF_SPACE not in match.group():
        return ""
    around = match.string[max(match.start() - 1, 0) : match.start()] + match.string[match.end() : match.end() + 1]
    return " " if _TWO_ARABIC.fullmatch(around) else ""


def _usual(match: re.Match[str]) -> str:
    """The usual form, where that is letters or one sign for one."""
    usual = unicodedata.normalize("NFKC", match.group())
    return usual if len(usual) == 1 or usual.isalpha() else match.group()


def _one_vowel(match: re.Match[str]) -> str:
    """Nikhahit and aa written as the one vowel they are; a mark of tone goes before it."""
    return match.group()[1:-1] + chr(ord(match.group()[-1]) + 1)


def _ungrouped(match: re.Match[str]) -> str:
    return match.group().translate(_UNGROUPED)


def _apostrophe(_match: re.Match[str]) -> str:
    return "'"


def _nothing(_match: re.Match[str]) -> str:
    return ""


def _dropped(marks: str, pattern: str, sides: str = "") -> Pass:
    return Pass(
        re.compile(f"[{marks}]"),
        re.compile(f"[{marks}]{pattern}"),
        _nothing,
        sides=re.compile(sides) if sides else None,
    )


_UNSEEN = "".join(map(chr, INVISIBLE)) + HALF_SPACE
_KANA_MARKS = "\u3099\u309a\uff9e\uff9f"
_UNUSUAL = "\u2e80-\u2fdf\ufb50-\ufdff\ufe70-\ufefc\uff01-\uffef"
_HALF_JAMO = "\uffa1-\uffbe"
_LETTER = r"[^\W\d_]"

PASSES = (
    # What cannot be seen.
    Pass(re.compile(f"[{_UNSEEN}]"), re.compile(f"[{_UNSEEN}]+"), _invisible),
    # Decomposed and half-width syllables; then single letters of another width, radicals, Arabic forms within a word.
    Pass(re.compile(f"[{_KANA_MARKS}]"), re.compile(f"[\u3041-\u30ff\uff66-\uff9d][{_KANA_MARKS}]"), _usual, (1,)),
    Pass(
        re.compile(f"[\u1100-\u115f{_HALF_JAMO}]"),
        re.compile(
            "[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"
            f"|[{_HALF_JAMO}][\uffc2-\uffdc](?:[{_HALF_JAMO}](?![\uffc2-\uffdc]))?"
        ),
        _usual,
    ),
    Pass(re.compile(f"[{_UNUSUAL}]"), re.compile(f"[{_UNUSUAL}]"), _usual),
    Pass(
        re.compile("[\u0e4d\u0ecd]"),
        re.compile("[\u0e4d\u0ecd][\u0e48-\u0e4b\u0ec8-\u0ecb]?[\u0e32\u0eb2]"),
        _one_vowel,
    ),
    # Armenian marks of stress, call and question stand behind a vowel.
    _dropped("\u055b\u055c\u055e", f"(?<=[{_ARMENIAN}].)"),
    _dropped("・", f"(?<=[{_KATAKANA}].)(?=[{_KATAKANA}])"),
    _dropped("·•‧", "(?<=[lL].)(?=[lL])"),
    # The okina and the signs for ayn and hamza are letters that hardly anybody types.
    _dropped("\u02bb\u02be\u02bf", f"(?<={_LETTER}.)(?={_LETTER})"),
    Pass(re.compile("[\u02b9\u02bb-\u02bf\u02c8]"), re.compile("."), _apostrophe),
    # Gershayim and geresh: signs of abbreviations and of foreign sounds.
    _dropped("\"'״׳”“’‘", "", f"[{_HEBREW}]"),
    _dropped(APOSTROPHES, "", f"[{_CYRILLIC}]"),
    # Possessives, and what Turkish writes behind the apostrophe: the name before it is the word.
    _dropped(APOSTROPHES, rf"(?:[sS]|(?<=[^\W_]{{3}}.)(?:{_suffixes()}))(?![^\W_])", r"[^\W_]"),
    # The thousands of a number, also of an Indian one; not what looks like a date, an address or a longer fraction.
    Pass(
        re.compile(f"[{_GROUPING}]"),
        re.compile(rf"\d(?<![\d.,]\d)\d{{0,2}}(?:([{_GROUPING}])\d{{3}}(?:\1\d{{3}})*|(?:,\d\d)+,\d{{3}})(?!\1?\d)"),
        _ungrouped,
        (3, 2, 1),
        re.compile(r"\d"),
    ),
)
