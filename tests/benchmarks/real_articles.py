"""Real articles for a benchmark: those of a folder of collections, and as many more made of their
paragraphs.

A made article has the number of parts of one real article, each part out of another of the same
collection and language, and the title, outlet and date of others: words, lengths and facets stay as
they come, and no two articles are alike.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from search.codes import COUNTRY_CODES
from search.countries import detect_mentions

_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s)|(?<=[.!?؟。])\n")
_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|(?<=。)")
_LEAST_PARTS = 3


@dataclass(frozen=True, slots=True)
class RealArticle:
    """An article with what the index knows of it; `countries` are those its title and parts name."""

    title: str
    parts: tuple[str, ...]
    outlet: str
    language: str
    day: date | None

    @property
    def body(self) -> str:
        """The whole text."""
        return "\n".join(self.parts)

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of the countries named."""
        return tuple(sorted({code for part in (self.title, *self.parts) for code in _countries(part, self.language)}))


@cache
def _countries(text: str, language: str) -> frozenset[str]:
    found = detect_mentions("", text, language)
    return frozenset(mention.country for mention in found if mention.country in COUNTRY_CODES)


def collections(folder: Path) -> dict[tuple[str, str], list[RealArticle]]:
    """The articles under a folder by collection and language; nothing where the folder has none."""
    groups: dict[tuple[str, str], list[RealArticle]] = defaultdict(list)
    for path in sorted(folder.glob("*/articles.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                language = record.get("language") or "en"
                groups[path.parent.name, language].append(_article(record, language, path.parent.name))
    return dict(groups)


def _article(record: dict[str, str | None], language: str, collection: str) -> RealArticle:
    text = (record["text"] or "").strip()
    parts = tuple(part.strip() for part in _PARAGRAPH.split(text) if part.strip())
    if len(parts) < _LEAST_PARTS:
        parts = tuple(part.strip() for part in _SENTENCE.split(text) if part.strip())
    title = (record.get("title") or (parts[0] if parts else "") or "?")[:200]
    return RealArticle(title, parts, record.get("outlet") or collection, language, _day(record.get("published") or ""))


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def articles(folder: Path, count: int, seed: int) -> Iterator[RealArticle]:
    """`count` articles, the real ones first; the same for the same seed."""
    groups = collections(folder)
    real = [article for group in groups.values() for article in group]
    chance = random.Random(seed)
    chance.shuffle(real)
    yield from real[:count]
    pools = {name: [part for article in group for part in article.parts] for name, group in groups.items()}
    names = list(groups)
    sizes = [len(groups[name]) for name in names]
    for name in chance.choices(names, sizes, k=max(0, count - len(real))):
        shape, titled, dated = (chance.choice(groups[name]) for _ in range(3))
        parts = tuple(chance.choices(pools[name], k=len(shape.parts))) if pools[name] else ()
        yield RealArticle(titled.title, parts, dated.outlet, dated.language, dated.day)
