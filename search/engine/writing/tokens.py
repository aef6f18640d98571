"""Tokens to numbers: each distinct token is analysed once, each further one is a look-up."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, final

import numpy as np
import numpy.typing as npt

from search.engine.errors import DocumentError
from search.engine.storage.arrays import ragged, starts_of
from search.engine.writing.invert import Further
from search.engine.writing.splitter import CharacterSplitter, WordNumberer

NO_TERM = -1
# Below it are the tokens with several terms: each distinct set of terms has a number, downwards.
SEVERAL = -3


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
        further: raw token → terms that stand in its place beside its own, each of them once, so
            that phrases find them too. They do not count in the length of a text.
    """

    split: Callable[[str], Sequence[str]]
    term: Callable[[str], str | None]
    further: Callable[[str], Sequence[str]] | None = None


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
    """Raw token → number for one profile; fills itself."""

    def __init__(self, number: Callable[[Sequence[str]], list[int]]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, token: str) -> int:
        (number,) = self._number((token,))
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
        self._memos = {
            name: Memo(partial(self._word_numbers, profile)).__getitem__ for name, profile in profiles.items()
        }
        self._ready = Memo(self.table.number).__getitem__
        # Of the tokens with several terms: the first, and the others.
        self._firsts: list[int] = []
        self._others: list[list[int]] = []
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
        """Numbers of folded texts one after another, for :meth:`apart`, and how many tokens each
        has."""
        batches = self._batches.get(profile)
        if batches is None:
            split = self._profiles[profile].split
            assert isinstance(split, CharacterSplitter)
            batches = self._batches[profile] = WordNumberer(split, partial(self._word_numbers, self._profiles[profile]))
        return batches.numbers(folded)

    def _word_numbers(self, profile: Profile, words: Sequence[str]) -> list[int]:
        """The number of each token: that of its term, or of its several terms."""
        numbers = self.table.number(map(profile.term, words))
        if profile.further is None:
            return numbers
        for place, further in enumerate(map(profile.further, words)):
            if further:
                self._firsts.append(numbers[place])
                self._others.append(self.table.number(further))
                numbers[place] = SEVERAL + 1 - len(self._firsts)
        return numbers

    def apart(self, numbers: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int32], Further | None]:
        """Term numbers of tokens, -1 for none, and the further terms that stand in their places."""
        places = np.flatnonzero(numbers <= SEVERAL)
        if not len(places):
            return numbers, None
        several = SEVERAL - numbers.take(places)
        distinct, inverse = np.unique(several, return_inverse=True)
        others = [self._others[number] for number in distinct.tolist()]
        sizes = np.fromiter(map(len, others), dtype=np.int64, count=len(others))
        joined = np.fromiter(chain.from_iterable(others), dtype=np.int32, count=int(sizes.sum()))
        plain = numbers.copy()
        plain[places] = np.array([self._firsts[number] for number in distinct.tolist()], dtype=np.int32).take(inverse)
        counts = sizes.take(inverse)
        return plain, Further(
            np.repeat(places, counts), joined.take(ragged(starts_of(sizes)[:-1].take(inverse), counts))
        )

    def number(self, value: Text | Sequence[str]) -> array[int]:
        """Numbers in token order, for :meth:`apart`; ``NO_TERM`` where a token was dropped.

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
