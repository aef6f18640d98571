"""Another spelling of a question that found nothing; offered, never applied unasked."""

from __future__ import annotations

from search.analysis.terms import tokens
from search.backends.sought import sought
from search.index.connection import get_backend
from search.query.request import SearchRequest

#: Words looked up; each costs a look through the dictionary.
TRIED_WORDS = 6


def suggested_spelling(request: SearchRequest) -> str | None:
    """The query with each word that stands in no or hardly any text replaced by the likeliest near
    one; None when there is none.

    Operators, fields, wildcards and unspaced text stay as they were typed. Raises IndexUnavailable.
    """
    chains = sought(request.backend.tree, ("text", "title"))
    words = {slot.text for chain in chains for slot in chain.slots if slot.kind == "word"}
    typed = [token for token in tokens(request.q) if token.text in words and not token.unspaced]
    backend = get_backend()
    near = {word: backend.spellings(word) for word in list(dict.fromkeys(token.text for token in typed))[:TRIED_WORDS]}
    text = request.q
    for token in reversed(typed):
        if near.get(token.text):
            text = text[: token.start] + near[token.text][0] + text[token.end :]
    return text if text != request.q else None
