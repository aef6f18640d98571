"""What a change may concern: all articles that copies and decisions connect with some."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from search.hashing import digest
from search.models import Article, StoryDecision
from search.models.querysets import chunks
from search.models.stories import STORY_KEY_CHARACTERS
from search.stories.comparing import Decisions, Node
from search.stories.links import copies_between

#: A component of more texts than this is a form that many fill in; its stories are not made anew each time.
MAX_COMPONENT = 50


@dataclass(slots=True)
class Connected:
    """Articles, the story each has, and what connects them; `of_forms` are texts of components too
    large to follow."""

    nodes: dict[int, Node] = field(default_factory=dict)
    stories: dict[int, int | None] = field(default_factory=dict)
    copies: dict[tuple[int, int], float] = field(default_factory=dict)
    same: set[tuple[int, int]] = field(default_factory=set)
    different: set[tuple[int, int]] = field(default_factory=set)
    of_forms: set[int] = field(default_factory=set)

    @property
    def decisions(self) -> Decisions:
        """As `partition` takes them."""
        return Decisions(frozenset(self.same), frozenset(self.different))


class _Sets:
    """Disjoint sets of texts, each with its size."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}
        self._sizes: dict[int, int] = {}

    def root(self, text: int) -> int:
        self._parents.setdefault(text, text)
        while self._parents[text] != text:
            # Halving the path keeps it short.
            self._parents[text] = text = self._parents[self._parents[text]]
        return text

    def join(self, one: int, other: int) -> None:
        kept, absorbed = self.root(one), self.root(other)
        if kept != absorbed:
            self._parents[absorbed] = kept
            self._sizes[kept] = self._sizes.get(kept, 1) + self._sizes.pop(absorbed, 1)

    def members(self) -> list[int]:
        return list(self._parents)

    def is_large(self, text: int) -> bool:
        return self._sizes.get(self.root(text), 1) > MAX_COMPONENT


def article_key(collection: str, external_id: str, pk: int | None = None) -> str:
    """What orders an article among others, whatever was stored first; one without an id goes by its
    number."""
    parts = (collection, external_id) if external_id else ("article", str(pk))
    return digest(*parts)[:STORY_KEY_CHARACTERS]


def connected_with(texts: Collection[int], articles: Collection[int] = ()) -> Connected:
    """Everything connected with these texts and articles."""
    found, sets = Connected(), _Sets()
    decided = StoryDecision.objects.exists()
    seen: set[int] = set()
    new_texts, new_articles = set(texts), set(articles)
    while new_texts or new_articles:
        seen |= new_texts
        copies = copies_between(new_texts)
        found.copies |= copies
        for one, other in copies:
            sets.join(one, other)
        joined = _take(found, new_texts, new_articles)
        new_articles = _take_decisions(found, joined) if decided and joined else set()
        for one, other in _texts_of(found):
            sets.join(one, other)
        reached = {text for pair in copies for text in pair} | {text for pk in joined if (text := found.nodes[pk].text)}
        new_texts = {text for text in reached - seen if not sets.is_large(text)}
    # Also those that were reached and not followed any more.
    found.of_forms = {text for text in sets.members() if sets.is_large(text)}
    for pk in [pk for pk, node in found.nodes.items() if node.text in found.of_forms]:
        del found.nodes[pk], found.stories[pk]
    return found


def _texts_of(found: Connected) -> Iterator[tuple[int, int]]:
    """The texts of articles that people called the same."""
    for one, other in found.same:
        first, second = found.nodes.get(one), found.nodes.get(other)
        if first and second and first.text is not None and second.text is not None:
            yield first.text, second.text


def _take(found: Connected, texts: Collection[int], articles: Collection[int]) -> set[int]:
    """Add the articles with these texts or keys; returns the keys of those added."""
    joined: set[int] = set()
    for column, values in (("story_text__in", texts), ("pk__in", articles)):
        for some in chunks(values):
            rows = Article._base_manager.filter(**{column: some})
            for pk, collection, external_id, text, story in rows.values_list(
                "pk", "collection", "external_id", "story_text_id", "story_id"
            ):
                if pk not in found.nodes:
                    found.nodes[pk] = Node(pk, article_key(collection, external_id, pk), text)
                    found.stories[pk] = story
                    joined.add(pk)
    return joined


def _take_decisions(found: Connected, articles: Iterable[int]) -> set[int]:
    """Add what people decided of these articles; returns those that they joined with them and are
    not there yet."""
    neighbours: set[int] = set()
    for some in chunks(list(articles)):
        for column in ("one__in", "other__in"):
            rows = StoryDecision.objects.filter(**{column: some})
            for one, other, same in rows.values_list("one", "other", "same"):
                (found.same if same else found.different).add((one, other))
                if same:
                    neighbours |= {one, other}
    return neighbours - found.nodes.keys()
