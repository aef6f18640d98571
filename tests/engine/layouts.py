"""Random schemas: the same field names each time, each with one of the types, formats and options
that Whoosh has for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from whoosh import fields, formats

from search.engine.storage.fields import FacetField, IntField

POSITIONS = ("positions", "characters", "position_boosts", "character_boosts")
NOTES = ("frequency", "keyword", "scored keyword", "list of ids")
NUMBERS = {
    **{f"int{bits}": (int, bits, True) for bits in (8, 16, 32, 64)},
    **{f"unsigned{bits}": (int, bits, False) for bits in (8, 16, 32, 64)},
    "float": (float, 64, True),
}

# Stands for the ends of a type's range.
EXTREME = 120


@dataclass(frozen=True)
class Layout:
    """One schema.

    Attributes:
        unique: whether a document replaces the one with its id.
        title, body: format of the two fields with positions, one of ``POSITIONS``.
        note: kind of the field without positions, one of ``NOTES``.
        boost: what the title's terms weigh; of ``character_boosts`` that depends on Whoosh's
            version, so there it is 1.
        number: type of ``n``, one of ``NUMBERS``.
        step: bits of each of its coarser terms; 0 for none.
        sortable: whether ``n``, ``when`` and ``code`` have columns.
        stored: whether the facets and ``n`` are stored.
    """

    unique: bool = True
    title: str = "positions"
    body: str = "positions"
    note: str = "frequency"
    boost: float = 1.0
    number: str = "int32"
    step: int = 4
    sortable: bool = False
    stored: bool = False

    @property
    def signed(self) -> bool:
        """Whether ``n`` may be negative."""
        return NUMBERS[self.number][2]

    @property
    def title_boost(self) -> float:
        """What the title's terms weigh."""
        return 1.0 if self.title == "character_boosts" else self.boost

    @property
    def scorable(self) -> tuple[str, ...]:
        """Fields scored by BM25F."""
        return ("title", "body", "note") if self.note in ("frequency", "scored keyword") else ("title", "body")

    def fits(self, number: int) -> Any:
        """A number as ``n`` can hold it; 120 and -120 stand for the greatest and the smallest."""
        kind, bits, signed = NUMBERS[self.number]
        if kind is float:
            return number / 4
        if abs(number) == EXTREME:
            least = -(2 ** (bits - 1)) if signed else 0
            return least if number < 0 else least + 2**bits - 1
        return number if signed else abs(number)

    def schema(self, stock: bool = False) -> fields.Schema:
        """The Whoosh schema; ``stock`` leaves the facet columns out, which the stock codec can't
        write."""
        kind, bits, signed = NUMBERS[self.number]
        # Whoosh can't write a column of floats.
        sortable = self.sortable and kind is int
        schema = fields.Schema(
            id=fields.ID(unique=self.unique, stored=True),
            serial=fields.STORED(),
            title=_text(self.title, self.title_boost),
            body=_text(self.body, 1.0),
            note=_note(self.note),
            code=fields.ID(sortable=self.sortable),
            flag=fields.BOOLEAN(),
            tag=FacetField(stored=self.stored),
            tags=FacetField(multi=True, stored=self.stored),
            n=fields.NUMERIC(kind, bits, signed=signed, shift_step=self.step, sortable=sortable, stored=self.stored),
            day=IntField(),
            when=fields.DATETIME(sortable=self.sortable, stored=self.stored),
        )
        if stock:
            for name in ("tag", "tags", "day"):
                schema[name].column_type = None
        return schema


def _text(kind: str, boost: float) -> Any:
    field = fields.TEXT(chars=kind == "characters", field_boost=boost)
    if kind.endswith("boosts"):
        maker = formats.PositionBoosts if kind == "position_boosts" else formats.CharacterBoosts
        field.format = maker(field_boost=boost)
    return field


def _note(kind: str) -> Any:
    if kind == "frequency":
        return fields.TEXT(phrase=False)
    if kind == "list of ids":
        return fields.IDLIST()
    return fields.KEYWORD(commas=True, scorable=kind == "scored keyword")


layouts = st.builds(
    Layout,
    unique=st.sampled_from((True, True, True, False)),
    title=st.sampled_from(POSITIONS),
    body=st.sampled_from(POSITIONS),
    note=st.sampled_from(NOTES),
    boost=st.sampled_from((1.0, 1.0, 2.5)),
    number=st.sampled_from(sorted(NUMBERS)),
    step=st.sampled_from((0, 4, 8)),
    sortable=st.booleans(),
    stored=st.booleans(),
)
