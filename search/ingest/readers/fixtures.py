"""Objects of Django's `dumpdata`: articles with their columns, and the rows that their foreign keys
name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from search.dates.values import ISO_CHARACTERS, Precision
from search.ingest.limits import MAX_FIXTURE_NAMES, MAX_FIXTURE_NAMES_LOOKED_THROUGH
from search.ingest.readers.fields import columns_of
from search.ingest.readers.notes import Notes
from search.ingest.readers.plain_values import text_of_value

_NAMING = ("name", "title", "full_name", "label", "slug", "username")
_PRECISION: dict[str, int] = {precision: ISO_CHARACTERS[precision] for precision in (Precision.MONTH, Precision.YEAR)}


def is_fixture(value: Mapping[str, Any]) -> bool:
    """Whether an object is a row of a fixture."""
    return isinstance(value.get("model"), str) and isinstance(value.get("fields"), dict)


class Fixtures:
    """Rows of one file; those that articles refer to stand before them, as `dumpdata` writes
    them."""

    def __init__(self) -> None:
        # By the last part of the model's name and the key as text.
        self._names: dict[tuple[str, str], str] = {}
        self._countries: dict[str, str] = {}
        self._others: Counter[str] = Counter()

    def article(self, value: Mapping[str, Any]) -> dict[str, Any] | None:
        """A row's columns as a record's values; ``None`` for a row that is no article, which is
        kept for its name.

        An article has a title or headline and a text column; numbers and natural keys stand for
        rows met before.
        """
        model = str(value["model"]).rsplit(".", 1)[-1].lower()
        columns: dict[str, Any] = value["fields"]
        places = columns_of(columns)
        if "text" not in places or "title" not in places:
            self._keep(model, value.get("pk"), columns)
            return None
        names = list(columns)
        record: dict[str, Any] = {}
        for field, indexes in places.items():
            for index in indexes:
                stated = columns[names[index]]
                text = self._named(names[index], stated) if field in ("outlet", "author") else stated
                if text not in (None, "", []):
                    record[field] = text
                    break
        outlet = columns.get(names[places["outlet"][0]]) if "outlet" in places else None
        if outlet is not None and str(outlet) in self._countries:
            record.setdefault("outlet_country", self._countries[str(outlet)])
        identity = columns.get("external_id") or value.get("pk")
        record["id"] = str(identity) if identity is not None else record.get("id")
        width = _PRECISION.get(str(columns.get("published_precision")))
        if width and isinstance(record.get("published"), str):
            record["published"] = record["published"][:width]
        return {field: stated if isinstance(stated, str) else text_of_value(stated) for field, stated in record.items()}

    def note(self, notes: Notes, place: str) -> None:
        """Say which rows were no articles."""
        for model, count in self._others.most_common():
            notes.remark("rows of fixtures that are no articles, passed over", f"{place}: {count:,} of {model}", count)

    def _keep(self, model: str, key: object, columns: Mapping[str, Any]) -> None:
        self._others[model] += 1
        name = next((columns[each] for each in _NAMING if isinstance(columns.get(each), str) and columns[each]), "")
        if name and key is not None and len(self._names) < MAX_FIXTURE_NAMES:
            self._names[model, str(key)] = name
            country = columns.get("country")
            if isinstance(country, str) and country:
                self._countries[str(key)] = country

    def _named(self, column: str, stated: Any) -> Any:
        """The names of rows for their keys; natural keys are lists of text."""
        if isinstance(stated, list) and stated and all(isinstance(each, int) for each in stated):
            return ", ".join(name for each in stated if (name := self._named(column, each)))
        if isinstance(stated, bool) or not isinstance(stated, int | str):
            return text_of_value(stated)
        singular = column.lower().removesuffix("s")
        name = self._names.get((column.lower(), str(stated))) or self._names.get((singular, str(stated)))
        if name is None:
            # The model may be named otherwise than the column: the only row of that key there is.
            named = (
                [each for (_, key), each in self._names.items() if key == str(stated)]
                if len(self._names) < MAX_FIXTURE_NAMES_LOOKED_THROUGH
                else []
            )
            name = named[0] if len(named) == 1 else None
        return name or ("" if isinstance(stated, int) else stated)
