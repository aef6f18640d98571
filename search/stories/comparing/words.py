"""A text as the words by which copies are known: case, punctuation, spacing, invisible and vowel
marks aside."""

from __future__ import annotations

import re
import unicodedata

#: Below this many words in the body the title is compared too: bodies so short may be nothing but boilerplate
#: ("Subscribe to read on"), which only the title tells apart.
SHORT_BODY_WORDS = 30

# Written without spaces between words. Two characters of Chinese or Japanese make about a word; of the alphabets of
# South-East Asia three still differ enough from text to text.
_IDEOGRAPHIC = "\u3005-\u3007\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALPHABETIC = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecf\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17d3\ua9e0-\ua9ff\uaa60-\uaa7f"
_GRAM_OF_IDEOGRAPHS = 2
_GRAM_OF_LETTERS = 3

# Signs that belong to a word but are no letters to Python: combining accents, and the scripts of India whole.
_SIGNS = "\u0300-\u036f\u0483-\u0487\u0900-\u0963\u0966-\u0dff\u0f71-\u0f84\u180b-\u180d\u1dc0-\u1dff"
_BETWEEN = rf"[^\w{_SIGNS}{_IDEOGRAPHIC}{_ALPHABETIC}]*"
_LETTER = rf"[^\W_{_IDEOGRAPHIC}{_ALPHABETIC}]"
_WORD = rf"{_LETTER}+(?:[{_SIGNS}]+{_LETTER}*)*"
_SPACED = re.compile(_WORD)
_PIECES = re.compile(
    # Runs without spaces go on over punctuation and stray spaces, so that these make no difference.
    rf"(?P<ideographs>[{_IDEOGRAPHIC}]+(?:{_BETWEEN}[{_IDEOGRAPHIC}]+)*)"
    rf"|(?P<letters>[{_ALPHABETIC}]+(?:{_BETWEEN}[{_ALPHABETIC}]+)*)"
    rf"|{_WORD}"
)
_SIGN = re.compile(f"[{_SIGNS}]")
_ASCII_SEPARATORS_TO_SPACES = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
_UNSPACED = re.compile(f"[{_IDEOGRAPHIC}{_ALPHABETIC}]")
_NEITHER = re.compile(f"[^{_IDEOGRAPHIC}{_ALPHABETIC}]+")
# Soft hyphens, zero-width and direction marks, tatweel, and the vowel marks of Arabic and Hebrew, which one outlet
# writes and another leaves out.
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640\u064b-\u065f\u0670\u0591-\u05bd]+")
_ARABIC = re.compile("[\u0621-\u06ff]")
# Keyboards of Arabic and Persian write these letters differently; str.replace, since a table is ten times slower.
_ARABIC_VARIANTS = (("ي", "ی"), ("ى", "ی"), ("ك", "ک"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ة", "ه"))


def words(text: str) -> list[str]:
    """The words of ``text`` in order, folded.

    In scripts without spaces, the overlapping pairs (Han, Kana) or triples (Thai, Lao, Khmer,
    Burmese) of characters.
    """
    folded = _folded(text)
    # What a text is made of is told by its different characters: far fewer than all of them.
    made_of = "".join(set(folded))
    if not _UNSPACED.search(made_of):
        return _SPACED.findall(folded) if _SIGN.search(made_of) else _between_separators(folded, made_of)
    found: list[str] = []
    for match in _PIECES.finditer(folded):
        if match.lastgroup is None:
            found.append(match.group())
        else:
            found += _grams(match.group(), _GRAM_OF_IDEOGRAPHS if match.lastgroup == "ideographs" else _GRAM_OF_LETTERS)
    return found


def compared_words(title: str, body: str) -> list[str]:
    """The words an article is compared by: its body's, and before them the title's where the body
    is very short.

    A short body that opens with the title is not given it twice.
    """
    of_body = words(body)
    if len(of_body) >= SHORT_BODY_WORDS:
        return of_body
    of_title = words(title)
    if of_body[: len(of_title)] == of_title:
        return of_body
    return of_title + of_body


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    made_of = "".join(set(folded))
    if _DROPPED.search(made_of):
        folded = _DROPPED.sub("", folded)
    if _ARABIC.search(made_of):
        for variant, plain in _ARABIC_VARIANTS:
            folded = folded.replace(variant, plain)
    return folded


def _between_separators(text: str, made_of: str) -> list[str]:
    """What ``_SPACED`` finds in a text whose words are letters and digits alone, in half the
    time."""
    for character in made_of:
        if not character.isascii() and not character.isalnum():
            text = text.replace(character, " ")
    return text.encode().translate(_ASCII_SEPARATORS_TO_SPACES).decode().split()


def _grams(run: str, size: int) -> list[str]:
    bare = _NEITHER.sub("", run)
    if len(bare) <= size:
        return [bare]
    return [bare[start : start + size] for start in range(len(bare) - size + 1)]
