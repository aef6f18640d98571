"""A folded word → its stem, language by language."""

from __future__ import annotations

import re
from functools import cache

import Stemmer

PLAIN = "xx"
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# "And the …", "so by the …": the stemmer takes the article away but not what stands before it.
_TWICE = frozenset({"fr", "es", "pt", "ca"})
# Arabic words are cut as light10 does (Larkey, Ballesteros, Connell 2007), and a little more: the article with what is
# written before it, then endings of number, gender and possession. Snowball's Arabic stemmer cuts a word with the article
# elsewhere than without it (المفاوضات, مفاوضات).
_ARABIC_ARTICLE = re.compile("^[وف]?(?:ال|بال|كال|لل)(?=..)")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_LEAST_ARABIC_STEM = 2
# Case endings of nouns and adjectives. The Russian stemmer takes some for verbs (Азербайджана became "азербайджа"), and
# Ukrainian and Belarusian have none.
_LIGHT_ENDINGS = {
    "ru": re.compile("(?<=...)(?:иями|ями|ами|ией|иям|ием|иях|ого|его|ому|ему|ыми|ими|ев|ов|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|"
                     "ам|ям|ах|ях|ом|ем|ым|им|ую|юю|ию|ия|ии|ью|а|я|у|ю|ы|и|е|о|ь|й)$"),
    "uk": re.compile("(?<=...)(?:іями|ями|ами|ією|еві|ові|ого|ому|ими|іям|іях|ію|ія|ії|ів|їв|ей|ой|ий|ій|ою|ею|єю|ам|ям|ах|ях|"
                     "ом|ем|єм|им|их|а|я|у|ю|и|і|ї|е|є|о|ь|й)$"),
    "be": re.compile("(?<=...)(?:іямі|ямі|амі|ага|яга|аму|яму|ымі|імі|ой|ай|яй|ый|ій|ая|яя|ае|ое|ыя|ія|ам|ям|ах|ях|ом|ем|ым|ім|"
                     "ыю|ію|оў|аў|яў|а|я|у|ю|ы|і|е|о|э|ь|й)$"),
}  # fmt: skip


#: Languages whose words keep their endings, but have others written onto their fronts (`search.analysis.forms`).
_PREFIXED = ("he",)
#: Every analysis there is.
PROFILES = (PLAIN, *STEMMERS, *(name for name in (*_LIGHT_ENDINGS, *_PREFIXED) if name not in STEMMERS))


def profile_of(language: str) -> str:
    """The analysis a language gets: its own where there is one, else the plain one."""
    return language if language in PROFILES else PLAIN


def stem_of(word: str, profile: str) -> str:
    """The stem of a folded word."""
    if profile == "ar":
        return _arabic_stem(word)
    if profile in _LIGHT_ENDINGS:
        word = _LIGHT_ENDINGS[profile].sub("", word)
    stemmer = _stemmer(profile)
    if stemmer is None:
        return word
    stem = stemmer.stemWord(word)
    # Endings such as -ée are no endings to the stemmer once the accent is gone: a second look takes the rest.
    return str(stemmer.stemWord(stem) if profile in _TWICE else stem)


def _arabic_stem(word: str) -> str:
    word = _ARABIC_ARTICLE.sub("", word)
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_ARABIC_STEM:
            word = word[: -len(ending)]
    return word


@cache
def _stemmer(profile: str) -> Stemmer.Stemmer | None:
    return Stemmer.Stemmer(STEMMERS[profile], 0) if profile in STEMMERS else None
