"""Names that are also words, where neither a capital nor a case ending tells.

The company they are in decides (``Чад и Того``, ``수단 정부``).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from search.countries.folding import fold_key
from search.countries.mention import Mention
from search.countries.tables import DATA, read_table

_AND = (
    "and e et y i и та і ва a aj și si und en og och ja és es και և ու და ve və we va ve û u un ir dhe eta agus ac ha hag kaj"
    " un na dan at da iyo fi sy mpe àti ati ne and o oraz или ili or ou да және мен жана менен һәм 와 과 및 и"
    " و او اور ۽ ۋە و और व आणि र ও এবং আৰু ଓ અને ਅਤੇ සහ හා மற்றும் మరియు ಮತ್ತು ഒപ്പം ו እና ን and"
)
_WORDS_FOR_AND = frozenset(_AND.split())
_SIGNS = str.maketrans(dict.fromkeys(",،、·/–-", " "))
#: Letters of an article that may follow "and", and how far apart two countries of a list stand.
_ARTICLE = 4
_REACH = 14
#: Letters of a word that may stand between, and how far from a name a word of states is looked for.
_SHORT = 3
_LOOK = 40


def accompanied(
    weak: list[Mention], names: list[Mention], sure: list[Mention], texts: dict[str, str], pack: str
) -> list[Mention]:
    """The mentions of ``weak`` and ``names`` that what stands around them makes countries.

    ``weak``: words of which no capital tells; kept where their country is named elsewhere
    (``sure``), in a list with another country, or beside a word of states (``state_words.tsv``).
    ``names``: first names and the like (Maurice); a list must then say "and".
    """
    if not weak and not names:
        return []
    named = {mention.country for mention in sure}
    neighbours = sorted([*sure, *weak], key=lambda mention: (mention.field, mention.start))
    places = [(mention.field, mention.start) for mention in neighbours]
    kept = []
    for mention, said in [*((each, False) for each in weak), *((each, True) for each in names)]:
        if mention.country not in named and not _beside_state_word(texts[mention.field], mention, pack):
            at = bisect_left(places, (mention.field, mention.start))
            # Itself stands at its place where it is one of them.
            beside = neighbours[max(0, at - 1) : at + 2]
            if not any(_in_one_list(texts, mention, other, said=said) for other in beside):
                continue
        kept.append(mention)
    return kept


def _in_one_list(texts: dict[str, str], one: Mention, other: Mention, *, said: bool) -> bool:
    """Whether a sign or "and" joins two countries; ``said``: only "and" does."""
    if one.field != other.field or one.country == other.country:
        return False
    first, second = sorted((one, other), key=lambda mention: mention.start)
    if not 0 <= second.start - first.end <= _REACH:
        return False
    gap = texts[one.field][first.end : second.start]
    words = gap.translate(_SIGNS).split()
    if words:
        return words[0].lower() in _WORDS_FOR_AND and (
            len(words) == 1 or (len(words) == 2 and len(words[1]) <= _ARTICLE)
        )
    # Where names have capitals, two of them without a sign are one name.
    return not said and bool(gap) and not (gap.isspace() and one.surface[:1].isupper())


@cache
def _state_words() -> dict[str, tuple[str, ...]]:
    """Pack → folded beginnings of the words that make a name beside them a state's."""
    return {
        pack: tuple(fold_key(word) for word in words.split())
        for _, (packs, words) in read_table(DATA / "state_words.tsv", 2)
        for pack in packs.split()
    }


def _beside_state_word(text: str, mention: Mention, pack: str) -> bool:
    words = _state_words().get(pack)
    if not words:
        return False
    before, after = text[max(0, mention.start - _LOOK) : mention.start], text[mention.end : mention.end + _LOOK]
    near = before.split()[-2:] if before[-1:].isspace() else []
    # An article or a preposition may stand between.
    if len(near) > 1 and len(near[1]) > _SHORT:
        del near[0]
    near += after.split()[:1] if after[:1].isspace() else []
    return any(fold_key(word).startswith(words) for word in near)
