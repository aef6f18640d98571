"""Reading the gazetteer's tab-separated files: ``#`` starts a comment line, columns are counted and
checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).with_name("data")


class GazetteerError(ValueError):
    """A data file of the gazetteer cannot be used; the message names file, line and remedy."""


def read_table(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Line number (1-based) and the ``columns`` cells of each row of a UTF-8 TSV file.

    Raises:
        GazetteerError: a row has another number of columns.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            text = line.rstrip("\n")
            if not text.strip() or text.startswith("#"):
                continue
            cells = text.split("\t")
            if len(cells) != columns:
                raise GazetteerError(f"{path.name}, line {number}: {columns} columns expected, {len(cells)} found")
            yield number, cells
