"""Tokens to numbers: each distinct token is analysed once, each further one is a look-up."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.engine.errors import DocumentError

GAP = -1


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of text is analysed, for instance one language.

    Attributes:
        split: text → its raw tokens in order; a compiled pattern's ``findall`` is fastest.
        term: raw token → the term indexed for it, or None to drop it (its position stays empty, so that phrases don't close
            over it). Must give the same answer every time: it is asked once for each distinct token.
    """

    split: Callable[[str], Sequence[str]]
    term: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Text:
    """Text to analyse.

    Attributes:
        text: as it is.
        profile: name of a :class:`Profile` registered with the writer.
    """

    text: str
    profile: str


class TermTable:
    """Numbers distinct terms over all fields of a batch.

    Attributes:
        terms: encoded terms by number.
    """

    def __init__(self) -> None:
        self.terms: list[bytes] = []
        self._numbers: dict[str, int] = {}

    def number(self, term: str | None) -> int:
        """Number of a term, ``GAP`` for none.

        Raises:
            DocumentError: the term holds half a surrogate pair.
        """
        if not term:
            return GAP
        found = self._numbers.get(term)
        if found is None:
            try:
                encoded = term.encode()
            except UnicodeEncodeError as error:
                raise DocumentError(f"term {term!r} can't be encoded: {error.reason}") from error
            found = self._numbers[term] = len(self.terms)
            self.terms.append(encoded)
        return found


class Memo(dict[str, int]):
    """Raw token → term number for one profile; fills itself."""

    def __init__(self, table: TermTable, term: Callable[[str], str | None]) -> None:
        super().__init__()
        self._table = table
        self._term = term

    def __missing__(self, token: str) -> int:
        number = self[token] = self._table.number(self._term(token))
        return number


class Numberer:
    """Turns texts and term lists into arrays of term numbers.

    Args:
        profiles: by name.
    """

    def __init__(self, profiles: dict[str, Profile]) -> None:
        self.table = TermTable()
        self._profiles = {name: (profile.split, Memo(self.table, profile.term).__getitem__) for name, profile in profiles.items()}
        self._ready = Memo(self.table, lambda term: term).__getitem__

    def number(self, value: Text | Sequence[str]) -> array[int]:
        """Term numbers in token order, ``GAP`` where a token was dropped.

        Args:
            value: text with the name of its profile, or terms ready to index ("" leaves a position empty).

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
        split, number = profile
        return array("i", map(number, split(value.text)))
