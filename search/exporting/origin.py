"""What an export is an export of: the question, the time, and the state of the collection."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from search.index.belonging import read_mark
from search.index.connection import get_backend


@dataclass(frozen=True, slots=True)
class ExportOrigin:
    """Stands in every export, so that it can be made again and be told from another.

    Attributes:
        question: the words asked for; may be empty.
        address: the results page of the question, filters and all.
        filters: parameters of the address beside the words, in its order.
        made_at: with its time zone.
        articles: how many the question found.
        index: the state of the index that answered; new with each commit.
        collection: a hash of everything that can be found, not only by this question.
        version: of Corpus.
    """

    question: str
    address: str
    filters: tuple[tuple[str, str], ...]
    made_at: datetime
    articles: int
    index: str
    collection: str
    version: str

    @property
    def told(self) -> str:
        """One line for people."""
        words = self.question or "all articles"
        return f"{words} ({self.address}), {self.articles} articles, {self.made_at:%Y-%m-%dT%H:%M:%SZ}"

    def as_values(self) -> Mapping[str, object]:
        """For formats that hold objects."""
        return {
            "question": self.question,
            "address": self.address,
            "filters": [list(pair) for pair in self.filters],
            "made_at": f"{self.made_at:%Y-%m-%dT%H:%M:%SZ}",
            "articles": self.articles,
            "index": self.index,
            "collection": self.collection,
            "corpus": self.version,
        }


def state_of_collection() -> tuple[str, str]:
    """The state of the index, and a hash of all its entries. Raises IndexUnavailable."""
    backend, mark = get_backend(), read_mark()
    state = mark.state if mark else backend.status().generation
    return state, _hash_of_entries(state)


@lru_cache(maxsize=2)
def _hash_of_entries(_state: str) -> str:
    # The state is new with each commit, and reading all entries of a large index takes seconds.
    digest = hashlib.blake2b(digest_size=16)
    for key, document in sorted(get_backend().entries().items()):
        digest.update(f"{key}:{document}\n".encode())
    return digest.hexdigest()
