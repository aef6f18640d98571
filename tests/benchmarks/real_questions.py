"""Questions over real articles: by kind, with words of titles drawn at random, so rare and common
ones come as they do."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

_SHORTEST_FUZZY = 4


@dataclass(frozen=True, slots=True)
class Question:
    """One search, independent of any engine.

    Attributes:
        kind: as shown in the table.
        form: how the words are sought: ``all``, ``any``, ``phrase``, ``prefix``, ``fuzzy`` or
            ``everything``.
        words: as in titles, letters only.
        filters: ``outlet``, ``language``, ``country``: ticked values.
        without: a country excluded.
        year: that dates must fall into.
        newest: sorted by date instead of by relevance.
    """

    kind: str
    form: str
    words: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    without: str = ""
    year: int = 0
    newest: bool = False

    def parameters(self) -> dict[str, str | list[str]]:
        """The address's."""
        text = " ".join(self.words)
        texts = {"phrase": f'"{text}"', "prefix": f"{text}*", "fuzzy": f"{text}~"}
        asked: dict[str, str | list[str]] = {name: list(values) for name, values in self.filters.items()}
        if text:
            asked["q"] = texts.get(self.form, text)
        if self.form == "any":
            asked["match"] = "any"
        if self.without:
            asked["country_not"] = self.without
        if self.year:
            asked |= {"date_from": str(self.year), "date_to": str(self.year)}
        if self.newest:
            asked["sort"] = "newest"
        return asked


def questions(
    titles: list[str], facets: dict[str, list[str]], years: list[int], count: int, chance: random.Random
) -> Iterator[Question]:
    """`count` of each kind, kinds in turn.

    Args:
        facets: values of ``outlet``, ``language`` and ``country``, as often as they come.
        years: of articles, as often as they come.
    """
    split = [words for title in titles if len(words := [word for word in title.split() if word.isalpha()]) > 1]
    longer = [[word for word in words if len(word) >= _SHORTEST_FUZZY] for words in split]
    longer = [words for words in longer if words]

    def word() -> tuple[str, ...]:
        return (chance.choice(chance.choice(split)),)

    def values(name: str, most: int) -> tuple[str, ...]:
        return tuple(sorted({chance.choice(facets[name]) for _ in range(most)}))

    for _ in range(count):
        title = chance.choice(split)
        at = chance.randrange(len(title) - 1)
        yield Question("one word", "all", word())
        yield Question("two words of one title", "all", tuple(chance.sample(title, 2)))
        yield Question("any of six words", "any", tuple(word()[0] for _ in range(6)))
        yield Question("phrase", "phrase", tuple(title[at : at + 2]))
        yield Question("prefix", "prefix", (chance.choice(chance.choice(longer))[:4],))
        yield Question("fuzzy", "fuzzy", (chance.choice(chance.choice(longer)),))
        yield Question("word and country", "all", word(), {"country": values("country", 1)})
        yield Question("everything, newest first", "everything", newest=True)
        yield Question(
            "country, without another",
            "everything",
            filters={"country": values("country", 1)},
            without=values("country", 1)[0],
            newest=True,
        )
        yield Question("word and year", "all", word(), year=chance.choice(years))
        yield Question(
            "word, three facets ticked",
            "all",
            word(),
            {name: values(name, 2) for name in ("outlet", "language", "country")},
        )
