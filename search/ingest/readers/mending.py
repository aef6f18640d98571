"""Texts that were encoded twice (``Ã©`` for ``é``), put right."""

from __future__ import annotations

import re

import ftfy
from ftfy.badness import is_bad

# The first bytes of UTF-8 taken for letters, each before what its second byte is taken for. Nearly no text has such pairs,
# and looking for them is cheap; the library then decides.
_HINT = re.compile("[Â-ôĂĐ][\x80-\xbfĄ-žˆ˜‘-„†‡•…‰‹›€™]|[РС][Ђ-Џђ-џҐґ‘-„†‡•…‰‹›€™\xa0-\xbf№]")

REMARK = "texts that were encoded twice, mended"


def mended(text: str) -> str:
    """A text that was encoded twice as it was meant; any other as it is."""
    if not text or _HINT.search(text) is None or not is_bad(text):
        return text
    return str(ftfy.fix_encoding(text))
