"""Stories of a dry run: what it would write, compared with itself and with the database, nothing
written."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from types import TracebackType
from typing import Self

from search.dates.values import PublishedDate
from search.ingest.records import Labels, Record
from search.ingest.storing.known_articles import KnownArticle
from search.models import Article, StoryText
from search.models.querysets import chunks
from search.stories.comparing import (  # fmt: skip
    DatedMember,
    Node,
    Prepared,
    Signature,
    StoryIndex,
    copies_of,
    first_of,
    overlap_of,
    partition,
    prepare,
)
from search.stories.components import Connected, article_key, connected_with
from search.stories.links import prepared_texts
from search.stories.places import StoryPlace, alone_with_repeats, published_of, story_place, story_places
from search.stories.texts import like_stored, most_like

#: Articles that would be new come after all that are there.
_AFTER_ALL = 1 << 62


class DryRunStories:
    """Articles that a dry run would write are known by negative numbers, those of the database by
    their keys.

    A text's number is the hash of its words, in the run as in the database. Words are kept in a
    file, by text.
    """

    def __init__(self, *, ask_database: bool) -> None:
        self._ask_database = ask_database
        self._numbers: dict[tuple[str, str], int] = {}
        self._nodes: dict[int, Node] = {}
        self._published: dict[int, PublishedDate] = {}
        self._replaced: set[int] = set()
        self._index = StoryIndex()
        self._hashes: list[int] = []
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the run
        self._at: dict[int, tuple[int, int]] = {}
        self._waiting: dict[int, Signature] = {}
        self._copies: dict[tuple[int, int], float] = {}
        #: Texts of the database, by key, that ones of the run are copies of.
        self._met: dict[int, int] = {}
        self._places: dict[int, StoryPlace] | None = None
        self._connected = Connected()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def number(self, known: KnownArticle) -> int:
        """By what an article is known."""
        return self._numbers.get((known.collection, known.external_id)) or known.pk or 0

    def add(self, known: KnownArticle, record: Record, labels: Labels, replaced: int | None) -> None:
        """An article that would be written, in the place of one of the database where that is
        given."""
        place = (known.collection, known.external_id)
        number = self._numbers.setdefault(place, -len(self._numbers) - 1)
        text = labels.sketch.hash if labels.sketch else None
        self._nodes[number] = Node(number, article_key(*place), text)
        self._published[number] = labels.published
        if replaced is not None:
            self._replaced.add(replaced)
        if labels.sketch is not None and labels.sketch.hash not in self._at:
            packed = zlib.compress(f"{record.title}\0{record.text}".encode("utf-8", "surrogatepass"), 1)
            self._file.seek(0, 2)
            self._at[labels.sketch.hash] = (self._file.tell(), len(packed))
            self._file.write(packed)
            self._waiting[labels.sketch.hash] = labels.sketch.signature

    def compare(self) -> None:
        """Find the copies of what was added since the last time."""
        stored = like_stored(self._waiting) if self._ask_database else {}
        words = prepared_texts({text for likely in stored.values() for text in likely})
        hashes = _hashes_of(words)
        for text, signature in self._waiting.items():
            likely = [self._hashes[row] for row in most_like(self._index.add(signature))]
            self._hashes.append(text)
            candidates = {other: self._words(other) for other in likely}
            for key in stored.get(text, ()):
                if key in words:
                    candidates[hashes[key]] = words[key]
                    self._met[hashes[key]] = key
            candidates.pop(text, None)
            if candidates:
                for other, overlap in copies_of(self._words(text), candidates.items()).items():
                    self._copies[min(text, other), max(text, other)] = overlap
        self._waiting.clear()

    def places(self, numbers: Collection[int], repeated: Collection[int]) -> dict[int, StoryPlace]:
        """Places of articles once all were added; one with a repeat in its own outlet shares a
        story with that."""
        if self._places is None:
            self._places = self._grouped()
        found = {number: self._places[number] for number in numbers if number in self._places}
        if self._ask_database:
            there = {number for number in numbers if number > 0} - self._connected.nodes.keys() - self._replaced
            found |= story_places(there)
        for number in set(repeated) - found.keys():
            node = self._nodes.get(number) or self._connected.nodes.get(number)
            if node is not None:
                found[number] = alone_with_repeats(node.key)
            elif number > 0:
                row = Article._base_manager.filter(pk=number).values_list("collection", "external_id", "pk").first()
                if row is not None:
                    found[number] = alone_with_repeats(article_key(*row))
        return found

    def _grouped(self) -> dict[int, StoryPlace]:
        nodes, copies = dict(self._nodes), dict(self._copies)
        published = dict(self._published)
        if self._ask_database:
            self._connect(nodes, copies, published)
        places: dict[int, StoryPlace] = {}
        for group in partition(nodes.values(), copies, self._connected.decisions):
            self._place(group, copies, published, places)
        return places

    def _connect(
        self, nodes: dict[int, Node], copies: dict[tuple[int, int], float], published: dict[int, PublishedDate]
    ) -> None:
        """Add what the database has that is connected with the run."""
        texts = set(self._met.values())
        for some in chunks({node.text for node in self._nodes.values() if node.text is not None}):
            texts.update(StoryText.objects.filter(hash__in=some).values_list("pk", flat=True))
        self._connected = connected_with(texts, self._replaced)
        there = {node.text for node in self._connected.nodes.values() if node.text is not None}
        hashes = _hashes_of(there | {text for pair in self._connected.copies for text in pair})
        self._met |= {hash_: text for text, hash_ in hashes.items()}
        for (one, other), overlap in self._connected.copies.items():
            if one in hashes and other in hashes:
                pair = hashes[one], hashes[other]
                copies[min(pair), max(pair)] = overlap
        for number, node in self._connected.nodes.items():
            if number not in self._replaced:
                nodes[number] = Node(number, node.key, hashes.get(node.text) if node.text is not None else None)
        for some in chunks(self._connected.nodes.keys()):
            rows = Article._base_manager.filter(pk__in=some).values_list("pk", "published", "published_precision")
            published.update({pk: published_of(day, precision) for pk, day, precision in rows})

    def _place(
        self,
        group: tuple[Node, ...],
        copies: Mapping[tuple[int, int], float],
        published: Mapping[int, PublishedDate],
        places: dict[int, StoryPlace],
    ) -> None:
        first = first_of([DatedMember(_in_time(node.article), published[node.article]) for node in group])
        of_first = next(node for node in group if _in_time(node.article) == first.article)
        for node in group:
            overlap = self._overlap(of_first.text, node.text, copies)
            places[node.article] = story_place(group[0].key, _in_time(node.article), first, overlap)

    def _overlap(self, one: int | None, other: int | None, copies: Mapping[tuple[int, int], float]) -> float:
        if one is None or other is None:
            return 0.0
        if one == other:
            return 1.0
        stored = copies.get((min(one, other), max(one, other)))
        return overlap_of(self._words(one), self._words(other)) if stored is None else stored

    def _words(self, text: int) -> Prepared:
        if text not in self._at:
            key = self._met[text]
            return prepared_texts([key])[key]
        offset, length = self._at[text]
        self._file.seek(offset)
        title, body = zlib.decompress(self._file.read(length)).decode("utf-8", "surrogatepass").split("\0", 1)
        return prepare(title, body)


def _in_time(number: int) -> int:
    return number if number > 0 else _AFTER_ALL - number


def _hashes_of(texts: Iterable[int]) -> dict[int, int]:
    hashes: dict[int, int] = {}
    for some in chunks(list(texts)):
        hashes.update(StoryText.objects.filter(pk__in=some).values_list("pk", "hash"))
    return hashes
