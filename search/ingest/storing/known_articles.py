"""What the database (in a dry run: and the run itself) already has, and what that makes of a
record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from search.hashing import digest
from search.ingest.records import Record
from search.ingest.storing.outlets import OutletRegistry, spelling_key
from search.models import Article

#: Orders versions of an article: run that brought its file, row of the file (its number in a dry run), line.
Sequence3 = tuple[int, int, int]
NO_SEQUENCE: Sequence3 = (0, 0, 0)


class Status(StrEnum):
    """What became of a record."""

    NEW = "new"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    DUPLICATE = "duplicate"


@dataclass(slots=True)
class KnownArticle:
    """The part of an article that decides about records. ``pk`` is ``None`` until it is written."""

    pk: int | None
    collection: str
    external_id: str
    input_hash: str
    content_hash: str
    #: ``None`` for one that gave its content up (see `Article.ingested["same_as"]`).
    dedupe_key: str | None
    outlet_id: int | None
    outlet_key: str
    #: Of the last record under its id that was not passed over.
    sequence: Sequence3
    #: The input, since what is stored, that was found to be the same as another article.
    same_as_input: str = ""

    @property
    def shown_id(self) -> str:
        """What names it to people: its id, or where a person made it and it has none, its
        number."""
        return self.external_id or f"article {self.pk}"


@dataclass(frozen=True, slots=True)
class Decision:
    """A status, the article that it concerns (none for a new one), and for an update that turned
    out to repeat another article, that one (`hide`: the article of this id shall be hidden)."""

    status: Status
    article: KnownArticle | None = None
    duplicate_of: KnownArticle | None = None
    hide: bool = False


def dedupe_key(outlet_id: int | None, content_hash: str) -> str:
    """What two articles of one outlet with the same title and text share."""
    return digest(str(outlet_id or ""), content_hash)


def decide(
    record: Record, same_id: KnownArticle | None, same_content: KnownArticle | None, sequence: Sequence3, *, given: bool
) -> Decision:
    """What becomes of a record.

    Args:
        same_id: the article with its id.
        same_content: an article of its outlet with its title and text.
        sequence: the record's own; an earlier line or file of a repeated run does not override a
            later one.
        given: whether this run met that article's present version before.
    """
    if same_id is None:
        return Decision(Status.DUPLICATE, same_content, same_content) if same_content else Decision(Status.NEW)
    if same_id.input_hash == record.input_hash:
        repeat = given and sequence != same_id.sequence
        return Decision(Status.DUPLICATE, same_id, same_id) if repeat else Decision(Status.UNCHANGED, same_id)
    if same_id.same_as_input == record.input_hash:
        return Decision(Status.DUPLICATE, same_id, same_content or same_id)
    if sequence < same_id.sequence:
        return Decision(Status.UNCHANGED, same_id)
    if same_content is not None and same_content is not same_id:
        return Decision(Status.DUPLICATE, same_id, same_content, hide=True)
    return Decision(Status.UPDATED, same_id)


@dataclass(slots=True)
class Knowledge:
    """Known articles that records of a batch may meet."""

    registry: OutletRegistry
    #: A dry run without a database yet asks nothing of it.
    ask_database: bool = True
    #: Articles a dry run would write; they go before those of the database.
    imagined: dict[tuple[str, str], KnownArticle] = field(default_factory=dict)
    _by_id: dict[tuple[str, str], KnownArticle] = field(default_factory=dict)
    _former: dict[tuple[str, str], tuple[Sequence3, int]] | None = None
    _by_content: dict[str, list[KnownArticle]] = field(default_factory=dict)
    _imagined_content: dict[str, list[KnownArticle]] = field(default_factory=dict)

    def load(self, records: Sequence[Record]) -> None:
        """Look up everything that these records may meet; forgets what was looked up before."""
        self._by_id.clear()
        self._by_content.clear()
        if self.ask_database:
            ids: dict[str, set[str]] = defaultdict(set)
            for record in records:
                ids[record.source.collection].add(record.external_id)
            for collection, names in ids.items():
                self._take(collection=collection, external_id__in=names - {""})
            self._take(content_hash__in={record.content_hash for record in records})

    def same_id(self, record: Record) -> KnownArticle | None:
        """The article with the record's id."""
        key = (record.source.collection, record.external_id)
        return self.imagined.get(key) or self._by_id.get(key)

    def same_content(self, record: Record) -> KnownArticle | None:
        """An article with the record's title and text, now or as ingested under the record's
        outlet."""
        named = spelling_key(record.outlet) if record.outlet else ""
        outlet = self.registry.find(record.outlet, record.outlet_country)
        outlet_id = outlet.pk if outlet else None
        unnamed = not named
        key = dedupe_key(outlet_id, record.content_hash) if unnamed or outlet_id else None
        imagined = self._imagined_content.get(record.content_hash, [])
        for known in [*imagined, *self._by_content.get(record.content_hash, [])]:
            if known.dedupe_key is None or known.content_hash != record.content_hash:
                continue
            if known.outlet_key == named or known.dedupe_key == key:
                return known
            if known.outlet_id == outlet_id and (unnamed or outlet_id is not None):
                return known
        return None

    def former_holder(self, record: Record, sequence: Sequence3) -> KnownArticle | None:
        """The article that held the record's content when the record came by, though an update has
        replaced it since.

        Without this, repeating a run in which an article was changed after its repeat had been left
        out would add the repeat.
        """
        if self._former is None:
            self._former = {}
            changed = Article.objects.filter(ingested__has_key="former").order_by("pk").values_list("pk", "ingested")
            for pk, ingested in changed.iterator():
                self.note_former(pk, ingested)
        named = spelling_key(record.outlet) if record.outlet else ""
        released, pk = self._former.get((record.content_hash, named), (NO_SEQUENCE, 0))
        return next(iter(_known({"pk": pk})), None) if sequence < released else None

    def note_former(self, pk: int, ingested: dict[str, Any]) -> None:
        """An article gave up content. Noted here, as reading all articles again after each update
        would be quadratic."""
        if self._former is not None:
            for hash_, (key, *released) in ingested["former"].items():
                note = (tuple(released), pk)
                # Of several that held the content, the one that did so longest.
                self._former[hash_, key] = max(self._former.get((hash_, key), note), note)

    def forget_former(self) -> None:
        """A transaction was rolled back."""
        self._former = None

    def remember(self, known: KnownArticle) -> None:
        """An article about to be written in this batch."""
        self._by_id[known.collection, known.external_id] = known
        self._by_content.setdefault(known.content_hash, []).append(known)

    def imagine(self, known: KnownArticle) -> None:
        """An article that a dry run would write."""
        self.imagined[known.collection, known.external_id] = known
        self._imagined_content.setdefault(known.content_hash, []).append(known)

    def _take(self, **condition: object) -> None:
        for known in _known(condition):
            if (known.collection, known.external_id) in self.imagined:
                continue
            held = self._by_id.setdefault((known.collection, known.external_id), known) if known.external_id else known
            if held is known or held.pk == known.pk:
                self._by_content.setdefault(known.content_hash, []).append(held)


def _known(condition: dict[str, object]) -> Iterable[KnownArticle]:
    rows = (
        Article.objects.filter(**condition)
        # Only then may a database use the index of ids, which leaves articles without one out.
        .exclude(**{"external_id": ""} if "external_id__in" in condition else {"pk": None})
        .order_by("pk")
        .values_list(
            "pk", "collection", "external_id", "input_hash", "content_hash", "dedupe_key", "outlet_id", "ingested",
            "source_document__run_id", "source_document_id", "first_line",
        )
    )  # fmt: skip
    for pk, collection, external_id, input_hash, hash_, key, outlet_id, ingested, run, document, line in rows:
        values = ingested if isinstance(ingested, dict) else {}
        same_as, *same_place = values.get("same_as", ("",))
        yield KnownArticle(
            pk=pk,
            collection=collection,
            external_id=external_id,
            input_hash=input_hash,
            content_hash=hash_,
            dedupe_key=key,
            outlet_id=outlet_id,
            outlet_key=str(values.get("outlet_key", "")),
            sequence=max((run or 0, document or 0, line or 0), tuple(same_place) or NO_SEQUENCE),
            same_as_input=same_as,
        )
