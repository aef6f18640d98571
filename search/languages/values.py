"""What is known of a text's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A detected language: lower-case primary subtag (``zh``, ``en``), ``None`` when undecided;
    confidence 0..1."""

    code: str | None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class LanguagePart:
    """A passage of a text, ``text[start:end]``, in one language; ``confidence`` is that of its
    surest paragraph."""

    start: int
    end: int
    code: str
    confidence: float
