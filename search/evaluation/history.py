"""The figures of every evaluation, a line of JSON each, to compare the next one with."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

#: Figure by part and name.
Values = dict[str, dict[str, float]]


def last_values(file: Path) -> tuple[str, Values] | None:
    """When the last evaluation was and what it gave; ``None`` when there was none.

    A last line cut by a full disk or a kill is passed over.
    """
    if not file.exists():
        return None
    for line in reversed(file.read_text(encoding="utf-8").splitlines()):
        try:
            row = json.loads(line)
            return str(row["at"]), row["figures"]
        except (ValueError, KeyError, TypeError):
            continue
    return None


def add_values(file: Path, at: datetime, values: Mapping[str, Mapping[str, float]]) -> None:
    """Append an evaluation."""
    file.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"at": at.isoformat(timespec="seconds"), "figures": values}, ensure_ascii=False)
    with file.open("ab+") as history:
        if history.tell():
            history.seek(-1, os.SEEK_END)
            # A line that was cut stays one of its own.
            line = line if history.read(1) == b"\n" else "\n" + line
        history.write(f"{line}\n".encode())
