"""How lines of one paragraph are put together, and which never go on from the one above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_SIGN = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]"
_NEXT_TO_SIGN = re.compile(rf"{_SIGN}\n|\n{_SIGN}")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑–—]$")
_ITEM = re.compile(r"(?:[*•·▪◦‣●○■□►▶–—-]\s|>|\d{1,3}[.)]\s|[(\[]\d{1,3}[)\]]\s|[#=_*~-]{3,})")
_CODED = re.compile(r"^[A-Z]{2,3}(?:\t|\s\s|$)")
_ACCESSION = re.compile(r"(?:[^\W\d_]{2,12} )?(?=\S{0,24}\d{6})\S{12,60}")
_LABELLED = re.compile(r"[^\W\d][\w-]{0,20}(?:[ '’][\w-]{1,20}){0,2}\s?[:：]\s?+\S")


def joined_text(texts: Sequence[str]) -> str:
    """The lines of a paragraph as one: a space between them where the script has spaces and no word
    was broken."""
    parts = [texts[0]]
    for before, after in pairwise(texts):
        if before.endswith("\u00ad"):
            parts[-1] = parts[-1][:-1]
        elif not (_NEXT_TO_SIGN.search(f"{before[-1:]}\n{after[:1]}") or _breaks_word(before, after)):
            parts.append(" ")
        parts.append(after)
    return "".join(parts)


def _breaks_word(before: str, after: str) -> bool:
    return after[:1].isalnum() and _HYPHEN.search(before[-2:]) is not None


def item_mark(text: str) -> str:
    """What an item of a list, a quotation or a rule begins with, numbers aside; ``""`` for text."""
    match = _ITEM.match(text)
    return re.sub(r"\d+", "0", match[0]) if match else ""


def is_coded(raw: str) -> bool:
    """Whether a line begins with a code of two or three capitals and a tab, or is a number by which
    a document is known, as in exports."""
    return _CODED.match(raw.strip()) is not None or _ACCESSION.fullmatch(raw.strip()) is not None


def is_labelled(text: str) -> bool:
    """Whether a line begins with a word or three and a colon, as the header of a mail does."""
    return _LABELLED.match(text) is not None
