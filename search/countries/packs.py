"""Which pack reads a text: by its language, or by its script where the language is unknown."""

from __future__ import annotations

import re
from functools import cache

from search.countries.gazetteer import Pack, cldr_rows, load_pack, pack_of_language

_SCRIPTS = (
    ("en", re.compile("[A-Za-zÀ-ɏ]")),
    ("cyrillic", re.compile("[Ѐ-ӿ]")),
    ("ar", re.compile("[؀-ۿ]")),
    ("ja", re.compile("[぀-ヿ]")),
    ("zh", re.compile("[一-鿿]")),
    ("hy", re.compile("[԰-֏]")),
    ("ko", re.compile("[가-힣]")),
    ("el", re.compile("[Ͱ-Ͽ]")),
    ("he", re.compile("[֐-׿]")),
    ("ka", re.compile("[ა-ჿ]")),
    ("th", re.compile("[฀-๿]")),
    ("hi", re.compile("[ऀ-ॿ]")),
    ("km", re.compile("[ក-៿]")),
)
_PERSIAN = re.compile("[پچژگی]")
SAMPLE_CHARS = 1_000


@cache
def _known_languages() -> frozenset[str]:
    return frozenset(language for _, _, languages in cldr_rows() for language in languages)


def pack_for(language: str | None, text: str) -> Pack:
    """The pack for a language subtag; for an unknown language that of the commonest script of
    ``text``."""
    sample = text[:SAMPLE_CHARS]
    if language in _known_languages():
        name = pack_of_language().get(language, language)
        # Serbian and Bosnian are written in both scripts.
        return load_pack("sl" if name == "cyrillic" and sample and not _SCRIPTS[1][1].search(sample) else name)
    if sample.isascii():
        return load_pack("en")
    counts = [(len(letters.findall(sample)), name) for name, letters in _SCRIPTS]
    name = max(counts, key=lambda found: found[0])[1]
    if name == "zh" and counts[3][0] * 10 > counts[4][0]:
        name = "ja"
    if name == "ar" and len(_PERSIAN.findall(sample)) * 20 > counts[2][0]:
        name = "fa"
    return load_pack(name)
