"""Names of months in many languages and three calendars, and the days of the Jalali calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from babel import Locale

from search.folding import fold


class Calendar(StrEnum):
    """The calendar that a month's name belongs to."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"
    JALALI = "jalali"


Month = tuple[Calendar, int]
"""A calendar and the number of the month in it, from 1."""

# Where one spelling is two months (listopad is November in Polish and October in Croatian) the earlier language wins,
# unless the text's own language is known.
LANGUAGES = [
    "en",
    "fr",
    "es",
    "de",
    "pt",
    "ru",
    "ar",
    "tr",
    "fa",
    "it",
    "nl",
    "pl",
    "uk",
    "cs",
    "sv",
    "da",
    "nb",
    "fi",
    "el",
    "he",
    "hu",
    "ro",
    "bg",
    "sr",
    "hr",
    "sl",
    "sk",
    "mk",
    "bs",
    "sq",
    "lt",
    "lv",
    "et",
    "be",
    "az",
    "kk",
    "ky",
    "uz",
    "hy",
    "ka",
    "hi",
    "ur",
    "bn",
    "ta",
    "te",
    "mr",
    "gu",
    "kn",
    "ml",
    "pa",
    "ne",
    "th",
    "id",
    "ms",
    "vi",
    "sw",
    "af",
    "ca",
    "gl",
    "eu",
    "cy",
    "ga",
    "is",
    "mt",
    "am",
    "so",
    "ha",
    "fil",
    "km",
    "my",
    "lo",
    "mn",
    "ps",
    "ku",
]

# What CLDR does not list: the Maghreb's names, spellings, short forms, and the names of two other calendars.
_MORE: dict[str, tuple[str, ...]] = {
    "ar": (
        "يناير|جانفي|كانون الثاني|كانون ثاني|ينائر", "فبراير|فيفري|شباط|فبرائر", "مارس|آذار", "أبريل|إبريل|أفريل|نيسان|ابريل",
        "مايو|ماي|أيار|نوار", "يونيو|يونيه|جوان|حزيران", "يوليو|يوليه|يوليوز|جويلية|جويليه|تموز", "أغسطس|غشت|أوت|آب",
        "سبتمبر|شتنبر|أيلول|سبتنبر", "أكتوبر|تشرين الأول|تشرين أول|اكتوبر", "نوفمبر|نونبر|تشرين الثاني|تشرين ثاني",
        "ديسمبر|دجنبر|كانون الأول|كانون أول|دسمبر",
    ),
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep|sept", "oct", "nov", "dec"),
    "fr": ("janv", "fevr|fev", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"),
    "de": ("jaenner|janner", "feb", "maerz|marz", "apr", "mai", "juni", "juli", "aug", "sept", "okt", "nov", "dez"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set|setiembre|sept", "oct", "nov", "dic"),
    "pt": ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"),
    "tr": ("oca", "sub", "mar", "nis", "may", "haz", "tem", "agu", "eyl", "eki", "kas", "ara"),
    "ru": ("янв", "фев|февр", "мар", "апр", "май|мая", "июн", "июл", "авг", "сен|сент", "окт", "ноя|нояб", "дек"),
    "fa": (
        "ژانویه", "فوریه", "مارس", "آوریل|اپریل", "مه|می", "ژوئن|جون", "ژوئیه|جولای|ژوییه", "اوت|آگوست|اگست", "سپتامبر",
        "اکتبر|اکتوبر", "نوامبر", "دسامبر",
    ),
}  # fmt: skip
_BETWEEN_WORDS = str.maketrans(dict.fromkeys("-'.", " "))
_JALALI = (
    "فروردین|حمل|farvardin", "اردیبهشت|ثور|ordibehesht", "خرداد|جوزا|khordad", "تیر|سرطان|tir", "مرداد|امرداد|اسد|mordad",
    "شهریور|سنبله|shahrivar", "مهر|میزان|mehr", "آبان|عقرب|aban", "آذر|قوس|azar", "دی|جدی|dey", "بهمن|دلو|bahman",
    "اسفند|حوت|esfand",
)  # fmt: skip
_HIJRI = (
    "محرم|محرم الحرام|muharram|moharram|muharrem", "صفر|safar|صفر الخير|safer",
    "ربيع الأول|ربيع اول|rabi al awal|rabi al awwal|rabi ul awwal|rabi ul awal|rabi i|rabia al awal|rabiulevvel",
    "ربيع الآخر|ربيع الثاني|rabi al thani|rabi al akhir|rabi ath thani|rabi ul akhir|rabi ii|rabi us sani|rebiulahir",
    "جمادى الأولى|جمادى الاول|جمادي الأول|jumada al ula|jumada al awwal|jumada al awal|jumada i|jumada ul "
    "awwal|jamadi ul awwal",
    "جمادى الآخرة|جمادى الثانية|جمادي الثاني|جمادى الآخر|jumada al akhirah|jumada al akhira|jumada al thani|jumada "
    "al thaniyah"
    "|jumada ii|jumada ath thani",
    "رجب|rajab|recep", "شعبان|shaban|sha ban|shaaban|saban", "رمضان|ramadan|ramadhan|ramazan", "شوال|shawwal|shawal|sevval",
    "ذو القعدة|ذي القعدة|ذوالقعدة|dhu al qadah|dhu al qa dah|dhu al qidah|dhu al qi dah|dhul qadah|dhul qa "
    "dah|zilkade",
    "ذو الحجة|ذي الحجة|ذوالحجة|dhu al hijjah|dhu al hijja|dhul hijjah|dhul hijja|dhu l hijja|zul hijjah|zilhicce",
)  # fmt: skip


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, Month]]:
    """Folded name → language → month, languages in order of preference. Jalali names are under
    ``fa``."""
    table: dict[str, dict[str, Month]] = {}

    def add(names: str, language: str, month: Month) -> None:
        for name in names.split("|"):
            key = " ".join(fold(name).translate(_BETWEEN_WORDS).split())
            if len(key) > 1 and not any(char.isdigit() for char in key):
                table.setdefault(key, {}).setdefault(language, month)

    for language in LANGUAGES:
        for number, names in enumerate(_MORE.get(language, ()), start=1):
            add(names, language, (Calendar.GREGORIAN, number))
        widths = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in widths[context][width].items():
                    add(name, language, (Calendar.GREGORIAN, number))
    # Glued to "month": mehrmah.
    jalali = ["|".join(name for each in names.split("|") for name in (each, f"{each}ماه")) for names in _JALALI]
    for calendar, months, language in ((Calendar.JALALI, jalali, "fa"), (Calendar.HIJRI, _HIJRI, "ar")):
        for number, names in enumerate(months, start=1):
            add(names, language, (calendar, number))
    return table


def month_named(words: str, language: str | None = None) -> Month | None:
    """The month of a name in folded words, by the text's ``language`` where spellings collide."""
    languages = _table().get(words)
    if languages is None:
        return None
    if language and language in languages:
        return languages[language]
    return next(iter(languages.values()))


@lru_cache(maxsize=1)
def longest_name_words() -> int:
    """How many words the longest month's name has."""
    return max(len(name.split()) for name in _table())


@lru_cache(maxsize=1)
def weekday_names() -> frozenset[str]:
    """Folded names of the days of the week in all the languages, words of two-word names apart."""
    names: set[str] = set()
    for language in LANGUAGES:
        for widths in Locale(language).days.values():
            for width in ("wide", "abbreviated"):
                for name in widths[width].values():
                    words = fold(name).replace(".", "").replace("-", " ").split()
                    # Two Latin letters (Finnish "la", Polish "wt") are more often a word of a name.
                    names.update(word for word in words if len(word) > 2 or (len(word) == 2 and not word.isascii()))
    return frozenset(names)


_LEAP_REMAINDERS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # of year mod 33; right for 1244–1472 (1865–2093 CE)
_ANCHOR = (1399, date(2020, 3, 20))  # a new year's day


def _jalali_leap(year: int) -> bool:
    return year % 33 in _LEAP_REMAINDERS


def jalali_to_gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Jalali one.

    Raises ``ValueError`` for a day that does not exist, or a year outside 1244–1472.
    """
    if not (1244 <= year <= 1472 and 1 <= month <= 12):
        raise ValueError("outside the years the calendar is known for")
    length = 31 if month <= 6 else 30 if month < 12 or _jalali_leap(year) else 29
    if not 1 <= day <= length:
        raise ValueError("no such day in that month")
    anchor_year, new_year = _ANCHOR
    step = 1 if year > anchor_year else -1
    leaps = sum(_jalali_leap(each) for each in range(min(year, anchor_year), max(year, anchor_year)))
    days = (year - anchor_year) * 365 + step * leaps
    return new_year + timedelta(days=days + 31 * min(month - 1, 6) + 30 * max(0, month - 7) + day - 1)
