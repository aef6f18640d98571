"""Tokens to numbers: each distinct token is analysed once, each further one is a look-up."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, final

import numpy as np
import numpy.typing as npt

from search.engine.errors import DocumentError
from search.engine.writing.splitter import CharacterSplitter, WordNumberer

NO_TERM = -1


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of text is analysed, for instance one language.

    Attributes:
        split: text → its raw tokens in order. A
            :class:`~search.engine.writing.splitter.CharacterSplitter` runs over whole batches and
            is several times faster than any other callable; of those a compiled pattern's
            ``findall`` is the fastest.
        term: raw token → the term indexed for it, or None to drop it (its position stays empty, so
            that phrases don't close over it). Must give the same answer every time: it is asked
            once for each distinct token.
    """

    split: Callable[[str], Sequence[str]]
    term: Callable[[str], str | None]


@final
@dataclass(frozen=True, slots=True)
class Text:
    """Text to analyse.

    Attributes:
        text: as it is.
        profile: name of a :class:`Profile` registered with the writer.
    """

    text: str
    profile: str

    def __reduce__(self) -> tuple[Any, ...]:
        # Quicker, as for EngineDocument.
        return Text, (self.text, self.profile)


class TermTable:
    """Numbers distinct terms over all fields of a batch.

    Attributes:
        terms: encoded terms by number.
    """

    def __init__(self) -> None:
        self.terms: list[bytes] = []
        self._numbers: dict[str, int] = {}

    def number(self, terms: Iterable[str | None]) -> list[int]:
        """Number of each term, ``NO_TERM`` for none.

        Raises:
            DocumentError: a term holds half a surrogate pair.
        """
        numbers, encoded = self._numbers, self.terms
        found: list[int] = []
        for term in terms:
            number = numbers.get(term) if term else NO_TERM
            if number is None:
                assert term is not None
                try:
                    encoded.append(term.encode())
                except UnicodeEncodeError as error:
                    raise DocumentError(f"term {term!r} can't be encoded: {error.reason}") from error
                number = numbers[term] = len(encoded) - 1
            found.append(number)
        return found

    def number_bytes(self, term: bytes) -> int:
        """A number for an encoded term, a new one at each call; the caller remembers it."""
        self.terms.append(term)
        return len(self.terms) - 1


class IntMemo(dict[Any, int]):
    """Integer → term number for one field; fills itself."""

    def __init__(self, table: TermTable, to_bytes: Callable[[Any], bytes]) -> None:
        super().__init__()
        self._table = table
        self._to_bytes = to_bytes

    def __missing__(self, value: Any) -> int:
        number = self[value] = self._table.number_bytes(self._to_bytes(value))
        return number


class Memo(dict[str, int]):
    """Raw token → term number for one profile; fills itself."""

    def __init__(self, table: TermTable, term: Callable[[str], str | None]) -> None:
        super().__init__()
        self._table = table
        self._term = term

    def __missing__(self, token: str) -> int:
        (number,) = self._table.number((self._term(token),))
        self[token] = number
        return number


class Numberer:
    """Turns texts and term lists into arrays of term numbers.

    Args:
        profiles: by name.
    """

    def __init__(self, profiles: dict[str, Profile]) -> None:
        self.table = TermTable()
        self._profiles = profiles
        self._memos = {name: Memo(self.table, profile.term).__getitem__ for name, profile in profiles.items()}
        self._ready = Memo(self.table, lambda term: term).__getitem__
        # Made when a text of the profile comes: a commit sees few of all languages there are.
        self._batches: dict[str, WordNumberer] = {}

    def folded(self, value: Text | Sequence[str]) -> str | None:
        """The folded text, where it can wait to be numbered with others by :meth:`number_batch`;
        else None.

        Raises:
            DocumentError: the text holds half a surrogate pair.
        """
        if not isinstance(value, Text):
            return None
        split = self._profiles[value.profile].split if value.profile in self._profiles else None
        if not isinstance(split, CharacterSplitter):
            return None
        folded = split.fold(value.text)
        if not folded.isascii():
            try:
                folded.encode()
            except UnicodeEncodeError as error:
                raise DocumentError(f"a text can't be encoded: {error.reason}") from error
        return folded

    def number_batch(self, profile: str, folded: Sequence[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Term numbers of folded texts one after another, and how many tokens each has."""
        batches = self._batches.get(profile)
        if batches is None:
            split = self._profiles[profile].split
            assert isinstance(split, CharacterSplitter)
            term, number = self._profiles[profile].term, self.table.number
            batches = self._batches[profile] = WordNumberer(split, lambda words: number(map(term, words)))
        return batches.numbers(folded)

    def number(self, value: Text | Sequence[str]) -> array[int]:
        """Term numbers in token order, ``NO_TERM`` where a token was dropped.

        Args:
            value: text with the name of its profile, or terms ready to index ("" leaves a position
                empty).

        Raises:
            DocumentError: the profile isn't registered or a term can't be encoded.
        """
        if not isinstance(value, Text):
            if isinstance(value, str):
                raise DocumentError("give terms as a list, or text as Text(text, profile)")
            return array("i", map(self._ready, value))
        profile = self._profiles.get(value.profile)
        if profile is None:
            raise DocumentError(f"profile {value.profile!r} isn't registered with the writer")
        return array("i", map(self._memos[value.profile], profile.split(value.text)))
