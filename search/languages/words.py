"""Which language a few words are in, by how often each language uses them.

For titles, where letters alone leave languages of one family undecided. The lists are wordfreq's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from wordfreq import available_languages, get_frequency_list
from wordfreq.transliterate import SR_LATN_TABLE

#: Words kept of each language: memory is bounded (a few megabytes a language), and rarer ones tell little.
MAX_SAMPLE_WORDS = 20_000
#: What a word that a list does not have is taken for, as a power of ten: ten times rarer than the rarest one.
UNLISTED = -7.0
#: Words that count fully; more of them make no one surer, as the models then know too.
MAX_COUNTED = 8
#: How much more likely ten times the frequency makes a language. Below ten, as words of one title depend on one another.
BASE = 4.0
_WORD = re.compile(r"[^\W\d_]+")
# Three share a list; Norwegian is mostly Bokmål.
_LIST_OF = {"sr": "sh", "hr": "sh", "bs": "sh", "no": "nb"}


def by_words(text: str, shares: Mapping[str, float]) -> dict[str, float]:
    """How likely each language of ``shares`` (code → share) is by the words of ``text``.

    Languages without a list keep their shares; those with one divide among them what is left.
    """
    lists = {code: _LIST_OF.get(code, code) for code in shares}
    listed = [code for code, name in lists.items() if name in _languages()]
    if len(listed) < 2 or _WORD.search(text) is None:
        return dict(shares)
    powers = {code: _power(text, lists[code]) for code in listed}
    most = max(powers.values())
    weights = {code: BASE ** (power - most) for code, power in powers.items()}
    room = sum(shares[code] for code in listed) / sum(weights.values())
    return {code: weights[code] * room if code in weights else share for code, share in shares.items()}


def _power(text: str, name: str) -> float:
    # The one list of Serbian, Croatian and Bosnian has Latin letters only.
    words = _WORD.findall(text.lower().translate(SR_LATN_TABLE) if name == "sh" else text.lower())
    known = _frequencies(name)
    powers = [known.get(word, UNLISTED) for word in words]
    return sum(powers) / len(powers) * min(len(powers), MAX_COUNTED)


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return frozenset(available_languages("small"))


@lru_cache(maxsize=64)
def _frequencies(language: str) -> Mapping[str, float]:
    """Word → its share of all words as a power of ten, of the most frequent words of a language."""
    kept: dict[str, float] = {}
    # Bins of words of one frequency, in hundredths of a power of ten, most frequent first.
    for number, words in enumerate(get_frequency_list(language, "small")):
        for word in words:
            kept[word] = -number / 100
        if len(kept) >= MAX_SAMPLE_WORDS:
            break
    get_frequency_list.cache_clear()  # it would keep the whole lists
    return kept
