"""Which encoding a file is in: UTF-8 first, then a guess that is said to be one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from search.exceptions import ReadError
from search.ingest.files.plausible import oddness, words_beyond_ascii
from search.ingest.limits import ENCODING_SAMPLE_BYTES, SAMPLE_BYTES
from search.languages.detect import detect_language

UTF8 = "utf-8"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# Encodings that news is found in; with all of Python's, short texts are taken for exotic ones.
_USUAL = (
    "utf_16_le", "utf_16_be", "cp1252", "cp1256", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1254", "cp1255", "cp1257",
    "cp1258", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp874", "iso8859_6",
)  # fmt: skip
# Guesses this close in disorder are told apart by how much the decoded text looks like a language.
_CLOSE_CHAOS = 0.03
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.02
# Of lines beyond ASCII, so many in UTF-8 are no chance: the others were pasted in from elsewhere.
_MIXED_SHARE = 0.2
# Of the bytes beyond ASCII: damage to UTF-8, rather than another encoding.
_MAX_DAMAGED_SHARE = 0.25
# How much a text in the stated encoding is like a language, not to be doubted; how much more another must be.
_LIKE_A_LANGUAGE, _MOST_GUESSES = 0.5, 12
_LIKE_ENOUGH = 0.8
_BETTER = 0.25
_SEVEN_BITS = re.compile(r"iso.?2022|utf.?7|hz", re.IGNORECASE)


def bom_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark states."""
    return next((name for mark, name in _BOMS if head.startswith(mark)), None)


def guess_encoding(sample: bytes, *, whole: bool) -> str:
    """The encoding of a file by its beginning; ``utf-8`` whenever that fits.

    Args:
        sample: the first bytes.
        whole: whether that is all there is; else a character cut at the end is no fault.

    Raises:
        ReadError: the bytes are no text.
    """
    stated = bom_encoding(sample)
    if stated:
        return stated
    try:
        codecs.getincrementaldecoder(UTF8)().decode(sample, final=whole)
        is_utf8 = True
    except UnicodeDecodeError:
        is_utf8 = False
    if (is_utf8 or _is_mixed(sample)) and _control_share(sample) <= 0.3:
        return UTF8
    guess = _best_guess(sample[:ENCODING_SAMPLE_BYTES])
    if guess is None or (not guess.startswith("utf_16") and _control_share(sample) > _MAX_CONTROL_SHARE):
        raise ReadError("binary file: this is no text in any encoding known here")
    return guess


def _control_share(sample: bytes) -> float:
    return len(_CONTROL.findall(sample)) / max(1, len(sample))


def _is_mixed(sample: bytes) -> bool:
    """Whether lines in UTF-8 stand among others: then each line is decoded by itself."""
    good = bad = 0
    for line in sample.split(b"\n")[:-1]:
        if line.isascii():
            continue
        try:
            line.decode(UTF8)
            good += 1
        except UnicodeDecodeError:
            bad += 1
    return good > 0 and good >= _MIXED_SHARE * (good + bad)


def _best_guess(sample: bytes) -> str | None:
    matches = list(from_bytes(sample, cp_isolation=list(_USUAL)))
    if not matches:
        return None
    close = [match for match in matches if match.chaos <= matches[0].chaos + _CLOSE_CHAOS][:6]
    best = max(close, key=lambda match: _likeness(str(match)[:2000]))
    if _likeness(str(best)[:2000]) < _LIKE_A_LANGUAGE:
        best = max(matches[:_MOST_GUESSES], key=lambda match: _likeness(str(match)[:2000]))
    return best.encoding


def _likeness(text: str) -> float:
    """How much a text looks like one of a language."""
    return detect_language(text).confidence - oddness(text)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes as text, and the encoding they were read in; ``guessed`` where nothing that can be
    believed states it."""

    text: str
    encoding: str
    guessed: bool = False


def decode_stated(data: bytes, stated: str | None) -> Decoded:
    """Bytes that state their encoding, as text: byte order mark, then UTF-8 where it fits, then
    what is stated unless the text would be none, then a guess.

    Args:
        data: all of them.
        stated: an encoding that Python knows; ``None`` for none.

    Raises:
        ReadError: the bytes are no text.
    """
    marked = bom_encoding(data)
    if marked:
        return Decoded(data.decode(marked, "replace"), marked)
    if stated and _SEVEN_BITS.match(stated) and data.isascii():
        return Decoded(data.decode(stated, "replace"), stated)
    try:
        return Decoded(data.decode(UTF8), UTF8)
    except UnicodeDecodeError:
        text = data.decode(UTF8, "replace")
    if text.count("\ufffd") <= _MAX_DAMAGED_SHARE * sum(byte > 0x7F for byte in data):
        # One damaged character in megabytes of UTF-8 does not make it something else.
        lines = LineDecoder()
        return Decoded("".join(map(lines.decode, data.splitlines(keepends=True))), UTF8, guessed=False)
    text = data.decode(stated, "replace") if stated and codecs.lookup(stated).name != UTF8 else ""
    likeness = _likeness(words_beyond_ascii(text)) if text else -1.0
    if likeness >= _LIKE_ENOUGH:
        return Decoded(text, stated or "")
    guess = _guess_or_stated(data, stated if text else None)
    other = data.decode(guess, "replace")
    if text and _likeness(words_beyond_ascii(other)) < likeness + _BETTER:
        return Decoded(text, stated or "")
    return Decoded(other, guess, guessed=True)


def _guess_or_stated(data: bytes, stated: str | None) -> str:
    try:
        return guess_encoding(data[:SAMPLE_BYTES], whole=len(data) <= SAMPLE_BYTES)
    except ReadError:
        if stated is None:
            raise
        return stated


class LineDecoder:
    """Decodes a text in UTF-8 whose lines were pasted together from elsewhere: one that is not
    UTF-8 is read in the encoding that those like it are in.

    Attributes:
        encoding: of these lines; ``""`` while there were none.
        first: the number of the first of them.
    """

    def __init__(self) -> None:
        self.encoding = ""
        self.first = 0
        self._number = 0
        self._seen = b""
        self._guessed_at = 0

    def decode(self, line: bytes) -> str:
        """A line as text."""
        self._number += 1
        try:
            return line.decode(UTF8)
        except UnicodeDecodeError:
            self.first = self.first or self._number
        if len(self._seen) < ENCODING_SAMPLE_BYTES:
            self._seen += line[:ENCODING_SAMPLE_BYTES]
            # The more is known, the better the guess; each time there is twice as much.
            if len(self._seen) >= 2 * self._guessed_at:
                self._guessed_at = len(self._seen)
                self.encoding = _short_guess(self._seen)
        # The damage of one character leaves the rest of its line in UTF-8.
        text = line.decode(UTF8, "replace")
        if text.count("\ufffd") <= _MAX_DAMAGED_SHARE * sum(byte > 0x7F for byte in line):
            return text
        return line.decode(self.encoding, "replace")


def _short_guess(sample: bytes) -> str:
    """The encoding of a few lines that are text and not UTF-8."""
    guess = _best_guess(sample[:ENCODING_SAMPLE_BYTES])
    if guess is not None and not guess.startswith("utf_16"):
        return guess
    texts = ((name, sample.decode(name, "replace")) for name in _USUAL if not name.startswith("utf_16"))
    return max(texts, key=lambda each: _likeness(each[1][:2000]) - each[1].count("\ufffd"))[0]
