"""Which encoding a file is in: UTF-8 first, then a guess that is said to be one."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from search.exceptions import ReadError
from search.ingest.limits import ENCODING_SAMPLE_BYTES
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
    if is_utf8 and _control_share(sample) <= 0.3:
        return UTF8
    guess = _best_guess(sample[:ENCODING_SAMPLE_BYTES])
    if guess is None or (not guess.startswith("utf_16") and _control_share(sample) > _MAX_CONTROL_SHARE):
        raise ReadError("binary file: this is no text in any encoding known here")
    return guess


def _control_share(sample: bytes) -> float:
    return len(_CONTROL.findall(sample)) / max(1, len(sample))


def _best_guess(sample: bytes) -> str | None:
    matches = list(from_bytes(sample, cp_isolation=list(_USUAL)))
    if not matches:
        return None
    close = [match for match in matches if match.chaos <= matches[0].chaos + _CLOSE_CHAOS][:6]
    return max(close, key=lambda match: detect_language(str(match)[:2000]).confidence).encoding
