"""Another spelling of a question that found nothing or little; offered, never applied unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.analysis.terms import Token, tokens
from search.backends.sought import sought
from search.index.connection import get_backend
from search.query.asking import total_of
from search.query.request import SearchRequest

#: Words looked up; each costs a look through the dictionary.
TRIED_WORDS = 6
#: A question that found more articles than these is taken to be spelled as it was meant.
FEW_HITS = 10
#: Fields whose words have near ones in the index.
_SPELLED = (("text", ("text", "title")), ("author", ("author",)))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The same question in another spelling: `q`, and how many articles it finds."""

    q: str
    total: int


def suggestion_for(request: SearchRequest, total: int) -> Suggestion | None:
    """What is offered beside an answer of so many articles; None when they are not few or nothing
    near finds more. Raises IndexUnavailable."""
    if total > FEW_HITS or not request.q.strip():
        return None
    for corrected in spellings_of(request):
        found = total_of(replace(request, q=corrected))
        if found > total:
            return Suggestion(corrected, found)
    return None


def spellings_of(request: SearchRequest) -> tuple[str, ...]:
    """The query with each word that stands in no or hardly any text replaced by a near one, the
    likeliest first; empty when there is none.

    Operators, fields, wildcards and unspaced text stay as they were typed. Raises IndexUnavailable.
    """
    typed = [token for token in tokens(request.q) if not token.unspaced]
    near = dict(_near(request, {token.text for token in typed}))
    most = max(map(len, near.values()), default=0)
    return tuple(
        _replaced(request.q, typed, {word: its[min(at, len(its) - 1)] for word, its in near.items()})
        for at in range(most)
    )


def _replaced(text: str, typed: list[Token], near: dict[str, str]) -> str:
    for token in reversed(typed):
        if token.text in near:
            text = text[: token.start] + _cased(near[token.text], token) + text[token.end :]
    return text


def _near(request: SearchRequest, typed: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Words of the question that have near ones, and these."""
    backend, left = get_backend(), TRIED_WORDS
    for field, names in _SPELLED:
        slots = [slot for chain in sought(request.backend.tree, names) for slot in chain.slots]
        for word in dict.fromkeys(slot.text for slot in slots if slot.kind == "word" and slot.text in typed):
            if not left:
                return
            left -= 1
            if near := backend.spellings(word, field):
                yield word, near


def _cased(near: str, token: Token) -> str:
    """A word of the dictionary with a capital where one was typed."""
    return near[:1].upper() + near[1:] if token.text[:1].isupper() and not token.text.isupper() else near
