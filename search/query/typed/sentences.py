"""Text that was pasted: its question marks, dashes, bars and capitals are no operators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from search.analysis.terms import tokens
from search.query.typed.pieces import Piece
from search.query.typed.quotes import is_word_character
from search.query.typed.reading import Reading

#: So many words and more are a sentence or a headline, fewer may be a list of words.
SENTENCE_WORDS = 5
#: In a text of so many words, without phrases and groups, a single minus is a dash.
DASHED_WORDS = 8
#: Lines of a list begin with a dash each; one alone may exclude a word.
LEAST_BULLETS = 2

_BULLET = re.compile(r"(?m)^[ \t]*-(?=[^\s-])")
_MARKS = re.compile(r"[*?]+")
_PARAMETER = re.compile(r"[?&][\w.%-]+=")
_JOINING = ("and", "or")


def without_bullets(text: str, reading: Reading) -> str:
    """The text without the dashes that begin its lines."""
    if "\n" not in text or len(_BULLET.findall(text)) < LEAST_BULLETS:
        return text
    reading.reread(_("Dashes at the start of lines were read as a list, not as exclusions."))
    return _BULLET.sub(lambda found: found.group()[:-1] + " ", text)


def word_count(pieces: Sequence[Piece]) -> int:
    """The words typed, operators among them."""
    counts = {"word": 0, "phrase": 0}
    for piece in pieces:
        if piece.kind in counts:
            counts[piece.kind] += sum(1 for _token in tokens(piece.text))
        elif piece.text.isalpha() or piece.kind == "near":
            counts["word"] += 1
    return sum(counts.values())


def as_sentence(pieces: list[Piece], reading: Reading) -> list[Piece]:
    """Operators that are words or punctuation of a pasted text, as words."""
    if word_count(pieces) < SENTENCE_WORDS or _structured(pieces):
        return pieces
    capitals = _all_capitals(pieces) and not _alternating(pieces)
    dashed = _dashed(pieces)
    kept: list[Piece] = []
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        if piece.text == "|":
            reading.reread(_("“|” was read as punctuation, not as OR."))
        elif (
            piece.text == "-"
            and following
            and (capitals or dashed or following.text[:1].isdigit() or (kept and kept[-1].text.isdigit()))
        ):
            reading.reread(_("“-” before “%(word)s” was read as a dash.") % {"word": following.text[:40]})
        elif capitals and piece.kind in ("and", "or", "not", "near"):
            reading.reread(_("In a headline of capitals AND, OR, NOT and NEAR were read as words."))
            kept.append(replace(piece, kind="word", number=0))
        else:
            kept.append(piece)
    return kept


def with_plain_marks(pieces: list[Piece], reading: Reading) -> list[Piece]:
    """Words whose question marks, where they end a question or stand in an address, are
    punctuation."""
    kept = []
    for piece in pieces:
        if piece.kind == "word" and "?" in piece.text:
            plain = without_question_marks(piece.text)
            if plain != piece.text and any(map(is_word_character, piece.text)):
                reading.reread(_("“?” that does not stand inside a word was read as punctuation, not as any letter."))
            kept.append(replace(piece, text=plain))
        elif piece.kind == "phrase":
            words = map(without_question_marks, piece.text.split())
            kept.append(replace(piece, text=" ".join(words)))
        else:
            kept.append(piece)
    return kept


def without_question_marks(word: str) -> str:
    """A word as typed, without the question marks that stand for no letter."""
    if "?" not in word:
        return word
    if is_address(word):
        return word.replace("?", " ").strip()
    return _MARKS.sub(_mark, word).strip()


def is_address(word: str) -> bool:
    """Whether a word is the address of a page or a person."""
    host, slash, _path = word.partition("/")
    return (
        "://" in word
        or word[:4].lower() == "www."
        or _PARAMETER.search(word) is not None
        or ("@" in word[1:] and "." in word)
        or bool(slash and "." in host.strip("."))
    )


def _mark(found: re.Match[str]) -> str:
    marks, text = found.group(), found.string
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    inside = bool(before and after) and is_word_character(before) and is_word_character(after)
    if inside and "*" not in marks and before.islower() and after.isupper():
        # A sentence that ends where the space after it was lost.
        return " "
    if inside:
        return marks
    # A star touches its word from outside too.
    kept = marks if before and is_word_character(before) and "*" in marks else marks.lstrip("?")
    return (kept.rstrip("?") if not (after and is_word_character(after)) else kept) or " "


def _dashed(pieces: Sequence[Piece]) -> bool:
    """Whether a minus is the dash of a sentence: one alone in a long text, or with another that
    closes what it opens."""
    minus = [at for at, piece in enumerate(pieces) if piece.text == "-"]
    if any(piece.kind == "word" and piece.text.rstrip(",.")[-1:] == "-" for at in minus for piece in pieces[at + 1 :]):
        return True
    plain = all(piece.kind == "word" for piece in pieces if piece.text != "-")
    return len(minus) == 1 and minus != [0] and plain and word_count(pieces) >= DASHED_WORDS


def _structured(pieces: Sequence[Piece]) -> bool:
    """Whether an operator stands where only a question has it: between phrases, fields and
    groups."""
    ends = {"close", "phrase", "field"}
    kinds = [piece.kind for piece in pieces]
    closed = kinds.count("open") == kinds.count("close")
    depth = 0
    for before, piece, after in zip([None, *pieces], pieces, [*pieces[1:], None], strict=False):
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
        if piece.kind in ("field", "exact") and not piece.spaced:
            return True
        if piece.kind not in _JOINING or piece.text == "|":
            continue
        if not before or not after:
            continue
        if closed and depth > 0 and before.kind != "open" and after.kind != "close":
            return True
        if before.kind in ends and after.kind in (*ends, "open", "not"):
            return True
    return False


def _alternating(pieces: Sequence[Piece]) -> bool:
    """Whether single words and operators take turns: no headline goes on so."""
    turns = [piece.kind in _JOINING for piece in pieces if piece.kind not in ("not", "open", "close")]
    return len(turns) > 2 and turns == [bool(number % 2) for number in range(len(turns))] and len(turns) % 2 == 1


def _all_capitals(pieces: Sequence[Piece]) -> bool:
    words = [piece.text for piece in pieces if piece.kind in ("word", "phrase")]
    return any(word.isupper() for word in words) and not any(
        character.islower() for word in words for character in word
    )
